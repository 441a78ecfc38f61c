from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry
from app.services import outbox, pauses
from tests.app.services.test_outbox import claim, make_message

WHY = "a backup was restored."


def test_paused_outbox_gives_no_message(session: Session, now: datetime) -> None:
    make_message(session, now=now)

    pauses.set(session, pauses.OUTBOX, why=WHY, now=now)

    assert pauses.is_paused(session, pauses.OUTBOX)
    assert claim(session, now=now) == []
    assert outbox.count_due(session, now=now) == 0
    assert outbox.overdue_since(session, now=now) is None


def test_lifted_outbox_gives_what_waited(session: Session, now: datetime) -> None:
    make_message(session, now=now)
    pauses.set(session, pauses.OUTBOX, why=WHY, now=now)

    lifted = pauses.lift(session, pauses.OUTBOX, now=now, actor="organiser 1")

    assert lifted
    assert outbox.overdue_since(session, now=now) == now
    assert claim(session, now=now) == ["one"]


def test_every_pause_and_its_end_are_recorded(session: Session, now: datetime) -> None:
    pauses.set(session, pauses.OUTBOX, why=WHY, now=now)
    pauses.lift(session, pauses.OUTBOX, now=now, actor="organiser 1")

    entries = session.execute(select(AuditEntry.actor, AuditEntry.what).order_by(AuditEntry.id))

    assert [tuple(entry) for entry in entries] == [
        ("system", "outbox paused"),
        ("organiser 1", "outbox goes on"),
    ]


def test_a_later_reason_replaces_the_earlier_one(session: Session, now: datetime) -> None:
    pauses.set(session, pauses.OUTBOX, why=WHY, now=now)
    later = now + timedelta(hours=1)

    pauses.set(session, pauses.OUTBOX, why="another was restored.", now=later)

    found = pauses.find(session, pauses.OUTBOX)
    assert found == pauses.PauseView(since=later, why="another was restored.")


def test_lifting_what_goes_on_changes_nothing(session: Session, now: datetime) -> None:
    assert not pauses.lift(session, pauses.OUTBOX, now=now, actor="organiser 1")
    assert session.scalars(select(AuditEntry)).all() == []
