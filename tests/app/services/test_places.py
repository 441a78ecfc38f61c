"""Races for places, on a file SQLite and, where it is there, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, Role, SignUpState
from app.errors import LinkExpired, NotFound
from app.models import OutboxMessage, SignUp
from app.services import access, audit, signups
from app.services.signups import confirming, places, waitlist
from app.services.signups.form import SignUpForm
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, make_sign_up, planned_block

RACERS = 40
PLACES = 10


@pytest.fixture
def factory(any_engine: Engine) -> SessionFactory:
    return make_session_factory(any_engine, tenant=UNSCOPED)


def make_open_event(factory: SessionFactory) -> tuple[int, tuple[int, ...]]:
    with unit_of_work(factory) as session:
        event = make_event(session, confirms_address=False, capacities={Role.MENTEE: PLACES})
        return event.id, tuple(round_.id for round_ in planned_block(event).rounds)


def race(runner: Callable[[int], None], racers: int = RACERS) -> None:
    with ThreadPoolExecutor(racers) as pool:
        list(pool.map(runner, range(racers)))


def all_sign_ups(factory: SessionFactory) -> list[SignUp]:
    with unit_of_work(factory, write=False) as session:
        return list(session.scalars(select(SignUp).order_by(SignUp.seq)))


def make_form(number: int, rounds: tuple[int, ...]) -> SignUpForm:
    return SignUpForm(
        role=Role.MENTEE,
        name=f"Racer {number}",
        email=f"racer{number}@example.org",
        stage="student",
        question="How?",
        topics=("Career planning",),
        rounds=rounds,
        consents=frozenset({ConsentKind.PLAN}),
    )


def test_40_racers_for_10_places(
    factory: SessionFactory, now: datetime, key: bytes, settings: Config
) -> None:
    event_id, rounds = make_open_event(factory)

    def register(number: int) -> None:
        with unit_of_work(factory) as session:
            form = make_form(number, rounds)
            signups.register(session, event_id, form, now=now, key=key, settings=settings)

    race(register)

    found = all_sign_ups(factory)
    assert [sign_up.seq for sign_up in found] == list(range(1, RACERS + 1))
    assert [sign_up.state for sign_up in found] == [SignUpState.PLACED] * PLACES + [
        SignUpState.WAITING
    ] * (RACERS - PLACES)


def test_50_spellings_of_one_address_are_one_sign_up(
    factory: SessionFactory, now: datetime, key: bytes, settings: Config
) -> None:
    event_id, rounds = make_open_event(factory)
    spellings = (
        "straße.é@münchen.example.org",
        "STRASSE.É@MÜNCHEN.EXAMPLE.ORG",
        "Strasse.e\u0301@xn--mnchen-3ya.example.org",
        " strasse.E\u0301@mu\u0308nchen.Example.org\n",
        "straSSe.é@XN--MNCHEN-3YA.example.ORG",
    )

    def register(number: int) -> None:
        form = SignUpForm(
            role=Role.MENTEE,
            name="One",
            email=spellings[number % len(spellings)],
            stage="student",
            question="How?",
            topics=("Career planning",),
            rounds=rounds,
            consents=frozenset({ConsentKind.PLAN}),
        )
        with unit_of_work(factory) as session:
            signups.register(session, event_id, form, now=now, key=key, settings=settings)

    race(register, 50)

    assert [sign_up.seq for sign_up in all_sign_ups(factory)] == [1]
    with unit_of_work(factory, write=False) as session:
        assert session.scalars(select(OutboxMessage.kind)).all() == ["welcome"]


def test_a_place_given_back_by_many_at_once_is_given_on_once_each(
    factory: SessionFactory, now: datetime
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session, confirms_address=False, capacities={Role.MENTEE: PLACES})
        placed = [make_sign_up(session, event).id for _ in range(PLACES)]
        for _ in range(RACERS - PLACES):
            make_sign_up(session, event, state=SignUpState.WAITING)

    def withdraw(number: int) -> None:
        with unit_of_work(factory) as session:
            sign_up = session.get_one(SignUp, placed[number % 5])
            signups.withdraw(session, sign_up, now=now)

    race(withdraw)

    found = [sign_up.state for sign_up in all_sign_ups(factory)]
    assert found == (
        [SignUpState.WITHDRAWN] * 5
        + [SignUpState.PLACED] * (PLACES - 5)
        + [SignUpState.PLACED] * 5
        + [SignUpState.WAITING] * (RACERS - PLACES - 5)
    )


def test_a_confirming_link_used_by_many_at_once_works_once(
    factory: SessionFactory, now: datetime, key: bytes
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session, capacities={Role.MENTEE: PLACES})
        person_id = make_sign_up(session, event, state=SignUpState.HELD, at=now).person_id
        token = access.link_for(session, person_id, LinkPurpose.CONFIRM, key=key, now=now)
    answers: list[str] = []

    def confirm(_number: int) -> None:
        try:
            with unit_of_work(factory) as session:
                signups.confirm(session, token, now=now, key=key)
        except LinkExpired as error:
            answers.append(error.message)

    race(confirm)

    assert answers == [confirming.USED_ALREADY] * (RACERS - 1)
    with unit_of_work(factory, write=False) as session:
        assert session.scalars(select(OutboxMessage.kind)).all() == ["welcome"]
        assert session.scalars(select(SignUp.state)).all() == [SignUpState.PLACED]


def test_coming_and_going_at_once_leaves_no_place_empty(
    factory: SessionFactory, now: datetime, key: bytes, settings: Config
) -> None:
    event_id, rounds = make_open_event(factory)
    with unit_of_work(factory) as session:
        event = places.lock_event(session, event_id)
        placed = [make_sign_up(session, event).id for _ in range(PLACES)]

    def come_or_go(number: int) -> None:
        with unit_of_work(factory) as session:
            if number % 4:
                form = make_form(number, rounds)
                signups.register(session, event_id, form, now=now, key=key, settings=settings)
            elif number % 8:
                signups.withdraw(session, session.get_one(SignUp, placed[number // 4]), now=now)
            else:
                event = places.lock_event(session, event_id)
                waitlist.set_capacity(
                    session, event, Role.MENTEE, PLACES + number // 8, now=now, actor="test"
                )

    race(come_or_go)

    with unit_of_work(factory, write=False) as session:
        capacity = places.capacity_of(session, event_id, Role.MENTEE)
        assert capacity is not None
        room = capacity.places or 0
        free = places.free(session, event_id, Role.MENTEE)
    alive = [one for one in all_sign_ups(factory) if not one.state.is_over]
    waiting = [one.seq for one in alive if one.state is SignUpState.WAITING]
    given = [one.seq for one in alive if one.state is SignUpState.PLACED]
    assert free == 0
    assert len(given) >= room
    assert waiting
    assert max(given) < min(waiting)


def test_without_the_lock_the_race_oversells(factory: SessionFactory, now: datetime) -> None:
    """Negative control: were this race harmless, the tests above would prove nothing."""
    event_id, _ = make_open_event(factory)
    start = Barrier(RACERS)

    def check_then_insert(number: int) -> None:
        with unit_of_work(factory, write=False) as session:
            has_place = (places.free(session, event_id, Role.MENTEE) or 0) > 0
        start.wait()  # everybody has looked; nobody has taken
        state = SignUpState.PLACED if has_place else SignUpState.WAITING
        with unit_of_work(factory) as session:
            event = places.lock_event(session, event_id)
            make_sign_up(session, event, email=f"racer{number}@example.org", state=state, at=now)

    race(check_then_insert)

    placed = [s for s in all_sign_ups(factory) if s.state is SignUpState.PLACED]
    assert len(placed) == RACERS


def test_who_only_names_a_locked_event_need_not_wait(postgres: Engine, now: datetime) -> None:
    factory = make_session_factory(postgres, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        event = make_event(session)
        named = {"organisation_id": event.organisation_id, "event_id": event.id}

    with unit_of_work(factory) as holder, unit_of_work(factory, wait_s=1) as other:
        places.lock_event(holder, event.id)
        audit.record(other, actor="other", what="looked on", now=now, **named)
        other.flush()
        with pytest.raises(OperationalError, match="lock timeout"):
            places.lock_event(other, event.id)
        other.rollback()


def test_lock_event_finds_no_event(session: Session) -> None:
    with pytest.raises(NotFound):
        places.lock_event(session, 4711)


def test_held_placed_and_offered_take_places(session: Session) -> None:
    event = make_event(session, capacities={Role.MENTEE: 12})
    for state in SignUpState:
        make_sign_up(session, event, state=state)

    assert places.taken(session, event.id, Role.MENTEE) == 3
    assert places.free(session, event.id, Role.MENTEE) == 9


def test_a_role_without_a_limit_has_room(session: Session) -> None:
    event = make_event(session, capacities={Role.MENTOR: None})

    assert places.free(session, event.id, Role.MENTOR) is None
    assert places.free(session, event.id, Role.PEER) == 0
