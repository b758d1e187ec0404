-- What came in online since $3 and still stands, with all that the rules ask of it. $1 organisation, $2 process,
-- $4 channels without an officer. What the desk or a proof restored is not judged again, nor what replaced it.
-- Every table is read once and joined by hashing (`queries.begin` sees to it), as a recount reads them too: statistics
-- are wrong on the day of an attack or an import, and by them thirteen thousand rows were looked up in each other.
-- A day begins at three in the morning (UTC), when nobody answers: a burst is seldom cut in two.
WITH touched AS (
    SELECT voter, count(*) AS places FROM opinion_current
     WHERE organisation_id = $1 AND process_id = $2 AND NOT withdrawn GROUP BY voter
), ballot AS MATERIALIZED (
    SELECT c.opinion_id, c.place_id, c.voter, c.proof, c.wishes || CASE WHEN c.other THEN '{*}' ELSE '{}'::text[] END AS asked,
           i.network, i.host, i.arrived_at, i.issued_at, i.standing, i.waited, t.places,
           (i.arrived_at AT TIME ZONE 'UTC' - interval '3 hours')::date AS day,
           EXISTS (SELECT FROM voter_proof v WHERE v.organisation_id = $1 AND v.process_id = $2 AND v.voter = c.voter)
               AS proven,
           EXISTS (SELECT FROM set_aside s WHERE s.organisation_id = $1 AND s.process_id = $2
                                             AND s.opinion_id = c.opinion_id) AS judged
      FROM intake i
      JOIN opinion_current c ON c.organisation_id = $1 AND c.process_id = $2 AND c.opinion_id = i.opinion_id
      JOIN touched t ON t.voter = c.voter
     WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.arrived_at >= $3 AND NOT c.withdrawn
       AND c.channel = ANY ($4::text[])
)
