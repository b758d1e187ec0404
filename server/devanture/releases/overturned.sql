-- Where the first rank would go to another wish if the proven opinions alone were counted, or with one kind of proof left
-- out: a row a place, and one with the zero UUID for the whole process. So many mailboxes of one person, or a code that
-- went round, are told even though they prove. $1 organisation, $2 process, $3 scope, $4 the levels that prove, $5 how
-- many people on either side, unless nobody is left out, it takes to say so.
-- Places where several wishes share the first rank are told only if none of them leads among those who are kept.
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
    SELECT place_id, voter, proof, code
      FROM opinion CROSS JOIN unnest(wishes || CASE WHEN other THEN '{*}' ELSE '{}'::text[] END) AS code
     WHERE code NOT IN (SELECT code FROM discreet)
), area AS (
    SELECT place_id AS area, voter, proof, code FROM wish
    UNION ALL
    SELECT '00000000-0000-0000-0000-000000000000', voter, proof, code FROM wish
), view AS (
    SELECT 'proven' AS view, $4::text[] AS levels
    UNION ALL
    SELECT gone, array_remove('{none,door_code,at_door,email,paper,verified}'::text[], gone)
      FROM unnest('{door_code,at_door,email,paper,verified}'::text[]) AS gone
), people AS (
    SELECT view, area, count(DISTINCT voter) FILTER (WHERE proof = ANY (levels)) AS kept,
           count(DISTINCT voter) FILTER (WHERE proof <> ALL (levels)) AS others
      FROM area CROSS JOIN view GROUP BY view, area
), counted AS (
    SELECT view, area, code, count(DISTINCT voter) AS persons,
           count(DISTINCT voter) FILTER (WHERE proof = ANY (levels)) AS kept
      FROM area CROSS JOIN view GROUP BY view, area, code
), ranked AS (
    SELECT view, area, persons = max(persons) OVER w AND kept = max(kept) OVER w AS holds
      FROM counted WINDOW w AS (PARTITION BY view, area)
), told AS (
    SELECT area FROM ranked JOIN people USING (view, area)
     WHERE people.kept >= $5 AND (people.others = 0 OR people.others >= $5)
     GROUP BY view, area HAVING NOT bool_or(holds)
)
SELECT DISTINCT area FROM told ORDER BY area
