-- Crowds of fresh voters who want the same at one place and came by one network, one host or one facilitator's screen, on
-- one day or (under the day `-infinity`) since $3: a row each, apart for those who have proven (by mail or a screen) and
-- those who have not, with the opinions that no rule has judged. $1 organisation, $2 process, $4 channels without an
-- officer, $5 how long a voter is fresh, $6 places that a voter touched at most, $7 votes from which a crowd is looked at,
-- $8 what counts as few. What was judged before is counted along, so that a burst that goes on is still one.
-- A crowd grows only by what comes: no place is read but those where an answer came since $9, or somebody proved it since.
-- Rows are looked up by keys, one by one, and whole sets are joined by hashing (`queries.begin` sees to it): statistics
-- are wrong on the day of an attack or an import.
-- A day begins at three in the morning (UTC), when nobody answers: a burst is seldom cut in two.
WITH moved AS (
    SELECT (SELECT j.place_id FROM opinion_journal j
             WHERE j.organisation_id = $1 AND j.process_id = $2 AND j.id = i.opinion_id) AS place_id
      FROM intake i WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.arrived_at >= $9
    UNION
    SELECT c.place_id FROM voter_proof v
     CROSS JOIN LATERAL (SELECT place_id FROM opinion_current c
                          WHERE c.organisation_id = $1 AND c.process_id = $2 AND c.voter = v.voter OFFSET 0) c
     WHERE v.organisation_id = $1 AND v.process_id = $2 AND v.day >= ($9 AT TIME ZONE 'UTC')::date
), shower AS (
    SELECT voter, bool_or(proof = 'verified') AS verified, min(encode(source, 'hex')) FILTER (WHERE proof = 'at_door') AS screen
      FROM voter_proof WHERE organisation_id = $1 AND process_id = $2 GROUP BY voter
), answer AS MATERIALIZED (
    SELECT c.opinion_id, c.place_id, c.voter, c.proof, i.network, i.host,
           c.wishes || CASE WHEN c.other THEN '{*}' ELSE '{}'::text[] END AS asked,
           (i.arrived_at AT TIME ZONE 'UTC' - interval '3 hours')::date AS day,
           i.arrived_at - i.issued_at < $5::interval
           AND (SELECT count(*) FROM opinion_current t WHERE t.organisation_id = $1 AND t.process_id = $2
                                                         AND t.voter = c.voter AND NOT t.withdrawn) <= $6 AS light
      FROM opinion_current c
     CROSS JOIN LATERAL (SELECT network, host, arrived_at, issued_at FROM intake i
                          WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.opinion_id = c.opinion_id
                            AND i.arrived_at >= $3 LIMIT 1) i
     WHERE c.organisation_id = $1 AND c.process_id = $2 AND c.place_id = ANY (ARRAY (SELECT place_id FROM moved))
       AND NOT c.withdrawn AND c.channel = ANY ($4::text[]) AND c.proof IN ('none', 'door_code')
), member AS MATERIALIZED (
    SELECT kind, source, on_day AS day, place_id, wish, shower.voter IS NOT NULL AS proven, opinion_id
      FROM answer LEFT JOIN shower USING (voter)
     CROSS JOIN LATERAL (VALUES ('network', network), ('host', host), ('screen', decode(screen, 'hex'))) AS s (kind, source)
     CROSS JOIN LATERAL (VALUES (day), ('-infinity')) AS d (on_day)
     CROSS JOIN unnest(asked) AS wish
     WHERE light AND source IS NOT NULL AND (shower.voter IS NULL AND proof = 'none' OR NOT verified)
), vote AS (
    SELECT kind, source, day, place_id, wish, proven, count(*) AS votes FROM member
     GROUP BY kind, source, day, place_id, wish, proven
), few AS (
    SELECT kind, day, place_id, wish, proven, count(*) FILTER (WHERE votes <= $8) AS scattered FROM vote
     GROUP BY kind, day, place_id, wish, proven HAVING max(votes) >= $7
), found AS MATERIALIZED (
    SELECT v.*, f.scattered, coalesce(u.votes, 0) AS unproven
      FROM vote v JOIN few f USING (kind, day, place_id, wish, proven)
      LEFT JOIN vote u ON (u.kind, u.source, u.day, u.place_id, u.wish) = (v.kind, v.source, v.day, v.place_id, v.wish)
                      AND v.proven AND NOT u.proven
     WHERE v.votes >= $7
), came AS MATERIALIZED (
    SELECT i.network, i.host, NULL::bytea AS screen, (i.arrived_at AT TIME ZONE 'UTC' - interval '3 hours')::date AS day
      FROM intake i
     CROSS JOIN LATERAL (SELECT place_id, voter, late FROM opinion_journal j
                          WHERE j.organisation_id = $1 AND j.process_id = $2 AND j.id = i.opinion_id LIMIT 1) j
     CROSS JOIN LATERAL (SELECT FROM opinion_current c
                          WHERE c.organisation_id = $1 AND c.process_id = $2 AND c.place_id = j.place_id
                            AND c.voter = j.voter AND c.late = j.late AND c.opinion_id = i.opinion_id
                            AND NOT c.withdrawn AND c.channel = ANY ($4::text[]) LIMIT 1) c
     WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.arrived_at >= $3 AND EXISTS (SELECT FROM found)
       AND (i.network = ANY (ARRAY (SELECT source FROM found WHERE kind = 'network'))
            OR i.host = ANY (ARRAY (SELECT source FROM found WHERE kind = 'host')))
    UNION ALL
    SELECT NULL, NULL, v.source, (i.arrived_at AT TIME ZONE 'UTC' - interval '3 hours')::date
      FROM voter_proof v
     CROSS JOIN LATERAL (SELECT opinion_id FROM opinion_current c
                          WHERE c.organisation_id = $1 AND c.process_id = $2 AND c.voter = v.voter
                            AND NOT c.withdrawn AND c.channel = ANY ($4::text[]) OFFSET 0) c
     CROSS JOIN LATERAL (SELECT arrived_at FROM intake i
                          WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.opinion_id = c.opinion_id
                            AND i.arrived_at >= $3 LIMIT 1) i
     WHERE v.organisation_id = $1 AND v.process_id = $2 AND v.proof = 'at_door'
       AND v.source = ANY (ARRAY (SELECT source FROM found WHERE kind = 'screen'))
), crowd AS (
    SELECT kind, source, on_day AS day, count(*) AS ballots
      FROM came CROSS JOIN LATERAL (VALUES ('network', network), ('host', host), ('screen', screen)) AS s (kind, source)
     CROSS JOIN LATERAL (VALUES (day), ('-infinity')) AS d (on_day)
     WHERE source IS NOT NULL GROUP BY kind, source, on_day
), unjudged AS (
    SELECT kind, source, day, place_id, wish, proven, array_agg(opinion_id) AS opinions
      FROM found JOIN member USING (kind, source, day, place_id, wish, proven)
     WHERE NOT EXISTS (SELECT FROM set_aside s
                        WHERE s.organisation_id = $1 AND s.process_id = $2 AND s.opinion_id = member.opinion_id
                          AND (NOT proven OR s.verdict = 'unproven' OR s.member_id IS NOT NULL) OFFSET 0)
     GROUP BY kind, source, day, place_id, wish, proven
)
-- Of those who have proven, the ones who want the same without are no witnesses that the crowd is mixed.
SELECT proven, votes, ballots - unproven AS ballots, scattered, opinions
  FROM found JOIN crowd USING (kind, source, day) JOIN unjudged USING (kind, source, day, place_id, wish, proven)
