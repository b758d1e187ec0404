"""Who may open an address. Every route declares one of these, or the program does not start."""

from enum import StrEnum


class Permission(StrEnum):
    PUBLIC = "public"
    """Anyone, without an account: reading, answering, withdrawing."""
    OPERATOR = "operator"
    """Those who run the machine: reached from the machine itself, and through no proxy."""
    DESK_READ = "desk-read"
    """Any member of the organisation's staff."""
    DESK_PUBLISH = "desk-publish"
    """Owners and planners: making a release now."""
