"""Tokens and permissions of the desk. Pure, but for randomness."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from devanture.errors import Problem
from devanture.web.permissions import Permission

LINK_LASTS = timedelta(hours=1)
IDLE = timedelta(hours=12)
PATIENCE = timedelta(minutes=5)
ROLES: dict[str, frozenset[Permission]] = {
    "owner": frozenset({Permission.DESK_READ, Permission.DESK_PUBLISH}),
    "planner": frozenset({Permission.DESK_READ, Permission.DESK_PUBLISH}),
    "agency": frozenset({Permission.DESK_READ}),
    "moderator": frozenset({Permission.DESK_READ}),
    "clerk": frozenset({Permission.DESK_READ}),
    "facilitator": frozenset({Permission.DESK_READ}),
    "scrutineer": frozenset({Permission.DESK_READ}),
}
_TOKEN = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


def new_token(organisation_id: UUID) -> str:
    """`organisation.secret`: the first half says whose rows to look in, the second is 256 random bits."""
    return f"{organisation_id.hex}.{secrets.token_urlsafe(32)}"


def read_token(token: str) -> tuple[UUID, bytes] | None:
    """The organisation and the digest under which the token is stored; none when it is not one of ours."""
    parts = _TOKEN.fullmatch(token)
    return (UUID(parts[1]), digest(token)) if parts else None


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def check_permission(roles: Iterable[str], permission: Permission) -> None:
    """Raises `forbidden` unless one of the roles includes the permission."""
    if not any(permission in ROLES.get(role, frozenset()) for role in roles):
        raise Problem("forbidden")


def count_state(
    asked: datetime | None, counted: datetime | None, now: datetime
) -> Literal["", "running", "done", "late"]:
    """How far a count is that was asked for at an instant; after `PATIENCE` a page should no longer wait for it."""
    if asked is None:
        return ""
    if counted is not None and counted >= asked:
        return "done"
    return "running" if now - asked < PATIENCE else "late"
