from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import ConsentKind, EventState, Role, SignUpState
from app.errors import InvalidInput, SignUpClosed, TooLate
from app.models import AuditEntry, Event, OutboxMessage, SignUp
from app.services import roster_edit
from app.services.roster_edit import RosterEntry
from app.services.signups.form import SignUpForm
from tests.builders import make_event, make_sign_up, planned_block
from tests.questions import make_question


def form_for(event: Event, **changes: Any) -> SignUpForm:
    form = SignUpForm(
        role=Role.MENTEE,
        name="Róża Tylus",
        email="roza@example.org",
        stage="student",
        affiliation="Northern General",
        question="How do I begin?",
        topics=("Career planning",),
        rounds=tuple(round_.id for round_ in planned_block(event).rounds),
        wishes=("Dr Finch",),
        not_with=("Dr Crow",),
    )
    return replace(form, **changes)


def add(
    session: Session,
    event: Event,
    now: datetime,
    *,
    consented: bool = True,
    sends_link: bool = False,
    **changes: Any,
) -> SignUp:
    entry = RosterEntry(form=form_for(event, **changes), consented=consented, sends_link=sends_link)
    return roster_edit.add(session, event, entry, now=now, actor="organiser 1")


def mails(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_somebody_added_has_a_place_and_hears_nothing(session: Session, now: datetime) -> None:
    event = make_event(session)

    sign_up = add(session, event, now)

    assert (sign_up.state, sign_up.seq, sign_up.confirmed_at) == (SignUpState.PLACED, 1, now)
    assert (event.roster_version, mails(session)) == (1, [])
    assert [one.target for one in sign_up.wishes] == ["Dr Finch", "Dr Crow"]
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor, entry.what) == ("organiser 1", "added by an organiser")


@pytest.mark.parametrize(
    ("consented", "expected"),
    [(True, {ConsentKind.PLAN, ConsentKind.NAME}), (False, set())],
)
def test_consents_count_only_when_the_person_gave_them(
    session: Session, now: datetime, *, consented: bool, expected: set[ConsentKind]
) -> None:
    event = make_event(session)
    ticked = frozenset({ConsentKind.NAME})

    sign_up = add(session, event, now, consented=consented, consents=ticked)

    assert {consent.kind for consent in sign_up.consents} == expected


def test_when_all_places_are_taken_they_wait(session: Session, now: datetime) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1})
    make_sign_up(session, event)

    sign_up = add(session, event, now, sends_link=True)

    assert (sign_up.state, sign_up.seq) == (SignUpState.WAITING, 2)
    assert mails(session) == ["waiting"]


def test_the_link_goes_out_only_when_asked_for(session: Session, now: datetime) -> None:
    add(session, make_event(session), now, sends_link=True)

    assert mails(session) == ["welcome"]


def test_one_more_mentor_lets_mentees_move_up(session: Session, now: datetime) -> None:
    event = make_event(session, confirms_address=False)
    mentees = next(one for one in event.capacities if one.role is Role.MENTEE)
    mentees.per_mentor = 1
    waits = make_sign_up(session, event, state=SignUpState.WAITING)

    add(session, event, now, role=Role.MENTOR, question="")

    assert waits.state is SignUpState.PLACED


def test_the_same_rules_hold_as_on_the_form(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = make_question(session, event, is_required=True)

    with pytest.raises(InvalidInput) as caught:
        add(session, event, now, name=" ", email="nobody", question="", rounds=())

    assert set(caught.value.fields) == {
        "name", "email", "question", "rounds", f"own_{question.id}",
    }  # fmt: skip


def test_an_address_on_the_roster_is_named(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Lucy Turner", email="Roza@Example.org")

    with pytest.raises(InvalidInput) as caught:
        add(session, event, now)

    assert caught.value.fields == {
        "email": "Lucy Turner signed up with this address already. "
        "Open their page from the roster to change it."
    }


def test_who_left_comes_in_anew(session: Session, now: datetime) -> None:
    event = make_event(session)
    gone = make_sign_up(
        session,
        event,
        email="roza@example.org",
        state=SignUpState.WITHDRAWN,
        not_with=("Dr Old",),
    )

    sign_up = add(session, event, now)

    assert sign_up.id == gone.id
    assert (sign_up.state, sign_up.withdrawn_at) == (SignUpState.PLACED, None)
    assert [one.target for one in sign_up.wishes] == ["Dr Finch", "Dr Crow"]


def test_people_are_added_on_the_day_until_it_ends(session: Session) -> None:
    event = make_event(session, state=EventState.CLOSED)

    assert add(session, event, event.starts_at).state is SignUpState.PLACED
    with pytest.raises(TooLate):
        add(session, event, event.ends_at, email="other@example.org")


def test_nobody_is_added_to_an_event_that_is_called_off(session: Session, now: datetime) -> None:
    event = make_event(session, state=EventState.CANCELLED)

    with pytest.raises(SignUpClosed):
        add(session, event, now)
