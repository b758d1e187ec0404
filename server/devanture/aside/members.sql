-- The opinions of swarms that were found to be bursts, row by row of $7.. (kind, source, day, place, wish).
, touched AS (
    SELECT voter, count(*) AS places FROM opinion_current
     WHERE organisation_id = $1 AND process_id = $2 AND NOT withdrawn GROUP BY voter
)
SELECT DISTINCT b.opinion_id
  FROM unnest($7::text[], $8::bytea[], $9::date[], $10::uuid[], $11::text[]) AS f (kind, source, day, place_id, wish)
  JOIN ballot b ON b.day = f.day AND b.place_id = f.place_id AND f.wish = ANY (b.asked)
               AND f.source = CASE f.kind WHEN 'host' THEN b.host ELSE b.network END
  JOIN touched USING (voter)
 WHERE b.proof = 'none' AND NOT b.proven AND NOT b.judged AND b.arrived_at - b.issued_at < $5::interval
   AND touched.places <= $6
