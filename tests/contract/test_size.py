"""No file over 400 lines, no function over 50."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.reading import project_files, shown

LONGEST_FILE, LONGEST_FUNCTION = 400, 50
FOLDERS = ("server", "geodata", "tests", "pwa")
CODE = (".py", ".ts", ".tsx")
EXEMPT = "server/devanture/db/migrations/versions/"
"""A migration is written once, read rarely, and never changed: the schema of its day, one table after another."""
_OPENS = re.compile(r"^(?P<indent> *)(?!\s*(if|for|while|switch|catch|else|describe)\b).*(\)|=>)[^;]*\{$")


def python_functions(source: str) -> Iterator[tuple[str, int]]:
    """Name and number of lines of every function, decorators left out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def script_functions(source: str) -> Iterator[tuple[str, int]]:
    """The same of TypeScript, by indentation: a block ends at the first brace as far left as its first line."""
    lines = source.splitlines()
    for number, line in enumerate(lines):
        if found := _OPENS.match(line):
            end = f"{found['indent']}}}"
            ends = (last for last in range(number + 1, len(lines)) if lines[last].startswith(end))
            yield line.strip(), next(ends, len(lines) - 1) - number + 1


def oversized(name: str, source: str) -> list[str]:
    functions = python_functions(source) if name.endswith(".py") else script_functions(source)
    faults = [f"{name}: {function} has {size} lines" for function, size in functions if size > LONGEST_FUNCTION]
    size = len(source.splitlines())
    return [*faults, f"{name} has {size} lines"] if size > LONGEST_FILE else faults


@pytest.mark.parametrize("folder", FOLDERS)
def test_files_and_functions_are_short(folder: str) -> None:
    files = [path for path in project_files(*CODE, under=folder) if not shown(path).startswith(EXEMPT)]
    assert [fault for path in files for fault in oversized(shown(path), path.read_text())] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.py", "x = 1\n" * 401),
        ("a.py", "async def f():\n" + "    x = 1\n" * 50),
        ("a.py", "class A:\n    def f(self):\n" + "        x = 1\n" * 50),
        ("a.ts", "x = 1;\n" * 401),
        ("a.ts", "export async function f(): Promise<void> {\n" + "  x();\n" * 50 + "}\n"),
        ("a.tsx", "const f = (a: number) => {\n" + "  x();\n" * 50 + "};\n"),
        ("a.ts", "class A {\n  f(): void {\n" + "    x();\n" * 50 + "  }\n}\n"),
    ],
)
def test_what_is_too_long_is_found(name: str, source: str) -> None:
    assert oversized(name, source) != []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.py", "def f():\n" + "    x = 1\n" * 49),
        ("a.ts", "function f() {\n" + "  x();\n" * 48 + "}\n" + "y();\n" * 40),
        ("a.ts", "if (a) {\n" + "x();\n" * 60 + "}\n"),
    ],
)
def test_what_is_just_short_enough_passes(name: str, source: str) -> None:
    assert oversized(name, source) == []


def test_every_folder_of_code_is_looked_at() -> None:
    found = {Path(shown(path)).parts[0] for path in project_files(*CODE)}
    assert found <= set(FOLDERS)
