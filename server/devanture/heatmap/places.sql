-- Layer `places` of one tile. $1 organisation, $2 $3 $4 tile, $5 $6 places and titles.
WITH tile AS (
    SELECT ST_TileEnvelope($2, $3, $4) AS box,
           ST_Transform(ST_TileEnvelope($2, $3, $4, margin => 64.0 / 4096), 4326) AS sight
), places AS (
    SELECT ST_AsMVTGeom(ST_Transform(p.geom, 3857), tile.box, 4096, 64) AS geom,
           p.ref, p.kind, p.state, t.title, p.number
      FROM tile
      JOIN place p ON p.organisation_id = $1 AND p.geom && tile.sight
      JOIN unnest($5::uuid[], $6::text[]) AS t (id, title) ON t.id = p.id
)
SELECT coalesce(ST_AsMVT(places, 'places', 4096, 'geom'), '') FROM places WHERE geom IS NOT NULL
