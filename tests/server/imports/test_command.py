"""`devanture import PATH`, as the operator meets it."""

from pathlib import Path

import pytest

from devanture.db.pool import Database
from devanture.errors import OperatorError
from devanture.imports.command import Options, import_now
from devanture.processes.service import find_process
from devanture.settings import Settings
from tests.server.imports.town import SLUG, write_town_folder

pytestmark = pytest.mark.anyio
LIST = "ref;lon;lat\nA1;-1,56;47,21\nA2;0;0\n"


async def test_a_folder_and_then_a_list_are_told_in_sentences(
    database: Database, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await import_now(settings, database, write_town_folder(tmp_path / "town", opinions=30), Options())
    path = tmp_path / "liste.csv"
    path.write_text(LIST)
    await import_now(settings, database, path, Options(process=SLUG, skip_bad=True))
    assert capsys.readouterr().out.splitlines() == [
        "bourg: a new process.",
        "Places: 4 added, 0 brought up to date.",
        "Activities to choose from: 5.",
        "Existing shops: 3 added, 0 brought up to date, 0 gone from the source and removed.",
        "Invented opinions of the demonstration: 30 from 10 voters.",
        "Left out by the source: 3 ways with missing nodes.",
        "bourg: brought up to date.",
        "Places: 1 added, 0 brought up to date.",
        "Skipped: line 3: 0.000000, 0.000000 lies outside the perimeter of the process.",
    ]


async def test_the_days_are_those_that_the_operator_asks_for(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    asked = Options(opens="2027-01-01", closes="2027-03-31", handover="2027-04-15")
    await import_now(settings, database, write_town_folder(tmp_path), asked)
    process = await find_process(database, SLUG)
    assert f"{process.phases[0].closes_at:%Y-%m-%d}" == "2027-03-31"
    assert str(process.handover_on) == "2027-04-15"


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("town", Options(process=SLUG), "are for lists"),
        ("town", Options(closes="31/12/2027"), "--closes must be a day such as 2027-01-31"),
        ("town", Options(opens="2027-02-01", closes="2027-01-01"), "must follow each other"),
        ("liste.csv", Options(), "needs --process SLUG"),
        ("liste.csv", Options(process=SLUG, closes="2027-01-01"), "for the town folder"),
        ("liste.xlsx", Options(process=SLUG), "neither a town folder nor a list"),
        ("absent.csv", Options(process=SLUG), "absent.csv: cannot be read"),
    ],
)
async def test_options_that_do_not_fit_are_refused(
    database: Database, settings: Settings, tmp_path: Path, name: str, options: Options, said: str
) -> None:
    write_town_folder(tmp_path / "town")
    (tmp_path / "liste.csv").write_text(LIST)
    with pytest.raises(OperatorError, match=said):
        await import_now(settings, database, tmp_path / name, options)


async def test_a_database_that_does_not_answer_is_told_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="nothing was loaded, try again"):
        await import_now(settings, Database(settings.database), write_town_folder(tmp_path), Options())
