"""A mail as somebody would get it if a draft were published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Event, PlanRun
from app.services import invites, mail_links, publishing
from config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMail:
    """One mail to look at; its links lead nowhere but to where they would begin."""

    sign_up_id: int
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str


def draft_mail(
    session: Session,
    event: Event,
    runs: Sequence[PlanRun],
    sign_up_id: int | None,
    *,
    settings: Config,
) -> DraftMail | None:
    """Return the mail to one person, the first by name unless one is chosen; None: nobody is told.

    Raises ``NotFound`` for who would get none.
    """
    snapshot = publishing.draft(event, runs, publishing.current(session, event.id))
    cases = invites.preview(session, event, snapshot, settings=settings)
    told = sorted((one for one in cases if one.intent.is_told), key=lambda one: one.attendee.name)
    if sign_up_id is None and not told:
        return None
    wanted = told[0].attendee.sign_up_id if sign_up_id is None else sign_up_id
    case = next((one for one in told if one.attendee.sign_up_id == wanted), None)
    if case is None:
        raise NotFound
    mail = invites.preview_mail(session, event, case, settings=settings)
    links = mail_links.stand_ins(settings.base_url)
    return DraftMail(
        sign_up_id=case.attendee.sign_up_id,
        to_name=case.attendee.name,
        to_address=case.attendee.address,
        subject=mail.subject,
        text=mail_links.fill(mail.text, links),
        html=mail_links.fill(mail.html, links),
    )
