"""SQL is text with bind parameters, and stands where it is looked for: queries.py, bulk.py, *.sql and db/."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import devanture
from tests.contract.reading import PACKAGE, Modules, modules, parsed

STATEMENT = re.compile(
    r"\s*(SELECT\s|INSERT INTO\s|UPDATE \w+ (\w+ )?SET\s|DELETE FROM\s|WITH \w+ AS|SET LOCAL\s"
    r"|(CREATE|ALTER|DROP|TRUNCATE|GRANT|LOCK) \w+)"
)


def stray_sql(found: Modules) -> list[str]:
    """SQL statements in files that are not for it."""
    return [
        f"{name}:{line}"
        for name, tree in found.items()
        if name.split(".")[-1] not in ("queries", "bulk") and not name.startswith(f"{PACKAGE}.db.")
        for line, text in _texts(tree)
        if STATEMENT.match(text)
    ]


def formatted_sql(found: Modules) -> list[str]:
    """Statements of functions with anything formatted into them but constants; migrations name their own tables."""
    return [
        f"{name}:{node.lineno}"
        for name, tree in found.items()
        if not name.startswith(f"{PACKAGE}.db.migrations.")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.JoinedStr) and STATEMENT.match(_start(node))
        if not _formatted(node) <= _constants(tree, function)
    ]


def _constants(tree: ast.Module, function: ast.AST) -> set[str]:
    """Names of the module, and those that a loop takes from its constants, one after the other."""
    known = {target.id for node in tree.body if isinstance(node, ast.Assign) for target in _targets(node)}
    loops = [node for node in ast.walk(function) if isinstance(node, ast.For) and _is_constant(node.iter, known)]
    return known | {node.target.id for node in loops if isinstance(node.target, ast.Name)}


def _targets(node: ast.Assign) -> list[ast.Name]:
    return [target for target in node.targets if isinstance(target, ast.Name)]


def _is_constant(node: ast.expr, known: set[str]) -> bool:
    if isinstance(node, ast.Tuple):
        return all(isinstance(element, ast.Constant) for element in node.elts)
    return isinstance(node, ast.Name) and node.id in known


def _formatted(node: ast.JoinedStr) -> set[str]:
    """The names formatted in; anything that is more than a name stands as its source."""
    return {ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)}


def _start(node: ast.JoinedStr) -> str:
    first = node.values[0] if node.values else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_sql_stands_where_it_is_looked_for() -> None:
    assert stray_sql(modules()) == []


def test_no_value_is_formatted_into_sql() -> None:
    assert formatted_sql(modules()) == []


def test_stray_sql_is_found() -> None:
    planted = 'await connection.execute("""\n  UPDATE place SET state = $1""")'
    assert stray_sql(parsed(places__service=planted)) == [f"{PACKAGE}.places.service:1"]
    assert stray_sql(parsed(places__queries=planted)) == []
    assert stray_sql(parsed(places__service='"Select your town"; "Update place"')) == []


@pytest.mark.parametrize(
    "body",
    [
        'return f"SELECT * FROM place WHERE ref = {argument}"',
        'return f"SELECT * FROM place {W.format(argument)}"',
        'for one in argument:\n        f"DROP TABLE {one}"',
        'W2 = argument; return f"DELETE FROM {W2}"',
    ],
)
def test_a_value_formatted_into_sql_is_found(body: str) -> None:
    assert formatted_sql(parsed(places__queries=f"W = 'x'\ndef f(argument):\n    {body}")) != []


@pytest.mark.parametrize("body", ['return f"SELECT 1 WHERE {W}"', 'for t in ("a", "b"): f"DROP TABLE {t}"'])
def test_a_constant_may_be_shared_by_statements(body: str) -> None:
    assert formatted_sql(parsed(places__queries=f"W = 'x'\ndef f(argument):\n    {body}")) == []


def test_only_the_view_is_counted() -> None:
    """An opinion that was set aside is in no count: whoever counts the table itself would forget that."""
    folder = Path(devanture.__file__).parent
    reading = {
        path.relative_to(folder).parts[0]
        for path in folder.rglob("*")
        if path.suffix in (".py", ".sql") and "migrations" not in path.parts and "opinion_current" in path.read_text()
    }
    # The start asks `db/promises.py` whether the table has its primary key, and counts nothing; the audit recounts that
    # table itself; erasing takes back what stands in it, counted or not.
    assert reading == {"opinions", "aside", "audit", "db", "erasure"}
    counting = (folder / "opinions" / "queries.py").read_text()
    assert "count(*) FROM opinion_current" not in counting and counting.count("FROM counted_opinion") == 3
