"""Progress and notes go to the error stream, so that a command's output can be piped."""

from rich.console import Console

console = Console(stderr=True)
