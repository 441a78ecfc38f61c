"""Every page of an event still opens after somebody in its published plan was erased."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose
from app.models import Organiser, OutboxMessage
from app.services import access, accounts, privacy
from config import Config
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.conftest import Clock
from tests.published import MENTEES, MENTORS


@pytest.fixture
def desk(
    session_factory: SessionFactory,
    client: FlaskClient,
    settings: Config,
    clock: Clock,
    key: bytes,
) -> Desk:
    return make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )


def sign_in(desk: Desk) -> None:
    """Sign in again: days have passed."""
    with unit_of_work(desk.factory) as session:
        owner = session.scalars(select(Organiser.id)).one()
        token = accounts.open_session(session, owner, now=desk.clock())
    with desk.client.session_transaction() as browser:
        browser[SESSION_KEY] = token


def organisers_pages(desk: Desk, run_id: int) -> dict[str, str]:
    with unit_of_work(desk.factory, write=False) as session:
        mails = list(session.scalars(select(OutboxMessage.id)))
    base = f"/events/{desk.event_id}"
    gone = desk.evening.mentees[0].id
    paths = [
        "/events",
        base,
        f"{base}/roster",
        f"{base}/roster?show=gone",
        f"{base}/roster/{gone}",
        f"{base}/plan",
        f"{base}/plans/{run_id}",
        f"{base}/publish/{run_id}",
        "/outbox",
        *(f"/outbox/{mail}" for mail in mails),
        *(f"/outbox/{mail}/html" for mail in mails),
    ]
    answers = {path: desk.client.get(path) for path in paths}
    assert {path: one.status_code for path, one in answers.items()} == dict.fromkeys(paths, 200)
    return {path: one.text for path, one in answers.items()}


def participants_pages(desk: Desk) -> dict[str, str]:
    pages: dict[str, str] = {}
    for other in (desk.evening.mentors[0], desk.evening.mentees[1]):
        with unit_of_work(desk.factory) as session:
            token, feed = (
                access.link_for(session, other.person_id, kind, key=desk.key, now=desk.clock())
                for kind in (LinkPurpose.ACCESS, LinkPurpose.FEED)
            )
        urls = (
            f"/me/{token}",
            f"/me/{token}/sheet",
            f"/me/{token}/invite.ics",
            f"/feed/{feed}.ics",
        )
        answers = [desk.client.get(url) for url in urls]
        assert [answer.status_code for answer in answers] == [200] * 4
        pages |= {
            f"{other.person.name} {url}": one.text for url, one in zip(urls, answers, strict=True)
        }
    return pages


def test_pages_open_without_the_erased_name(desk: Desk) -> None:
    desk.publish()
    desk.deliver()
    gone = desk.evening.mentees[0]
    run_id = desk.plan()

    desk.client.post(f"/events/{desk.event_id}/people/{gone.id}/erase", data={"sure": "yes"})
    desk.deliver()

    pages = organisers_pages(desk, run_id) | participants_pages(desk)
    assert [name for name, text in pages.items() if "Tylus" in text or "Róża" in text] == []


def test_pages_open_when_everybody_is_anonymous(desk: Desk) -> None:
    desk.publish()
    desk.deliver()
    run_id = desk.plan()
    desk.clock.at = privacy.names_kept_until(desk.evening.event)
    with unit_of_work(desk.factory) as session:
        journal = privacy.journal_path(desk.settings.data)
        found = privacy.anonymise_due(session, now=desk.clock(), journal=journal)
    sign_in(desk)

    pages = organisers_pages(desk, run_id)

    assert found.people == 8
    named = {name for person in (*MENTORS, *MENTEES) for name in pages if person in pages[name]}
    assert named == set()
