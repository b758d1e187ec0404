"""What can go wrong with the private cluster, each as one sentence that a person can act on."""

from __future__ import annotations

from pathlib import Path

from devanture.errors import OperatorError

_SIGNS = (
    ("No space left on device", "The disk that holds {folder} is full: free some space and start again."),
    ("Disk quota exceeded", "The disk quota of {folder} is used up: free some space and start again."),
    (
        "could not create shared memory segment",
        "PostgreSQL got no shared memory: this machine has too little memory left.",
    ),
    ("could not access file", "PostgreSQL lacks one of its files: reinstall its packages. See {log}."),
)


class ClusterError(OperatorError):
    """The private cluster cannot serve; `str(error)` is one sentence to show as it is."""


def explain(output: str, folder: Path, log: Path) -> ClusterError:
    """Turn what PostgreSQL printed (its messages are kept in English) into one sentence."""
    for sign, sentence in _SIGNS:
        if sign in output:
            return ClusterError(sentence.format(folder=folder, log=log))
    return ClusterError(f"PostgreSQL failed in {folder}: {last_complaint(output)} (see {log}).")


def last_complaint(output: str) -> str:
    """Give the last line that PostgreSQL itself calls an error, else the last line at all."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    grave = [line for line in lines if any(word in line for word in ("FATAL:", "PANIC:", "ERROR:", "error:"))]
    chosen = (grave or lines or ["it said nothing"])[-1]
    return chosen.split("FATAL:")[-1].split("PANIC:")[-1].strip().rstrip(".")
