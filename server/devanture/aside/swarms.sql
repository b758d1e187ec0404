-- Crowds of fresh voters who want the same at one place and came by one network, one host or one facilitator's screen, on
-- one day or (under the day `-infinity`) since $3: a row each, apart for those who have proven (by mail or a screen) and
-- those who have not, with the opinions that no rule has judged. $1 organisation, $2 process, $4 channels without an
-- officer, $5 how long a voter is fresh, $6 places that a voter touched at most, $7 votes from which a crowd is looked at,
-- $8 what counts as few. What was judged before is counted along, so that a burst that goes on is still one.
-- A crowd grows only by what comes: of the places only those are looked at where an answer came since $9, or where as many
-- as that have proven since that day without a word; and of the crowds there only those that grew so are weighed.
-- Every table is read once and joined by hashing, as in `single.sql`.
-- A day begins at three in the morning (UTC), when nobody answers: a burst is seldom cut in two.
WITH ballot AS MATERIALIZED (
    SELECT c.opinion_id, c.place_id, c.voter, c.proof, i.network, i.host, i.arrived_at,
           (i.arrived_at AT TIME ZONE 'UTC' - interval '3 hours')::date AS day, i.arrived_at - i.issued_at < $5::interval AS fresh,
           c.wishes || CASE WHEN c.other THEN '{*}' ELSE '{}'::text[] END AS asked
      FROM intake i
      JOIN opinion_current c ON c.organisation_id = $1 AND c.process_id = $2 AND c.opinion_id = i.opinion_id
     WHERE i.organisation_id = $1 AND i.process_id = $2 AND i.arrived_at >= $3 AND NOT c.withdrawn
       AND c.channel = ANY ($4::text[])
), proven AS MATERIALIZED (
    SELECT voter, max(day) >= ($9 AT TIME ZONE 'UTC')::date AS lately, bool_or(proof = 'verified') AS verified,
           (array_agg(source) FILTER (WHERE proof = 'at_door'))[1] AS screen
      FROM voter_proof WHERE organisation_id = $1 AND process_id = $2 GROUP BY voter
), moved AS (
    SELECT place_id FROM ballot WHERE arrived_at >= $9
     UNION
    SELECT place_id FROM ballot JOIN proven USING (voter) WHERE lately GROUP BY place_id HAVING count(*) >= $7
), touched AS (
    SELECT voter, count(*) AS places FROM opinion_current
     WHERE organisation_id = $1 AND process_id = $2 AND NOT withdrawn GROUP BY voter
), member AS MATERIALIZED (
    SELECT kind, source, on_day AS day, place_id, wish, opinion_id, p.voter IS NOT NULL AS proven,
           arrived_at >= $9 OR coalesce(lately, false) AS new
      FROM ballot b JOIN moved USING (place_id) JOIN touched USING (voter) LEFT JOIN proven p USING (voter)
     CROSS JOIN LATERAL (VALUES ('network', network), ('host', host), ('screen', screen)) AS s (kind, source)
     CROSS JOIN LATERAL (VALUES (day), ('-infinity')) AS d (on_day)
     CROSS JOIN unnest(asked) AS wish
     WHERE fresh AND places <= $6 AND source IS NOT NULL
       AND CASE WHEN p.voter IS NULL THEN b.proof = 'none' ELSE b.proof IN ('none', 'door_code') AND NOT verified END
), vote AS MATERIALIZED (
    SELECT kind, source, day, place_id, wish, proven, count(*) AS votes, bool_or(new) AS grew FROM member
     GROUP BY kind, source, day, place_id, wish, proven
), few AS (
    SELECT kind, day, place_id, wish, proven, count(*) FILTER (WHERE votes <= $8) AS scattered FROM vote
     GROUP BY kind, day, place_id, wish, proven HAVING max(votes) >= $7
), found AS MATERIALIZED (
    SELECT v.*, f.scattered, coalesce(u.votes, 0) AS unproven
      FROM vote v JOIN few f USING (kind, day, place_id, wish, proven)
      LEFT JOIN vote u ON (u.kind, u.source, u.day, u.place_id, u.wish) = (v.kind, v.source, v.day, v.place_id, v.wish)
                      AND v.proven AND NOT u.proven
     WHERE v.votes >= $7 AND v.grew
), crowd AS (
    SELECT kind, source, on_day AS day, count(*) AS ballots
      FROM ballot LEFT JOIN proven USING (voter)
     CROSS JOIN LATERAL (VALUES ('network', network), ('host', host), ('screen', screen)) AS s (kind, source)
     CROSS JOIN LATERAL (VALUES (day), ('-infinity')) AS d (on_day)
     WHERE source = ANY (ARRAY (SELECT DISTINCT source FROM found)) GROUP BY kind, source, on_day
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
