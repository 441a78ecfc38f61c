"""The house rules about who may import whom, as written in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parents[2]


def test_import_contracts_are_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert (status, capsys.readouterr().out if status else "") == (EXIT_STATUS_SUCCESS, "")


def test_the_planner_can_be_imported_without_the_web_application() -> None:
    command = "import sys, scheduler; print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"

    answer = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True)

    assert answer.stdout.decode().strip() == "[]"
