"""What a calendar fetches: one person's entry as a file, and their feed of rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, InviteState, SignUpState
from app.errors import NotFound
from app.ical.conference import Meeting
from app.ical.feed import FeedContent, FeedEntry, write_feed
from app.ical.invite import describe_table, join_names, write_download
from app.models import Event, Invite, Organisation, Schedule, SignUp
from app.services import publishing
from app.services.invites.content import content_of, frame_of, line_of
from app.services.publishing.itinerary import Attendee, Itinerary, Stop, attendees, itineraries
from app.services.publishing.snapshot import Snapshot
from config import Config

KEPT_AFTER_CANCEL = timedelta(days=30)
"""How long a cancelled round stays, so that calendars which ask rarely still take it out."""

Signs = dict[int, tuple[object, ...]]


def person_file(session: Session, person_id: int, *, settings: Config) -> bytes:
    """Return the person's one entry under its UID; there is none before anything is published."""
    sign_up, invite = _invite(session, person_id)
    event = session.get_one(Event, sign_up.event_id)
    schedule = publishing.latest(session, event.id)
    if schedule is None or sign_up.state is not SignUpState.PLACED:
        raise NotFound
    people = attendees(session, event.id)
    path = itineraries(event, publishing.of_schedule(session, schedule), people).get(sign_up.id)
    if path is None and invite.state is not InviteState.LIVE:
        raise NotFound  # signed up again since: there is nothing to put into a calendar yet
    organisation = session.get_one(Organisation, event.organisation_id)
    frame = frame_of(
        event, organisation.name, base_url=settings.base_url, mail_from=settings.mail_from
    )
    content = content_of(frame, people[sign_up.id], path, uid=invite.uid, partstat=invite.partstat)
    stamp = invite.stamped_at or schedule.published_at
    return write_download(content, sequence=invite.sequence, stamp=stamp)


def person_feed(session: Session, person_id: int, *, settings: Config, now: datetime) -> bytes:
    """Return the person's rounds, one entry each; the same facts give the same bytes."""
    sign_up = _sign_up(session, person_id)
    event = session.get_one(Event, sign_up.event_id)
    content = FeedContent(
        name=event.name,
        zone=event.zone,
        url=f"{settings.base_url}/e/{event.slug}",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        entries=_entries(session, event, sign_up, now),
    )
    return write_feed(content)


def _entries(
    session: Session, event: Event, sign_up: SignUp, now: datetime
) -> tuple[FeedEntry, ...]:
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id))
    schedules = _versions(session, event.id)
    if invite is None or not schedules:
        return ()
    people = attendees(session, event.id)
    ours = publishing.of_schedule(session, schedules[0])
    path = itineraries(event, ours, people).get(sign_up.id)
    gone_at = _gone_at(event, sign_up, invite)
    if path is None:  # signed up again since: what was in the calendar is not theirs any more
        path = itineraries(event, replace(ours, seats=ours.given_up), people).get(sign_up.id)
        gone_at = sign_up.created_at
    if path is None:
        return ()
    if gone_at is not None and gone_at + KEPT_AFTER_CANCEL < now:
        return ()
    changed = _changed_at(session, event, schedules, people, path)
    for round_id, left_at in _last_left(ours, people, path).items():
        changed[round_id] = max(changed[round_id], left_at)
    return tuple(
        _entry(
            event,
            invite,
            path.attendee,
            stop,
            changed_at=gone_at or changed[stop.round_id],
            is_cancelled=gone_at is not None,
        )
        for stop in path.stops
    )


def _entry(
    event: Event,
    invite: Invite,
    reader: Attendee,
    stop: Stop,
    *,
    changed_at: datetime,
    is_cancelled: bool,
) -> FeedEntry:
    line = line_of(reader, stop)
    met = join_names(line.meets)
    where = describe_table(line)
    return FeedEntry(
        uid=f"{invite.uid}-r{line.number}",
        sequence=invite.sequence,
        starts_at=stop.starts_at,
        ends_at=stop.starts_at + timedelta(minutes=stop.minutes),
        title=f"{where}, with {met}" if met else where,
        place=", ".join(part for part in (line.table, event.venue) if part),
        text=event.name,
        changed_at=changed_at,
        is_free=stop.table is None,
        is_cancelled=is_cancelled,
        meeting=Meeting(label=describe_table(line), link=line.link) if line.link else None,
    )


def _gone_at(event: Event, sign_up: SignUp, invite: Invite) -> datetime | None:
    """Return since when the person's rounds are not to be, None while they are."""
    if sign_up.state is not SignUpState.PLACED:
        return sign_up.withdrawn_at or sign_up.changed_at
    if event.state is EventState.CANCELLED:
        return invite.stamped_at or event.created_at
    return None


def _changed_at(
    session: Session,
    event: Event,
    schedules: list[Schedule],
    people: dict[int, Attendee],
    path: Itinerary,
) -> dict[int, datetime]:
    """Return, for each round, when the version came out since which its entry is as it is now."""
    now_signs = _signs(path)
    changed = dict.fromkeys(now_signs, schedules[0].published_at)
    open_rounds = set(now_signs)
    for schedule in schedules[1:]:
        if not open_rounds:
            break
        snapshot = publishing.of_schedule(session, schedule)
        older = itineraries(event, _only(snapshot, path), people).get(path.attendee.sign_up_id)
        signs = _signs(older) if older is not None else {}
        open_rounds = {one for one in open_rounds if signs.get(one) == now_signs[one]}
        for round_id in open_rounds:
            changed[round_id] = schedule.published_at
    return changed


def _only(snapshot: Snapshot, path: Itinerary) -> Snapshot:
    """Return the part of a snapshot that one person's rounds are made of."""
    own = {
        (seat.round_id, seat.table_id)
        for seat in snapshot.seats
        if seat.sign_up_id == path.attendee.sign_up_id
    }
    seats = tuple(seat for seat in snapshot.seats if (seat.round_id, seat.table_id) in own)
    return replace(snapshot, seats=seats)


def _signs(path: Itinerary) -> Signs:
    return {
        stop.round_id: (
            stop.ordinal,
            stop.starts_at,
            stop.minutes,
            stop.table,
            line_of(path.attendee, stop).meets,
        )
        for stop in path.stops
    }


def _last_left(
    snapshot: Snapshot, people: dict[int, Attendee], path: Itinerary
) -> dict[int, datetime]:
    """Return when somebody last left the table of each round: the entry changed by that."""
    found: dict[int, datetime] = {}
    own = {(stop.round_id, stop.table_id) for stop in path.stops}
    left = [
        (seat.round_id, seat.table_id, people[seat.sign_up_id].left_at) for seat in snapshot.seats
    ]
    left += [
        (seat.round_id, seat.table_id, people[seat.sign_up_id].joined_at)
        for seat in snapshot.given_up  # they left before they signed up again
    ]
    for round_id, table_id, at in left:
        if at is not None and (round_id, table_id) in own:
            found[round_id] = max(found.get(round_id, at), at)
    return found


def _versions(session: Session, event_id: int) -> list[Schedule]:
    return list(
        session.scalars(
            select(Schedule).where(Schedule.event_id == event_id).order_by(Schedule.version.desc())
        )
    )


def _sign_up(session: Session, person_id: int) -> SignUp:
    sign_up = session.scalar(select(SignUp).where(SignUp.person_id == person_id))
    if sign_up is None:
        raise NotFound
    return sign_up


def _invite(session: Session, person_id: int) -> tuple[SignUp, Invite]:
    sign_up = _sign_up(session, person_id)
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id))
    if invite is None:
        raise NotFound
    return sign_up, invite
