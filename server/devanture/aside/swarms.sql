-- How many fresh voters of one network, or of one host, want the same at one place on one day: $5 how long a voter is
-- fresh, $6 places that a voter touched at most, $7 votes from which a group is looked at, $8 what counts as few.
-- What was set aside before is counted along, so that a burst that goes on is still one.
, source AS (
    SELECT b.*, 'network' AS kind, b.network AS source FROM ballot b
    UNION ALL
    SELECT b.*, 'host', b.host FROM ballot b WHERE b.host IS NOT NULL
), crowd AS (
    SELECT kind, source, day, count(*) AS ballots FROM source GROUP BY kind, source, day
), vote AS (
    SELECT s.kind, s.source, s.day, s.place_id, wish, count(*) AS votes
      FROM source s CROSS JOIN unnest(s.asked) AS wish
     WHERE s.proof = 'none' AND NOT s.proven AND s.arrived_at - s.issued_at < $5::interval AND s.places <= $6
     GROUP BY s.kind, s.source, s.day, s.place_id, wish
), told AS (
    SELECT *, count(*) FILTER (WHERE votes <= $8) OVER (PARTITION BY kind, day, place_id, wish) AS scattered FROM vote
)
SELECT kind, source, day, place_id, wish, votes, ballots, scattered
  FROM told JOIN crowd USING (kind, source, day) WHERE votes >= $7
