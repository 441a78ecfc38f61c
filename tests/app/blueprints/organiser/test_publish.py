from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import SessionFactory, unit_of_work
from app.enums import SignUpState
from app.models import Event, OutboxMessage, PlanRun, Schedule
from config import Config
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.builders import make_sign_up
from tests.conftest import Clock

MOVED: list[list[int | None]] = [[0, 1, 3], [1, 2, 3], [2, 3, 0], [3, 0, 1]]


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


def address(desk: Desk, run_id: int) -> str:
    return f"/events/{desk.event_id}/publish/{run_id}"


def mails(desk: Desk) -> int:
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalar(select(func.count(OutboxMessage.id))) or 0


def versions(desk: Desk) -> list[int]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(Schedule.version).order_by(Schedule.version)))


def test_preview_of_the_first_version_tells_everybody(desk: Desk) -> None:
    page = desk.client.get(address(desk, desk.plan())).get_data(as_text=True)

    assert "<h1>The first version, for 8 people</h1>" in page
    assert "Publish and tell 8 people</button>" in page
    assert "Checked twice: no rule is broken in this version." in page
    assert mails(desk) == 0
    assert versions(desk) == []


def test_preview_names_who_was_not_asked_and_who_is_not_confirmed(desk: Desk) -> None:
    run_id = desk.plan()
    before = desk.client.get(address(desk, run_id)).get_data(as_text=True)
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        for at in range(12):
            make_sign_up(session, event, name=f"Ada {at:02}", consents=())
        make_sign_up(session, event, name="Bo", state=SignUpState.HELD)

    page = desk.client.get(address(desk, run_id)).get_data(as_text=True)

    show = f"/events/{desk.event_id}/roster?show="
    assert "not agreed" not in before
    assert "12 people have not agreed to be planned with yet:</b> <bdi>Ada 00</bdi>, " in page
    assert f'<bdi>Ada 09</bdi> and <a href="{show}not_agreed">2 more</a>.' in page
    assert "1 person has not confirmed the address yet:</b> <bdi>Bo</bdi>." in page
    assert f'<a href="{show}held">See this person on the roster</a>' in page


def test_preview_of_a_run_without_a_plan_goes_to_the_run(desk: Desk) -> None:
    run_id = desk.plan()
    with unit_of_work(desk.factory) as session:
        session.get_one(PlanRun, run_id).status = "unknown"

    answer = desk.client.get(address(desk, run_id))

    assert (answer.status_code, answer.location) == (302, f"/events/{desk.event_id}/plans/{run_id}")


def test_publish_tells_everybody_in_the_same_transaction(desk: Desk) -> None:
    run_id = desk.plan()

    answer = desk.client.post(address(desk, run_id), data={"expected_version": "0", "tell": "yes"})

    assert (answer.status_code, answer.location) == (303, f"/events/{desk.event_id}")
    assert versions(desk) == [1]
    assert mails(desk) == 8


def test_publish_without_mail_tells_nobody(desk: Desk) -> None:
    desk.client.post(address(desk, desk.plan()), data={"expected_version": "0", "tell": "no"})

    assert versions(desk) == [1]
    assert mails(desk) == 0


def test_preview_shows_before_and_after(desk: Desk) -> None:
    desk.publish()

    page = desk.client.get(address(desk, desk.plan(MOVED))).get_data(as_text=True)

    assert "<h1>The plan changes for 1 person, 7 keep their seats</h1>" in page
    assert "<bdi>Róża Tylus</bdi>" in page
    assert "<del><bdi>Table 3, Agneta Dahlqvist</bdi></del>" in page
    assert "<ins><bdi>Table 4, Aurora Moresi</bdi></ins>" in page
    assert "2 people stay at the same table and see others come" in page
    assert "<bdi>Agneta Dahlqvist, Aurora Moresi</bdi>" in page
    assert "Publish and tell 3 people</button>" in page
    assert "<b>2 table cards</b> to print again: 3, 4." in page


def test_preview_of_the_published_plan_changes_nothing(desk: Desk) -> None:
    desk.publish()

    page = desk.client.get(address(desk, desk.plan())).get_data(as_text=True)

    assert "The plan changes for nobody" in page
    assert "Publish without mail</button>" in page
    assert "Publish and tell" not in page


def test_preview_refuses_a_plan_of_an_older_roster(desk: Desk) -> None:
    run_id = desk.plan()
    with unit_of_work(desk.factory) as session:
        make_sign_up(session, desk.attached(session).event)

    page = desk.client.get(address(desk, run_id)).get_data(as_text=True)

    assert "Plan again, then publish." in page
    assert "<button name=" not in page
    answer = desk.client.post(address(desk, run_id), data={"expected_version": "0", "tell": "yes"})
    assert answer.status_code == 409


def test_publish_of_two_at_once_lets_one_through(desk: Desk) -> None:
    run_id = desk.plan()
    data = {"expected_version": "0", "tell": "yes"}

    answers = [desk.client.post(address(desk, run_id), data=data) for _ in range(2)]

    assert answers[0].location != answers[1].location == address(desk, run_id)
    assert versions(desk) == [1]
    assert mails(desk) == 8


def test_publish_without_a_version_is_refused(desk: Desk) -> None:
    answer = desk.client.post(address(desk, desk.plan()), data={"tell": "yes"})

    assert answer.status_code == 409
    assert versions(desk) == []


def test_publish_of_another_organisation_is_not_there(desk: Desk, app: Flask) -> None:
    run_id = desk.plan()
    other = make_desk(
        factory=desk.factory,
        client=app.test_client(),
        settings=desk.settings,
        clock=desk.clock,
        key=desk.key,
        name="Another",
        email="other@example.org",
    )

    page = other.client.get(address(desk, run_id))
    answer = other.client.post(address(desk, run_id), data={"expected_version": "0", "tell": "yes"})

    assert (page.status_code, answer.status_code) == (404, 404)
    assert other.client.get(f"/events/{other.event_id}/publish/{run_id}").status_code == 404
    assert versions(desk) == []


def test_preview_offers_the_mail_of_everybody_who_gets_one(desk: Desk) -> None:
    desk.publish()

    page = desk.client.get(address(desk, desk.plan(MOVED))).get_data(as_text=True)

    assert re.findall(r'<option value="\d+">([^<]+)', page) == [
        "Agneta Dahlqvist",
        "Aurora Moresi",
        "Róża Tylus",
    ]


def test_mail_before_publishing_is_the_mail_that_leaves(desk: Desk) -> None:
    desk.publish()
    run_id, roza = desk.plan(MOVED), desk.evening.mentees[0]
    before = mails(desk)

    shown = desk.client.get(address(desk, run_id) + f"/mail?person={roza.id}")
    framed = desk.client.get(address(desk, run_id) + f"/mail.html?person={roza.id}")

    page = shown.get_data(as_text=True)
    assert "<h1>The mail of <bdi>Róża Tylus</bdi></h1>" in page
    assert "<bdi>Round 3 is now at table 4: An evening</bdi>" in page
    assert "Before: 18:39, table 3, Agneta Dahlqvist" in page
    assert "http://localhost/me/…" in page
    assert "sandbox" in framed.headers["Content-Security-Policy"]
    assert mails(desk) == before
    desk.client.post(address(desk, run_id), data={"expected_version": "1", "tell": "yes"})
    with unit_of_work(desk.factory, write=False) as session:
        sent = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.person_id == roza.person_id)
            .order_by(OutboxMessage.id.desc())
        ).first()
        assert sent is not None
        assert framed.get_data(as_text=True) == sent.html.replace(
            "{{link:access}}", "http://localhost/me/…"
        ).replace("{{link:access/withdraw}}", "http://localhost/me/…/withdraw")


@pytest.mark.parametrize("person", ["?person=", "?person=x", "?person=0", f"?person={10**30}"])
def test_mail_of_nobody_is_not_found(desk: Desk, person: str) -> None:
    run_id = desk.plan()

    assert desk.client.get(address(desk, run_id) + f"/mail{person}").status_code == 404
    assert desk.client.get(address(desk, run_id) + f"/mail.html{person}").status_code == 404


def test_mail_of_nobody_named_is_the_first(desk: Desk) -> None:
    first = desk.client.get(address(desk, desk.plan()) + "/mail").get_data(as_text=True)
    desk.publish()
    none = desk.client.get(address(desk, desk.plan()) + "/mail")

    assert "The mail of <bdi>Agneta Dahlqvist</bdi>" in first
    assert (none.status_code, "Nobody gets a mail" in none.get_data(as_text=True)) == (200, True)


def test_mail_of_somebody_whose_plan_stays_is_not_found(desk: Desk) -> None:
    desk.publish()
    wei = desk.evening.mentees[3]

    answer = desk.client.get(address(desk, desk.plan(MOVED)) + f"/mail?person={wei.id}")

    assert answer.status_code == 404
