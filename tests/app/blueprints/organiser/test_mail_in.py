"""What came in, and what people answered, on the organisers' pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.db import unit_of_work
from app.enums import IncomingKind, InviteState, Method, OutboxState, PartStat
from app.mail.message import RenderedMail
from app.models import Event, IncomingMail, Invite, SignUp
from app.services import outbox
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import MADE_AT, make_event, make_sign_up

REPLIED = MADE_AT + timedelta(days=20)


@pytest.fixture
def event_id(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        return make_event(session, organisation=desk.house(session)).id


def add_mail(
    desk: Desk,
    event_id: int,
    *,
    kind: IncomingKind = IncomingKind.TEXT,
    text: str = "Is there parking?",
    name: str = "Róża Tylus",
    reason: str = "",
    number: int = 1,
) -> int:
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, event_id)
        sign_up = make_sign_up(session, event, name=name, email=f"p{number}@example.org")
        mail = IncomingMail(
            digest=number.to_bytes(32, "big"),
            kind=kind,
            event_id=event_id,
            person_id=sign_up.person_id,
            from_address="other@mail.example",
            subject="Question",
            text=text,
            reason=reason,
            received_at=REPLIED,
        )
        session.add(mail)
        session.flush()
        return mail.id


def answers(desk: Desk, event_id: int, *partstats: PartStat) -> list[int]:
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, event_id)
        people: list[SignUp] = []
        for at, partstat in enumerate(partstats):
            sign_up = make_sign_up(session, event, name=f"{partstat} {at}")
            has_said = partstat is not PartStat.NEEDS_ACTION
            session.add(
                Invite(
                    sign_up_id=sign_up.id,
                    uid=f"uid-{at}",
                    state=InviteState.LIVE,
                    method=Method.REQUEST,
                    partstat=partstat,
                    replied_at=REPLIED if has_said else None,
                )
            )
            people.append(sign_up)
        session.flush()
        return [sign_up.id for sign_up in people]


def test_page_says_when_nothing_came_in_and_that_nobody_reads(desk: Desk, event_id: int) -> None:
    page = desk.client.get(f"/events/{event_id}/mail-in").text

    assert "Nothing came in" in page
    assert "Nobody reads the sender\N{RIGHT SINGLE QUOTATION MARK}s address here" in page


def test_a_letter_is_read_and_marked_as_seen(desk: Desk, event_id: int) -> None:
    mail_id = add_mail(desk, event_id, text="Is there parking?\nhttps://evil.example <b>x</b>")

    page = desk.client.get(f"/events/{event_id}/mail-in").text
    before = desk.client.get(f"/events/{event_id}").text
    marked = desk.client.post(f"/events/{event_id}/mail-in/seen", data={"mail": mail_id})
    after = desk.client.get(f"/events/{event_id}").text

    assert "<bdi>Róża Tylus</bdi>" in page
    assert "Is there parking?<br>https://evil.example &lt;b&gt;x&lt;/b&gt;" in page
    assert 'href="https://evil.example' not in page
    assert "Written from another address: <bdi>other@mail.example</bdi>" in page
    assert "Sunday 21 February, 10:00" in page
    assert marked.status_code == 303
    assert ("1 letter came in." in before, "letter came in" in after) == (True, False)


def test_all_of_a_page_are_marked_and_nothing_else(desk: Desk, event_id: int) -> None:
    ids = [add_mail(desk, event_id, number=number) for number in range(1, 4)]

    page = desk.client.get(f"/events/{event_id}/mail-in").text
    form = page.partition("Mark all here as seen")[0].rpartition("<form")[2]
    named = [int(found) for found in re.findall(r'name="mail" value="(\d+)"', form)]
    desk.client.post(f"/events/{event_id}/mail-in/seen", data={"mail": named[:2]})

    assert sorted(named) == ids
    assert "1 letter came in." in desk.client.get(f"/events/{event_id}").text


def test_kinds_are_told_apart(desk: Desk, event_id: int) -> None:
    reason = "550 5.1.1 User unknown"
    add_mail(desk, event_id, kind=IncomingKind.BOUNCE, text="", reason=reason, number=1)
    add_mail(desk, event_id, kind=IncomingKind.AUTOMATIC, number=2)
    add_mail(desk, event_id, kind=IncomingKind.IGNORED, reason="a newer answer", number=3)
    add_mail(desk, event_id, kind=IncomingKind.REPLY, text="On call, sorry", number=4)

    page = desk.client.get(f"/events/{event_id}/mail-in").text

    tags = re.findall(r'class="tag[^"]*">([^<]+)</span> <a', page)
    assert tags == ["Answer", "Set aside", "Away", "Came back"]
    assert 'The server says: <bdi class="any">550 5.1.1 User unknown</bdi>' in page


def test_long_lists_have_pages(desk: Desk, event_id: int) -> None:
    for number in range(1, 33):
        add_mail(desk, event_id, number=number)

    first = desk.client.get(f"/events/{event_id}/mail-in").text
    second = desk.client.get(f"/events/{event_id}/mail-in?page=2").text

    assert (first.count("Is there parking?"), second.count("Is there parking?")) == (30, 2)


def test_the_mails_of_another_event_are_neither_shown_nor_marked(desk: Desk, event_id: int) -> None:
    mail_id = add_mail(desk, event_id)
    with unit_of_work(desk.factory) as session:
        other_id = make_event(session, organisation=desk.house(session)).id

    page = desk.client.get(f"/events/{other_id}/mail-in").text
    desk.client.post(f"/events/{other_id}/mail-in/seen", data={"mail": [mail_id, "x", "9" * 30]})

    assert "Nothing came in" in page
    assert "1 letter came in." in desk.client.get(f"/events/{event_id}").text


def test_roster_and_person_say_what_was_answered_and_when(desk: Desk, event_id: int) -> None:
    ids = answers(
        desk,
        event_id,
        PartStat.ACCEPTED,
        PartStat.DECLINED,
        PartStat.TENTATIVE,
        PartStat.NEEDS_ACTION,
    )

    roster = desk.client.get(f"/events/{event_id}/roster").text
    person = desk.client.get(f"/events/{event_id}/roster/{ids[1]}").text
    declined = desk.client.get(f"/events/{event_id}/roster?show=declined").text

    for said in ("Accepted", "Declined", "Maybe"):
        assert roster.count(f">{said}</span>") == 1
    assert roster.count("Sunday 21 February, 10:00") == 3
    assert "No answer yet" not in roster
    assert "Declined</span> Sunday 21 February, 10:00" in person
    assert ("DECLINED 1" in declined, "ACCEPTED 0" in declined) == (True, False)
    assert "<b>1</b> declined" in roster


def test_who_declined_is_a_question_to_the_organiser_and_no_change(
    desk: Desk, event_id: int
) -> None:
    answers(desk, event_id, PartStat.DECLINED, PartStat.DECLINED, PartStat.ACCEPTED)

    page = desk.client.get(f"/events/{event_id}").text

    assert "2 declined: plan again?" in page
    assert f'href="/events/{event_id}/roster?show=declined"' in page


def test_a_mail_that_came_back_needs_the_organiser(desk: Desk, event_id: int) -> None:
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, event_id)
        sign_up = make_sign_up(session, event)
        row = outbox.enqueue(
            session,
            kind="invite",
            event_id=event_id,
            person_id=sign_up.person_id,
            to_name="",
            to_address="gone@example.org",
            mail=RenderedMail(subject="Your place", text="Hello", html="<p>Hello</p>"),
            order_key="o",
            idempotency_key="i",
            now=MADE_AT,
        )
        row.state = OutboxState.SENT
        session.flush()
        outbox.mark_bounced(session, row.id, now=REPLIED, words="550 User unknown")

    page = desk.client.get(f"/events/{event_id}").text
    roster = desk.client.get(f"/events/{event_id}/roster").text

    assert "1 mail was not delivered." in page
    assert "Mail came back" in roster
