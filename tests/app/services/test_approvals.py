from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Role, SignUpState
from app.errors import NotFound
from app.models import AuditEntry, Event, OutboxMessage, SignUp
from app.services import approvals
from app.services.approvals import Decision
from tests.builders import make_event, make_sign_up

ASKED, PLACED, REFUSED = SignUpState.ASKED, SignUpState.PLACED, SignUpState.REFUSED


@pytest.fixture
def event(session: Session) -> Event:
    event = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: 2})
    event.asks_approval = True
    return event


def decide(
    session: Session, event: Event, *people: SignUp, is_yes: bool, now: datetime, **more: bool
) -> Decision:
    ids = [one.id for one in people]
    return approvals.decide(
        session, event.id, ids, is_yes=is_yes, now=now, actor="organiser 3", **more
    )


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_yes_gives_places_in_the_order_of_sign_up(
    session: Session, event: Event, now: datetime
) -> None:
    people = [make_sign_up(session, event, name=name, state=ASKED) for name in "ABC"]

    done = decide(session, event, *reversed(people), is_yes=True, now=now)

    assert (done.placed, done.waiting, done.told) == (("A", "B"), ("C",), 3)
    assert [one.state for one in people] == [PLACED, PLACED, SignUpState.WAITING]
    assert kinds(session) == ["welcome", "welcome", "waiting"]


def test_no_is_told_and_written_down(session: Session, event: Event, now: datetime) -> None:
    person = make_sign_up(session, event, name="A", state=ASKED)

    done = decide(session, event, person, is_yes=False, now=now)

    assert (done.refused, person.state, kinds(session)) == (("A",), REFUSED, ["refused"])
    assert [entry.actor for entry in session.scalars(select(AuditEntry))] == ["organiser 3"]


@pytest.mark.parametrize("is_yes", [True, False])
def test_second_answer_changes_nothing(
    session: Session, event: Event, now: datetime, *, is_yes: bool
) -> None:
    person = make_sign_up(session, event, name="A", state=ASKED)
    decide(session, event, person, is_yes=is_yes, now=now)
    mails = kinds(session)

    again = decide(session, event, person, is_yes=is_yes, now=now)
    other = decide(session, event, person, is_yes=not is_yes, now=now)

    state = PLACED if is_yes else REFUSED
    assert again == other == Decision(already=(("A", state),))
    assert (person.state, kinds(session)) == (state, mails)


def test_yes_after_a_no_needs_to_be_meant(session: Session, event: Event, now: datetime) -> None:
    person = make_sign_up(session, event, name="A", state=REFUSED)

    done = decide(session, event, person, is_yes=True, now=now, after_no=True)

    assert (done.placed, person.state) == (("A",), PLACED)


def test_unconfirmed_address_waits(session: Session, event: Event, now: datetime) -> None:
    early = make_sign_up(session, event, name="A", state=ASKED)
    early.confirmed_at, early.held_until = None, now + timedelta(hours=1)
    late = make_sign_up(session, event, name="B", state=ASKED)

    done = decide(session, event, early, late, is_yes=True, now=now)

    assert (done.unconfirmed, done.placed, early.state) == (("A",), ("B",), ASKED)


def test_people_of_another_event_are_not_found(
    session: Session, event: Event, now: datetime
) -> None:
    stranger = make_sign_up(session, make_event(session), state=ASKED)

    with pytest.raises(NotFound):
        decide(session, event, stranger, is_yes=True, now=now)
    assert stranger.state is ASKED
