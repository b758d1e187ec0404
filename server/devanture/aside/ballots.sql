-- What came in online since $3 and still stands, with all that the rules ask of it. $1 organisation, $2 process,
-- $4 channels without an officer. What the desk or a proof restored is not judged again, nor what replaced it.
-- Every step asks a key for one row: statistics are wrong on the day of an attack, and a join laid by them is too.
-- A day begins at three in the morning (UTC), when nobody answers: a burst is seldom cut in two.
WITH ballot AS MATERIALIZED (
    SELECT c.opinion_id, c.place_id, c.voter, c.proof, c.wishes || CASE WHEN c.other THEN '{*}' ELSE '{}'::text[] END AS asked,
           i.network, i.host, i.arrived_at, i.issued_at, i.standing, i.waited,
           (i.arrived_at AT TIME ZONE 'UTC' - interval '3 hours')::date AS day,
           (SELECT count(*) FROM opinion_current t
             WHERE t.organisation_id = $1 AND t.process_id = $2 AND t.voter = c.voter AND NOT t.withdrawn) AS places,
           EXISTS (SELECT FROM voter_proof v WHERE v.organisation_id = $1 AND v.process_id = $2 AND v.voter = c.voter)
               AS proven,
           EXISTS (SELECT FROM set_aside s WHERE s.organisation_id = $1 AND s.process_id = $2
                                             AND s.opinion_id = c.opinion_id) AS judged
      FROM intake i
      JOIN opinion_journal j ON j.organisation_id = $1 AND j.process_id = $2 AND j.id = i.opinion_id
      JOIN opinion_current c ON c.organisation_id = $1 AND c.process_id = $2 AND c.place_id = j.place_id
                            AND c.voter = j.voter AND c.late = j.late AND c.opinion_id = j.id
     WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.arrived_at >= $3 AND NOT c.withdrawn
       AND c.channel = ANY ($4::text[])
)
