-- One batch of sendings: $1 the organisation, $2.. one array per column.
-- Never "look, then insert": the journal's key decides which sending is new, and only those move the current answer.
WITH incoming AS (
    SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bytea[], $6::int[], $7::smallint[], $8::jsonb[],
                         $9::bytea[], $10::date[], $11::text[], $12::text[], $13::bool[], $14::text[], $15::bool[],
                         $16::bool[], $17::timestamptz[], $18::bytea[], $19::bytea[], $20::bytea[],
                         $21::timestamptz[], $22::text[], $23::bool[])
           AS r (process_id, id, place_id, voter, seq, version, payload, digest, day, channel, proof, late, wishes,
                 other, withdrawn, arrived_at, network, leaf, host, issued_at, standing, waited)
), journalled AS (
    INSERT INTO opinion_journal (organisation_id, process_id, id, place_id, voter, seq, version, payload, digest, day,
                                 channel, proof, late)
    SELECT $1, process_id, id, place_id, voter, seq, version, payload, digest, day, channel, proof, late
      FROM incoming ORDER BY process_id, id
    ON CONFLICT DO NOTHING
    RETURNING process_id, id
), latest AS (
    -- Two changes of one answer may travel together; a statement may touch its row once. Sorted, so that batches
    -- of two workers lock rows in one order and never wait for each other in a ring.
    SELECT DISTINCT ON (process_id, place_id, voter, late) incoming.*
      FROM incoming JOIN journalled USING (process_id, id)
     ORDER BY process_id, place_id, voter, late, seq DESC, id DESC
), moved AS (
    INSERT INTO opinion_current AS current (organisation_id, process_id, place_id, voter, opinion_id, seq, wishes,
                                            other, withdrawn, channel, proof, day, late)
    SELECT $1, process_id, place_id, voter, id, seq, string_to_array(wishes, ' '), other, withdrawn, channel, proof,
           day, late
      FROM latest
    ON CONFLICT (organisation_id, process_id, place_id, voter, late) DO UPDATE
       SET opinion_id = excluded.opinion_id, seq = excluded.seq, wishes = excluded.wishes, other = excluded.other,
           withdrawn = excluded.withdrawn, channel = excluded.channel, proof = excluded.proof, day = excluded.day
     WHERE (current.seq, current.opinion_id) < (excluded.seq, excluded.opinion_id)
), arrived AS (
    INSERT INTO intake (organisation_id, process_id, opinion_id, arrived_at, network, host, issued_at, standing, waited)
    SELECT $1, process_id, id, arrived_at, network, host, issued_at, standing, waited
      FROM incoming JOIN journalled USING (process_id, id)
), receipted AS (
    INSERT INTO leaf (organisation_id, process_id, leaf, opinion_id)
    SELECT $1, process_id, leaf, id FROM incoming JOIN journalled USING (process_id, id)
)
SELECT process_id, id FROM journalled
