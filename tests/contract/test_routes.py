"""Every address says who may open it, stands in the list of addresses, and can hide no process."""

import re
from collections.abc import Iterable

import pytest

from devanture.app import _route, create_app
from devanture.errors import OperatorError
from devanture.processes.rules import RESERVED_SLUGS
from devanture.routes import ROUTES, Line
from devanture.settings import Settings
from devanture.web.permissions import Permission
from tests.contract.reading import ROOT

PAGE = "docs/addresses.md"
MOUNTED = {"assets"}


def table(routes: Iterable[Line]) -> str:
    """The list of addresses, as it must stand in the page."""
    rows = [f"| {line.method} | `{line.path}` | {line.permission} |" for line in routes]
    return "\n".join(["| method | address | who may open it |", "|---|---|---|", *rows])


def unreserved(routes: Iterable[Line]) -> set[str]:
    """First segments of addresses that a process could still take as its slug."""
    segments = {line.path.split("/")[1] for line in routes} | MOUNTED
    words = {re.split(r"[.{]", segment)[0] for segment in segments}
    return {word for word in words if word} - RESERVED_SLUGS


def test_every_route_declares_a_permission() -> None:
    assert [line.path for line in ROUTES if not isinstance(line.permission, Permission)] == []


def test_a_route_without_a_permission_stops_the_start() -> None:
    planted = Line("GET", "/secret", ROUTES[0].handler, None)  # type: ignore[arg-type]
    with pytest.raises(OperatorError, match="GET /secret declares no permission"):
        _route(planted)


def test_the_program_serves_these_routes_and_no_other(migrated: Settings) -> None:
    served = {getattr(route, "path", "") for route in create_app(migrated).routes}
    assert served == {line.path for line in ROUTES} | {"/assets"}


def test_no_route_is_declared_twice() -> None:
    keys = [(line.method, line.path) for line in ROUTES]
    assert sorted(set(keys)) == sorted(keys)


def test_every_address_stands_in_the_documents() -> None:
    page = (ROOT / PAGE).read_text()
    assert table(ROUTES) in page, f"{PAGE} should hold:\n{table(ROUTES)}"


def test_an_address_that_is_missing_from_the_documents_is_found() -> None:
    assert table(ROUTES) not in table(ROUTES[:-1])


def test_no_process_can_take_the_place_of_a_page() -> None:
    assert unreserved(ROUTES) == set()


def test_an_address_that_is_not_reserved_is_found() -> None:
    planted = [
        Line("GET", path, ROUTES[0].handler, Permission.PUBLIC) for path in ("/nouveau/", "/{p}/", "/feed.xml", "/")
    ]
    assert unreserved(planted) == {"nouveau", "feed"}
