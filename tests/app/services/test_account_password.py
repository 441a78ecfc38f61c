"""A new password, by the old one or by a link; everybody else is out then."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.errors import InvalidInput, LinkExpired, NotFound, StaleVersion, TooManyTries
from app.models import AuditEntry, Organiser, OutboxMessage, PasswordLink
from app.services import accounts, delivery, passwords
from app.services.accounts import password
from config import Config
from tests.builders import make_organiser
from tests.conftest import Clock

EMAIL = "olivia@example.org"
NEW = "$argon2id$a hash that fits nothing"
Watch = Callable[[], float]
"""What time is read from: a clock on the wall, or the processor's, which others leave alone."""


def ask(session: Session, email: str, *, now: datetime, key: bytes, source: str = "::1") -> None:
    accounts.ask_for_link(session, email, source=source, now=now, key=key)


def mailed(session: Session, key: bytes) -> str:
    """Return the token that the latest mail will carry."""
    link = session.scalars(select(PasswordLink).order_by(PasswordLink.id.desc())).first()
    assert link is not None
    token = accounts.mailed_token(session, "password", link.id, key=key)
    assert token is not None
    return token


def view(session: Session, organiser: Organiser, *, now: datetime) -> accounts.OrganiserView:
    found = accounts.resolve_session(
        session, accounts.open_session(session, organiser.id, now=now), now=now
    )
    assert found is not None
    return found


def test_link_sets_a_password_once_and_ends_every_session(
    session: Session, now: datetime, key: bytes
) -> None:
    olivia = make_organiser(session, email=EMAIL)
    attacker = accounts.open_session(session, olivia.id, now=now)
    ask(session, " Olivia@Example.org ", now=now, key=key)
    token = mailed(session, key)

    shown = accounts.find_password_link(session, token, now=now)
    accounts.set_password(session, token, password_hash=NEW, now=now)

    assert (shown.email, olivia.password_hash) == (EMAIL, NEW)
    assert accounts.resolve_session(session, attacker, now=now) is None
    with pytest.raises(LinkExpired, match="older than 10 minutes"):
        accounts.set_password(session, token, password_hash="another", now=now)


def test_link_is_good_for_ten_minutes(session: Session, now: datetime, key: bytes) -> None:
    make_organiser(session, email=EMAIL)
    ask(session, EMAIL, now=now, key=key)
    token = mailed(session, key)

    last = now + timedelta(minutes=10) - timedelta(seconds=1)

    assert accounts.find_password_link(session, token, now=last).email == EMAIL
    with pytest.raises(LinkExpired):
        accounts.find_password_link(session, token, now=now + timedelta(minutes=10))


def test_a_used_link_makes_the_others_worthless(
    session: Session, now: datetime, key: bytes
) -> None:
    make_organiser(session, email=EMAIL)
    ask(session, EMAIL, now=now, key=key)
    first = mailed(session, key)
    ask(session, EMAIL, now=now, key=key)

    accounts.set_password(session, mailed(session, key), password_hash=NEW, now=now)

    with pytest.raises(LinkExpired):
        accounts.find_password_link(session, first, now=now)


def test_unknown_and_closed_addresses_get_no_mail_and_no_other_answer(
    session: Session, now: datetime, key: bytes
) -> None:
    owner = make_organiser(session, email=EMAIL)
    gone = make_organiser(session, organisation=owner.organisation, email="gone@example.org")
    accounts.close_account(session, view(session, owner, now=now), gone.id, now=now)

    ask(session, "nobody@example.org", now=now, key=key)
    ask(session, "gone@example.org", now=now, key=key)

    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    with pytest.raises(InvalidInput):
        ask(session, "no address", now=now, key=key)


def test_fourth_mail_to_an_address_is_silently_not_sent(
    session: Session, now: datetime, key: bytes
) -> None:
    make_organiser(session, email=EMAIL)
    for number in range(5):
        ask(session, EMAIL, now=now, key=key, source=f"10.0.0.{number}")

    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 3


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_many_asks_from_one_place_wait(
    session: Session, now: datetime, key: bytes, email: str
) -> None:
    make_organiser(session, email=EMAIL)
    for _ in range(password.ASKED_FROM.tries):
        ask(session, email, now=now, key=key)

    with pytest.raises(TooManyTries):
        ask(session, email, now=now, key=key)


def test_neither_database_nor_outbox_holds_the_token(
    session: Session, now: datetime, key: bytes, settings: Config
) -> None:
    make_organiser(session, email=EMAIL)
    ask(session, EMAIL, now=now, key=key)
    token = mailed(session, key)
    message = session.scalars(select(OutboxMessage)).one()

    mail = delivery.compose(session, message, now=now, settings=settings, key=key)

    assert token not in message.text + message.html
    assert re.findall(r"https?://\S+", mail.text) == [f"http://localhost/reset/{token}"]
    assert message.give_up_at == now + timedelta(minutes=10)


def test_event_named_like_a_placeholder_brings_no_link_about(
    session: Session, now: datetime, key: bytes, settings: Config
) -> None:
    make_organiser(session, email=EMAIL)
    ask(session, EMAIL, now=now, key=key)
    token = mailed(session, key)
    message = session.scalars(select(OutboxMessage)).one()
    message.organisation_id = None  # what a mail to a participant looks like

    mail = delivery.compose(session, message, now=now, settings=settings, key=key)

    assert token not in mail.text + mail.html


def test_link_of_the_command_line_is_only_for_who_signs_in(session: Session, now: datetime) -> None:
    make_organiser(session, email=EMAIL)

    token = accounts.link_for_console(session, EMAIL, now=now)

    assert accounts.find_password_link(session, token, now=now).email == EMAIL
    with pytest.raises(NotFound, match=r"nobody@example\.org: nobody signs in with this address"):
        accounts.link_for_console(session, "nobody@example.org", now=now)


def test_changing_it_ends_all_other_sessions_and_pending_links(
    session: Session, now: datetime, key: bytes
) -> None:
    olivia = make_organiser(session, email=EMAIL)
    elsewhere = accounts.open_session(session, olivia.id, now=now)
    ask(session, EMAIL, now=now, key=key)
    link = mailed(session, key)
    candidate = accounts.begin_password_change(session, view(session, olivia, now=now), now=now)

    token = accounts.complete_password_change(session, candidate, password_hash=NEW, now=now)

    assert accounts.resolve_session(session, token, now=now) is not None
    assert accounts.resolve_session(session, elsewhere, now=now) is None
    with pytest.raises(LinkExpired):
        accounts.find_password_link(session, link, now=now)
    with pytest.raises(StaleVersion):
        accounts.complete_password_change(session, candidate, password_hash="other", now=now)


def test_guessing_the_old_password_is_counted(session: Session, now: datetime) -> None:
    me = view(session, make_organiser(session, email=EMAIL), now=now)
    for _ in range(password.CHANGES.tries):
        accounts.begin_password_change(session, me, now=now)

    with pytest.raises(TooManyTries):
        accounts.begin_password_change(session, me, now=now)


def test_each_change_is_written_down(session: Session, now: datetime, key: bytes) -> None:
    make_organiser(session, email=EMAIL)
    ask(session, EMAIL, now=now, key=key)
    accounts.set_password(session, mailed(session, key), password_hash=NEW, now=now)

    said = [one.what for one in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]

    assert said == ["new password asked for", "password set by link"]


def test_t14_answer_is_made_with_as_much_work_for_nobody(
    session_factory: SessionFactory, clock: Clock, key: bytes
) -> None:
    took = asked(session_factory, clock, key, samples=20, watch=time.process_time)

    assert 0.4 < min(took["nobody@example.org"]) / min(took[EMAIL]) < 2.5


@pytest.mark.night
def test_t14_answer_takes_as_long_for_nobody(
    session_factory: SessionFactory, clock: Clock, key: bytes
) -> None:
    took = asked(session_factory, clock, key, samples=200)

    assert apart_s(took) < 0.005


@pytest.mark.night
def test_t14_sign_in_takes_as_long_for_nobody(
    session_factory: SessionFactory, clock: Clock
) -> None:
    took = signed_in(session_factory, clock, samples=200)

    assert apart_s(took) < 0.005


def test_t14_sign_in_hashes_for_nobody_too(session_factory: SessionFactory, clock: Clock) -> None:
    took = signed_in(session_factory, clock, samples=5, watch=time.process_time)

    assert 0.4 < min(took["nobody@example.org"]) / min(took[EMAIL]) < 2.5


def asked(
    factory: SessionFactory,
    clock: Clock,
    key: bytes,
    *,
    samples: int,
    watch: Watch = time.perf_counter,
) -> dict[str, list[float]]:
    with unit_of_work(factory) as session:
        make_organiser(session, email=EMAIL)
    took: dict[str, list[float]] = {EMAIL: [], "nobody@example.org": []}
    for number in range(samples):
        clock.advance(minutes=20)
        for email, times in took.items():
            start = watch()
            with unit_of_work(factory) as session:
                ask(session, email, now=clock(), key=key, source=f"{number}")
            times.append(watch() - start)
    return took


def signed_in(
    factory: SessionFactory, clock: Clock, *, samples: int, watch: Watch = time.perf_counter
) -> dict[str, list[float]]:
    with unit_of_work(factory) as session:
        olivia = make_organiser(session, email=EMAIL)
        olivia.password_hash = passwords.hash_password("ships at dusk")
    took: dict[str, list[float]] = {EMAIL: [], "nobody@example.org": []}
    for number in range(samples):
        clock.advance(minutes=20)
        for email, times in took.items():
            start = watch()
            with unit_of_work(factory) as session:
                found = accounts.begin_sign_in(session, email, source=f"{number}", now=clock())
            assert not accounts.is_genuine(found, "a wrong word")
            times.append(watch() - start)
    return took


def apart_s(took: dict[str, list[float]]) -> float:
    known, unknown = (statistics.median(times) for times in took.values())
    return abs(known - unknown)
