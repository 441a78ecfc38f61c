"""What people are called in calendar entries, where one word has to do."""

from __future__ import annotations

from datetime import datetime

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import OutboxMessage
from app.services import invites
from app.services.publishing.itinerary import first_name
from config import Config
from tests.published import make_evening, publish


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Diane Le Lévêque", "Diane"),
        ("Prof. Dr. Agneta Dahlqvist", "Agneta"),
        ("Dr", "Dr"),
        ("", ""),
        ("山田太郎", "山田太郎"),
        ("山田 太郎", "山田 太郎"),
        ("佐々木\u3000さくら", "佐々木 さくら"),
        ("マリー・キュリー", "マリー・キュリー"),
        ("Dr 김철수", "김철수"),
        ("김 철수", "김 철수"),
        ("王小明 Ming", "王小明"),
        ("Nagy Éva", "Nagy"),
        ("Иван Петров", "Иван"),
        ("👩\u200d🔬 Ana", "👩\u200d🔬"),
    ],
)
def test_family_names_that_come_first_are_no_first_names(name: str, called: str) -> None:
    assert first_name(name) == called


def test_entry_shows_a_name_in_han_whole(session: Session, now: datetime, settings: Config) -> None:
    evening = make_evening(session)
    evening.mentors[0].person.name = "王 小明"
    publish(session, evening, now=now)

    invites.sync(session, evening.event, now=now, settings=settings)

    mentee = evening.mentees[0].person_id
    mail = session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == mentee)).one()
    [entry] = Calendar.from_ical(mail.calendar or b"").walk("VEVENT")
    assert "Round 1: Table 1, with 王 小明" in entry["DESCRIPTION"]
