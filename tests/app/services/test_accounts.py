"""Organisers' accounts: signing in, and sessions on the server."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import OrganiserRole
from app.errors import StaleVersion, TooManyTries
from app.models.organisation import Organiser, OrganiserSession
from app.services import accounts, passwords

PASSWORD = "a quiet word about ships"


def make_organiser(session: Session, now: datetime, *, email: str = "mia@example.org") -> Organiser:
    organisation = accounts.create_organisation(session, "Institute", now=now)
    return accounts.create_organiser(
        session,
        organisation_id=organisation.id,
        name="Mia Berg",
        email=email,
        password=PASSWORD,
        now=now,
    )


def test_right_password_opens_a_session(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)

    token = accounts.sign_in(session, " Mia@Example.ORG ", PASSWORD, now=now)

    assert token is not None
    assert accounts.resolve_session(session, token, now=now) == accounts.OrganiserView(
        id=organiser.id,
        organisation_id=organiser.organisation_id,
        name="Mia Berg",
        email="mia@example.org",
        role=OrganiserRole.ORGANISER,
    )


def test_database_holds_neither_password_nor_token(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    token = accounts.sign_in(session, "mia@example.org", PASSWORD, now=now)
    assert token is not None

    stored = session.scalars(select(OrganiserSession)).one()

    assert organiser.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert stored.token_hash != token.encode()
    assert len(stored.token_hash) == 32


@pytest.mark.parametrize("email", ["mia@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_look_the_same(
    session: Session, now: datetime, email: str
) -> None:
    make_organiser(session, now)

    assert accounts.sign_in(session, email, "another word", now=now) is None


def test_eleventh_try_is_refused_and_quarter_of_an_hour_later_is_not(
    session: Session, now: datetime
) -> None:
    make_organiser(session, now)
    for _ in range(accounts.TRIES_PER_ADDRESS.tries):
        accounts.begin_sign_in(session, "mia@example.org", source="::1", now=now)

    with pytest.raises(TooManyTries):
        accounts.begin_sign_in(session, "mia@example.org", source="::1", now=now)
    later = now + timedelta(minutes=15)

    assert accounts.sign_in(session, "mia@example.org", PASSWORD, now=later) is not None


def test_signing_in_forgets_earlier_tries(session: Session, now: datetime) -> None:
    make_organiser(session, now)
    for _ in range(accounts.TRIES_PER_ADDRESS.tries - 1):
        accounts.begin_sign_in(session, "mia@example.org", source="here", now=now)
    accounts.sign_in(session, "mia@example.org", PASSWORD, now=now)

    found = accounts.begin_sign_in(session, "mia@example.org", source="here", now=now)

    assert found.organiser_id is not None


def test_session_ends_after_eight_idle_hours(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    token = accounts.open_session(session, organiser.id, now=now)

    just_before = now + accounts.IDLE - timedelta(seconds=1)

    assert accounts.resolve_session(session, token, now=just_before) is not None
    assert accounts.resolve_session(session, token, now=just_before + accounts.IDLE) is None


def test_session_ends_after_seven_days_however_busy(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    token = accounts.open_session(session, organiser.id, now=now)
    at = now
    while at < now + accounts.ABSOLUTE - timedelta(hours=4):
        at += timedelta(hours=4)
        assert (accounts.resolve_session(session, token, now=at) is not None) == (
            at < now + accounts.ABSOLUTE
        )

    assert accounts.resolve_session(session, token, now=now + accounts.ABSOLUTE) is None


def test_signing_out_ends_it_on_the_server(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    token = accounts.open_session(session, organiser.id, now=now)

    accounts.sign_out(session, token)

    assert accounts.resolve_session(session, token, now=now) is None


def test_signing_in_anew_ends_the_browsers_session_before(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    old = accounts.open_session(session, organiser.id, now=now)

    new = accounts.open_session(session, organiser.id, now=now, instead_of=old)

    assert new != old
    assert accounts.resolve_session(session, old, now=now) is None
    assert accounts.resolve_session(session, new, now=now) is not None


def test_password_changed_meanwhile_opens_no_session(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    candidate = accounts.begin_sign_in(session, "mia@example.org", source="::1", now=now)
    organiser.password_hash = passwords.hash_password("another quiet word")

    with pytest.raises(StaleVersion):
        accounts.complete_sign_in(session, candidate, now=now)


def test_hash_of_other_costs_is_renewed(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    organiser.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(
        PASSWORD
    )

    token = accounts.sign_in(session, "mia@example.org", PASSWORD, now=now)

    assert token is not None
    assert organiser.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_use_is_noted_every_five_minutes(session: Session, now: datetime) -> None:
    organiser = make_organiser(session, now)
    token = accounts.open_session(session, organiser.id, now=now)

    accounts.resolve_session(session, token, now=now + timedelta(minutes=4))
    early = organiser.seen_at
    accounts.resolve_session(session, token, now=now + timedelta(minutes=5))

    assert (early, organiser.seen_at) == (now, now + timedelta(minutes=5))
