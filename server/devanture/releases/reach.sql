-- Which places lie within $3 metres, straight, of each place of a process. $1 organisation, $2 process.
-- The window is made from the one place's point, so that the GiST index on the other's serves; a degree of latitude
-- is about 111,320 m, and the hundredth more keeps what a sphere of another radius would lose.
SELECT a.id AS place_id, array_agg(b.id) AS near
  FROM process_place l
  JOIN place a ON a.organisation_id = l.organisation_id AND a.id = l.place_id
  JOIN place b ON b.organisation_id = a.organisation_id
              AND b.geom && ST_Expand(a.geom, $3 * 1.01 / (111320 * cos(radians(ST_Y(a.geom)))), $3 * 1.01 / 111320)
              AND ST_DistanceSphere(a.geom, b.geom) <= $3
  JOIN process_place m ON m.organisation_id = l.organisation_id AND m.process_id = l.process_id AND m.place_id = b.id
 WHERE l.organisation_id = $1 AND l.process_id = $2
 GROUP BY a.id
