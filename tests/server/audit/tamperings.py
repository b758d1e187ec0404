"""What somebody may change in the database, and what the audit must say of it: SQL, and a part of a sentence."""

ONE = "(SELECT opinion_id FROM opinion_current WHERE NOT withdrawn AND channel = 'web' ORDER BY opinion_id LIMIT 1)"
LATEST = "(SELECT id FROM release WHERE scope = '{}' ORDER BY number DESC LIMIT 1)"
TAMPERINGS = {
    "a wish in a payload": (
        f"UPDATE opinion_journal SET payload = jsonb_set(payload, '{{wishes}}', '[\"hardware\"]') WHERE id = {ONE}",
        "its words are not those of its digest",
    ),
    "a comment in a payload": (
        f"UPDATE opinion_journal SET payload = payload || '{{\"comment\": \"Non\"}}' WHERE id = {ONE}",
        "its words are not those of its digest",
    ),
    "a payload with its digest": (
        "UPDATE opinion_journal SET payload = payload || '{\"comment\": \"Non\"}',"
        f" digest = sha256('x') WHERE id = {ONE}",
        "its leaf is another",
    ),
    "a number": (f"UPDATE opinion_journal SET seq = 999 WHERE id = {ONE}", "its number or version was changed"),
    "a place": (
        "UPDATE opinion_journal SET place_id = (SELECT id FROM place WHERE ref = 'Q3')"
        f" WHERE id = {ONE}", "it was moved to another place",
    ),
    "a voter, so that two count as one": (
        "UPDATE opinion_journal SET voter = (SELECT voter FROM opinion_journal ORDER BY voter LIMIT 1)"
        " WHERE voter = (SELECT voter FROM opinion_journal ORDER BY voter DESC LIMIT 1)",
        "missing among the current ones|the journal knows none|says otherwise",
    ),
    "a channel": (
        f"UPDATE opinion_journal SET channel = 'for_another' WHERE id = {ONE}", "the current one says otherwise",
    ),
    "the channel of somebody a phone was lent to": (
        "UPDATE opinion_journal SET channel = 'web' WHERE channel = 'for_another'", "its channel was changed",
    ),
    "a proof": (f"UPDATE opinion_journal SET proof = 'paper' WHERE id = {ONE}", "says otherwise|recounted"),
    "a row removed": (f"DELETE FROM opinion_journal WHERE id = {ONE}", "its sending is gone"),
    "a row and its leaf removed": (
        f"DELETE FROM leaf WHERE opinion_id = {ONE}; DELETE FROM opinion_journal WHERE id = {ONE}",
        "a leaf of its tree is gone",
    ),
    "a row and every trace removed": (
        f"CREATE TEMP TABLE gone AS SELECT id FROM opinion_journal WHERE id = {ONE};"
        "DELETE FROM merkle_leaf WHERE leaf IN (SELECT leaf FROM leaf WHERE opinion_id IN (SELECT id FROM gone));"
        "DELETE FROM leaf WHERE opinion_id IN (SELECT id FROM gone);"
        "DELETE FROM opinion_current WHERE opinion_id IN (SELECT id FROM gone);"
        "DELETE FROM opinion_journal WHERE id IN (SELECT id FROM gone); DROP TABLE gone",
        "leaves were published",
    ),
    "a row added": (
        "INSERT INTO opinion_journal SELECT organisation_id, process_id, gen_random_uuid(),"
        " place_id, sha256('new'), seq,"
        " version, payload, digest, day, channel, proof, late FROM opinion_journal LIMIT 1",
        "it has no leaf",
    ),
    "a row added with a leaf": (
        "INSERT INTO opinion_journal SELECT organisation_id, process_id,"
        " '00000000-0000-4000-8000-000000000001', place_id,"
        " sha256('new'), seq, version, payload, digest, day, channel, proof, late FROM opinion_journal LIMIT 1;"
        "INSERT INTO leaf SELECT organisation_id, process_id, sha256('leaf'), '00000000-0000-4000-8000-000000000001'"
        " FROM leaf LIMIT 1",
        "its leaf is another",
    ),
    "a leaf put into a day": (
        "INSERT INTO merkle_leaf SELECT organisation_id, process_id, sha256('leaf'), day FROM merkle_leaf LIMIT 1",
        "leaves were published",
    ),
    "a current answer swapped": (
        "UPDATE opinion_current SET wishes = '{hardware}' WHERE opinion_id = "
        "(SELECT opinion_id FROM opinion_current WHERE NOT withdrawn LIMIT 1)",
        "the current one says otherwise",
    ),
    "an older answer made current": (
        "UPDATE opinion_current c SET opinion_id = j.id, seq = j.seq, wishes = '{fishmonger}', other = false"
        " FROM opinion_journal j WHERE j.voter = c.voter AND j.place_id = c.place_id AND j.seq <"
        " c.seq AND NOT c.withdrawn",
        "the current one says otherwise",
    ),
    "a withdrawal undone": ("UPDATE opinion_current SET withdrawn = false WHERE withdrawn", "says otherwise"),
    "a current answer removed": (
        "DELETE FROM opinion_current WHERE opinion_id = (SELECT opinion_id FROM opinion_current LIMIT 1)",
        "missing among the current ones",
    ),
    "a current answer added": (
        "INSERT INTO opinion_current SELECT organisation_id, process_id, place_id, sha256('x'),"
        " late, gen_random_uuid(), seq,"
        " wishes, other, withdrawn, channel, proof, day FROM opinion_current LIMIT 1",
        "the journal knows none",
    ),
    "an answer set aside without a reason": (
        f"INSERT INTO set_aside SELECT organisation_id, process_id, id, 1, 'set_aside', '', NULL, NULL, day - 1"
        f" FROM opinion_journal WHERE id = {ONE}",
        "it has no reason",
    ),
    "an event of set-aside removed": (
        f"INSERT INTO set_aside SELECT organisation_id, process_id, id, 2, 'restored', 'desk', NULL, NULL, day - 1"
        f" FROM opinion_journal WHERE id = {ONE}",
        "one before it is missing",
    ),
    "a figure of a place": (
        f"UPDATE release_place SET persons = persons + 1 WHERE release_id = {LATEST.format('desk')}"
        f" AND code = 'grocer'",
        "desk release 1, place",
    ),
    "a figure of a hexagon": (
        f"UPDATE release_cell SET wishes = wishes - 1 WHERE release_id = {LATEST.format('desk')} AND code = 'grocer'",
        "desk release 1, cell",
    ),
    "a figure removed": (
        f"DELETE FROM release_reach WHERE release_id = {LATEST.format('desk')} AND code = 'grocer'",
        "desk release 1, reach",
    ),
    "a public figure": (
        f"UPDATE release_total SET persons = 99 WHERE release_id = {LATEST.format('public')} AND code = 'grocer'",
        "public release 1, total",
    ),
    "a headline": ("UPDATE release SET participants = 1000", "release 1, participants: 1000 stored"),
    "a vote in the public basis": ("UPDATE public_basis SET wishes = '{hardware}'", "an answer that nobody sent"),
    "a voter added to the public basis": (
        "INSERT INTO public_basis SELECT organisation_id, process_id, place_id, sha256('x'),"
        " wishes, other, channel, proof"
        " FROM public_basis LIMIT 1",
        "an answer that nobody sent",
    ),
    "a root": ("UPDATE merkle_day SET root = sha256('x')", "its leaves give another root"),
    "a root with its chain": (
        "UPDATE merkle_day SET root = sha256('x'), chain = sha256('y')", "its leaves give another root",
    ),
    "the number of a day": ("UPDATE merkle_day SET leaves = leaves + 1", "leaves were published"),
    "the chain": ("UPDATE merkle_day SET chain = sha256('y')", "the chain is broken here"),
    "a day renamed": (
        "UPDATE merkle_day SET day = day - 1; UPDATE merkle_leaf SET day = day - 1", "the chain is broken here",
    ),
    "a day removed": ("DELETE FROM merkle_day", "its leaves have no root"),
}  # fmt: skip
