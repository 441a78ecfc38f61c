from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import OutboxState
from app.mail.message import RenderedMail
from app.models import OutboxMessage
from app.services import outbox
from app.tenancy import UNSCOPED

MAIL = RenderedMail(subject="Your evening", text="Dear Ann", html="<p>Dear Ann</p>")


def make_message(
    session: Session, *, now: datetime, order_key: str = "a", idempotency_key: str = "one"
) -> OutboxMessage:
    return outbox.enqueue(
        session,
        kind="invite",
        event_id=None,
        person_id=None,
        to_name="Ann",
        to_address="ann@example.org",
        mail=MAIL,
        order_key=order_key,
        idempotency_key=idempotency_key,
        now=now,
    )


def claim(session: Session, *, now: datetime, owner: str = "w1") -> list[str]:
    due = outbox.claim_due(session, owner=owner, now=now, limit=10, lease_s=120)
    return [message.idempotency_key for message in due]


def test_enqueue_twice_is_one_row(session: Session, now: datetime) -> None:
    first = make_message(session, now=now)

    again = make_message(session, now=now)

    assert again.id == first.id


def test_claim_due_gives_a_message_to_one_worker(session: Session, now: datetime) -> None:
    make_message(session, now=now)

    assert claim(session, now=now, owner="w1") == ["one"]
    assert claim(session, now=now, owner="w2") == []


def test_claim_due_keeps_the_order_of_one_key(session: Session, now: datetime) -> None:
    first = make_message(session, now=now, order_key="a", idempotency_key="a1")
    make_message(session, now=now, order_key="a", idempotency_key="a2")
    make_message(session, now=now, order_key="b", idempotency_key="b1")

    assert claim(session, now=now) == ["a1", "b1"]
    assert claim(session, now=now) == []
    outbox.mark_sent(session, first.id, owner="w1", now=now)
    assert claim(session, now=now) == ["a2"]


def test_claim_due_lets_the_next_go_when_the_earlier_failed(
    session: Session, now: datetime
) -> None:
    first = make_message(session, now=now, idempotency_key="a1")
    make_message(session, now=now, idempotency_key="a2")
    claim(session, now=now)

    outbox.mark_failed(session, first, owner="w1", now=now, error="550 no", permanent=True)

    assert claim(session, now=now) == ["a2"]
    assert first.state is OutboxState.FAILED
    assert first.last_error == "550 no"


def test_claim_due_gives_two_workers_different_messages(any_engine: Engine, now: datetime) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        for name in ("a", "b"):
            make_message(session, now=now, order_key=name, idempotency_key=name)
    taken: list[list[str]] = []

    def work(owner: str) -> None:
        with unit_of_work(factory) as session:
            due = outbox.claim_due(session, owner=owner, now=now, limit=1, lease_s=120)
            taken.append([message.idempotency_key for message in due])
            if any_engine.dialect.name == "postgresql":
                both.wait(timeout=120)  # both hold their claim at once

    both = Barrier(2)
    threads = [Thread(target=work, args=(owner,)) for owner in ("w1", "w2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [["a"], ["b"]]


def test_claim_due_takes_back_what_a_dead_worker_held(session: Session, now: datetime) -> None:
    message = make_message(session, now=now)
    claim(session, now=now, owner="dead")

    assert claim(session, now=now + timedelta(seconds=121), owner="w2") == ["one"]
    assert not outbox.mark_sent(session, message.id, owner="dead", now=now)
    assert outbox.mark_sent(session, message.id, owner="w2", now=now)


def test_mark_failed_climbs_the_ladder_and_gives_up(session: Session, now: datetime) -> None:
    message = make_message(session, now=now)
    minutes = []

    while message.state is OutboxState.QUEUED:
        at = message.next_attempt_at
        claim(session, now=at)
        outbox.mark_failed(session, message, owner="w1", now=at, error="451 later")
        minutes.append((message.next_attempt_at - at) // timedelta(minutes=1))

    assert minutes[:8] == [1, 5, 15, 30, 60, 120, 240, 240]
    assert message.state is OutboxState.FAILED
    assert message.next_attempt_at - now > timedelta(days=5)
    assert message.next_attempt_at - now <= timedelta(days=5, hours=4)


def test_mark_failed_by_our_own_fault_uses_up_no_try(session: Session, now: datetime) -> None:
    message = make_message(session, now=now)
    claim(session, now=now)

    outbox.mark_failed(session, message, owner="w1", now=now, error="535 no", counts=False)

    assert message.attempts == 0
    assert message.next_attempt_at == now + timedelta(minutes=1)
