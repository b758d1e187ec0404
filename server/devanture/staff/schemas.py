from uuid import UUID

from msgspec import Struct


class Member(Struct, frozen=True):
    """One of an organisation's staff, as their session knows them."""

    organisation_id: UUID
    id: UUID
    email: str
    name: str
    roles: tuple[str, ...]
