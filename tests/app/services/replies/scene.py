"""Somebody with an invite, and mail that comes for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import (
    InviteState,
    LinkPurpose,
    Method,
    OutboxState,
)
from app.mail.message import RenderedMail
from app.models import IncomingMail, Invite, OutboxMessage, SignUp
from app.services import access, addresses, outbox
from app.services.replies.taking import take
from config import Config
from tests.app.ical.test_reply import UID
from tests.app.mail.test_incoming import OURS, TOKEN_ADDRESS
from tests.builders import make_event, make_sign_up
from tests.published import Evening


@dataclass
class Inbox:
    """One person with an invite, and mail that comes for them."""

    session: Session
    settings: Config
    key: bytes
    evening: Evening
    now: datetime

    @property
    def who(self) -> SignUp:
        return self.evening.mentees[0]

    @property
    def invite(self) -> Invite:
        return self.session.scalars(select(Invite).where(Invite.sign_up_id == self.who.id)).one()

    @property
    def sent(self) -> OutboxMessage:
        rows = select(OutboxMessage).where(OutboxMessage.person_id == self.who.person_id)
        return self.session.scalars(rows).one()

    def address(self, sign_up: SignUp | None = None) -> str:
        person_id = (sign_up or self.who).person_id
        token = access.link_for(
            self.session, person_id, LinkPurpose.REPLY, key=self.key, now=self.now
        )
        return addresses.reply_address(self.settings.mail_from, token)

    def take(self, raw: bytes, *, after: timedelta = timedelta()) -> IncomingMail:
        return take(self.session, raw, now=self.now + after, settings=self.settings, key=self.key)

    def case(self, path: Path, *, to: str = "") -> bytes:
        """Return a file as it would come for this person."""
        raw = path.read_bytes().replace(TOKEN_ADDRESS.encode(), (to or self.address()).encode())
        return raw.replace(OURS.encode(), self.sent.message_id.encode())

    def answer(
        self,
        partstat: str = "ACCEPTED",
        *,
        uid: str = UID,
        sequence: int = 0,
        stamp: str = "20270301T090000Z",
        to: str = "",
        text: str = "",
    ) -> bytes:
        return (
            f"From: x@mail.example\nTo: {to or self.address()}\nSubject: {text}\n"
            "Content-Type: text/calendar; method=REPLY\n\n"
            f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:{stamp}\n"
            f"SEQUENCE:{sequence}\nATTENDEE;PARTSTAT={partstat}:mailto:x@mail.example\n"
            "END:VEVENT\nEND:VCALENDAR\n"
        ).encode()

    def letter(self, text: str, *headers: str, sender: str = "x@mail.example") -> bytes:
        lines = (f"From: {sender}", f"To: {self.address()}", "Subject: Hello", *headers, "", text)
        return "\n".join(lines).encode()

    def passed_on(self) -> list[OutboxMessage]:
        kind = select(OutboxMessage).where(OutboxMessage.kind == "passed_on")
        return list(self.session.scalars(kind.order_by(OutboxMessage.id)))

    def count(self, model: type[object]) -> int:
        return self.session.scalar(select(func.count()).select_from(model)) or 0


def make_inbox(session: Session, now: datetime, settings: Config, key: bytes) -> Inbox:
    event = make_event(session, name="An evening")
    people = tuple(make_sign_up(session, event, name=name) for name in ("Róża Tylus", "Jip"))
    for at, sign_up in enumerate(people):
        invite = Invite(
            sign_up_id=sign_up.id,
            uid=UID if at == 0 else "another-uid",
            state=InviteState.LIVE,
            method=Method.REQUEST,
            stamped_at=now,
        )
        session.add(invite)
        row = outbox.enqueue(
            session,
            kind="invite",
            event_id=event.id,
            person_id=sign_up.person_id,
            to_name=sign_up.person.name,
            to_address=sign_up.person.email,
            mail=RenderedMail(subject="Your place", text="Hello", html="<p>Hello</p>"),
            order_key=f"invite:{invite.uid}",
            idempotency_key=f"invite:{invite.uid}",
            now=now,
        )
        row.state, row.sent_at = OutboxState.SENT, now
    session.flush()
    evening = Evening(event=event, mentors=(), mentees=people)
    return Inbox(session=session, settings=settings, key=key, evening=evening, now=now)
