"""Every variable that the program reads is in the operator's page, and that page names no other."""

import re

from tests.contract.reading import ROOT, project_files

VARIABLE = re.compile(r"DEVANTURE_[A-Z][A-Z_]*[A-Z]")
ROW = re.compile(r"^\| `(DEVANTURE_[A-Z_]+)` \| [^|]+ \| [^|]{20,} \|$", re.MULTILINE)


def named(sources: list[str]) -> set[str]:
    return {name for source in sources for name in VARIABLE.findall(source)}


def documented(page: str) -> set[str]:
    """Variables with a row that says their default and what they do."""
    return set(ROW.findall(page))


def test_every_variable_has_its_row_and_no_row_is_stale() -> None:
    files = [
        *project_files(".py", ".sh", ".yaml", ".yml", under="server"),
        *project_files(under="docker"),
        ROOT / "devanture",
    ]
    page = (ROOT / "docs" / "operator.md").read_text()
    assert named([path.read_text() for path in files]) == documented(page)
    assert named([page]) == documented(page)


def test_a_variable_without_a_row_is_found() -> None:
    page = "| `DEVANTURE_PORT` | 8000 | the port on the loopback |\n| `DEVANTURE_KEY` | none | key |"
    assert documented(page) == {"DEVANTURE_PORT"}
    assert named(['environ["DEVANTURE_NEW_ONE"]']) == {"DEVANTURE_NEW_ONE"}
