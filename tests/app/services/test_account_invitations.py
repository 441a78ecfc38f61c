"""Invitations of organisers: one use, one week, and no account taken over."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import OrganiserRole, OutboxState
from app.errors import InvalidInput, LinkExpired, NotFound, TooManyTries
from app.models import AuditEntry, Organisation, Organiser, OrganiserInvitation, OutboxMessage
from app.services import accounts, delivery, passwords
from app.services.accounts import invitations, links
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import PASSWORD, make_organisation, make_organiser

KEPT = "$argon2id$a hash that fits nothing"


def owner(session: Session, *, email: str = "olivia@example.org") -> accounts.OrganiserView:
    made = make_organiser(session, email=email)
    return accounts.OrganiserView(
        id=made.id,
        organisation_id=made.organisation_id,
        name=made.name,
        email=made.email,
        role=made.role,
    )


def invite(
    session: Session,
    by: accounts.OrganiserView,
    email: str,
    *,
    now: datetime,
    key: bytes,
    role: OrganiserRole = OrganiserRole.ORGANISER,
) -> str:
    """Return the token that the invitation's mail will carry."""
    found = accounts.invite(session, by, email, role=role, now=now, key=key)
    token = accounts.mailed_token(session, "invitation", found.id, key=key)
    assert token is not None
    return token


def accept(session: Session, token: str, *, now: datetime, name: str = "Eva Lind") -> str:
    return accounts.accept_invitation(session, token, name=name, password_hash=KEPT, now=now)


@pytest.mark.parametrize("role", list(OrganiserRole))
def test_invited_address_gets_an_account_of_the_role(
    session: Session, now: datetime, key: bytes, role: OrganiserRole
) -> None:
    by = owner(session)
    token = invite(session, by, "Eva@Example.org", now=now, key=key, role=role)

    opened = accept(session, token, now=now)

    view = accounts.resolve_session(session, opened, now=now)
    assert view is not None
    assert (view.name, view.email, view.role, view.organisation_id) == (
        "Eva Lind",
        "Eva@Example.org",
        role,
        by.organisation_id,
    )


def test_link_works_once_and_for_a_week(session: Session, now: datetime, key: bytes) -> None:
    by = owner(session)
    used = invite(session, by, "eva@example.org", now=now, key=key)
    accept(session, used, now=now)
    unused = invite(session, by, "ida@example.org", now=now, key=key)

    with pytest.raises(LinkExpired, match="used or taken back"):
        accept(session, used, now=now, name="Mallory")
    last = now + accounts.INVITATION_LASTS - timedelta(seconds=1)
    assert accounts.find_invitation(session, unused, now=last).email == "ida@example.org"
    with pytest.raises(LinkExpired):
        accounts.find_invitation(session, unused, now=now + accounts.INVITATION_LASTS)


def test_neither_database_nor_outbox_holds_the_token(
    session: Session, now: datetime, key: bytes
) -> None:
    token = invite(session, owner(session), "eva@example.org", now=now, key=key)

    message = session.scalars(select(OutboxMessage)).one()
    stored = session.scalars(select(OrganiserInvitation)).one()

    assert token not in message.text + message.html
    assert f"{{{{link:invitation:{stored.id}}}}}" in message.text
    assert stored.token_hash != token.encode()
    assert accounts.mailed_token(session, "invitation", stored.id, key=b"another") is None


def test_sending_again_renews_week_and_link(session: Session, now: datetime, key: bytes) -> None:
    by = owner(session)
    old = invite(session, by, "eva@example.org", now=now, key=key)
    stored = session.scalars(select(OrganiserInvitation)).one()
    later = now + timedelta(days=6)

    accounts.resend(session, by, stored.id, now=later, key=key)

    new = accounts.mailed_token(session, "invitation", stored.id, key=key)
    assert new is not None
    assert stored.expires_at == later + accounts.INVITATION_LASTS
    with pytest.raises(LinkExpired):
        accounts.find_invitation(session, old, now=later)
    assert accounts.find_invitation(session, new, now=later).email == "eva@example.org"


def test_inviting_a_pending_address_again_makes_no_second_invitation(
    session: Session, now: datetime, key: bytes
) -> None:
    by = owner(session)
    invite(session, by, "eva@example.org", now=now, key=key)

    invite(session, by, "EVA@example.ORG", now=now, key=key, role=OrganiserRole.OWNER)

    assert [one.role for one in session.scalars(select(OrganiserInvitation))] == [
        OrganiserRole.OWNER
    ]


def test_invitation_taken_back_opens_nothing(session: Session, now: datetime, key: bytes) -> None:
    by = owner(session)
    token = invite(session, by, "eva@example.org", now=now, key=key)
    stored = session.scalars(select(OrganiserInvitation)).one()

    assert accounts.revoke(session, by, stored.id, now=now) == "eva@example.org"

    with pytest.raises(LinkExpired):
        accept(session, token, now=now)
    with pytest.raises(NotFound):
        accounts.resend(session, by, stored.id, now=now, key=key)


def test_invitation_of_another_organisation_is_out_of_reach(
    session: Session, now: datetime, key: bytes
) -> None:
    invite(session, owner(session), "eva@example.org", now=now, key=key)
    stored = session.scalars(select(OrganiserInvitation)).one()
    stranger = owner(session, email="sten@example.org")

    with pytest.raises(NotFound):
        accounts.revoke(session, stranger, stored.id, now=now)
    with pytest.raises(NotFound):
        accounts.resend(session, stranger, stored.id, now=now, key=key)


def test_t12_account_of_another_organisation_is_never_claimed(
    session: Session, now: datetime, key: bytes
) -> None:
    victim = make_organiser(session, email="eva@example.org")
    before = (victim.organisation_id, victim.name, victim.password_hash, victim.role)
    attacker = owner(session, email="mallory@example.org")

    token = invite(session, attacker, "eva@example.org", now=now, key=key)
    offer = accounts.find_invitation(session, token, now=now)

    assert offer.reader is accounts.Reader.ELSEWHERE
    with pytest.raises(InvalidInput), session.begin_nested():
        accept(session, token, now=now)
    session.refresh(victim)
    assert (victim.organisation_id, victim.name, victim.password_hash, victim.role) == before
    theirs = replace(attacker, id=victim.id, email=victim.email, organisation_id=before[0])
    with pytest.raises(NotFound):
        accounts.accept_as(session, token, theirs, now=now)


def test_t12_mail_gone_astray_takes_over_no_account_of_the_same_organisation(
    session: Session, now: datetime
) -> None:
    """Name and password stay; only who signs in as that account gets the role."""
    house = make_organisation(session, name="Institute")
    mia = make_organiser(
        session, organisation=house, email="mia@example.org", role=OrganiserRole.ORGANISER
    )
    at_work = accounts.open_session(session, mia.id, now=now)
    link = accounts.invite_owner(
        session, organisation_name="Institute", email="mia@example.org", now=now
    )

    with pytest.raises(InvalidInput), session.begin_nested():
        accept(session, link, now=now, name="Mallory")
    view = accounts.resolve_session(session, at_work, now=now)
    assert view is not None
    accounts.accept_as(session, link, view, now=now)

    session.refresh(mia)
    assert (mia.name, mia.role) == ("Olivia Organiser", OrganiserRole.OWNER)
    assert passwords.password_fits(PASSWORD, mia.password_hash)
    with pytest.raises(LinkExpired):
        accounts.accept_as(session, link, view, now=now)


def test_accepting_as_organiser_takes_no_ownership_away(
    session: Session, now: datetime, key: bytes
) -> None:
    by = owner(session)
    token = invite(session, by, "eva@example.org", now=now, key=key)
    eva = make_organiser(
        session,
        organisation=session.get_one(Organisation, by.organisation_id),
        email="eva@example.org",
    )

    opened = accounts.open_session(session, eva.id, now=now)
    view = accounts.resolve_session(session, opened, now=now)
    assert view is not None
    accounts.accept_as(session, token, view, now=now)

    assert eva.role is OrganiserRole.OWNER


def test_colleague_with_an_account_is_not_invited(
    session: Session, now: datetime, key: bytes
) -> None:
    by = owner(session)

    with pytest.raises(InvalidInput) as caught:
        invite(session, by, "OLIVIA@example.org", now=now, key=key)

    assert "Olivia Organiser has an account with this address" in caught.value.fields["email"]


def test_owner_link_from_the_server_is_not_for_another_organisations_address(
    session: Session, now: datetime
) -> None:
    make_organiser(session, email="mia@example.org")

    with pytest.raises(InvalidInput) as caught:
        accounts.invite_owner(
            session, organisation_name="Elsewhere", email="mia@example.org", now=now
        )

    assert caught.value.fields == {"email": "This address belongs to another organisation here"}


def test_after_thirty_invitations_one_waits(session: Session, now: datetime, key: bytes) -> None:
    by = owner(session)
    for number in range(invitations.INVITATIONS.tries):
        invite(session, by, f"somebody{number}@example.org", now=now, key=key)

    with pytest.raises(TooManyTries):
        invite(session, by, "one.more@example.org", now=now, key=key)


def test_mail_of_a_used_invitation_does_not_leave(
    engine: Engine, now: datetime, key: bytes, settings: Config
) -> None:
    factory = make_session_factory(engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        by = owner(session)
        invite(session, by, "eva@example.org", now=now, key=key)
        accounts.revoke(session, by, session.scalars(select(OrganiserInvitation)).one().id, now=now)

    left = delivery.deliver_due(
        factory, NoTransport(), clock=lambda: now, settings=settings, key=key, owner="w"
    )

    with unit_of_work(factory) as session:
        states = [one.state for one in session.scalars(select(OutboxMessage))]
    assert (left, states) == (0, [OutboxState.DROPPED])


class NoTransport:
    def deliver(self, mail: object) -> str:
        raise AssertionError(mail)

    def close(self) -> None:
        """Nothing was opened."""


def test_mail_carries_the_link_and_nobody_elses_words(
    session: Session, now: datetime, key: bytes, settings: Config
) -> None:
    by = replace(owner(session), name="Eve https://evil.example {{link:password:1}}")
    token = invite(session, by, "eva@example.org", now=now, key=key)
    message = session.scalars(select(OutboxMessage)).one()

    mail = delivery.compose(session, message, now=now, settings=settings, key=key)

    assert mail.from_name == "Institute of Medical Education"
    assert re.findall(r"https?://\S+", mail.text) == [f"http://localhost/welcome/{token}"]
    assert re.findall(r'href="([^"]+)"', mail.html) == [f"http://localhost/welcome/{token}"]


def test_every_step_is_written_down(session: Session, now: datetime, key: bytes) -> None:
    by = owner(session)
    token = invite(session, by, "eva@example.org", now=now, key=key)
    accept(session, token, now=now)

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    assert [(one.what, one.organisation_id) for one in entries] == [
        ("organiser invited", by.organisation_id),
        ("organiser joined", by.organisation_id),
    ]


def test_fifty_at_once_make_one_account(any_engine: Engine, now: datetime, key: bytes) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        token = invite(session, owner(session), "eva@example.org", now=now, key=key)
    outcomes: list[str] = []

    def race(number: int) -> None:
        try:
            with unit_of_work(factory) as session:
                accept(session, token, now=now, name=f"Eva {number}")
        except LinkExpired:
            outcomes.append("expired")
        else:
            outcomes.append("joined")

    racers = [threading.Thread(target=race, args=(number,)) for number in range(50)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    with unit_of_work(factory) as session:
        made = session.scalar(select(func.count()).where(Organiser.email == "eva@example.org"))
    assert (outcomes.count("joined"), outcomes.count("expired"), made) == (1, 49, 1)


def test_same_row_with_another_end_has_another_token(now: datetime, key: bytes) -> None:
    one = links.derive("invitation", 1, now, key=key)

    assert one != links.derive("invitation", 1, now + timedelta(microseconds=1), key=key)
    assert one != links.derive("password", 1, now, key=key)
    assert len(one) == 32
