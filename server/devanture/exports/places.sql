-- Every place of a process with what a release shows of it. $1 organisation, $2 process, $3 release.
SELECT p.id, p.ref, p.kind, p.state, p.number, p.street, p.near_street, p.name, ST_X(p.geom) AS lon, ST_Y(p.geom) AS lat,
       answered.persons IS NOT NULL AS shown, answered.persons AS participants, answered.wishes,
       heir.ref AS merged_into, p.source
  FROM process_place l
  JOIN place p ON p.organisation_id = l.organisation_id AND p.id = l.place_id
  LEFT JOIN place heir ON heir.organisation_id = p.organisation_id AND heir.id = p.merged_into
  LEFT JOIN release_place answered ON answered.organisation_id = $1 AND answered.release_id = $3
                                  AND answered.place_id = p.id AND answered.level = 'all'
 WHERE l.organisation_id = $1 AND l.process_id = $2
   -- A point that residents marked is demand, not stock: where it shows no demand there is nothing to list.
   AND (p.kind <> 'spot' OR answered.persons IS NOT NULL)
 ORDER BY p.ref
