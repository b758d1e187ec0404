-- What stands first in each area, seen without part of the people: a row a wish that stands first, an area and a view: the
-- proven alone, or all but those with one kind of proof, so that a hundred mailboxes of one person, or a code that went
-- round, are told even though they prove. `kept` and `others` are the people of either part, `kept_votes` and
-- `other_votes` how many of them want it; `holds` whether any of what stands first leads among those who are kept.
-- An area is a place, or all with the zero UUID. $1 organisation, $2 process, $3 scope, $4 the levels that prove, $5 how
-- many people on either side, unless nobody is left out, it takes to say anything.
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
           count(DISTINCT voter) FILTER (WHERE proof = ANY (levels)) AS kept_votes
      FROM area CROSS JOIN view GROUP BY view, area, code
), ranked AS (
    SELECT *, persons = max(persons) OVER w AS first, kept_votes = max(kept_votes) OVER w AS leads
      FROM counted WINDOW w AS (PARTITION BY view, area)
)
SELECT view, area, kept, others, kept_votes, persons - kept_votes AS other_votes,
       bool_or(leads) OVER (PARTITION BY view, area) AS holds
  FROM ranked JOIN people USING (view, area)
 WHERE first AND kept >= $5 AND (others = 0 OR others >= $5)
