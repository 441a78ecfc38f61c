"""What a calendar fetches: one person's entry as a file, and their feed of rounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's bytes, and until when they stay what they are unless some fact changes."""

    content: bytes
    until: datetime | None = None

    def is_still_good(self, now: datetime) -> bool:
        """Return whether time alone has changed nothing."""
        return self.until is None or now <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A published version, as far as one person's tables go."""

    published_at: datetime
    snapshot: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What the entries of one person have in common."""

    event: Event
    invite: Invite
    reader: Attendee
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """An entry, and when it goes from the feed; None for one that stays."""

    entry: FeedEntry
    goes_at: datetime | None


def person_file(session: Session, person_id: int, *, settings: Config) -> bytes:
    """Return the person's one entry under its UID; there is none before anything is published."""
    sign_up, invite = _invite(session, person_id)
    event = session.get_one(Event, sign_up.event_id)
    schedule = publishing.latest(session, event.id)
    if schedule is None or sign_up.state is not SignUpState.PLACED:
        raise NotFound
    ours = publishing.of_schedule(session, schedule, tables_of=sign_up.id)
    current = publishing.as_held(session, ours)
    among = {sign_up.id, *(seat.sign_up_id for seat in current.seats)}
    people = attendees(session, event.id, among=among)
    path = itineraries(event, current, people).get(sign_up.id)
    if path is None and invite.state is not InviteState.LIVE:
        raise NotFound  # signed up again since: there is nothing to put into a calendar yet
    organisation = session.get_one(Organisation, event.organisation_id)
    frame = frame_of(
        event, organisation.name, base_url=settings.base_url, mail_from=settings.mail_from
    )
    content = content_of(frame, people[sign_up.id], path, uid=invite.uid, partstat=invite.partstat)
    stamp = invite.stamped_at or schedule.published_at
    return write_download(content, sequence=invite.sequence, stamp=stamp)


def person_feed(session: Session, person_id: int, *, settings: Config, now: datetime) -> Feed:
    """Return the person's rounds, one entry each; the same facts give the same bytes."""
    sign_up = _sign_up(session, person_id)
    event = session.get_one(Event, sign_up.event_id)
    found = _entries(session, event, sign_up, url=f"{settings.base_url}/e/{event.slug}")
    shown = [one for one in found if one.goes_at is None or now <= one.goes_at]
    content = FeedContent(
        name=event.name,
        zone=event.zone,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        entries=tuple(one.entry for one in shown),
    )
    return Feed(
        content=write_feed(content),
        until=min((one.goes_at for one in shown if one.goes_at), default=None),
    )


def _entries(session: Session, event: Event, sign_up: SignUp, *, url: str) -> list[_Timed]:
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id))
    versions = _versions(session, event, sign_up.id)
    if invite is None or not versions:
        return []
    people = attendees(session, event.id, among={sign_up.id, *_seated(versions)})
    ours = versions[0].snapshot
    path = itineraries(event, ours, people).get(sign_up.id)
    gone_at = _gone_at(event, sign_up, invite)
    if path is None and ours.given_up:
        # Signed up again since: what was in the calendar is not theirs any more.
        path = itineraries(event, replace(ours, seats=ours.given_up), people).get(sign_up.id)
        gone_at = sign_up.created_at
    changed = {} if path is None else _changed_at(event, versions, people, path)
    if event.agenda_changed_at is not None:  # a text that every entry shows may be another
        changed = {one: max(at, event.agenda_changed_at) for one, at in changed.items()}
    frame = _Frame(event=event, invite=invite, reader=people[sign_up.id], url=url)
    found = [
        _timed(frame, stop, changed_at=gone_at or changed[stop.round_id], is_gone=bool(gone_at))
        for stop in (path.stops if path else ())
    ]
    return found + _dropped(frame, versions, people, {one.entry.uid for one in found})


def _dropped(
    frame: _Frame, versions: list[_Version], people: dict[int, Attendee], known: set[str]
) -> list[_Timed]:
    """Return the rounds that an earlier version had and no later one has, as cancelled."""
    found: list[_Timed] = []
    for newer, older in pairwise(versions):
        path = itineraries(frame.event, older.snapshot, people).get(frame.reader.sign_up_id)
        for stop in path.stops if path else ():
            entry = _timed(frame, stop, changed_at=newer.published_at, is_gone=True)
            if entry.entry.uid not in known:
                known.add(entry.entry.uid)
                found.append(entry)
    return found


def _timed(frame: _Frame, stop: Stop, *, changed_at: datetime, is_gone: bool) -> _Timed:
    entry = _entry(frame, stop, changed_at=changed_at, is_cancelled=is_gone)
    return _Timed(entry=entry, goes_at=changed_at + KEPT_AFTER_CANCEL if is_gone else None)


def _entry(frame: _Frame, stop: Stop, *, changed_at: datetime, is_cancelled: bool) -> FeedEntry:
    line = line_of(frame.reader, stop)
    met = join_names(line.meets)
    where = describe_table(line)
    return FeedEntry(
        uid=f"{frame.invite.uid}-r{line.number}",
        sequence=frame.invite.sequence,
        starts_at=stop.starts_at,
        ends_at=stop.starts_at + timedelta(minutes=stop.minutes),
        title=f"{where}, with {met}" if met else where,
        place=", ".join(part for part in (line.table, frame.event.venue) if part),
        text=frame.event.name,
        url=frame.url,
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
    event: Event, versions: list[_Version], people: dict[int, Attendee], path: Itinerary
) -> dict[int, datetime]:
    """Return, for each round, since when its entry is as it is now.

    That is when the version came out that brought it, or when somebody left its table since.
    """
    now_signs = _signs(path)
    changed = dict.fromkeys(now_signs, versions[0].published_at)
    open_rounds = set(now_signs)
    for version in versions[1:]:
        if not open_rounds:
            break
        older = itineraries(event, version.snapshot, people).get(path.attendee.sign_up_id)
        signs = _signs(older) if older is not None else {}
        open_rounds = {one for one in open_rounds if signs.get(one) == now_signs[one]}
        for round_id in open_rounds:
            changed[round_id] = version.published_at
    for round_id, left_at in _last_left(versions[0].snapshot, people, path).items():
        changed[round_id] = max(changed[round_id], left_at)
    return changed


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


def _versions(session: Session, event: Event, sign_up_id: int) -> list[_Version]:
    """Return what every version says of one person's tables, the newest first.

    Rounds closed since the newest are as gone as those that it left out.
    """
    schedules = session.scalars(
        select(Schedule).where(Schedule.event_id == event.id).order_by(Schedule.version.desc())
    ).all()
    found = [
        _Version(
            published_at=schedule.published_at,
            snapshot=publishing.of_schedule(session, schedule, tables_of=sign_up_id),
        )
        for schedule in schedules
    ]
    held = publishing.as_held(session, found[0].snapshot) if found else None
    if held is None or held is found[0].snapshot:
        return found
    closed_at = event.agenda_changed_at or found[0].published_at
    return [_Version(published_at=closed_at, snapshot=held), *found]


def _seated(versions: list[_Version]) -> set[int]:
    return {
        seat.sign_up_id
        for version in versions
        for seat in (*version.snapshot.seats, *version.snapshot.given_up)
    }


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
