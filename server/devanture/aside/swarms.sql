-- How many fresh voters of one network, or of one host, want the same at one place on one day, and in all since $3 (under
-- the day `-infinity`): $5 how long a voter is fresh, $6 places that a voter touched at most, $7 votes from which a group
-- is looked at, $8 what counts as few. What was set aside before is counted along, so that a burst that goes on is still one.
, source AS (
    SELECT kind, source, day, place_id, asked,
           proof = 'none' AND NOT proven AND arrived_at - issued_at < $5::interval AND places <= $6 AS light
      FROM ballot CROSS JOIN LATERAL (VALUES ('network', network), ('host', host)) AS s (kind, source)
     WHERE source IS NOT NULL
), crowd AS (
    SELECT kind, source, coalesce(day, '-infinity') AS day, count(*) AS ballots
      FROM source GROUP BY GROUPING SETS ((kind, source, day), (kind, source))
), vote AS (
    SELECT kind, source, coalesce(day, '-infinity') AS day, place_id, wish, count(*) AS votes
      FROM source CROSS JOIN unnest(asked) AS wish WHERE light
     GROUP BY GROUPING SETS ((kind, source, day, place_id, wish), (kind, source, place_id, wish))
), few AS (
    SELECT kind, day, place_id, wish, count(*) FILTER (WHERE votes <= $8) AS scattered FROM vote
     GROUP BY kind, day, place_id, wish HAVING max(votes) >= $7
)
SELECT kind, source, day, place_id, wish, votes, ballots, scattered
  FROM vote JOIN few USING (kind, day, place_id, wish) JOIN crowd USING (kind, source, day) WHERE votes >= $7
