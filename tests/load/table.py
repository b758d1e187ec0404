"""What a run of load came to, minute by minute and in all."""

from collections.abc import Sequence

from tests.load.driving import MINUTE, Outcome

GOAL_SECONDS = 0.250


def share(values: Sequence[float], part: float) -> float:
    """The value below which this part of the (sorted) values lies."""
    return values[min(len(values) - 1, int(len(values) * part))]


def latency(outcome: Outcome, part: float) -> float:
    return share(sorted(took for _, took in outcome.latencies), part)


def is_good(outcome: Outcome, lost: int) -> bool:
    """The goal of issue 4: a 99th percentile of 250 ms at the most, and not one error."""
    return bool(outcome.latencies) and not (outcome.errors or lost) and latency(outcome, 0.99) <= GOAL_SECONDS


def table(outcome: Outcome, asked: float, lost: int, processor: dict[str, float]) -> str:
    lines = [f"{'minute':<8} {'requests':>9} {'p50 ms':>9} {'p99 ms':>9} {'max ms':>9}"]
    last = int(max((due for due, _ in outcome.latencies), default=0) // MINUTE)
    minutes = [[took for due, took in outcome.latencies if due // MINUTE == minute] for minute in range(last + 1)]
    lines += [_row(str(number), minute) for number, minute in enumerate(minutes, 1)]
    late, cores = sorted(outcome.late), {name: 100 * spent / outcome.seconds for name, spent in processor.items()}
    facts = {
        "asked for, a second": f"{asked:.1f}",
        "reached, a second": f"{len(outcome.latencies) / outcome.seconds:.1f}",
        "seconds": f"{outcome.seconds:.1f}",
        **{f"answer: {name}": str(many) for name, many in sorted(outcome.answers.items())},
        "errors": str(outcome.errors),
        "acknowledged, but not stored": str(lost),
        "client behind, p99 ms": f"{share(late, 0.99) * 1000:.1f}",
        **{f"processor time: {name}": f"{part:.0f} % of a core" for name, part in cores.items()},
    }
    told = [f"{name:<34} {value:>15}" for name, value in facts.items()]
    return "\n".join([*lines, _row("all", [took for _, took in outcome.latencies]), "", *told])


def _row(name: str, took: list[float]) -> str:
    took = sorted(took) or [float("nan")]
    figures = (share(took, 0.5), share(took, 0.99), took[-1])
    return f"{name:<8} {len(took):>9} " + " ".join(f"{1000 * figure:>9.1f}" for figure in figures)
