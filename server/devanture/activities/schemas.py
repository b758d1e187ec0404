from functools import cached_property

from msgspec import Struct

Words = dict[str, str]


class Activity(Struct, frozen=True):
    code: str
    family: str
    label: Words
    one: Words
    icon: str
    synonyms: dict[str, list[str]]
    sensitive: bool


class Family(Struct, frozen=True):
    """`kind` says which catalogue it belongs to: `premises` (shop types) or `site` (uses of a place)."""

    code: str
    kind: str
    label: Words
    icon: str
    shop: bool
    activities: tuple[Activity, ...]

    @property
    def discreet(self) -> bool:
        """Told as a whole in public: were its other activities told one by one, what is left over would be too."""
        return any(activity.sensitive for activity in self.activities)


class Catalogue(Struct, frozen=True, dict=True):
    """Families in the catalogue's own order; `of(kind)` those that a kind of place is answered with."""

    families: tuple[Family, ...]

    def of(self, kind: str) -> tuple[Family, ...]:
        return tuple(family for family in self.families if family.kind == kind)

    def codes(self, kind: str) -> frozenset[str]:
        return frozenset(activity.code for family in self.of(kind) for activity in family.activities)

    def activity(self, code: str) -> Activity | None:
        return self.by_code().get(code)

    def by_code(self) -> dict[str, Activity]:
        """Every activity by its code: made once, for a page asks for it at each of its places."""
        return self._by_code

    @cached_property
    def _by_code(self) -> dict[str, Activity]:
        return {activity.code: activity for family in self.families for activity in family.activities}
