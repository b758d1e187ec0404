-- The opinions of swarms that were found to be bursts, row by row of $7.. (kind, source, day, place, wish).
SELECT DISTINCT b.opinion_id
  FROM unnest($7::text[], $8::bytea[], $9::date[], $10::uuid[], $11::text[]) AS f (kind, source, day, place_id, wish)
  JOIN ballot b ON f.day IN (b.day, '-infinity') AND b.place_id = f.place_id AND f.wish = ANY (b.asked)
               AND f.source = CASE f.kind WHEN 'host' THEN b.host ELSE b.network END
 WHERE b.proof = 'none' AND NOT b.proven AND NOT b.judged AND b.arrived_at - b.issued_at < $5::interval
   AND b.places <= $6
