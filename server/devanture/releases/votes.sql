-- What was asked for at each place of a process, packed for counting: one row a place, `votes` a run of 8-byte
-- numbers, item << 32 | voter; a voter may stand twice under one family. $1 organisation, $2 process, $3 scope;
-- of the items, in their order: $4 levels, $5 codes, $6 the number of an activity's family.
-- The scope chooses its source: exact opinions for the desk, the frozen basis for everyone.
WITH opinion AS (
    SELECT place_id, voter, wishes, other, channel, proof
      FROM counted_opinion
     WHERE $3 = 'desk' AND organisation_id = $1 AND process_id = $2 AND NOT late
    UNION ALL
    SELECT place_id, voter, wishes, other, channel, proof
      FROM public_basis
     WHERE $3 = 'public' AND organisation_id = $1 AND process_id = $2
),
-- Numbers instead of the voters' long keys: dense_rank sorts once and never lets two voters meet.
ballot AS MATERIALIZED (
    SELECT o.place_id, dense_rank() OVER (ORDER BY o.voter) AS voter, o.wishes, o.other, o.channel, o.proof
      FROM opinion o
      JOIN process_place l ON l.organisation_id = $1 AND l.process_id = $2 AND l.place_id = o.place_id
),
item AS MATERIALIZED (
    SELECT (n - 1) << 32 AS item, level, code, family::bigint << 32 AS family
      FROM unnest($4::text[], $5::text[], $6::int[]) WITH ORDINALITY AS t (level, code, family, n)
),
wish AS MATERIALIZED (
    SELECT b.place_id, b.voter, i.item, i.family
      FROM ballot b
     CROSS JOIN unnest(b.wishes) AS asked
      JOIN item i ON i.level = 'activity' AND i.code = asked
),
vote AS (
    SELECT place_id, voter, item FROM ballot JOIN item ON level = 'all'
    UNION ALL
    SELECT place_id, voter, item FROM ballot JOIN item ON level = 'choice' AND other
    UNION ALL
    SELECT place_id, voter, item FROM ballot JOIN item ON level = 'channel' AND code = channel
    UNION ALL
    SELECT place_id, voter, item FROM ballot JOIN item ON level = 'proof' AND code = proof
    UNION ALL
    SELECT place_id, voter, item FROM wish
    UNION ALL
    SELECT place_id, voter, family FROM wish
)
SELECT place_id, string_agg(int8send(item | voter), '') AS votes FROM vote GROUP BY place_id
