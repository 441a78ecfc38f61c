from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.enums import EventState, QuestionKind, Role
from app.errors import NotFound
from app.models import Event
from app.queries.public_form import public_form
from app.services.signups.form import choices_of
from tests.app.services.test_block_roles import make_two_parts
from tests.app.services.test_own_questions import make_question
from tests.builders import make_event


def make_rich(session: Session) -> Event:
    event, speed, _ = make_two_parts(session)
    speed.tables[0].features = ["hearing_loop", "quiet"]
    make_question(session, event, position=2, roles=["mentor"], is_required=True)
    make_question(session, event, position=1, kind=QuestionKind.YES_NO, choices=[], is_private=True)
    return event


def make_plain(session: Session) -> Event:
    event = make_event(session, capacities={Role.PEER: None})
    event.stages, event.topics = [], []
    for block in event.blocks:
        for table in block.tables:
            table.features = []
    return event


@pytest.mark.parametrize("make", [make_event, make_rich, make_plain])
def test_it_asks_what_the_event_asks(session: Session, make: object) -> None:
    make_rich(session)
    event = make(session)  # type: ignore[operator]
    session.flush()
    session.expire_all()

    found = public_form(session, event.slug)

    assert found.event_id == event.id
    assert found.choices == choices_of(event)


@pytest.mark.parametrize("slug", ["nowhere", "a\x00b", ""])
def test_an_event_that_is_not_there(session: Session, slug: str) -> None:
    with pytest.raises(NotFound):
        public_form(session, slug)


def test_a_draft_is_not_there(session: Session) -> None:
    event = make_event(session, state=EventState.DRAFT)

    with pytest.raises(NotFound):
        public_form(session, event.slug)


def test_people_can_say_what_they_need_before_a_table_has_it(session: Session) -> None:
    event = make_plain(session)
    session.flush()

    assert public_form(session, event.slug).choices.features == (
        "step_free",
        "quiet",
        "hearing_loop",
    )
