"""The tables of threats and of ASVS requirements name tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.security.asvs import REQUIREMENTS
from tests.security.threats import THREATS

ROOT = Path(__file__).parents[2]


def missing(test: str) -> bool:
    """Return whether there is no such test."""
    path, _, name = test.partition("::")
    if not (ROOT / path).is_file():
        return True
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return name not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_threat_has_a_test_and_every_test_is_there() -> None:
    assert list(THREATS) == [f"T{number}" for number in range(1, 26)]
    assert [test for _, tests in THREATS.values() for test in tests if missing(test)] == []


def test_every_test_that_bears_a_number_is_in_the_table() -> None:
    listed = {test for _, tests in THREATS.values() for test in tests}
    by_number = {
        number: {test.partition("::")[2] for test in tests}
        for number, (_, tests) in THREATS.items()
    }
    unlisted = []
    for path in (ROOT / "tests/security").glob("test_threats_*.py"):
        for name in re.findall(r"^def (test_t\d\d_\w+)", path.read_text("utf-8"), re.MULTILINE):
            number = f"T{int(name[6:8])}"
            unlisted += [] if by_number.get(number) else [name]

    assert unlisted == []
    assert len(listed) > 60


def test_each_requirement_says_how_it_is_checked() -> None:
    wrong = [
        (one.id, one.check)
        for one in REQUIREMENTS
        if not one.check.startswith(("tests/", "not applicable: ", "by hand: "))
    ]

    assert wrong == []
    assert len({one.id for one in REQUIREMENTS}) == len(REQUIREMENTS)
    assert [one.id for one in REQUIREMENTS if one.level not in {1, 2, 3}] == []


def test_at_least_sixty_requirements_are_checked_by_tests_that_exist() -> None:
    automated = [one for one in REQUIREMENTS if one.check.startswith("tests/")]

    assert [one.check for one in automated if missing(one.check)] == []
    assert len(automated) >= 60


def test_all_requirements_of_the_first_level_are_listed() -> None:
    assert sum(one.level == 1 for one in REQUIREMENTS) == 70
