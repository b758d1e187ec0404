"""What the code imports, pyproject.toml asks for: a package that happens to be there is not there elsewhere."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {"devanture", "launcher", "geodata", "tests"}
distributions_of = cache(packages_distributions)


def imported(folder: str) -> Iterator[tuple[str, Path]]:
    """Give each module from outside, by its first name, with a file that imports it."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from ((alias.name.partition(".")[0], file) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield node.module.partition(".")[0], file


def canonical(requirement: str) -> str:
    """Give the package's name as PEP 503 compares it, without what follows the name."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9_.-]", requirement)[0]).lower()


def asked_for(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["dependencies"] + [line for extra in extras for line in project["optional-dependencies"][extra]]
    return {canonical(line) for line in lines}


@pytest.mark.parametrize(
    ("folder", "extras"), [("server", ()), ("geodata", ()), ("tests", ("test",))], ids=["server", "geodata", "tests"]
)
def test_every_import_is_asked_for(folder: str, extras: tuple[str, ...]) -> None:
    beside = {path.stem for path in (ROOT / "tests").rglob("*.py")} if folder == "tests" else set()
    missing = {
        f"{file.relative_to(ROOT)} imports {module}"
        for module, file in imported(folder)
        if module not in sys.stdlib_module_names | OURS | beside
        and not {canonical(name) for name in distributions_of().get(module, [])} & asked_for(*extras)
    }
    assert not missing
