"""A hall to print for: mentors at their tables, mentees who go round, names of many scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.enums import BlockKind, ConsentKind, Role
from app.models import Block, Event, SignUp
from tests.builders import make_event, make_schedule, make_sign_up, planned_block

SCRIPTS = (
    "Ελένη Παπαδοπούλου",
    "Наталія Пушкар",
    "孟霞",
    "محمد الأمين",
    "נועה לוי",
    "अदिति शर्मा",
    "Thành Lê",
    "Łucja Źdźbło",
)
BOTH = (ConsentKind.PLAN, ConsentKind.QUESTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    event: Event
    mentors: tuple[SignUp, ...]
    mentees: tuple[SignUp, ...]


def make_hall(
    session: Session,
    *,
    mentees: Sequence[str] = SCRIPTS,
    mentors: Sequence[str] = ("Diane Le Lévêque", "Oskar Lind", "Agneta Dahlqvist"),
    rounds: int = 3,
    event: Event | None = None,
    question: str = "How do I say no to a senior colleague without harm?",
) -> Hall:
    """Return an event with one table for each mentor; nothing is published yet."""
    event = event or make_event(session, rounds=rounds, tables=max(1, len(mentors)))
    hosts = [
        make_sign_up(session, event, name=name, role=Role.MENTOR, stage="senior", consents=BOTH)
        for name in mentors
    ]
    guests = [
        make_sign_up(
            session,
            event,
            name=name,
            question=question,
            consents=BOTH if at % 2 == 0 else (ConsentKind.PLAN,),
        )
        for at, name in enumerate(mentees)
    ]
    return Hall(event=event, mentors=tuple(hosts), mentees=tuple(guests))


def publish_hall(session: Session, hall: Hall, *, version: int = 1, shift: int = 0) -> None:
    """Seat mentors at home, each mentee one table further in every round; ``shift`` moves two."""
    rounds = len(planned_block(hall.event).rounds)
    tables = len(hall.mentors)
    seats = {
        one.id: dict.fromkeys(range(1, rounds + 1), at + 1) for at, one in enumerate(hall.mentors)
    }
    for at, one in enumerate(hall.mentees):
        begin = at + (shift if at < 2 else 0)
        seats[one.id] = {
            number: (begin + number - 1) % tables + 1 for number in range(1, rounds + 1)
        }
    make_schedule(session, hall.event, seats=seats, version=version)


def add_break(session: Session, event: Event) -> None:
    """Add a break after the first round."""
    block = planned_block(event)
    begin, after = block.rounds[0], block.rounds[1]
    event.all_blocks.append(
        Block(
            position=9,
            kind=BlockKind.BREAK,
            title="Break",
            starts_at=begin.starts_at + (after.starts_at - begin.starts_at) / 2,
            ends_at=after.starts_at,
            minutes=1,
        )
    )
    session.flush()
