"""`python -m geodata COMMAND …`: one module per command, imported only when it is asked for."""

import sys
from collections.abc import Sequence
from importlib import import_module

from geodata.errors import GeodataError

# A command is a module with `main(argv) -> None`; adding one is one line here.
COMMANDS = {
    "catalogue": ("geodata.catalogue", "build the activity catalogue and its icons"),
    "nantes": ("geodata.nantes.command", "build the demonstration of central Nantes"),
    "osm": ("geodata.osm", "make a town folder from an OpenStreetMap extract"),
    "voters": ("geodata.voters.command", "invent voters and their opinions for a town folder"),
}


def usage() -> str:
    """The list of commands, one a line."""
    lines = [f"  {name:<10} {about}" for name, (_, about) in COMMANDS.items()]
    return "\n".join(["usage: python -m geodata COMMAND …", "", *lines, "", "COMMAND --help tells the rest."])


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when it says why not, 2 when the command is unknown."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] in (["-h"], ["--help"]):
        print(usage())
        return 0
    if not given or given[0] not in COMMANDS:
        print(usage(), file=sys.stderr)
        return 2
    try:
        import_module(COMMANDS[given[0]][0]).main(given[1:])
    except GeodataError as error:
        print(f"geodata {given[0]}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
