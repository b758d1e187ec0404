-- Opinions that a rule finds by themselves or among those of their own voter, among what came in online since $3 and still
-- stands. $1 organisation, $2 process, $4 channels without an officer, $5 how soon after the cookie is too soon, $6 how
-- many places within $7 are too many, $8 the levels of proof at which speed tells a machine. What the desk or a proof
-- restored is not judged again, nor what replaced it.
-- Every table is read once and joined by hashing (`queries.begin` sees to it), as a recount reads them too: statistics
-- are wrong on the day of an attack or an import, and by them thirteen thousand rows were looked up in each other.
WITH ballot AS MATERIALIZED (
    SELECT c.opinion_id, c.voter, c.proof, i.arrived_at, i.issued_at, i.standing, i.waited,
           EXISTS (SELECT FROM voter_proof v WHERE v.organisation_id = $1 AND v.process_id = $2 AND v.voter = c.voter)
        OR EXISTS (SELECT FROM set_aside s WHERE s.organisation_id = $1 AND s.process_id = $2
                                             AND s.opinion_id = c.opinion_id) AS cleared
      FROM intake i
      JOIN opinion_current c ON c.organisation_id = $1 AND c.process_id = $2 AND c.opinion_id = i.opinion_id
     WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.arrived_at >= $3 AND NOT c.withdrawn
       AND c.channel = ANY ($4::text[])
), paced AS (
    SELECT *, count(*) FILTER (WHERE NOT waited) OVER (PARTITION BY voter ORDER BY arrived_at
                                                       RANGE $7::interval PRECEDING) AS lately
      FROM ballot
), run AS (
    SELECT *, max(lately) OVER (PARTITION BY voter ORDER BY arrived_at
                                RANGE BETWEEN CURRENT ROW AND $7::interval FOLLOWING) AS most
      FROM paced
)
SELECT opinion_id, rule
  FROM run CROSS JOIN LATERAL (VALUES
           ('over-limit', standing = 'o'),
           ('too-fast', NOT waited AND arrived_at >= issued_at AND arrived_at - issued_at < $5::interval),
           ('too-many', NOT waited AND most > $6)) AS r (rule, finds)
 WHERE finds AND proof = ANY ($8::text[]) AND NOT cleared
