from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import BlockKind, Role
from app.queries import agenda_desk
from app.services import agenda
from app.services.agenda import PartForm
from app.services.agenda.seat_rules import RoleSeats, SeatRules
from config import Config
from tests.app.queries.counting import statements
from tests.builders import make_event, planned_block
from tests.published import make_evening, make_run, publish


@pytest.mark.parametrize("parts", [3, 6])
def test_a_longer_agenda_takes_as_many_statements(
    session: Session, now: datetime, parts: int
) -> None:
    event = make_event(session)
    for _ in range(parts - 3):
        form = agenda.form_of(planned_block(event))
        tables = agenda.TableSet(count=2)
        agenda.add(session, event.id, form, after=None, tables=tables, now=now, actor="o")
    event_id = event.id

    with statements(session) as sent:
        page = agenda_desk.agenda_page(session, event_id)

    assert len(page.parts) == parts
    assert len(sent) == 7


def test_parts_know_their_plans(session: Session, now: datetime, settings: Config) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    make_run(session, evening, now=now)

    part = agenda_desk.agenda_page(session, evening.event.id).parts[1]

    assert (part.drafts, part.is_published, part.unasked) == (1, True, ())
    assert agenda_desk.untold(session, evening.event.id, settings=settings) is not None


def test_nothing_is_untold_before_anything_is_published(session: Session, settings: Config) -> None:
    event = make_event(session)

    assert agenda_desk.untold(session, event.id, settings=settings) is None


def test_role_that_nobody_can_sign_up_for_is_named(session: Session) -> None:
    event = make_event(session, capacities={Role.MENTOR: 4})

    assert agenda_desk.agenda_page(session, event.id).parts[1].unasked == (Role.MENTEE,)


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        (RoleSeats(role=Role.MENTOR, least=1, most=1, stays=True), "1 mentor stays at each table"),
        (
            RoleSeats(role=Role.MENTOR, least=1, most=2, stays=True),
            "1 or 2 mentors stay at each table",
        ),
        (RoleSeats(role=Role.MENTEE, least=1, most=4), "1 to 4 mentees at a table, and move"),
        (RoleSeats(role=Role.PEER, least=3, most=None), "3 or more peers at a table, and move"),
        (RoleSeats(role=Role.PEER, least=0, most=None), "any number of peers at a table, and move"),
    ],
)
def test_who_sits_at_a_table_is_said_in_words(seats: RoleSeats, words: str) -> None:
    assert agenda_desk.who_sits(SeatRules(roles=(seats,))) == (words,)


def test_new_part_goes_before_the_close(session: Session, now: datetime) -> None:
    event = make_event(session)
    page = agenda_desk.agenda_page(session, event.id)
    assert page.best_place == page.parts[1].id

    pause = PartForm(kind=BlockKind.BREAK, title="Drinks", minutes=30)
    agenda.add(session, event.id, pause, after=event.blocks[-1].id, now=now, actor="o")

    page = agenda_desk.agenda_page(session, event.id)
    assert page.best_place == page.parts[-1].id
