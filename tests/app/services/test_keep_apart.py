"""Who is kept apart: owners only, never who asked, and each look is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import OrganiserRole, SignUpState
from app.errors import NotAllowed
from app.models import AuditEntry, Event
from app.services import keep_apart
from app.services.accounts import OrganiserView
from tests.builders import make_event, make_organiser, make_sign_up


def make_owner(session: Session, event: Event) -> OrganiserView:
    found = make_organiser(session, email="owner@example.org")
    return OrganiserView(
        id=found.id,
        organisation_id=event.organisation_id,
        name=found.name,
        email=found.email,
        role=OrganiserRole.OWNER,
    )


def test_pairs_stand_in_the_order_of_the_alphabet_whoever_asked(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Zoë", not_with=("Adam",))
    make_sign_up(session, event, name="Adam", not_with=("beate@example.org", "Zoë"))
    make_sign_up(session, event, name="Beate", email="beate@example.org")

    found = keep_apart.show(session, event, make_owner(session, event), now=now)

    assert found.pairs == (("Adam", "Beate"), ("Adam", "Zoë"))
    assert found.unmatched == ()


def test_nobody_can_tell_from_the_answer_who_asked(session: Session, now: datetime) -> None:
    one, other = make_event(session), make_event(session)
    make_sign_up(session, one, name="Adam", not_with=("Zoë",))
    make_sign_up(session, one, name="Zoë")
    make_sign_up(session, other, name="Adam")
    make_sign_up(session, other, name="Zoë", not_with=("Adam",))
    owner = make_owner(session, one)
    elsewhere = replace(owner, organisation_id=other.organisation_id)

    assert keep_apart.show(session, one, owner, now=now) == keep_apart.show(
        session, other, elsewhere, now=now
    )


def test_names_that_are_not_on_the_list_stand_by_themselves(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Adam", not_with=("Old Boss", "twin", "Gone"))
    make_sign_up(session, event, name="Beate", not_with=("old  boss",))
    make_sign_up(session, event, name="Twin")
    make_sign_up(session, event, name="Twin")
    make_sign_up(session, event, name="Gone", state=SignUpState.WITHDRAWN, not_with=("Adam",))

    found = keep_apart.show(session, event, make_owner(session, event), now=now)

    assert found == keep_apart.KeptApart(pairs=(), unmatched=("Gone", "Old Boss", "twin"))


def test_each_look_is_written_down_without_a_name(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Adam", not_with=("Zoë",))
    owner = make_owner(session, event)

    keep_apart.show(session, event, owner, now=now)
    keep_apart.show(session, event, owner, now=now)

    entries = session.scalars(select(AuditEntry)).all()
    assert [(one.actor, one.what, one.event_id, one.detail) for one in entries] == [
        (f"organiser {owner.id}", keep_apart.SHOWN, event.id, {})
    ] * 2


def test_organiser_and_stranger_are_refused_and_nothing_is_written(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    owner = make_owner(session, event)

    with pytest.raises(NotAllowed):
        keep_apart.show(session, event, replace(owner, role=OrganiserRole.ORGANISER), now=now)
    with pytest.raises(NotAllowed):
        keep_apart.show(session, event, replace(owner, organisation_id=10**6), now=now)

    assert session.scalars(select(AuditEntry)).all() == []
