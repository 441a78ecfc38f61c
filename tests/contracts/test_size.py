"""Rooms keep their size: files, functions and views within the house's limits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE_LINES = 400
FUNCTION_LINES = 40
VIEW_LINES = 25


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def test_files_stay_below_the_hard_limit() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in sources("app", "scheduler", "tests")
    }

    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_functions_stay_below_the_limit() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in sources("app", "scheduler")
        for name, lines in functions(path)
        if lines > FUNCTION_LINES
    }

    assert long == {}


def test_views_stay_thin() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in sources("app/blueprints")
        for name, lines in functions(path)
        if lines > VIEW_LINES and not name.startswith("_")
    }

    assert long == {}
