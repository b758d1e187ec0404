-- What a release shows of each hexagon, by activity and family. $1 organisation, $2 release.
-- Six decimals of a degree are about ten centimetres.
SELECT to_hex(c.cell) AS cell, c.resolution, ST_AsGeoJSON(c.geom, 6) AS outline,
       answered.persons AS participants, asked.level, asked.code, asked.persons, asked.wishes
  FROM release_cell asked
  JOIN release_cell answered ON answered.organisation_id = $1 AND answered.release_id = $2
                            AND answered.cell = asked.cell AND answered.level = 'all'
  JOIN cell c ON c.cell = asked.cell
 WHERE asked.organisation_id = $1 AND asked.release_id = $2 AND asked.level IN ('activity', 'family', 'choice')
 ORDER BY c.resolution, c.cell, asked.persons DESC, asked.level, asked.code
