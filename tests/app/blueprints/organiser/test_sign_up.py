from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.db import unit_of_work
from app.enums import Admission, Role, SignUpState
from app.models import AuditEntry, Event, OutboxMessage
from app.services import event_settings
from app.services.event_settings import SignUpSettings
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_sign_up
from tests.visitor import Page, Visitor


def make(desk: Desk, *, waiting: int = 0, **changes: object) -> int:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session), **changes)  # type: ignore[arg-type]
        for _ in range(waiting):
            make_sign_up(session, event, state=SignUpState.WAITING)
        return event.id


def stored(desk: Desk, event_id: int) -> SignUpSettings:
    with unit_of_work(desk.factory, write=False) as session:
        return event_settings.stored(session.get_one(Event, event_id))


def visit(desk: Desk, event_id: int) -> tuple[Visitor, Page]:
    visitor = Visitor(desk.client)
    return visitor, visitor.open(f"/events/{event_id}/sign-up")


def send(visitor: Visitor, page: Page, *, status: int = 200, **values: object) -> Page:
    return visitor.send(page, page.form("/sign-up"), status=status, **values)


def test_overview_leads_to_the_settings(desk: Desk) -> None:
    event_id = make(desk)

    page = Visitor(desk.client).open(f"/events/{event_id}")

    assert page.link("/sign-up") == f"/events/{event_id}/sign-up"


def test_page_sent_as_it_came_changes_nothing(desk: Desk) -> None:
    event_id = make(desk)
    before = stored(desk, event_id)
    visitor, page = visit(desk, event_id)

    after = send(visitor, page)

    assert "Nothing was changed." in after.html
    assert stored(desk, event_id) == before


def test_every_setting_can_be_changed(desk: Desk) -> None:
    event_id = make(desk)
    visitor, page = visit(desk, event_id)

    after = send(
        visitor,
        page,
        places_mentee="20",
        per_mentor_mentee="2,5",
        admission_mentee="plan",
        places_mentor="",
        asks_approval="y",
        confirms_address=None,
        closes_date="2027-03-02",
        closes_time="20:00",
        changes_date="2027-03-04",
        changes_time="12:00",
        retention_days="60",
        contact_email="anna@example.org",
    )
    asked = send(visitor, after, agreed=re.findall(r'name="agreed" value="(\w+)"', after.html)[0])

    found = stored(desk, event_id)
    mentee = found.of(Role.MENTEE)
    assert "No mentor has a place, so there are no places for mentees now." in after.html
    assert "The settings are saved." in asked.html
    assert mentee is not None
    assert (mentee.places, mentee.per_mentor, mentee.admission) == (20, 2.5, Admission.PLAN)
    assert found.of(Role.MENTOR) == event_settings.RoleSettings(role=Role.MENTOR, places=None)
    assert (found.asks_approval, found.confirms_address) == (True, False)
    assert str(found.signup_closes_at) == "2027-03-02 19:00:00+00:00"
    assert str(found.changes_until) == "2027-03-04 11:00:00+00:00"
    assert (found.retention_days, found.contact_email) == (60, "anna@example.org")


def test_who_moves_up_is_said_before_the_click(desk: Desk) -> None:
    event_id = make(desk, waiting=3, capacities={Role.MENTEE: 0, Role.MENTOR: 4})
    visitor, page = visit(desk, event_id)

    said = send(visitor, page, places_mentee="2")
    buttons = re.findall(r'name="agreed" value="(\w+)">([^<]+)<', said.html)

    assert "3 mentees wait; the first 2 are offered a place for 24 hours and told." in said.html
    assert 'value="2"' in said.html
    assert [text for _, text in buttons] == ["Save and tell 2 people"] * 2
    assert stored(desk, event_id).of(Role.MENTEE) == event_settings.RoleSettings(
        role=Role.MENTEE, places=0
    )
    done = send(visitor, said, agreed=buttons[0][0])
    assert "The settings are saved. 2 people are told." in done.html
    with unit_of_work(desk.factory, write=False) as session:
        assert list(session.scalars(select(OutboxMessage.kind))) == ["offered"] * 2


def test_yes_sent_twice_tells_nobody_twice(desk: Desk) -> None:
    event_id = make(desk, waiting=3, capacities={Role.MENTEE: 0, Role.MENTOR: 4})
    visitor, page = visit(desk, event_id)
    said = send(visitor, page, places_mentee="2")
    mark = re.findall(r'name="agreed" value="(\w+)"', said.html)[0]

    send(visitor, said, agreed=mark)
    again = send(visitor, said, agreed=mark)

    assert "Nothing was changed." in again.html
    with unit_of_work(desk.factory, write=False) as session:
        assert len(session.scalars(select(OutboxMessage)).all()) == 2


def test_wrong_form_keeps_everything_typed(desk: Desk) -> None:
    event_id = make(desk)
    visitor, page = visit(desk, event_id)

    wrong = send(
        visitor,
        page,
        status=422,
        places_mentee="twelve",
        per_mentor_mentee="nan",
        closes_date="",
        closes_time="20:00",
        changes_date="soon",
        retention_days="",
        contact_email="still here",
    )

    assert wrong.title.startswith("Error: Sign-up settings")
    assert 'value="twelve"' in wrong.html
    assert 'value="still here"' in wrong.html
    assert 'type="number"' not in wrong.html  # a browser empties one that holds letters
    found = re.findall(r'<li><a href="#(\w+)">', wrong.html)
    assert sorted(found) == [
        "changes_date", "closes_date", "per_mentor_mentee", "places_mentee", "retention_days",
    ]  # fmt: skip


def test_what_the_service_refuses_stands_beside_its_field(desk: Desk) -> None:
    event_id = make(desk, waiting=1)
    visitor, page = visit(desk, event_id)

    wrong = send(
        visitor, page, status=422, asked_mentee=None, retention_days="91", contact_email="nobody"
    )

    assert re.findall(r'<li><a href="#(\w+)">', wrong.html) == [
        "asked_mentee", "contact_email", "retention_days",
    ]  # fmt: skip
    assert "It can only get shorter" in wrong.html


def test_two_organisers_do_not_overwrite_each_other_unseen(desk: Desk) -> None:
    event_id = make(desk)
    visitor, page = visit(desk, event_id)
    send(visitor, page, places_mentee="20")

    stale = send(visitor, page, status=409, places_mentee="14", asks_approval="y")
    done = send(visitor, stale)

    assert "Somebody else saved these settings while you wrote" in stale.html
    assert "<dt>Places for mentees</dt><dd>they saved 20, you wrote 14</dd>" in stale.html
    assert "The settings are saved." in done.html
    mentee = stored(desk, event_id).of(Role.MENTEE)
    assert mentee is not None
    assert mentee.places == 14


def test_role_without_anybody_comes_and_goes(desk: Desk) -> None:
    event_id = make(desk)
    visitor, page = visit(desk, event_id)

    added = send(visitor, page, asked_peer="y", places_peer="5")
    send(visitor, added, asked_peer=None)

    assert "<h2>Peers</h2>" in added.html
    assert stored(desk, event_id).of(Role.PEER) is None


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu"])
def test_times_are_those_of_the_venue(desk: Desk, zone: str) -> None:
    event_id = make(desk, zone=zone)
    visitor, page = visit(desk, event_id)

    after = send(visitor, page, closes_date="2027-03-03", closes_time="20:15")

    assert 'value="2027-03-03"' in after.html
    assert 'value="20:15"' in after.html


def test_a_day_without_a_time_lasts_to_its_end(desk: Desk) -> None:
    event_id = make(desk)
    visitor, page = visit(desk, event_id)

    after = send(visitor, page, closes_date="2027-03-03", closes_time="")

    assert 'value="23:59"' in after.html


def test_settings_of_another_organisation_are_not_found(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        other = make_event(session, organisation=make_organisation(session)).id
    before = stored(desk, other)
    data = {"seen": event_settings.fingerprint(before), "retention_days": "10"}

    statuses = [
        desk.client.get(f"/events/{other}/sign-up").status_code,
        desk.client.post(f"/events/{other}/sign-up", data=data).status_code,
    ]

    assert statuses == [404, 404]
    assert stored(desk, other) == before


def test_who_changed_what_is_written_down(desk: Desk) -> None:
    event_id = make(desk)
    visitor, page = visit(desk, event_id)

    send(visitor, page, asks_approval="y")

    with unit_of_work(desk.factory, write=False) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.event_id == event_id)).one()
    assert entry.actor.startswith("organiser ")
    assert (entry.what, entry.detail) == (
        "sign-up settings changed",
        {"asks_approval": [False, True]},
    )
