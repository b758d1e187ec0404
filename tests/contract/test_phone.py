"""In the phone one file imports the map library, one calls `fetch`, one opens IndexedDB."""

import re

import pytest

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
