"""What the house rules read: the project's own files, and what a Python file imports."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = "devanture"
SOURCE = ROOT / "server"
Modules = dict[str, ast.Module]


def project_files(*suffixes: str, under: str = "") -> list[Path]:
    """Files that git keeps or would keep, without what it ignores; sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", under or "."],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    paths = [ROOT / name for name in sorted(set(listed)) if name]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules(under: str = f"server/{PACKAGE}", root: Path = SOURCE) -> Modules:
    """The syntax tree of every module of a folder by its dotted name, migrations' versions left out."""
    paths = [path for path in project_files(".py", under=under) if "versions" not in path.parts]
    return {_dotted(path, root): ast.parse(path.read_text()) for path in paths}


def parsed(**sources: str) -> Modules:
    """A small planted package: `opinions__service="import os"` is the module `devanture.opinions.service`."""
    return {f"{PACKAGE}.{name.replace('__', '.')}": ast.parse(text) for name, text in sources.items()}


def imported(tree: ast.Module) -> set[str]:
    """Every dotted name that a module imports, at any depth; `from a import b` gives `a` and `a.b`."""
    return {name for node in ast.walk(tree) for name in _names(node)}


def calls(tree: ast.Module) -> Iterator[str]:
    """The names of what is called: `datetime.now(…)` gives `now`, `open(…)` gives `open`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _names(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _dotted(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
