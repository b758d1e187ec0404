-- What replaced, since $3, an answer that was out, or replaced one that the desk took out since: with the rule.
-- $1 organisation, $2 process. Each row is looked up by keys, one by one.
WITH said AS MATERIALIZED (
    SELECT j.place_id, j.voter, j.late
      FROM (SELECT opinion_id FROM intake i
             WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.arrived_at >= $3
             UNION
            SELECT opinion_id FROM set_aside s
             WHERE s.organisation_id = $1 AND s.process_id = $2 AND s.member_id IS NOT NULL
               AND s.day >= ($3 AT TIME ZONE 'UTC')::date) moved
     CROSS JOIN LATERAL (SELECT place_id, voter, late FROM opinion_journal j
                          WHERE j.organisation_id = $1 AND j.process_id = $2 AND j.id = moved.opinion_id LIMIT 1) j
     GROUP BY j.place_id, j.voter, j.late
), doubted AS MATERIALIZED (
    SELECT place_id, voter, late, min(l.rule) AS rule, bool_or(l.verdict = 'restored') AS freed
      FROM said
     CROSS JOIN LATERAL (SELECT id FROM opinion_journal j
                          WHERE j.organisation_id = $1 AND j.process_id = $2 AND j.voter = said.voter
                            AND j.place_id = said.place_id AND j.late = said.late OFFSET 0) j
     CROSS JOIN LATERAL (SELECT verdict, rule FROM set_aside s
                          WHERE s.organisation_id = $1 AND s.process_id = $2 AND s.opinion_id = j.id
                          ORDER BY number DESC LIMIT 1) l
     WHERE l.verdict <> 'unproven'
     GROUP BY place_id, voter, late
)
SELECT c.opinion_id, d.rule
  FROM doubted d
 CROSS JOIN LATERAL (SELECT opinion_id FROM opinion_current c
                      WHERE c.organisation_id = $1 AND c.process_id = $2 AND c.place_id = d.place_id
                        AND c.voter = d.voter AND c.late = d.late AND NOT c.withdrawn LIMIT 1) c
 WHERE NOT d.freed
   AND NOT EXISTS (SELECT FROM set_aside s WHERE s.organisation_id = $1 AND s.process_id = $2
                                             AND s.opinion_id = c.opinion_id)
   AND NOT EXISTS (SELECT FROM voter_proof v WHERE v.organisation_id = $1 AND v.process_id = $2 AND v.voter = d.voter)
