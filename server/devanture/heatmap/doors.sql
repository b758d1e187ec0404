-- Layer `doors` of one tile. $1 organisation, $2 release, $3 $4 $5 tile, $6 $7 level and code, $8 $9 places and titles.
WITH tile AS (
    SELECT ST_TileEnvelope($3, $4, $5) AS box,
           ST_Transform(ST_TileEnvelope($3, $4, $5, margin => 64.0 / 4096), 4326) AS sight
), doors AS (
    SELECT ST_AsMVTGeom(ST_Transform(p.geom, 3857), tile.box, 4096, 64) AS geom,
           p.ref, t.title, coalesce(asked.persons, 0) AS persons, everyone.persons AS answered,
           round(coalesce(asked.persons, 0)::numeric / everyone.persons, 4)::float8 AS share
      FROM tile
      JOIN place p ON p.organisation_id = $1 AND p.geom && tile.sight
      JOIN unnest($8::uuid[], $9::text[]) AS t (id, title) ON t.id = p.id
      JOIN release_place everyone ON everyone.organisation_id = $1 AND everyone.release_id = $2
                                 AND everyone.place_id = p.id AND everyone.level = 'all' AND everyone.code = ''
      LEFT JOIN release_place asked ON asked.organisation_id = $1 AND asked.release_id = $2
                                   AND asked.place_id = p.id AND asked.level = $6 AND asked.code = $7
)
SELECT coalesce(ST_AsMVT(doors, 'doors', 4096, 'geom'), '') FROM doors WHERE geom IS NOT NULL
