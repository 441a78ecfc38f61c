"""What came in for an event: letters, notes of absence, answers, mails that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import IncomingKind
from app.models import IncomingMail, Person, SignUp

PAGE = 30
LETTERS = (IncomingKind.TEXT, IncomingKind.AUTOMATIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRow:
    """One message; ``other_address`` is where it came from, if not from the person's own."""

    id: int
    kind: IncomingKind
    name: str
    sign_up_id: int | None
    other_address: str
    subject: str
    lines: tuple[str, ...]
    reason: str
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailIn:
    """One page of the list; ``new`` counts letters of all pages that nobody looked at."""

    rows: tuple[IncomingRow, ...]
    new: int
    page: int
    pages: int


def read(session: Session, event_id: int, zone: str, *, page: int = 1) -> MailIn:
    """Return a page of the list, the newest message first."""
    total, new = _counts(session, event_id)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    found = session.execute(
        select(IncomingMail, Person, SignUp.id)
        .outerjoin(Person, Person.id == IncomingMail.person_id)
        .outerjoin(SignUp, SignUp.person_id == Person.id)
        .where(IncomingMail.event_id == event_id)
        .order_by(IncomingMail.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = tuple(_row(mail, person, sign_up_id, zone) for mail, person, sign_up_id in found)
    return MailIn(rows=rows, new=new, page=page, pages=pages)


def _counts(session: Session, event_id: int) -> tuple[int, int]:
    is_new = IncomingMail.seen_at.is_(None) & IncomingMail.kind.in_(LETTERS)
    total, new = session.execute(
        select(func.count(IncomingMail.id), func.count(IncomingMail.id).filter(is_new)).where(
            IncomingMail.event_id == event_id
        )
    ).one()
    return total, new


def _row(
    mail: IncomingMail, person: Person | None, sign_up_id: int | None, zone: str
) -> IncomingRow:
    own = "" if person is None else person.email
    is_other = mail.from_address.casefold() != own.casefold()
    return IncomingRow(
        id=mail.id,
        kind=mail.kind,
        name="Somebody" if person is None else person.name,
        sign_up_id=sign_up_id,
        other_address=mail.from_address if is_other else "",
        subject=mail.subject,
        lines=tuple(mail.text.split("\n")) if mail.text else (),
        reason=mail.reason,
        at=mail.received_at.astimezone(ZoneInfo(zone)),
        is_new=mail.seen_at is None and mail.kind in LETTERS,
    )
