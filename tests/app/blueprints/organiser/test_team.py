"""The team page: organisers see it, owners change it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.blueprints.guards import SESSION_KEY
from app.db import unit_of_work
from app.enums import OrganiserRole
from app.models import Organiser, OrganiserInvitation
from app.services import accounts
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import PASSWORD, make_organisation, make_organiser
from tests.conftest import Clock


def add(desk: Desk, *, role: OrganiserRole = OrganiserRole.ORGANISER) -> int:
    with unit_of_work(desk.factory) as session:
        house = desk.house(session)
        email = "mia@example.org"
        return make_organiser(session, organisation=house, name="Mia", email=email, role=role).id


def browser_of(desk: Desk, app: Flask, organiser_id: int, clock: Clock) -> FlaskClient:
    with unit_of_work(desk.factory) as session:
        token = accounts.open_session(session, organiser_id, now=clock())
    client = app.test_client()
    with client.session_transaction() as browser:
        browser[SESSION_KEY] = token
    return client


def the_invitation(desk: Desk) -> OrganiserInvitation:
    with unit_of_work(desk.factory) as session:
        return session.scalars(select(OrganiserInvitation)).one()


def link_in_mail(desk: Desk, key: bytes) -> str:
    with unit_of_work(desk.factory) as session:
        found = session.scalars(select(OrganiserInvitation)).one()
        token = accounts.mailed_token(session, "invitation", found.id, key=key)
    assert token is not None
    return f"/welcome/{token}"


def test_owner_sees_everybody_and_may_change_them(desk: Desk) -> None:
    mia = add(desk)

    page = desk.client.get("/team").text

    assert "<bdi>Mia</bdi>" in page
    assert '<td data-l="Last here">not yet</td>' in page
    assert f'action="/team/{mia}/role"' in page
    assert "The only owner" in page


def test_organiser_sees_the_list_and_no_button(desk: Desk, app: Flask, clock: Clock) -> None:
    mia = browser_of(desk, app, add(desk), clock)

    page = mia.get("/team").text
    statuses = [
        mia.post("/team/invite", data={"email": "eva@example.org", "role": "owner"}).status_code,
        mia.post("/team/1/role", data={"role": "organiser"}).status_code,
        mia.get("/team/1/close").status_code,
        mia.post("/team/1/close").status_code,
    ]

    assert "<bdi>Olivia Organiser</bdi>" in page
    assert re.findall(r'action="(/team[^"]*)"', page) == []
    assert statuses == [403, 403, 403, 403]


def test_invitation_by_mail_makes_an_organiser(desk: Desk, app: Flask, key: bytes) -> None:
    answer = desk.client.post(
        "/team/invite", data={"email": "eva@example.org", "role": "organiser"}
    )
    link = link_in_mail(desk, key)
    eva = app.test_client()
    for _ in range(10):
        eva.get(link, headers={"User-Agent": "LinkScanner/1.0"})
        eva.head(link)
    joined = eva.post(link, data={"name": "Eva Lind", "password": "ships at dusk"})

    assert answer.status_code == 302
    assert (joined.status_code, joined.headers["Location"]) == (302, "/events")
    assert "<bdi>Eva Lind</bdi>" in eva.get("/team").text
    assert app.test_client().get(link).status_code == 410


def test_pending_invitation_is_listed_sent_again_and_taken_back(desk: Desk, key: bytes) -> None:
    desk.client.post("/team/invite", data={"email": "eva@example.org", "role": "owner"})
    number = the_invitation(desk).id
    page = desk.client.get("/team").text
    old = link_in_mail(desk, key)

    again = desk.client.post(f"/team/invitations/{number}/resend", follow_redirects=True).text
    gone = desk.client.post(f"/team/invitations/{number}/revoke", follow_redirects=True).text

    assert "As an owner, by <bdi>Olivia Organiser</bdi>. The link is good for 7 more days." in page
    assert "A new link is on its way to eva@example.org" in again
    assert "The invitation of eva@example.org is taken back" in gone
    assert "Take back" not in gone
    assert desk.client.get(old).status_code == 410


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"email": "", "role": "owner"}, "Write an e-mail address"),
        ({"email": "eva", "role": "owner"}, "Write an address with an @"),
        ({"email": "olivia@example.org", "role": "owner"}, "has an account with this address"),
        ({"email": "eva@example.org", "role": "emperor"}, "Choose organiser or owner"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(
    desk: Desk, data: dict[str, str], said: str
) -> None:
    answer = desk.client.post("/team/invite", data=data)

    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error: Team" in answer.text


def test_roles_change_and_the_last_owner_stays(desk: Desk) -> None:
    mia = add(desk)
    olivia = mia - 1

    refused = desk.client.post(f"/team/{olivia}/role", data={"role": "organiser"})
    desk.client.post(f"/team/{mia}/role", data={"role": "owner"})
    done = desk.client.post(f"/team/{olivia}/role", data={"role": "organiser"})

    assert (refused.status_code, done.status_code) == (409, 302)
    assert "Make somebody else owner first" in refused.text
    assert desk.client.post(f"/team/{mia}/role", data={"role": "organiser"}).status_code == 403


def test_closed_account_is_out_at_once(desk: Desk, app: Flask, clock: Clock) -> None:
    mia = add(desk)
    at_work = browser_of(desk, app, mia, clock)
    shown = desk.client.get(f"/team/{mia}/close").text
    was_in = at_work.get("/events").status_code

    desk.client.post(f"/team/{mia}/close")

    assert "Close the account of <bdi>Mia</bdi>?" in shown
    assert (was_in, at_work.get("/events").status_code) == (200, 302)
    assert "<bdi>Mia</bdi>" not in desk.client.get("/team").text
    again = app.test_client().post(
        "/sign-in", data={"email": "mia@example.org", "password": PASSWORD}
    )
    assert again.status_code == 422


def test_owner_who_closes_the_own_account_is_signed_out(desk: Desk) -> None:
    mia = add(desk, role=OrganiserRole.OWNER)

    answer = desk.client.post(f"/team/{mia - 1}/close")

    assert answer.headers["Location"] == "/sign-in"
    assert desk.client.get("/events").status_code == 302


def test_another_organisations_people_are_not_there(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        house = make_organisation(session, name="Elsewhere")
        stranger = make_organiser(session, organisation=house, email="sten@example.org").id

    statuses = [
        desk.client.get(f"/team/{stranger}/close").status_code,
        desk.client.post(f"/team/{stranger}/close").status_code,
        desk.client.post(f"/team/{stranger}/role", data={"role": "owner"}).status_code,
    ]

    assert statuses == [404, 404, 404]
    assert "sten@example.org" not in desk.client.get("/team").text


def test_t12_invitation_of_a_colleague_asks_to_sign_in_and_changes_the_role_alone(
    desk: Desk, app: Flask, key: bytes, clock: Clock
) -> None:
    desk.client.post("/team/invite", data={"email": "mia@example.org", "role": "owner"})
    link = link_in_mail(desk, key)
    mia = add(desk)
    thief = app.test_client()

    shown = thief.get(link)
    taken = thief.post(link, data={"name": "Mallory", "password": "ships at dusk"})
    by_olivia = desk.client.post(link)
    at_work = browser_of(desk, app, mia, clock)
    accepted = at_work.post(link)

    assert "You have an account already" in shown.text
    assert (taken.status_code, by_olivia.status_code, accepted.status_code) == (401, 401, 302)
    with unit_of_work(desk.factory) as session:
        found = session.get_one(Organiser, mia)
        assert (found.name, found.role) == ("Mia", OrganiserRole.OWNER)


def test_t12_address_of_another_organisation_is_told_so_only_by_its_own_mail(
    desk: Desk, app: Flask, key: bytes
) -> None:
    with unit_of_work(desk.factory) as session:
        house = make_organisation(session, name="Elsewhere")
        make_organiser(session, organisation=house, email="sten@example.org")

    invited = desk.client.post("/team/invite", data={"email": "sten@example.org", "role": "owner"})
    shown = app.test_client().get(link_in_mail(desk, key))

    assert invited.status_code == 302
    assert "This address signs in for another organisation" in shown.text
    assert "Elsewhere" not in shown.text


def test_owner_names_the_organisation_anew(desk: Desk) -> None:
    answer = desk.client.post("/team/name", data={"name": "  Society of\tSurgeons "})

    page = desk.client.get("/team").text
    assert answer.status_code == 302
    assert "Who runs the events of <bdi>Society of Surgeons</bdi>" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [(" ", "Write what your organisation is called"), ("x" * 121, "Write 120 characters at most")],
)
def test_a_name_that_cannot_be_is_kept_and_explained(desk: Desk, name: str, said: str) -> None:
    answer = desk.client.post("/team/name", data={"name": name})

    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert said in answer.text
    assert f'value="{name}"' in answer.text


def test_only_an_owner_names_the_organisation(desk: Desk, app: Flask, clock: Clock) -> None:
    mia = browser_of(desk, app, add(desk), clock)

    assert mia.post("/team/name", data={"name": "Ours"}).status_code == 403
    assert "What you are called" not in mia.get("/team").text
