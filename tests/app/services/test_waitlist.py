from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.enums import LinkPurpose, Role, SignUpState
from app.errors import TooLate
from app.models import Capacity, Event, OutboxMessage, SignUp
from app.services import access, signups
from app.services.signups import places, waitlist
from tests.builders import make_event, make_sign_up


def make_full(session: Session, *, confirms_address: bool = True) -> tuple[Event, list[SignUp]]:
    """Return an event of two mentee places, both taken, with three who wait."""
    event = make_event(
        session, capacities={Role.MENTEE: 2, Role.MENTOR: 2}, confirms_address=confirms_address
    )
    taken = [make_sign_up(session, event) for _ in range(2)]
    waiting = [make_sign_up(session, event, state=SignUpState.WAITING) for _ in range(3)]
    return event, taken + waiting


def states(people: list[SignUp]) -> list[str]:
    return [person.state.value for person in people]


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def test_a_freed_place_is_offered_to_the_first(session: Session, now: datetime) -> None:
    _, people = make_full(session)

    signups.withdraw(session, people[0], now=now)

    assert states(people) == ["withdrawn", "placed", "offered", "waiting", "waiting"]
    assert people[2].offered_until == now + timedelta(hours=24)
    assert kinds(session) == ["withdrawn", "offered"]


def test_a_freed_place_is_given_where_nobody_confirms(session: Session, now: datetime) -> None:
    event, people = make_full(session, confirms_address=False)

    signups.withdraw(session, people[1], now=now)

    assert states(people) == ["placed", "withdrawn", "placed", "waiting", "waiting"]
    assert event.roster_version == 2 + 2
    assert kinds(session) == ["withdrawn", "welcome"]


def test_accepting_an_offer_takes_the_place(session: Session, now: datetime) -> None:
    event, people = make_full(session)
    signups.withdraw(session, people[0], now=now)

    signups.accept_offer(session, people[2], now=now)
    signups.accept_offer(session, people[2], now=now)

    assert people[2].state is SignUpState.PLACED
    assert event.roster_version == 2 + 2
    assert kinds(session) == ["withdrawn", "offered", "welcome"]


def test_leaving_the_waitlist_promotes_nobody(session: Session, now: datetime) -> None:
    _, people = make_full(session)

    signups.withdraw(session, people[2], now=now)

    assert states(people) == ["placed", "placed", "withdrawn", "waiting", "waiting"]


def test_an_offer_expires_and_goes_to_the_next(session: Session, now: datetime) -> None:
    _, people = make_full(session)
    signups.withdraw(session, people[0], now=now)
    later = now + timedelta(hours=24)

    released = waitlist.release_expired(session, later)

    assert released == 1
    assert states(people) == ["withdrawn", "placed", "released", "offered", "waiting"]
    assert kinds(session) == ["withdrawn", "offered", "offer_ended", "offered"]
    with pytest.raises(TooLate):
        signups.accept_offer(session, people[2], now=later)


def test_an_offer_ends_when_the_event_begins(session: Session) -> None:
    event, people = make_full(session)

    signups.withdraw(session, people[0], now=event.starts_at - timedelta(hours=2))

    assert people[2].offered_until == event.starts_at


def test_an_offer_ends_when_the_event_is_moved_to_before_its_end(
    session: Session, now: datetime
) -> None:
    event, people = make_full(session)
    signups.withdraw(session, people[0], now=now)
    event.starts_at = now + timedelta(hours=1)
    session.flush()

    with pytest.raises(TooLate):
        signups.accept_offer(session, people[2], now=now + timedelta(hours=1))

    assert people[2].state is SignUpState.OFFERED


def test_places_are_counted_by_the_capacity_of_this_moment(session: Session) -> None:
    event, _ = make_full(session)
    assert places.free(session, event.id, Role.MENTEE) == 0

    session.execute(  # as another transaction does, between our reading and our lock
        update(Capacity)
        .where(Capacity.role == Role.MENTEE)
        .values(places=5)
        .execution_options(synchronize_session=False)
    )

    assert places.free(session, event.id, Role.MENTEE) == 3


def test_an_unconfirmed_hold_is_released_after_48_hours(session: Session, now: datetime) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1})
    held = make_sign_up(session, event, state=SignUpState.HELD, at=now)
    waiting = make_sign_up(session, event, state=SignUpState.WAITING)

    assert waitlist.release_expired(session, now + timedelta(hours=47)) == 0
    assert waitlist.release_expired(session, now + timedelta(hours=48)) == 1

    assert states([held, waiting]) == ["released", "offered"]


def test_nobody_unconfirmed_is_promoted(session: Session, now: datetime) -> None:
    _, people = make_full(session)
    people[2].confirmed_at = None

    signups.withdraw(session, people[0], now=now)

    assert states(people) == ["withdrawn", "placed", "waiting", "offered", "waiting"]


def test_who_confirms_comes_after_who_confirmed_before(
    session: Session, now: datetime, key: bytes
) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1})
    people = [make_sign_up(session, event, state=SignUpState.WAITING) for _ in range(2)]
    people[1].confirmed_at = None
    token = access.link_for(session, people[1].person_id, LinkPurpose.CONFIRM, key=key, now=now)

    signups.confirm(session, token, now=now, key=key)

    assert states(people) == ["offered", "waiting"]


def test_more_places_promote_as_many(session: Session, now: datetime) -> None:
    event, people = make_full(session)

    waitlist.set_capacity(session, event, Role.MENTEE, 4, now=now, actor="organiser 1")

    assert states(people) == ["placed", "placed", "offered", "offered", "waiting"]


def test_no_limit_promotes_everybody(session: Session, now: datetime) -> None:
    event, people = make_full(session)

    waitlist.set_capacity(session, event, Role.MENTEE, None, now=now, actor="organiser 1")

    assert states(people) == ["placed", "placed", "offered", "offered", "offered"]


def test_fewer_places_take_nobodys_place(session: Session, now: datetime) -> None:
    event, people = make_full(session)
    waitlist.set_capacity(session, event, Role.MENTEE, 1, now=now, actor="organiser 1")

    signups.withdraw(session, people[0], now=now)

    assert states(people) == ["withdrawn", "placed", "waiting", "waiting", "waiting"]


def test_a_place_of_another_role_helps_nobody(session: Session, now: datetime) -> None:
    event, people = make_full(session)
    mentor = make_sign_up(session, event, role=Role.MENTOR)

    signups.withdraw(session, mentor, now=now)

    assert states(people) == ["placed", "placed", "waiting", "waiting", "waiting"]


def test_nobody_is_promoted_after_the_start(session: Session) -> None:
    event, people = make_full(session)
    people[0].state = SignUpState.WITHDRAWN
    session.flush()

    assert signups.promote_from_waitlist(session, event, event.starts_at) == ()
