"""Other things that many do at once: leave and come, use one address, press one button."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import LinkPurpose, PlanRunState, Role, SignUpState
from app.models import AuditEntry, Event, OutboxMessage, PlanRun, SignUp
from app.services import access, planning
from app.services.signups import places, waitlist
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, make_sign_up, planned_block
from tests.conftest import Clock
from tests.e2e.racing import Browser, Fields, answers_for, at_once, make_race, serving

MOST = 12
"""Places at the end of the mix; there are never more on the way."""
PLANNING_S = 120.0
SPELLINGS = ("one@example.org", "ONE@example.org", "One@Example.Org", "one@EXAMPLE.org")


@pytest.fixture
def factory(any_engine: Engine) -> SessionFactory:
    return make_session_factory(any_engine, tenant=UNSCOPED)


@pytest.fixture
def browser(settings: Config, any_engine: Engine, clock: Clock) -> Iterator[Browser]:
    with serving(settings, any_engine, clock) as browser:
        yield browser


def token_of(
    factory: SessionFactory, purpose: LinkPurpose, email: str, *, key: bytes, clock: Clock
) -> str:
    with unit_of_work(factory) as session:
        sign_up = session.scalars(select(SignUp).where(SignUp.person.has(email=email))).one()
        return access.link_for(session, sign_up.person_id, purpose, key=key, now=clock())


def entries(factory: SessionFactory) -> list[tuple[str, int, str]]:
    """Return what happened to sign-ups, in the order it was committed."""
    with unit_of_work(factory, write=False) as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    noted = [(row.what, row.detail) for row in rows if "sign_up_id" in row.detail]
    return [(what, detail["sign_up_id"], detail.get("state", "")) for what, detail in noted]


@pytest.mark.parametrize(
    "seconds",
    [2, pytest.param(60, marks=[pytest.mark.night, pytest.mark.timeout(600)])],
)
def test_coming_and_leaving_and_capacity_at_once(
    browser: Browser, factory: SessionFactory, key: bytes, clock: Clock, seconds: int
) -> None:
    with unit_of_work(factory) as session:
        event = make_race(session, places=4)
        event_id, fields = event.id, answers_for(event)
    until = time.monotonic() + seconds

    def visit(worker: int) -> list[int]:
        statuses, number = [], 0
        while time.monotonic() < until:
            number += 1
            email = f"visitor{worker}-{number}@example.org"
            statuses.append(browser.submit("/e/race", fields | {"email": email})[0])
            if number % 3:
                token = token_of(factory, LinkPurpose.ACCESS, email, key=key, clock=clock)
                statuses.append(browser.submit(f"/me/{token}/withdraw", {})[0])
        return statuses

    def organise(_worker: int) -> list[int]:
        random = Random(1)
        while time.monotonic() < until:
            set_places(factory, event_id, random.randint(0, MOST), clock)
            threading.Event().wait(0.02)
        return []

    with ThreadPoolExecutor(7) as pool:
        runs = [pool.submit(visit, worker) for worker in range(6)] + [pool.submit(organise, 0)]
        statuses = {status for run in runs for status in run.result()}
    set_places(factory, event_id, MOST, clock)

    assert statuses == {303}
    assert_quiet(factory)


def set_places(factory: SessionFactory, event_id: int, number: int, clock: Clock) -> None:
    with unit_of_work(factory) as session:
        event = places.lock_event(session, event_id)
        waitlist.set_capacity(session, event, Role.MENTEE, number, now=clock(), actor="test")


def assert_quiet(factory: SessionFactory) -> None:
    """Every place is taken, each promotion was the first in line, and told once."""
    with unit_of_work(factory, write=False) as session:
        people = session.scalars(select(SignUp)).all()
        mails = session.scalars(select(OutboxMessage.kind)).all()
    seqs = {one.id: one.seq for one in people}
    here = [one.state for one in people if one.state is not SignUpState.WITHDRAWN]
    assert here.count(SignUpState.PLACED) == min(MOST, len(here))
    waiting: set[int] = set()
    welcomed = 0
    for what, sign_up, state in entries(factory):
        if what == "place placed":
            assert seqs[sign_up] == min(seqs[one] for one in waiting)
        if what in {"place placed", "withdrawn"}:
            waiting.discard(sign_up)
        elif state == SignUpState.WAITING:
            waiting.add(sign_up)
        welcomed += what == "place placed" or (what, state) == ("signed up", "placed")
    assert Counter(mails)["welcome"] == welcomed


@pytest.mark.parametrize("racers", [10, pytest.param(50, marks=pytest.mark.night)])
def test_one_address_at_once_is_one_sign_up(
    browser: Browser, factory: SessionFactory, racers: int
) -> None:
    with unit_of_work(factory) as session:
        fields = answers_for(make_race(session, places=3, confirms=True))

    def sign_up(number: int, ready: Callable[[], object]) -> tuple[int, str]:
        email = SPELLINGS[number % len(SPELLINGS)]
        return browser.submit("/e/race", fields | {"email": email}, ready=ready)

    answers = at_once(racers, sign_up)

    assert len(set(answers)) == 1
    assert answers[0][0] == 303
    assert [what for what, *_ in entries(factory)] == ["signed up"]
    with unit_of_work(factory, write=False) as session:
        assert session.scalars(select(OutboxMessage.kind)).all() == ["confirm_address"]


@pytest.mark.parametrize("racers", [10, pytest.param(50, marks=pytest.mark.night)])
def test_a_confirming_link_pressed_by_many_works_once(
    browser: Browser, factory: SessionFactory, key: bytes, clock: Clock, racers: int
) -> None:
    with unit_of_work(factory) as session:
        event = make_race(session, places=3, confirms=True)
        make_sign_up(session, event, email="one@example.org", state=SignUpState.HELD, at=clock())
    token = token_of(factory, LinkPurpose.CONFIRM, "one@example.org", key=key, clock=clock)

    answers = at_once(racers, lambda _, ready: browser.submit(f"/c/{token}", {}, ready=ready)[0])

    assert Counter(answers) == {303: 1, 410: racers - 1}
    assert [what for what, *_ in entries(factory)] == ["address confirmed"]


@pytest.mark.parametrize("racers", [10, pytest.param(50, marks=pytest.mark.night)])
def test_an_offer_taken_by_many_clicks_is_taken_once(
    browser: Browser, factory: SessionFactory, key: bytes, clock: Clock, racers: int
) -> None:
    with unit_of_work(factory) as session:
        event = make_race(session, places=1, confirms=True)
        make_sign_up(session, event, email="one@example.org", state=SignUpState.OFFERED, at=clock())
    token = token_of(factory, LinkPurpose.ACCESS, "one@example.org", key=key, clock=clock)
    page, button = f"/me/{token}", f"/me/{token}/accept"

    answers = at_once(racers, lambda _, ready: browser.submit(page, {}, to=button, ready=ready)[0])

    assert answers == [303] * racers  # a double click is no error
    assert [what for what, *_ in entries(factory)] == ["offer accepted"]
    with unit_of_work(factory, write=False) as session:
        assert session.scalars(select(OutboxMessage.kind)).all() == ["welcome"]


@pytest.mark.parametrize(
    ("people", "most_s"),
    [
        pytest.param(10, PLANNING_S, id="10 people"),
        pytest.param(300, 1, id="300 people", marks=[pytest.mark.night]),
    ],
)
def test_people_sign_up_while_a_plan_is_made(
    browser: Browser, factory: SessionFactory, clock: Clock, people: int, most_s: float
) -> None:
    """Whoever had to wait for the plan would sign up after it; how long is the night's."""
    with unit_of_work(factory) as session:
        run_id = start_long_plan(session, clock)
        fields = answers_for(make_race(session, places=people))

    with ThreadPoolExecutor(1) as worker:
        made = worker.submit(planning.execute, factory, run_id, owner="w", clock=clock)
        wait_until_it_runs(factory, run_id)
        took = [seconds_to_sign_up(browser, fields, number) for number in range(people)]
        is_being_made = not made.done()
        stop(factory, run_id, clock)
        made.result()

    took.sort()
    assert is_being_made
    assert took[max(0, int(0.99 * people) - 1)] < most_s
    assert state_of(factory, run_id) is PlanRunState.STOPPED


def state_of(factory: SessionFactory, run_id: int) -> PlanRunState:
    with unit_of_work(factory, write=False) as session:
        return session.get_one(PlanRun, run_id).state


def wait_until_it_runs(factory: SessionFactory, run_id: int) -> None:
    until = time.monotonic() + PLANNING_S
    while state_of(factory, run_id) is PlanRunState.QUEUED:
        assert time.monotonic() < until, "nobody plans"
        threading.Event().wait(0.02)


def stop(factory: SessionFactory, run_id: int, clock: Clock) -> None:
    with unit_of_work(factory) as session:
        run = session.get_one(PlanRun, run_id)
        planning.request_stop(session, run, now=clock(), actor="test")


def start_long_plan(session: Session, clock: Clock) -> int:
    """Ask for a plan that takes all the time it is given."""
    event: Event = make_event(session, tables=12, rounds=6)
    topics = ("Career planning", "Research methods", "Work-life balance")
    for number in range(48):
        role = Role.MENTOR if number < 12 else Role.MENTEE
        make_sign_up(session, event, role=role, topics=(topics[number % 3],))
    run = planning.start_run(
        session,
        event,
        planned_block(event),
        time_limit_s=PLANNING_S,
        now=clock(),
        actor="test",
    )
    return run.id


def seconds_to_sign_up(browser: Browser, fields: Fields, number: int) -> float:
    begun = time.perf_counter()
    status, _ = browser.submit("/e/race", fields | {"email": f"racer{number}@example.org"})
    assert status == 303
    return time.perf_counter() - begun
