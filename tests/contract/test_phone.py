"""In the phone one file imports the map library, one calls `fetch`, one opens IndexedDB."""

import re

import pytest

from devanture.api.operations import OPERATIONS
from tests.contract.reading import project_files, shown

Sources = dict[str, str]
RULES = {
    "the map library": (re.compile(r"""(from|import)\s*\(?\s*["']maplibre-gl["']"""), "pwa/src/map/"),
    "fetch": (re.compile(r"(?<![\w.])(?:globalThis\.|self\.|window\.)?fetch\("), "pwa/src/api.ts"),
    "IndexedDB": (re.compile(r"""from ["']idb["']|indexedDB\.open\("""), "pwa/src/offline/db.ts"),
}
WORKER = "pwa/src/sw/"
"""The service worker answers requests; it is built apart and shares no state with a page."""


def doing(what: str, sources: Sources) -> list[str]:
    """Files that do what one file alone may do, types and comments aside."""
    pattern, _ = RULES[what]
    return [name for name, text in sources.items() if pattern.search(_code(text))]


def _code(text: str) -> str:
    without_comments = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL)
    return re.sub(r"import type [^;]*;", "", without_comments)


@pytest.mark.parametrize("what", RULES)
def test_one_file_alone_does_it(what: str) -> None:
    files = [path for path in project_files(".ts", ".tsx", under="pwa/src") if not shown(path).startswith(WORKER)]
    found = doing(what, {shown(path): path.read_text() for path in files})
    assert len(found) == 1 and found[0].startswith(RULES[what][1]), found


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("the map library", 'import { Map } from "maplibre-gl";'),
        ("the map library", 'const map = await import("maplibre-gl");'),
        ("fetch", "const answer = await fetch(url);"),
        ("fetch", "await window.fetch(url);"),
        ("IndexedDB", 'import { openDB } from "idb";'),
        ("IndexedDB", 'indexedDB.open("x");'),
    ],
)
def test_a_second_file_that_does_it_is_found(what: str, source: str) -> None:
    assert doing(what, {"pwa/src/places/list.tsx": source}) == ["pwa/src/places/list.tsx"]


def test_types_and_comments_do_nothing() -> None:
    harmless = 'import type { Map } from "maplibre-gl";\n// fetch(url)\n/* indexedDB.open("x") */ prefetch();'
    assert [what for what in RULES if doing(what, {"a.ts": harmless})] == []


PASSING = {"bad-request", "over-limit"}
"""A refusal of the way, not of what was sent: the phone keeps it and tries again."""


def kept_for_ever(final: str) -> set[str]:
    """Codes with which the server refuses a sending for good, and which the phone would send again and again."""
    refused = {code for (method, _), operation in OPERATIONS.items() if method == "PUT" for code in operation.problems}
    return refused - PASSING - set(re.findall(r'"([a-z-]+)"', final))


def final_codes() -> str:
    (rules,) = [path for path in project_files(".ts", under="pwa/src/offline") if path.name == "rules.ts"]
    return rules.read_text().partition("FINAL_CODES = [")[2].partition("]")[0]


def test_the_phone_knows_every_refusal_that_is_for_good() -> None:
    assert kept_for_ever(final_codes()) == set()


def test_a_refusal_that_the_phone_does_not_know_is_found() -> None:
    assert kept_for_ever(final_codes().replace('"id-reused"', "")) == {"id-reused"}
