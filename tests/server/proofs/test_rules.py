from datetime import UTC, datetime, timedelta

import pytest

from devanture.proofs import rules

NOON = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)


def test_a_changing_code_holds_for_its_minute_and_the_next() -> None:
    code = rules.changing_code(b"s" * 20, rules.step_of(NOON))
    assert len(code) == 6 and code.isdigit()
    held = [rules.is_changing_code(b"s" * 20, code, NOON + timedelta(seconds=s)) for s in (-60, 0, 60, 120)]
    assert held == [False, True, True, False]
    assert not rules.is_changing_code(b"t" * 20, code, NOON)


def test_a_mailed_code_belongs_to_one_voter_one_address_and_one_question() -> None:
    codes = {
        rules.mail_code(b"k", voter, address, asked)
        for voter in (b"v", b"w")
        for address in (b"a", b"b")
        for asked in (NOON, NOON + timedelta(microseconds=1))
    }
    assert len(codes) == 8


@pytest.mark.parametrize(
    ("typed", "mailbox"),
    [
        ("Zoe@Example.org ", "zoe@example.org"),
        ("zoe+walk@example.org", "zoe@example.org"),
        ("z.o.e+1@googlemail.com", "zoe@gmail.com"),
        ("z.o.e@example.org", "z.o.e@example.org"),
    ],
)
def test_addresses_of_one_mailbox_are_one(typed: str, mailbox: str) -> None:
    assert rules.one_mailbox(typed) == mailbox


def test_a_poster_s_code_is_read_out_of_its_address_or_not_at_all() -> None:
    code = rules.new_door_code()
    assert rules.door_code(code) == code
    assert [rules.door_code(text) for text in ("", code.lower(), code + "\n", '"><script>', "ABCDEFG1")] == [""] * 5
