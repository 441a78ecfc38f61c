"""An event's mail in the organisers' hands: tried again, set aside, dropped, told of, tested."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from app.enums import Method, OutboxState, PartStat, Role, SignUpState
from app.errors import MentoringError, NotFound
from app.ical.invite import write_request
from app.mail.render import OwnText, render
from app.models import Event, Organisation, OutboxMessage
from app.services import audit, contacts, outbox, pauses
from app.services.invites import mail as invites_mail
from app.services.invites.content import content_of, frame_of
from app.services.limits import Limit
from app.services.publishing.itinerary import Attendee, Itinerary, Stop
from config import Config

CAME_TO_NOTHING = (OutboxState.FAILED, OutboxState.BOUNCED)
REPORT = "undelivered"
TEST = "test_invite"
GATHER = timedelta(minutes=10)
"""How long failures are gathered before somebody is told of them."""
AT_MOST_EVERY = timedelta(days=1)
TESTS = Limit(name="test mail", tries=10, window=timedelta(minutes=15))
DROPPED = "from before the restore; an owner dropped it"


class NothingWaits(MentoringError):
    """No mail stands still now, so there is nothing to drop."""

    status = 409


def retry(
    session: Session, event: Event, message_id: int | None, *, now: datetime, actor: str
) -> int:
    """Try one mail that failed or came back again, or all of them; return how many."""
    ids = _failures(session, event, message_id)
    number = outbox.queue_again(session, event, ids, now=now)
    _record(session, event, "mail queued again", now=now, actor=actor, number=number)
    return number


def set_aside(session: Session, event: Event, message_id: int, *, now: datetime, actor: str) -> int:
    """Ask for nothing more about one mail that failed or came back."""
    number = outbox.set_aside(session, event, _failures(session, event, message_id))
    _record(session, event, "mail set aside", now=now, actor=actor, number=number)
    return number


def drop_restored(session: Session, organisation_id: int, *, now: datetime, actor: str) -> int:
    """Drop an organisation's mails that waited in a backup; raises when no mail stands still."""
    pause = pauses.find(session, pauses.OUTBOX)
    if pause is None:
        raise NothingWaits
    number = outbox.drop_written_before(session, organisation_id, pause.since, reason=DROPPED)
    what = "mail from before the restore dropped"
    audit.record(
        session, actor=actor, what=what, now=now, organisation_id=organisation_id, mails=number
    )
    return number


def tell_failures(session: Session, *, now: datetime, settings: Config) -> int:
    """Tell each event's organisers how many mails failed or came back; return how many events.

    One mail an event and day, and none about itself. It names nobody and quotes no server: such
    words hold people's addresses, and the page has them.
    """
    report = aliased(OutboxMessage)
    told_at = (
        select(func.max(report.created_at))
        .where(report.kind == REPORT, report.event_id == OutboxMessage.event_id)
        .scalar_subquery()
    )
    found = session.execute(
        select(Event, func.count(), func.max(OutboxMessage.id))
        .join(Event, Event.id == OutboxMessage.event_id)
        .where(
            OutboxMessage.state.in_(CAME_TO_NOTHING),
            OutboxMessage.kind != REPORT,
            or_(told_at.is_(None), OutboxMessage.failed_at > told_at),
            or_(told_at.is_(None), told_at <= now - AT_MOST_EVERY),
        )
        .group_by(Event.id)
        .having(func.min(OutboxMessage.failed_at) <= now - GATHER)
    ).all()
    told = 0
    for event, number, last_id in found:
        addresses = contacts.organisers(session, event)
        _tell(session, event, addresses, number, last_id, now=now, settings=settings)
        told += bool(addresses)
    return told


def send_test(
    session: Session,
    event: Event,
    *,
    to_name: str,
    to_address: str,
    now: datetime,
    settings: Config,
) -> None:
    """Queue an example of the event's invite to an organiser, under a UID of its own."""
    organisation = session.get_one(Organisation, event.organisation_id)
    frame = frame_of(
        event, organisation.name, base_url=settings.base_url, mail_from=settings.mail_from
    )
    frame = replace(frame, title=f"Test: {event.name}")
    reader = _example(to_name, to_address)
    itinerary = Itinerary(attendee=reader, stops=_example_stops(event))
    uid = str(uuid4())
    content = content_of(frame, reader, itinerary, uid=uid, partstat=PartStat.NEEDS_ACTION)
    outbox.enqueue(
        session,
        kind=TEST,
        event_id=event.id,
        person_id=None,
        to_name=to_name,
        to_address=to_address,
        reply_to=event.contact_email,
        mail=invites_mail.invite_mail(frame, reader, itinerary, contact=event.contact_email),
        calendar=write_request(content, sequence=0, stamp=now.replace(microsecond=0)),
        method=Method.REQUEST,
        uid=uid,
        sequence=0,
        order_key=f"invite:{uid}",
        idempotency_key=f"test:{uid}",
        now=now,
        message_domain=settings.mail_from.rpartition("@")[2],
    )


def _tell(
    session: Session,
    event: Event,
    addresses: tuple[str, ...],
    number: int,
    last_id: int,
    *,
    now: datetime,
    settings: Config,
) -> None:
    mail = render(
        REPORT,
        number=number,
        event_name=OwnText(event.name),
        page=OwnText(f"{settings.base_url}/events/{event.id}/mail"),
    )
    for at, address in enumerate(addresses):
        outbox.enqueue(
            session,
            kind=REPORT,
            event_id=event.id,
            person_id=None,
            to_name="",
            to_address=address,
            mail=mail,
            order_key=f"{REPORT}:{event.id}:{at}",
            idempotency_key=f"{REPORT}:{event.id}:{last_id}:{at}",
            now=now,
            message_domain=settings.mail_from.rpartition("@")[2],
        )


def _failures(session: Session, event: Event, message_id: int | None) -> list[int]:
    """Return the ids of what failed or came back; a mail of another event is not there."""
    mine = select(OutboxMessage.id).where(OutboxMessage.event_id == event.id)
    if message_id is not None:
        mine = mine.where(OutboxMessage.id == message_id)
        if session.scalar(mine) is None:
            raise NotFound
    return list(session.scalars(mine.where(OutboxMessage.state.in_(CAME_TO_NOTHING))))


def _record(
    session: Session, event: Event, what: str, *, now: datetime, actor: str, number: int
) -> None:
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        mails=number,
    )


def _example(name: str, address: str = "") -> Attendee:
    return Attendee(
        sign_up_id=0,
        person_id=0,
        name=name,
        address=address,
        role=Role.MENTEE,
        state=SignUpState.PLACED,
        shows_name=True,
        is_erased=False,
    )


def _example_stops(event: Event) -> tuple[Stop, ...]:
    """Return a path through the event's own rounds, a table further each time."""
    rounds = [(block, round_) for block in event.blocks for round_ in block.rounds]
    partner = _example("Kim Example")
    stops = []
    for at, (block, round_) in enumerate(rounds):
        table = block.tables[at % len(block.tables)] if block.tables else None
        stops.append(
            Stop(
                round_id=round_.id,
                ordinal=at + 1,
                starts_at=round_.starts_at,
                minutes=round_.minutes,
                table_id=table.id if table else None,
                table=(table.label or f"Table {table.number}") if table else None,
                number=table.number if table else None,
                companions=(partner,),
                meets=(partner,),
                is_visit=True,
            )
        )
    return tuple(stops)
