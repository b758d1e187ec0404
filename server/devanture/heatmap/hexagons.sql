-- Layer `hexagons` of one tile. $1 organisation, $2 release, $3 $4 $5 tile, $6 H3 resolution, $7 $8 level and code.
-- The tile's window is transformed, not the hexagons, so that the GiST index on cell.geom serves.
WITH tile AS (
    SELECT ST_TileEnvelope($3, $4, $5) AS box,
           ST_Transform(ST_TileEnvelope($3, $4, $5, margin => 64.0 / 4096), 4326) AS sight
), hexagons AS (
    SELECT ST_AsMVTGeom(ST_Transform(c.geom, 3857), tile.box, 4096, 64) AS geom,
           to_hex(c.cell) AS cell, coalesce(asked.persons, 0) AS persons, everyone.persons AS answered,
           round(coalesce(asked.persons, 0)::numeric / everyone.persons, 4)::float8 AS share
      FROM tile
      JOIN cell c ON c.geom && tile.sight AND c.resolution = $6
      JOIN release_cell everyone ON everyone.organisation_id = $1 AND everyone.release_id = $2
                                AND everyone.cell = c.cell AND everyone.level = 'all' AND everyone.code = ''
      LEFT JOIN release_cell asked ON asked.organisation_id = $1 AND asked.release_id = $2
                                  AND asked.cell = c.cell AND asked.level = $7 AND asked.code = $8
)
SELECT coalesce(ST_AsMVT(hexagons, 'hexagons', 4096, 'geom'), '') FROM hexagons WHERE geom IS NOT NULL
