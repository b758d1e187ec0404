"""Who may open what."""

from uuid import uuid4

import pytest
from starlette.applications import Starlette

from devanture.errors import Problem
from devanture.staff.rules import ROLES, check_permission, new_token, read_token
from devanture.web.permissions import Permission
from tests.seed import browser_on

pytestmark = pytest.mark.anyio

PUBLISHERS = {"owner", "planner"}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_the_desk_and_two_publish(role: str) -> None:
    check_permission([role], Permission.DESK_READ)
    if role in PUBLISHERS:
        check_permission([role], Permission.DESK_PUBLISH)
    else:
        with pytest.raises(Problem) as refused:
            check_permission([role], Permission.DESK_PUBLISH)
        assert refused.value.code == "forbidden"


@pytest.mark.parametrize("roles", [[], ["king"]])
def test_no_role_opens_nothing(roles: list[str]) -> None:
    with pytest.raises(Problem):
        check_permission(roles, Permission.DESK_READ)


def test_a_token_says_whose_rows_to_look_in() -> None:
    organisation = uuid4()
    read = read_token(new_token(organisation))
    assert read is not None and read[0] == organisation
    assert new_token(organisation) != new_token(organisation)


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
        ("192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("not an address", {}, 404),
    ],
)
async def test_metrics_are_for_the_machine_itself(
    app: Starlette, peer: str, headers: dict[str, str], status: int
) -> None:
    async with browser_on(app, client=(peer, 1)) as client:
        answer = await client.get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("python_info" in answer.text) == (status == 200)
