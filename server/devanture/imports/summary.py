"""What an import did, counted as it goes and told at the end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")


@dataclass
class Summary:
    """Counts of one import; `kept` are references of the process that the list no longer holds."""

    slug: str
    new_process: bool = False
    places_added: int = 0
    places_updated: int = 0
    kept: list[str] = field(default_factory=list)
    shops_added: int = 0
    shops_updated: int = 0
    shops_removed: int = 0
    activities: int = 0
    opinions: int = 0
    voters: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The summary, one sentence a line."""
        yield f"{self.slug}: {'a new process' if self.new_process else 'brought up to date'}."
        yield f"Places: {self.places_added} added, {self.places_updated} brought up to date."
        if self.kept:
            shown = ", ".join(self.kept[:10]) + (", …" if len(self.kept) > 10 else "")
            yield f"Places no longer in the list, kept all the same: {len(self.kept)} ({shown})."
        if self.activities:
            yield f"Activities to choose from: {self.activities}."
        if self.shops_added or self.shops_updated or self.shops_removed:
            yield (
                f"Existing shops: {self.shops_added} added, {self.shops_updated} brought up to date, "
                f"{self.shops_removed} gone from the source and removed."
            )
        if self.opinions:
            yield f"Invented opinions of the demonstration: {self.opinions} from {self.voters} voters."
        for what, count in self.left_out.items():
            yield f"Left out by the source: {count} {what}."
        yield from self.notes


class Track(Protocol):
    """Shows how far a long work is while its items pass; `total` items are expected."""

    def __call__(self, items: Iterable[T], total: float | None, description: str) -> Iterable[T]: ...


def untracked(items: Iterable[T], total: float | None, description: str) -> Iterable[T]:
    """Show nothing."""
    return items


def batches(rows: list[T], size: int = 2000) -> list[list[T]]:
    """Slices of at most `size` rows."""
    return [rows[start : start + size] for start in range(0, len(rows), size)]
