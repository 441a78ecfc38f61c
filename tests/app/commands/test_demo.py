from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.commands import demo, serve
from app.commands.demo_events import Demo
from app.db import SessionFactory, unit_of_work
from app.errors import MentoringError
from app.jobs.runtime import make_runtime
from app.models import Answer, Event, SignUp
from config import Config
from tests.conftest import Clock


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


def test_the_open_event_shows_what_waits_for_an_organiser(
    settings: Config, session_factory: SessionFactory
) -> None:
    made = Demo(make_runtime(settings), datetime(2027, 3, 1, 9, 0, tzinfo=UTC))
    made.add_organiser()
    made.add_open_event()

    with unit_of_work(session_factory, write=False) as session:
        event = session.get_one(Event, made.event_ids["open"])
        states = Counter(
            str(state) for state in session.scalars(select(SignUp.state).order_by(SignUp.id))
        )
        kinds = [(one.is_trait, one.is_private) for one in event.questions]
        answers = Counter(session.scalars(select(Answer.question_id)))
    assert states == {"placed": 51, "offered": 2, "waiting": 1, "withdrawn": 2, "asked": 4}
    assert (event.asks_approval, kinds) == (True, [(True, False), (False, True)])
    assert sorted(answers.values()) == [7, 60]


def test_the_event_that_begins_soon_has_a_page_for_stewards(
    client: FlaskClient, settings: Config, clock: Clock
) -> None:
    made = Demo(make_runtime(settings), clock())
    made.add_organiser()
    made.add_planned_event()
    (settings.data / demo.MARK).write_text(f"complete\n{made.steward_token}\n", "utf-8")

    address = f"/s/{made.steward_token}"

    assert f"{settings.base_url}{address}\n" in demo.greeting(settings)
    assert "Conference hour" in client.get(address).text
