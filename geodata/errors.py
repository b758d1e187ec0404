"""The one error that a command prints without a traceback."""


class GeodataError(Exception):
    """Says in one sentence which file or option is at fault, where, and why."""
