from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.models import OutboxMessage
from app.services.signups import mail as signup_mail
from tests.builders import make_event, make_sign_up

LINKS = {
    "confirm_address": "{{link:confirm}}",
    "welcome": "{{link:access}}",
    "waiting": "{{link:access}}",
    "asked": "{{link:access}}",
    "refused": None,
    "offered": "{{link:access}}",
    "link_again": "{{link:access}}",
    "withdrawn": None,
    "offer_ended": None,
}


@pytest.mark.parametrize("kind", LINKS)
def test_every_mail_says_which_event_and_holds_its_link(
    session: Session, now: datetime, kind: str
) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event, name="Róża Tylus")
    mail = None
    if kind == "confirm_address":
        mail = signup_mail.confirming(event, SignUpState.WAITING)

    signup_mail.queue(session, kind, event, sign_up, now=now, until=event.starts_at, mail=mail)

    (row,) = session.scalars(select(OutboxMessage)).all()
    assert "An evening of good questions" in row.subject
    for body in (row.text, row.html):
        assert "Thursday 4 March 2027, 18:00 to 18:56 (Europe/Berlin)" in body
        assert ("{{link:" in body) == (LINKS[kind] is not None)
        assert (LINKS[kind] or "Atrium") in body
    assert row.reply_to == "evening@example.org"
    assert row.order_key == f"person:{sign_up.person_id}"


def test_an_offer_says_until_when(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)

    signup_mail.queue(session, "offered", event, sign_up, now=now, until=event.starts_at)

    (row,) = session.scalars(select(OutboxMessage)).all()
    assert "until Thursday 4 March, 18:00" in row.text


def test_a_name_with_an_address_in_it_becomes_no_link(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event, name="Win <b> at https://evil.example/x {{link:access}}")

    signup_mail.queue(session, "withdrawn", event, sign_up, now=now)

    (row,) = session.scalars(select(OutboxMessage)).all()
    for body in (row.text, row.html):
        assert "https://evil" not in body
        assert "{{link:" not in body
    assert "<b>" not in row.html
