"""One way down: routes → handlers → service → queries → SQL; a noun asks another noun's service, never its tables."""

import pytest

from tests.contract.reading import PACKAGE, ROOT, Modules, calls, imported, modules, parsed

RANKS = {
    "handlers": 5, "views": 4, "service": 3, "queries": 2, "bulk": 2, "tables": 1, "rules": 1, "words": 1, "schemas": 0
}  # fmt: skip
PRIVATE = {"queries", "tables", "bulk"}
"""What a noun keeps to itself; `bulk` is what it lends to the import, whose one transaction spans them all."""
NO_NOUNS = {"web", "db"}
PURE = {"rules", "schemas", "words", "phases"}
OUTSIDE_WORLD = {
    "asyncio", "asyncpg", "httpx2", "io", "os", "pathlib", "shutil", "socket", "sqlalchemy", "starlette", "subprocess",
    "tempfile", "time", "urllib", "uvicorn",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "open", "print"}
COMPOSED = {"Program", "Reception", "Intake", "Pages", "Maps", "Previews", "Followers", "rulebooks"}
"""What only the composition root makes; an import judges its invented opinions by a rulebook of its own transaction."""
COMPOSERS = {"app": COMPOSED, "imports.town": {"rulebooks"}}


def nouns(found: Modules) -> set[str]:
    """The folders that hold a noun's files."""
    parts = [name.split(".") for name in found]
    return {part[1] for part in parts if len(part) > 2} - NO_NOUNS


def uphill(found: Modules) -> list[str]:
    """Imports of a higher floor from a lower one, whoever owns the two."""
    return [
        f"{name} imports {target}"
        for name, tree in found.items()
        for target in sorted(imported(tree))
        if target.startswith(f"{PACKAGE}.") and _rank(target) > _rank(name) >= 0
    ]


def past_the_service(found: Modules) -> list[str]:
    """Handlers and views that reach the SQL without asking a service."""
    return [
        f"{name} imports {target}"
        for name, tree in found.items()
        if name.split(".")[-1] in ("handlers", "views")
        for target in sorted(imported(tree))
        if target.startswith(f"{PACKAGE}.") and PRIVATE & set(target.split(".")[2:])
    ]


def trespassing(found: Modules) -> list[str]:
    """Imports of what another noun keeps to itself."""
    lent = {("imports", "bulk"), ("db", "tables")}
    return [
        f"{name} imports {target}"
        for name, tree in found.items()
        for target in sorted(imported(tree))
        for owner, kept in [_owner(target)]
        if target.startswith(f"{PACKAGE}.") and kept in PRIVATE
        if owner != (own := _owner(name)[0]) and owner != "db" and (own, kept) not in lent
    ]


def impure(found: Modules) -> list[str]:
    """Rules that touch the world: the database, the web, the disk, the network or the clock."""
    faults = []
    for name, tree in found.items():
        if name.split(".")[-1] not in PURE or len(name.split(".")) < 3:
            continue
        for target in sorted(imported(tree)):
            floor = target.split(".")[1:2] if target.startswith(f"{PACKAGE}.") else []
            if target.split(".")[0] in OUTSIDE_WORLD or floor in (["db"], ["program"], ["app"], ["settings"]):
                faults.append(f"{name} imports {target}")
        faults += [f"{name} calls {called}()" for called in sorted(set(calls(tree)) & CLOCKS)]
    return faults


def knows_a_noun(found: Modules) -> list[str]:
    """`web` and `db` serve every noun and know none; `db/tables.py` gathers their tables, as it says."""
    known = nouns(found)
    return [
        f"{name} imports {target}"
        for name, tree in found.items()
        if _owner(name)[0] in NO_NOUNS and name != f"{PACKAGE}.db.tables"
        for target in sorted(imported(tree))
        if target.startswith(f"{PACKAGE}.") and target.split(".")[1] in known
    ]


def composing(found: Modules) -> list[str]:
    return [
        f"{name} makes {called}"
        for name, tree in found.items()
        for called in sorted(set(calls(tree)) & COMPOSED)
        if called not in COMPOSERS.get(name.removeprefix(f"{PACKAGE}."), set())
    ]


def crossing(found: Modules, other: str) -> list[str]:
    """Imports of a program with which only files are shared."""
    return [f"{name} imports {target}" for name, tree in found.items() for target in imported(tree)
            if target.split(".")[0] == other]  # fmt: skip


def _owner(module: str) -> tuple[str, str]:
    """The folder and the file of a module; empty where it has none."""
    _, owner, kept = [*module.split(".")[:3], "", ""][:3]
    return owner, kept


def _rank(module: str) -> int:
    parts = module.split(".")
    return RANKS.get(parts[2], -1) if len(parts) > 2 and parts[1] not in NO_NOUNS else -1


RULES = [
    (uphill, parsed(opinions__service="from devanture.places.handlers import x")),
    (uphill, parsed(opinions__queries="from devanture.opinions import service")),
    (past_the_service, parsed(opinions__handlers="from devanture.opinions import queries")),
    (past_the_service, parsed(opinions__views="import devanture.places.tables")),
    (trespassing, parsed(opinions__service="from devanture.places import queries")),
    (trespassing, parsed(opinions__service="def f():\n    from devanture.places.tables import place")),
    (trespassing, parsed(opinions__service="from devanture.places import bulk")),
    (trespassing, parsed(worker__service="import devanture.releases.queries")),
    (impure, parsed(opinions__rules="import asyncpg")),
    (impure, parsed(opinions__rules="from starlette.requests import Request")),
    (impure, parsed(opinions__rules="from devanture.db.pool import Database")),
    (impure, parsed(opinions__rules="from datetime import datetime\ndatetime.now()")),
    (impure, parsed(opinions__rules="open('x')")),
    (knows_a_noun, parsed(web__body="from devanture.opinions.rules import x", opinions__rules="")),
    (composing, parsed(opinions__service="from devanture.web.pages import Pages\nPages(None)")),
]


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _ in RULES))
def test_the_program_keeps_the_rule(rule: object) -> None:
    assert callable(rule)
    assert rule(modules()) == []


@pytest.mark.parametrize(("rule", "planted"), RULES)
def test_a_planted_fault_is_found(rule: object, planted: Modules) -> None:
    assert callable(rule)
    assert rule(planted) != []


def test_a_service_may_ask_another_service() -> None:
    neighbours = parsed(
        opinions__service="from devanture.places.service import places_of\nfrom devanture.opinions import queries"
    )
    assert uphill(neighbours) == trespassing(neighbours) == past_the_service(neighbours) == []


def test_the_server_and_geodata_share_files_only() -> None:
    assert crossing(modules(), "geodata") == []
    assert crossing(modules("geodata", ROOT), PACKAGE) == []
    assert crossing(parsed(demo="from geodata.voters import draw"), "geodata") != []


def test_nothing_is_built_when_the_program_is_imported() -> None:
    assert composing(parsed(app="from devanture.program import Program")) == []
    assert "opinions" in nouns(modules()) and "web" not in nouns(modules())
