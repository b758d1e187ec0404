-- Layer `supply` of one tile. $1 organisation, $2 $3 $4 tile, $5 an activity, or null for every shop.
WITH tile AS (
    SELECT ST_TileEnvelope($2, $3, $4) AS box,
           ST_Transform(ST_TileEnvelope($2, $3, $4, margin => 64.0 / 4096), 4326) AS sight
), supply AS (
    SELECT ST_AsMVTGeom(ST_Transform(s.geom, 3857), tile.box, 4096, 64) AS geom,
           s.ref, s.activity, s.name, s.confirmed
      FROM tile
      JOIN supply s ON s.organisation_id = $1 AND s.geom && tile.sight
     WHERE $5::text IS NULL OR s.activity = $5
)
SELECT coalesce(ST_AsMVT(supply, 'supply', 4096, 'geom'), '') FROM supply WHERE geom IS NOT NULL
