"""The table at the end of a run."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tests.faults.rounds import Verdict

LIMITS = {"app": 3.0, "database": 15.0}
"""Seconds until each must be back."""


def table(rows: Sequence[Verdict]) -> str:
    """How much was done, how soon it was back, and every broken promise."""
    lines = [("rounds", len(rows)), ("opinions submitted", sum(row.opinions for row in rows))]
    lines += [("kills", _all(row.kills for row in rows))]
    lines += [(f"  of: {name}", count) for name, count in _sum(row.kills for row in rows)]
    lines += [(f"answer heard: {name}", count) for name, count in _sum(row.heard for row in rows)]
    lines += [(f"network: {name}", count) for name, count in _sum(row.network for row in rows)]
    lines += [(f"also: {name}", count) for name, count in _sum(row.notes for row in rows)]
    lines += [("broken promises", _all(row.broken for row in rows))]
    lines += [(f"  {name}", count) for name, count in _sum(row.broken for row in rows)]
    lines += [("seconds", round(sum(row.seconds for row in rows)))]
    told = [f"{name:<64} {count:>9}" for name, count in lines]
    faults = [f"{row.scenario}: {fault}" for row in rows for fault in row.first]
    return "\n".join([*_scenarios(rows), "", *told, *_back(rows), *faults])


def _scenarios(rows: Sequence[Verdict]) -> list[str]:
    names = list(dict.fromkeys(row.scenario for row in rows))
    found = [f"{'scenario':<56} {'rounds':>6} {'opinions':>8} {'kills':>5} {'broken':>6}"]
    for name in names:
        mine = [row for row in rows if row.scenario == name]
        sums = (len(mine), sum(r.opinions for r in mine), _all(r.kills for r in mine), _all(r.broken for r in mine))
        found.append(f"{name:<56} {sums[0]:>6} {sums[1]:>8} {sums[2]:>5} {sums[3]:>6}")
    return found


def _all(counts: Iterable[dict[str, int]]) -> int:
    return sum(sum(one.values()) for one in counts)


def _sum(counts: Iterable[dict[str, int]]) -> list[tuple[str, int]]:
    total = Counter[str]()
    for one in counts:
        total.update(one)
    return total.most_common()


def _back(rows: Sequence[Verdict]) -> list[str]:
    """Seconds until what was killed answered again."""
    times = defaultdict[str, list[float]](list)
    for row in rows:
        for name, seconds in row.back.items():
            times[name] += seconds
    return [
        f"seconds until back: {name:<20} median {sorted(found)[len(found) // 2]:6.2f} s, "
        f"worst {max(found):6.2f} s" + (f" (at most {LIMITS[name]:.0f})" if name in LIMITS else "")
        for name, found in times.items()
    ]
