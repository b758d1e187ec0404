"""What a page says of released counts."""

import pytest

from devanture.activities.schemas import Activity, Catalogue, Family
from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.releases.command import release_now
from devanture.releases.figures import ranked, with_own
from devanture.releases.schemas import Count
from tests.answers import keep, people
from tests.seed import Seeded


def activity(code: str, sensitive: bool = False) -> Activity:
    words = {"fr": f"{code} fr", "en": code}
    return Activity(code, "family", words, words, "icon", {}, sensitive)


def family(code: str, *activities: Activity) -> Family:
    return Family(code, "premises", {"fr": f"{code} fr", "en": code}, "icon", True, activities)


CATALOGUE = Catalogue(
    (family("food", activity("grocer"), activity("bakery")), family("belief", activity("temple", sensitive=True)))
)
COUNTS = [
    Count("all", "", 10, 14),
    Count("activity", "grocer", 4, 4),
    Count("activity", "bakery", 4, 4),
    Count("family", "food", 7, 8),
    Count("family", "belief", 6, 6),
    Count("choice", "other", 1, 0),
    Count("channel", "web", 10, 0),
]


def test_most_people_come_first_and_equals_by_name() -> None:
    rows = [(row["code"], row["persons"], row["share"]) for row in ranked(COUNTS, CATALOGUE, "en")]
    assert rows == [("belief", 6, 0.6), ("bakery", 4, 0.4), ("grocer", 4, 0.4), ("other", 1, 0.1)]


def test_a_family_stands_for_its_activities_only_where_none_of_them_may_be_told() -> None:
    codes = {row["code"] for row in ranked(COUNTS, CATALOGUE, "fr")}
    assert "belief" in codes and "food" not in codes


def test_nothing_counted_is_an_empty_list() -> None:
    assert ranked([], CATALOGUE, "fr") == []


def own(*codes: str) -> list[tuple[str, bool]]:
    shown = with_own(ranked(COUNTS, CATALOGUE, "en"), CATALOGUE, frozenset(codes))
    return [(row["code"], "own" in row) for row in shown]


def test_the_reader_s_own_wish_follows_the_first_three_where_the_release_holds_it() -> None:
    first = [("belief", False), ("bakery", False), ("grocer", False)]
    assert own() == own("hardware") == first
    assert own("other") == [*first, ("other", True)]
    assert own("bakery") == [("belief", False), ("bakery", True), ("grocer", False)]


def test_a_wish_that_is_told_by_family_only_is_marked_at_its_family() -> None:
    assert own("temple") == [("belief", True), ("bakery", False), ("grocer", False)]


@pytest.mark.anyio
async def test_the_command_says_what_was_counted(
    database: Database, town: Seeded, capsys: pytest.CaptureFixture[str]
) -> None:
    await keep(database, town, people("C12", range(6)))
    await release_now(database, town.slug)
    desk, public = capsys.readouterr().out.splitlines()
    assert desk.startswith("desk release 1 of ") and desk.endswith(
        "6 people, 6 opinions, 6 wishes; 1 places shown, 4 not."
    )
    assert public.startswith("public release 1 of ")


@pytest.mark.anyio
async def test_the_command_names_a_process_that_does_not_exist(database: Database, town: Seeded) -> None:
    with pytest.raises(OperatorError, match="« elsewhere »"):
        await release_now(database, "elsewhere")
