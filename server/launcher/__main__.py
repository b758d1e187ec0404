"""Entry point: `python3 server/launcher COMMAND …` from the script `devanture`."""

import sys
from pathlib import Path

# Python put this folder first; the package's parent is what imports need. No bytecode, so that a start
# by root leaves no file that a later start by another user cannot replace.
sys.path[0] = str(Path(__file__).resolve().parents[1])
sys.dont_write_bytecode = True

from launcher.main import main  # noqa: E402  the path above must come first

sys.exit(main(sys.argv[1:]))
