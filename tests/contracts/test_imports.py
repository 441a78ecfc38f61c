"""The house rules about who may import whom, as written in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_import_contracts_are_kept() -> None:
    """In a process of its own: the linter silences every logger that was made before it."""
    command = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.returncode, answer.stdout if answer.returncode else "") == (0, "")


def test_the_planner_can_be_imported_without_the_web_application() -> None:
    command = "import sys, scheduler; print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"

    answer = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True)

    assert answer.stdout.decode().strip() == "[]"
