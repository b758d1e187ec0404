-- Where the first rank would go to another wish if the proven opinions alone were counted: a row a place, and one with
-- the zero UUID for the whole process. $1 organisation, $2 process, $3 scope, $4 the levels that prove, $5 how many
-- proven people, and how many others unless there are none, it takes to say so.
-- Places where several wishes share the first rank are told only if none of them leads among the proven.
WITH opinion AS (
    SELECT place_id, voter, wishes, other, proof FROM counted_opinion
     WHERE $3 = 'desk' AND organisation_id = $1 AND process_id = $2 AND NOT late
    UNION ALL
    SELECT place_id, voter, wishes, other, proof FROM public_basis
     WHERE $3 = 'public' AND organisation_id = $1 AND process_id = $2
), discreet AS (
    SELECT code FROM activity WHERE $3 = 'public' AND organisation_id = $1 AND process_id = $2 AND family IN (
        SELECT family FROM activity WHERE organisation_id = $1 AND process_id = $2 AND sensitive)
), wish AS (
    SELECT place_id, voter, proof = ANY ($4::text[]) AS shown, code
      FROM opinion CROSS JOIN unnest(wishes || CASE WHEN other THEN '{*}' ELSE '{}'::text[] END) AS code
     WHERE code NOT IN (SELECT code FROM discreet)
), area AS (
    SELECT place_id AS area, voter, shown, code FROM wish
    UNION ALL
    SELECT '00000000-0000-0000-0000-000000000000', voter, shown, code FROM wish
), people AS (
    SELECT area, count(DISTINCT voter) FILTER (WHERE shown) AS proven,
           count(DISTINCT voter) FILTER (WHERE NOT shown) AS others
      FROM area GROUP BY area
), counted AS (
    SELECT area, code, count(DISTINCT voter) AS persons, count(DISTINCT voter) FILTER (WHERE shown) AS proven
      FROM area GROUP BY area, code
), ranked AS (
    SELECT area, persons = max(persons) OVER w AND proven = max(proven) OVER w AS holds
      FROM counted WINDOW w AS (PARTITION BY area)
)
SELECT area FROM ranked JOIN people USING (area)
 WHERE people.proven >= $5 AND (people.others = 0 OR people.others >= $5)
 GROUP BY area HAVING NOT bool_or(holds)
 ORDER BY area
