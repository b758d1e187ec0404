from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from devanture.aside.rules import FEW, SWARM_FROM, first_rules, is_burst
from devanture.aside.schemas import Swarm


def test_a_network_that_wants_one_thing_only_is_a_burst() -> None:
    assert is_burst(Swarm(votes=SWARM_FROM, ballots=SWARM_FROM, scattered=0))
    assert is_burst(Swarm(votes=10_000, ballots=10_100, scattered=FEW))


def test_a_family_a_stairway_or_a_team_is_none() -> None:
    assert not is_burst(Swarm(votes=SWARM_FROM - 1, ballots=SWARM_FROM - 1, scattered=0))


def test_a_school_that_wants_many_things_is_none() -> None:
    assert not is_burst(Swarm(votes=180, ballots=300, scattered=0))


def test_readers_of_a_newspaper_come_from_everywhere() -> None:
    assert not is_burst(Swarm(votes=60, ballots=70, scattered=110))


def test_two_hundred_networks_of_fifty_excuse_each_other_not() -> None:
    assert is_burst(Swarm(votes=50, ballots=50, scattered=12))


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_one_more_neighbour_who_wants_something_else_never_makes_a_burst(votes: int, more: int, scattered: int) -> None:
    swarm = Swarm(votes, votes + more, scattered)
    if not is_burst(swarm):
        assert not is_burst(swarm._replace(ballots=swarm.ballots + 1))
        assert not is_burst(swarm._replace(scattered=scattered + 1))


def test_of_two_rules_the_first_is_told() -> None:
    one = uuid4()
    assert first_rules([(one, "burst"), (one, "over-limit"), (one, "too-many")]) == {one: "over-limit"}
