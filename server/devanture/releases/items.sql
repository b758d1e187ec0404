-- Everything that answers of a process may be counted by; families come before their activities.
-- $1 organisation, $2 process.
SELECT 'all' AS level, '' AS code, NULL AS family, false AS sensitive
UNION ALL
SELECT 'choice', 'other', NULL, false
UNION ALL
SELECT 'channel', code, NULL, false
  FROM (SELECT channel AS code FROM counted_opinion WHERE organisation_id = $1 AND process_id = $2
        UNION SELECT channel FROM public_basis WHERE organisation_id = $1 AND process_id = $2) AS channel
UNION ALL
SELECT 'proof', code, NULL, false
  FROM (SELECT proof AS code FROM counted_opinion WHERE organisation_id = $1 AND process_id = $2
        UNION SELECT proof FROM public_basis WHERE organisation_id = $1 AND process_id = $2) AS proof
UNION ALL
SELECT 'family', code, NULL, false FROM family WHERE organisation_id = $1 AND process_id = $2
UNION ALL
-- One sensitive activity makes its whole family discreet: what the others leave of the family's sum would be told.
SELECT 'activity', code, family, bool_or(sensitive) OVER (PARTITION BY family)
  FROM activity WHERE organisation_id = $1 AND process_id = $2
 ORDER BY level DESC, code
