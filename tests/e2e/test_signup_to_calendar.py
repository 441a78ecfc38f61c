"""The whole street, once, over HTTP: what an organiser and twelve people do, and what they get."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from flask import Flask

from tests.e2e.street import (
    Town,
    entry_of,
    link_in,
    plan,
    publish,
    recipient,
    recipients,
)
from tests.mail_invariants import assert_private
from tests.visitor import Page, Visitor

ORGANISER_ADDRESSES = ("roundabout@example.org", "evening@example.org")
MENTORS = [f"mentor{number}@example.org" for number in range(1, 7)]
MENTEES = [f"mentee{number}@example.org" for number in range(1, 7)]


@pytest.fixture
def town(app: Flask) -> Town:
    app.config["WTF_CSRF_ENABLED"] = True
    return Town(app)


def make_event(organiser: Visitor) -> int:
    page = organiser.open("/events/new?preset=small-all-meet")
    made = organiser.send(
        page,
        page.form("new"),
        name="Evening of questions",
        date="2027-03-11",
        time="17:45",
        zone="Europe/Berlin",
        venue="Atrium",
        contact_email="evening@example.org",
        places_mentor=6,
        places_mentee=6,
    )
    event_id = int(made.url.rsplit("/", 1)[1])
    opening = organiser.open(f"/events/{event_id}/open")
    organiser.send(opening, opening.form("open"), knows="y")
    return event_id


def ask_for_a_place(town: Town, email: str, role: str) -> Page:
    visitor = town.visitor()
    page = visitor.open(f"/e/evening-of-questions?role={role}")
    form = page.form("evening-of-questions") if len(page.forms) == 1 else page.forms[-1]
    answers: dict[str, object] = {
        "name": email.split("@", maxsplit=1)[0].title(),
        "email": email,
        "stage": "senior" if role == "mentor" else "student",
        "affiliation": f"Hospital of {email[:8]}",
        "consent_plan": "y",
        "consent_name": "y",
    }
    if role == "mentee":
        answers |= {"question": f"What should {email} ask?", "topic1": "assessment"}
    else:
        answers |= {"topics": ["assessment"]}
    return visitor.send(page, form, **answers)


def confirm(town: Town, messages: list[EmailMessage]) -> dict[str, str]:
    """Confirm every address as its reader would; return each one's own page."""
    homes = {}
    for message in messages:
        visitor = town.visitor()
        page = visitor.open(link_in(message))
        homes[recipient(message)] = visitor.send(page, page.form("/c/")).url
    return homes


def feed_of(town: Town, home: str) -> tuple[str, str]:
    """Return the address of a person's feed and its present ETag."""
    page = town.visitor().open(f"{home}/calendar")
    address = page.link("/feed/").split("/feed/", 1)[1]
    answer = town.app.test_client().get(f"/feed/{address}")
    assert answer.status_code == 200
    return f"/feed/{address}", answer.headers["ETag"]


def test_from_sign_up_to_calendar(town: Town) -> None:
    organiser = town.organiser()
    event_id = make_event(organiser)
    for email in MENTORS:
        ask_for_a_place(town, email, "mentor")
    for email in MENTEES:
        ask_for_a_place(town, email, "mentee")

    # Everybody confirms by the link in their mail; opening it alone confirms nothing.
    asked = town.new_mail()
    assert recipients(asked) == dict.fromkeys([*MENTORS, *MENTEES], 1)
    homes = confirm(town, asked)
    town.new_mail()

    # One withdraws before there is a plan.
    gone = town.visitor()
    page = gone.open(f"{homes['mentee6@example.org']}/withdraw")
    gone.send(page, page.form("withdraw"))
    town.new_mail()

    # Plan and publish: everybody who takes part gets one invite, and nobody else.
    planned = plan(town, organiser, event_id)
    assert "best" in planned.html
    publish(organiser, event_id, planned)
    invites = town.new_mail()
    assert recipients(invites) == dict.fromkeys([*MENTORS, *MENTEES[:5]], 1)
    first = {}
    for message in invites:
        assert_private(message, recipient(message), ORGANISER_ADDRESSES)
        method, entry = entry_of(message)
        assert (method, entry.get("SEQUENCE", 0)) == ("REQUEST", 0)
        first[recipient(message)] = entry
    assert len({str(entry["UID"]) for entry in first.values()}) == 11

    # One moves: mentee 1 cannot be there in the first two rounds. Only the affected are told.
    feed, tag_before = feed_of(town, homes["mentee1@example.org"])
    mover = town.visitor()
    page = mover.open(f"{homes['mentee1@example.org']}/edit")
    form = page.form("edit")
    mover.send(page, form, rounds=form.fields["rounds"][2:])
    town.new_mail()
    publish(organiser, event_id, plan(town, organiser, event_id))
    updates = town.new_mail()
    told = recipients(updates)
    assert 0 < len(told) < 11
    assert "mentee1@example.org" in told
    for message in updates:
        assert_private(message, recipient(message), ORGANISER_ADDRESSES)
        method, entry = entry_of(message)
        before = first[recipient(message)]
        assert (method, entry["UID"]) == ("REQUEST", before["UID"])
        assert entry["DESCRIPTION"] != before["DESCRIPTION"]
        if entry["DTSTART"].dt == before["DTSTART"].dt:
            assert entry.get("SEQUENCE", 0) == 0

    # The feed has changed once, and stays as it is.
    _, tag_after = feed_of(town, homes["mentee1@example.org"])
    assert tag_after != tag_before
    assert feed_of(town, homes["mentee1@example.org"]) == (feed, tag_after)
    answer = town.app.test_client().get(feed, headers={"If-None-Match": tag_after})
    assert answer.status_code == 304


def test_moving_the_event_and_withdrawing_reach_the_calendar(town: Town) -> None:
    organiser = town.organiser()
    event_id = make_event(organiser)
    for email, role in [(MENTORS[0], "mentor"), (MENTORS[1], "mentor"), (MENTEES[0], "mentee")]:
        ask_for_a_place(town, email, role)
    homes = confirm(town, town.new_mail())
    town.new_mail()
    publish(organiser, event_id, plan(town, organiser, event_id))
    first = {recipient(message): entry_of(message)[1] for message in town.new_mail()}

    # An hour later: everybody gets the same entry with a higher SEQUENCE.
    page = organiser.open(f"/events/{event_id}/move")
    shown = organiser.send(page, page.form("move"), date="2027-03-11", time="18:45")
    organiser.send(shown, shown.forms[-1])
    moved = town.new_mail()
    assert recipients(moved) == dict.fromkeys(first, 1)
    for message in moved:
        method, entry = entry_of(message)
        before = first[recipient(message)]
        assert (method, entry["UID"], entry["SEQUENCE"]) == ("REQUEST", before["UID"], 1)
        assert (entry["DTSTART"].dt - before["DTSTART"].dt).total_seconds() == 3600

    # The mentee withdraws: the entry is cancelled, and their partners get no mail.
    gone = town.visitor()
    page = gone.open(f"{homes[MENTEES[0]]}/withdraw")
    gone.send(page, page.form("withdraw"))
    messages = [message for message in town.new_mail() if "calendar" in message.as_string()]
    assert recipients(messages) == {MENTEES[0]: 1}
    method, entry = entry_of(messages[0])
    assert (method, entry["UID"], entry["SEQUENCE"]) == ("CANCEL", first[MENTEES[0]]["UID"], 2)
    assert "STATUS" not in entry
