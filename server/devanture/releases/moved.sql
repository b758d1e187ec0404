-- Places where at least $3 people came, changed or withdrew since the basis of the public figures was taken there.
-- $1 organisation, $2 process. The order of one's wishes is no change.
SELECT place_id
  FROM (SELECT place_id, voter, wishes, other, channel, proof FROM counted_opinion
         WHERE organisation_id = $1 AND process_id = $2 AND NOT late) AS now
  FULL JOIN (SELECT place_id, voter, wishes, other, channel, proof FROM public_basis
              WHERE organisation_id = $1 AND process_id = $2) AS basis USING (place_id, voter)
 WHERE (now.other, now.channel, now.proof) IS DISTINCT FROM (basis.other, basis.channel, basis.proof)
    OR NOT (now.wishes @> basis.wishes AND now.wishes <@ basis.wishes)
 GROUP BY place_id HAVING count(*) >= $3
