"""From what should be known to REQUEST and CANCEL: invites and outbox rows, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import CancelReason, EventState, InviteState, Method, PartStat, SignUpState
from app.ical.invite import write_cancel, write_request
from app.mail.message import RenderedMail
from app.models import Event, Invite, Organisation, Schedule, SignUp
from app.services import outbox, publishing
from app.services.invites.content import (
    Frame,
    content_of,
    frame_of,
    wanted_of,
)
from app.services.invites.decider import Intent, IntentKind, InviteFacts, Wanted, decide
from app.services.invites.letters import Letters
from app.services.publishing.itinerary import Attendee, Itinerary, attendees, itineraries
from app.services.publishing.snapshot import Snapshot
from app.services.signups import places
from config import Config

__all__ = ["Case", "cancel_for", "preview", "preview_mail", "sync", "tell_one"]


WITHDRAWN = "withdrawn"
"""The mail of a withdrawal; who has an invite hears it with the cancellation instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person, what they should know, and what follows."""

    attendee: Attendee
    itinerary: Itinerary | None
    wanted: Wanted | None
    intent: Intent
    reason: CancelReason | None = None


def preview(
    session: Session, event: Event, snapshot: Snapshot, *, settings: Config
) -> tuple[Case, ...]:
    """Return what `sync` would do if this snapshot were published; changes nothing."""
    rows = _invites(session, event.id)
    return _cases(session, event, snapshot, rows, _frame(session, event, settings))


def preview_mail(session: Session, event: Event, case: Case, *, settings: Config) -> RenderedMail:
    """Return the mail that goes with a case of `preview`; changes nothing."""
    row = _invites(session, event.id).get(case.attendee.sign_up_id)
    letters = Letters(session, event, _frame(session, event, settings))
    return letters.mail(case.intent, case.attendee, case.itinerary, row)


def sync(
    session: Session,
    event: Event,
    *,
    now: datetime,
    settings: Config,
    actor: str = "system",
    links_before: Mapping[int, str] | None = None,
) -> int:
    """Tell everybody whose own plan is not what they were last told; return how many that are.

    A moved event first gets a schedule version with its new times. ``links_before`` are the video
    links, by table, that have just been changed: no version keeps them.
    """
    event = places.lock_event(session, event.id)
    publishing.follow_times(session, event, now=now, actor=actor)
    schedule = publishing.latest(session, event.id)
    if schedule is None:
        return 0
    snapshot = publishing.of_schedule(session, schedule)
    rows = _invites(session, event.id)
    frame = _frame(session, event, settings)
    teller = _Teller(session=session, event=event, frame=frame, schedule=schedule, now=now)
    teller.letters.links_before = links_before or {}
    told = 0
    for case in _cases(session, event, snapshot, rows, frame):
        if case.intent.is_told:
            teller.tell(case, rows[case.attendee.sign_up_id])
            told += 1
    schedule.told_people += told
    session.flush()
    return told


def cancel_for(
    session: Session,
    sign_up: SignUp,
    *,
    now: datetime,
    settings: Config,
    reason: CancelReason = CancelReason.LEFT,
) -> bool:
    """Take one person's entry out of their calendar, and say why; partners get no mail."""
    row = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id))
    event = session.get_one(Event, sign_up.event_id)
    schedule = publishing.latest(session, event.id)
    if row is None or schedule is None:
        return False
    intent = decide(_facts(row), None)
    attendee = attendees(session, event.id)[sign_up.id]
    if not intent.is_told or attendee.is_erased:
        return False
    outbox.drop_unsent(
        session,
        person_id=attendee.person_id,
        kind=WITHDRAWN,
        reason="the mail that takes the calendar entry out says it",
    )
    case = Case(attendee=attendee, itinerary=None, wanted=None, intent=intent, reason=reason)
    frame = _frame(session, event, settings)
    _Teller(session=session, event=event, frame=frame, schedule=schedule, now=now).tell(case, row)
    return True


def tell_one(session: Session, sign_up: SignUp, *, now: datetime, settings: Config) -> bool:
    """Send one person the entry they should have, and nobody else theirs: their address is new."""
    event = session.get_one(Event, sign_up.event_id)
    schedule = publishing.latest(session, event.id)
    rows = _invites(session, event.id)
    if schedule is None or sign_up.id not in rows:
        return False
    snapshot = publishing.of_schedule(session, schedule)
    frame = _frame(session, event, settings)
    teller = _Teller(session=session, event=event, frame=frame, schedule=schedule, now=now)
    for case in _cases(session, event, snapshot, rows, frame):
        if case.attendee.sign_up_id == sign_up.id and case.intent.is_told:
            teller.tell(case, rows[sign_up.id])
            return True
    return False


def _cases(
    session: Session,
    event: Event,
    snapshot: Snapshot,
    rows: Mapping[int, Invite],
    frame: Frame,
) -> tuple[Case, ...]:
    people = attendees(session, event.id)
    paths = itineraries(event, snapshot, people)
    cases = []
    for sign_up_id, attendee in people.items():
        row = rows.get(sign_up_id)
        if attendee.is_erased:
            continue
        knows = row is not None and row.state is InviteState.LIVE
        belongs = attendee.state is SignUpState.PLACED and event.state is not EventState.CANCELLED
        path = paths.get(sign_up_id)
        stays = knows and not attendee.is_absent  # without a seat, yet with a place to come to
        wanted = wanted_of(frame, path) if belongs and (path is not None or stays) else None
        intent = decide(None if row is None else _facts(row), wanted)
        cases.append(Case(attendee=attendee, itinerary=path, wanted=wanted, intent=intent))
    return tuple(cases)


class _Teller:
    """Writes the rows of one round of telling."""

    def __init__(
        self, *, session: Session, event: Event, frame: Frame, schedule: Schedule, now: datetime
    ) -> None:
        self._session = session
        self._event = event
        self._frame = frame
        self._schedule = schedule
        self._now = now
        self.letters = Letters(session, event, frame)

    def tell(self, case: Case, row: Invite) -> None:
        """Queue the message that an intent asks for, and note what is told by it."""
        intent, stamp = case.intent, self._stamp(row)
        if intent.kind in {IntentKind.MOVE, IntentKind.INVITE}:
            row.partstat, row.replied_at = PartStat.NEEDS_ACTION, None  # a new time asks again
        mail = self.letters.mail(intent, case.attendee, case.itinerary, row, case.reason)
        content = content_of(
            self._frame, case.attendee, case.itinerary, uid=row.uid, partstat=row.partstat
        )
        if intent.method is Method.CANCEL:
            calendar = write_cancel(
                content,
                sequence=intent.sequence,
                stamp=stamp,
                event_falls=self.letters.event_falls,
            )
        else:
            calendar = write_request(content, sequence=intent.sequence, stamp=stamp)
        self._enqueue(case, row, mail, calendar, stamp)
        self._note(case, row, stamp)

    def _stamp(self, row: Invite) -> datetime:
        """Return a DTSTAMP later than every one before: it breaks ties of SEQUENCE."""
        now = self._now.replace(microsecond=0)
        return now if row.stamped_at is None else max(now, row.stamped_at + timedelta(seconds=1))

    def _enqueue(
        self, case: Case, row: Invite, mail: RenderedMail, calendar: bytes, stamp: datetime
    ) -> None:
        intent = case.intent
        kind = {IntentKind.INVITE: "invite", IntentKind.CANCEL: "cancelled"}.get(
            intent.kind, "update"
        )
        outbox.enqueue(
            self._session,
            kind=kind,
            event_id=self._event.id,
            person_id=case.attendee.person_id,
            to_name=case.attendee.name,
            to_address=case.attendee.address,
            reply_to=self._event.contact_email,
            mail=mail,
            calendar=calendar,
            method=intent.method,
            uid=row.uid,
            sequence=intent.sequence,
            order_key=f"invite:{row.uid}",
            idempotency_key=f"{row.uid}:{intent.sequence}:{intent.method}:{stamp:%Y%m%dT%H%M%SZ}",
            now=self._now,
            give_up_at=self._event.starts_at,
            message_domain=self._frame.organiser_address.rpartition("@")[2],
        )

    def _note(self, case: Case, row: Invite, stamp: datetime) -> None:
        row.sequence = case.intent.sequence
        row.method = case.intent.method
        row.stamped_at = stamp
        row.told_version = self._schedule.version
        row.state = InviteState.CANCELLED if case.wanted is None else InviteState.LIVE
        if case.wanted is not None:
            row.fingerprint = case.wanted.fingerprint
            row.material = case.wanted.material


def _invites(session: Session, event_id: int) -> dict[int, Invite]:
    rows = session.scalars(
        select(Invite)
        .join(SignUp, SignUp.id == Invite.sign_up_id)
        .where(SignUp.event_id == event_id)
    )
    return {row.sign_up_id: row for row in rows}


def _facts(row: Invite) -> InviteFacts:
    return InviteFacts(
        state=row.state,
        sequence=row.sequence,
        fingerprint=row.fingerprint,
        material=row.material,
    )


def _frame(session: Session, event: Event, settings: Config) -> Frame:
    organisation = session.get_one(Organisation, event.organisation_id)
    return frame_of(
        event, organisation.name, base_url=settings.base_url, mail_from=settings.mail_from
    )
