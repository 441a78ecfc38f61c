"""Roles and closed accounts: an organisation always keeps an owner."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import OrganiserRole
from app.errors import LastOwner, LinkExpired, NotFound
from app.models import AuditEntry, Organisation, Organiser
from app.services import accounts
from app.tenancy import UNSCOPED
from tests.builders import PASSWORD, make_organisation, make_organiser

OWNER, ORGANISER = OrganiserRole.OWNER, OrganiserRole.ORGANISER


def as_seen(organiser: Organiser) -> accounts.OrganiserView:
    return accounts.OrganiserView(
        id=organiser.id,
        organisation_id=organiser.organisation_id,
        name=organiser.name,
        email=organiser.email,
        role=organiser.role,
    )


def make_two(session: Session, *, second: OrganiserRole) -> tuple[Organiser, Organiser]:
    house = make_organisation(session)
    return (
        make_organiser(session, organisation=house),
        make_organiser(
            session, organisation=house, name="Mia", email="mia@example.org", role=second
        ),
    )


def test_owner_gives_and_takes_ownership(session: Session, now: datetime) -> None:
    olivia, mia = make_two(session, second=ORGANISER)
    by = as_seen(olivia)

    assert accounts.change_role(session, by, mia.id, OWNER, now=now) == "Mia"
    accounts.change_role(session, by, olivia.id, ORGANISER, now=now)

    assert (olivia.role, mia.role) == (ORGANISER, OWNER)


def test_last_owner_can_neither_leave_nor_be_demoted(session: Session, now: datetime) -> None:
    olivia, mia = make_two(session, second=OWNER)
    accounts.close_account(session, as_seen(olivia), mia.id, now=now)

    with pytest.raises(LastOwner):
        accounts.change_role(session, as_seen(olivia), olivia.id, ORGANISER, now=now)
    with pytest.raises(LastOwner):
        accounts.close_account(session, as_seen(olivia), olivia.id, now=now)

    assert (olivia.role, olivia.left_at) == (OWNER, None)


def test_closed_account_is_out_at_once_and_cannot_sign_in(session: Session, now: datetime) -> None:
    olivia, mia = make_two(session, second=ORGANISER)
    at_work = accounts.open_session(session, mia.id, now=now)
    link = accounts.link_for_console(session, "mia@example.org", now=now)

    accounts.close_account(session, as_seen(olivia), mia.id, now=now)

    assert accounts.resolve_session(session, at_work, now=now) is None
    assert accounts.sign_in(session, "mia@example.org", PASSWORD, now=now) is None
    with pytest.raises(LinkExpired):
        accounts.find_password_link(session, link, now=now)
    assert mia.left_at == now


def test_address_of_a_closed_account_may_be_invited_again(
    session: Session, now: datetime, key: bytes
) -> None:
    olivia, mia = make_two(session, second=OWNER)
    accounts.close_account(session, as_seen(olivia), mia.id, now=now)

    found = accounts.invite(
        session, as_seen(olivia), "mia@example.org", role=ORGANISER, now=now, key=key
    )
    token = accounts.mailed_token(session, "invitation", found.id, key=key)
    assert token is not None
    accounts.accept_invitation(session, token, name="Mia", password_hash="kept", now=now)

    accounts_of_mia = session.scalars(
        select(Organiser).where(Organiser.email == "mia@example.org").order_by(Organiser.id)
    ).all()
    assert [(one.left_at, one.role) for one in accounts_of_mia] == [(now, OWNER), (None, ORGANISER)]


def test_organiser_of_another_organisation_is_out_of_reach(session: Session, now: datetime) -> None:
    olivia, _mia = make_two(session, second=OWNER)
    stranger = make_organiser(session, email="sten@example.org")

    with pytest.raises(NotFound):
        accounts.change_role(session, as_seen(olivia), stranger.id, ORGANISER, now=now)
    with pytest.raises(NotFound):
        accounts.close_account(session, as_seen(olivia), stranger.id, now=now)


def test_changes_are_written_down_with_who_made_them(session: Session, now: datetime) -> None:
    olivia, mia = make_two(session, second=ORGANISER)
    accounts.change_role(session, as_seen(olivia), mia.id, OWNER, now=now)
    accounts.change_role(session, as_seen(olivia), mia.id, OWNER, now=now)
    accounts.close_account(session, as_seen(olivia), mia.id, now=now)

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    assert [(one.actor, one.what, one.detail) for one in entries] == [
        (f"organiser {olivia.id}", "organiser made owner", {"organiser_id": mia.id}),
        (f"organiser {olivia.id}", "organiser's account closed", {"organiser_id": mia.id}),
    ]


def test_two_owners_who_leave_at_once_leave_one_behind(any_engine: Engine, now: datetime) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        owners = [as_seen(one) for one in make_two(session, second=OWNER)]
        house = session.scalars(select(Organisation)).one().id
    barrier = threading.Barrier(2)
    refused: list[int] = []

    def leave(owner: accounts.OrganiserView) -> None:
        barrier.wait(10)
        try:
            with unit_of_work(factory) as session:
                accounts.close_account(session, owner, owner.id, now=now)
        except LastOwner:
            refused.append(owner.id)

    leavers = [threading.Thread(target=leave, args=(owner,)) for owner in owners]
    for leaver in leavers:
        leaver.start()
    for leaver in leavers:
        leaver.join()

    with unit_of_work(factory) as session:
        left = session.scalar(
            select(func.count()).where(
                Organiser.organisation_id == house, Organiser.left_at.is_(None)
            )
        )
    assert (len(refused), left) == (1, 1)
