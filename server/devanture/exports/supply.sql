-- Existing shops inside a perimeter. $1 organisation, $2 to $5 west, south, east, north in degrees.
-- The perimeter is one constant box, so that the GiST index on supply.geom serves.
SELECT s.ref, 'activity' AS level, s.activity AS code, s.name, s.number, s.street,
       ST_X(s.geom) AS lon, ST_Y(s.geom) AS lat, s.seen, s.confirmed, s.source
  FROM supply s
 WHERE s.organisation_id = $1 AND s.geom && ST_MakeEnvelope($2, $3, $4, $5, 4326)
 ORDER BY s.ref
