from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import demo, serve
from app.errors import MentoringError
from config import Config


def make_demo(data: Path) -> None:
    """Do what every demo does before its events are made."""
    demo.claim_folder(data)
    serve.prepare(Config.from_env({"ROUNDABOUT_DATA": str(data), "ROUNDABOUT_MODE": "demo"}))


def test_fresh_throws_away_all_that_a_demo_made(tmp_path: Path) -> None:
    make_demo(tmp_path)

    demo.throw_away(tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert demo.claim_folder(tmp_path)


def test_fresh_keeps_what_a_demo_did_not_make(tmp_path: Path) -> None:
    make_demo(tmp_path)
    (tmp_path / "mine.sqlite").write_text("mine")

    demo.throw_away(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.sqlite"]
    with pytest.raises(MentoringError, match="holds something other than a demo"):
        demo.claim_folder(tmp_path)
