-- What a release shows of each place, by activity and family. $1 organisation, $2 release.
SELECT p.id, p.ref, p.kind, p.state, p.number, p.street, p.near_street, p.name, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat,
       answered.persons AS participants, asked.level, asked.code, asked.persons, asked.wishes
  FROM release_place asked
  JOIN release_place answered ON answered.organisation_id = $1 AND answered.release_id = $2
                             AND answered.place_id = asked.place_id AND answered.level = 'all'
  JOIN place p ON p.organisation_id = $1 AND p.id = asked.place_id
 WHERE asked.organisation_id = $1 AND asked.release_id = $2 AND asked.level IN ('activity', 'family', 'choice')
 ORDER BY p.ref, asked.persons DESC, asked.level, asked.code
