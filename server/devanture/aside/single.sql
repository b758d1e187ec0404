-- Opinions that a rule finds by themselves or among those of their own voter: $5 how soon after the cookie is too soon,
-- $6 how many places within $7 are too many, $8 the levels of proof at which speed tells a machine.
, paced AS (
    SELECT *, count(*) FILTER (WHERE NOT waited) OVER (PARTITION BY voter ORDER BY arrived_at
                                                       RANGE $7::interval PRECEDING) AS lately
      FROM ballot
), run AS (
    SELECT *, max(lately) OVER (PARTITION BY voter ORDER BY arrived_at
                                RANGE BETWEEN CURRENT ROW AND $7::interval FOLLOWING) AS most
      FROM paced
)
SELECT opinion_id, 'over-limit' AS rule FROM run
 WHERE standing = 'o' AND proof = ANY ($8::text[]) AND NOT proven AND NOT judged
UNION ALL
SELECT opinion_id, 'too-fast' FROM run
 WHERE arrived_at >= issued_at AND arrived_at - issued_at < $5::interval AND NOT waited
   AND proof = ANY ($8::text[]) AND NOT proven AND NOT judged
UNION ALL
SELECT opinion_id, 'too-many' FROM run
 WHERE most > $6 AND NOT waited AND proof = ANY ($8::text[]) AND NOT proven AND NOT judged
