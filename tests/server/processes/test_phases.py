"""When a process takes what."""

from datetime import UTC, datetime, timedelta

import pytest

from devanture.errors import OperatorError
from devanture.processes.kinds import ProcessKind, process_kind, register
from devanture.processes.phases import acceptance, span, state
from devanture.processes.schemas import Phase

DAY = timedelta(days=1)
START = datetime(2026, 3, 1, tzinfo=UTC)


def phase(first: int, last: int, *allows: str) -> Phase:
    return Phase(f"{first}", START + first * DAY, START + last * DAY, allows or ("opinions",))


@pytest.mark.parametrize(
    ("day", "stage", "taken"),
    [(-1, "soon", "closed"), (0, "open", "open"), (9.99, "open", "open"), (10, "closed", "late"),
     (11.99, "closed", "late"), (12, "closed", "closed")],
)  # fmt: skip
def test_a_phase_opens_and_closes_at_its_instants(day: float, stage: str, taken: str) -> None:
    phases = [phase(0, 10), phase(5, 30, "moderation")]
    now = START + day * DAY
    assert (state(phases, now), acceptance(phases, now)) == (stage, taken)


def test_between_two_phases_a_consultation_is_still_to_come() -> None:
    phases = [phase(0, 2), phase(10, 12)]
    assert state(phases, START + 5 * DAY) == "soon"
    assert acceptance(phases, START + 3 * DAY) == "late"
    assert acceptance(phases, START + 5 * DAY) == "closed"
    assert span(phases) == (START, START + 12 * DAY)


def test_a_process_without_a_phase_for_opinions_takes_none() -> None:
    phases = [phase(0, 10, "moderation")]
    assert (state(phases, START), acceptance(phases, START), span(phases)) == ("closed", "closed", None)


def test_a_kind_is_registered_once() -> None:
    assert process_kind("premises").places["site"] == "site"
    with pytest.raises(OperatorError, match="Two process kinds"):
        register(ProcessKind("premises", {}))
    with pytest.raises(OperatorError, match="« budget »"):
        process_kind("budget")
