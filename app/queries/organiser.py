"""What an organiser's pages read: the list of events, and one event's frame and overview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.enums import EventState, PlanRunState, Role, SignUpState
from app.errors import NotFound
from app.models import Capacity, Event, Person, PlanRun, Schedule, SignUp
from app.queries import times
from app.services.privacy import names_kept_until
from app.services.signups import places as signup_places

_USABLE = (PlanRunState.DONE, PlanRunState.STOPPED)


class Station(StrEnum):
    """Where an event is on the street."""

    SIGN_UP = "sign-up"
    ROSTER = "roster"
    PLAN = "plan"
    PUBLISH = "publish"
    DAY = "day"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event in the list."""

    id: int
    name: str
    slug: str
    state: EventState
    starts_at: datetime  # in the event's zone
    ends_at: datetime
    venue: str
    station: Station
    placed: int
    waiting: int
    asked: int  # for the organisers' yes
    places: int | None  # over all roles; None when a role takes as many as come


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFrame:
    """What every page of one event shows and links to."""

    id: int
    name: str
    slug: str
    state: EventState
    zone: str
    starts_at: datetime  # in the event's zone
    ends_at: datetime
    venue: str
    contact_email: str
    signup_closes_at: datetime | None
    confirms_address: bool
    roster_version: int
    station: Station
    run_id: int | None  # the latest plan that has seats
    run_roster_version: int | None  # the roster it was made from
    schedule_version: int | None  # what everybody has now
    names_until: str  # the day on which people are made anonymous
    is_anonymous: bool
    is_archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCount:
    """How many people of a role there are, by state."""

    role: Role
    places: int | None
    per_mentor: float | None = None  # places follow the mentors with a place, too
    mentors: int = 0  # with a place
    asked: int = 0
    held: int = 0
    placed: int = 0
    waiting: int = 0
    offered: int = 0

    @property
    def taken(self) -> int:
        """Places that are gone."""
        return self.held + self.placed + self.offered

    @property
    def most(self) -> int | None:
        """Places there are just now, None without a limit."""
        return signup_places.limit(self.places, self.per_mentor, self.mentors)

    @property
    def free(self) -> int | None:
        """Places left, None without a limit."""
        return None if self.most is None else max(0, self.most - self.taken)


def list_events(
    session: Session, organisation_id: int, *, now: datetime, archived: bool = False
) -> tuple[EventRow, ...]:
    """Return an organisation's events: those ahead first by date, then those that are over.

    Either those in the list or those in the archive.
    """
    events = session.scalars(
        select(Event).where(
            Event.organisation_id == organisation_id, Event.archived_at.is_not(None) == archived
        )
    ).all()
    rows = _event_rows(session, events, now=now)
    ahead = sorted((row for row in rows if row.ends_at >= now), key=lambda row: row.starts_at)
    over = sorted((row for row in rows if row.ends_at < now), key=lambda row: row.starts_at)
    return (*ahead, *reversed(over))


def _event_rows(session: Session, events: Sequence[Event], *, now: datetime) -> list[EventRow]:
    ids = [event.id for event in events]
    counts = _counts(session, ids)
    limits = _limits(session, ids)
    runs = set(session.scalars(select(PlanRun.event_id).where(PlanRun.event_id.in_(ids))))
    schedules = set(session.scalars(select(Schedule.event_id).where(Schedule.event_id.in_(ids))))
    return [
        EventRow(
            id=event.id,
            name=event.name,
            slug=event.slug,
            state=event.state,
            starts_at=_local(event.starts_at, event.zone),
            ends_at=_local(event.ends_at, event.zone),
            venue=event.venue,
            station=_station(
                event,
                now=now,
                has_run=event.id in runs,
                has_schedule=event.id in schedules,
            ),
            placed=_sum(counts, event.id, SignUpState.PLACED),
            waiting=_sum(counts, event.id, SignUpState.WAITING),
            asked=_sum(counts, event.id, SignUpState.ASKED),
            places=_total(limit.places for limit in limits.get(event.id, {}).values()),
        )
        for event in events
    ]


def count_events(session: Session, organisation_id: int, *, archived: bool) -> int:
    """Return how many events are in the list, or in the archive."""
    counted = select(func.count()).where(
        Event.organisation_id == organisation_id, Event.archived_at.is_not(None) == archived
    )
    return session.scalar(counted) or 0


def frame(session: Session, organisation_id: int, event_id: int, *, now: datetime) -> EventFrame:
    """Return one event's frame; raise `NotFound` for another organisation's event."""
    event = session.scalar(
        select(Event).where(Event.id == event_id, Event.organisation_id == organisation_id)
    )
    if event is None:
        raise NotFound
    run = _latest_run(session, event_id)
    has_run = session.scalar(select(func.count()).where(PlanRun.event_id == event_id))
    version = session.scalar(
        select(func.max(Schedule.version)).where(Schedule.event_id == event_id)
    )
    return EventFrame(
        id=event.id,
        name=event.name,
        slug=event.slug,
        state=event.state,
        zone=event.zone,
        starts_at=_local(event.starts_at, event.zone),
        ends_at=_local(event.ends_at, event.zone),
        venue=event.venue,
        contact_email=event.contact_email,
        signup_closes_at=_local(event.signup_closes_at, event.zone)
        if event.signup_closes_at
        else None,
        confirms_address=event.confirms_address,
        roster_version=event.roster_version,
        station=_station(event, now=now, has_run=bool(has_run), has_schedule=version is not None),
        run_id=run.id if run else None,
        run_roster_version=run.roster_version if run else None,
        schedule_version=version,
        names_until=times.date(event.anonymised_at or names_kept_until(event), event.zone),
        is_anonymous=event.anonymised_at is not None,
        is_archived=event.archived_at is not None,
    )


def _latest_run(session: Session, event_id: int) -> Row[int, int] | None:
    """Return id and roster version of the newest plan that has seats."""
    return session.execute(
        select(PlanRun.id, PlanRun.roster_version)
        .where(
            PlanRun.event_id == event_id,
            PlanRun.state.in_(_USABLE),
            PlanRun.plan.is_not(None),
            PlanRun.status.in_(("optimal", "feasible")),
        )
        .order_by(PlanRun.id.desc())
        .limit(1)
    ).one_or_none()


def role_counts(session: Session, event_id: int) -> tuple[RoleCount, ...]:
    """Return the counts of every role that the event asks for or that somebody has."""
    counts = _counts(session, [event_id]).get(event_id, {})
    limits = _limits(session, [event_id]).get(event_id, {})
    roles = [role for role in Role if role in limits or any(key[0] is role for key in counts)]
    return tuple(
        RoleCount(
            role=role,
            places=limits.get(role, NO_PLACES).places,
            per_mentor=limits.get(role, NO_PLACES).per_mentor,
            mentors=counts.get((Role.MENTOR, SignUpState.PLACED), 0),
            asked=counts.get((role, SignUpState.ASKED), 0),
            held=counts.get((role, SignUpState.HELD), 0),
            placed=counts.get((role, SignUpState.PLACED), 0),
            waiting=counts.get((role, SignUpState.WAITING), 0),
            offered=counts.get((role, SignUpState.OFFERED), 0),
        )
        for role in roles
    )


def _station(event: Event, *, now: datetime, has_run: bool, has_schedule: bool) -> Station:
    if now >= event.ends_at:
        return Station.AFTERWARDS
    if has_schedule:
        return Station.DAY if now >= event.starts_at else Station.PUBLISH
    if has_run:
        return Station.PLAN
    return Station.ROSTER if event.state is EventState.CLOSED else Station.SIGN_UP


_Counts = dict[int, dict[tuple[Role, SignUpState], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    places: int | None
    per_mentor: float | None = None


NO_PLACES = _Limit(places=0)


def _counts(session: Session, event_ids: list[int]) -> _Counts:
    found: _Counts = {}
    for event_id, role, state, number in session.execute(
        select(SignUp.event_id, SignUp.role, SignUp.state, func.count())
        .where(SignUp.event_id.in_(event_ids))
        .group_by(SignUp.event_id, SignUp.role, SignUp.state)
    ):
        found.setdefault(event_id, {})[role, state] = number
    return found


def _limits(session: Session, event_ids: list[int]) -> dict[int, dict[Role, _Limit]]:
    found: dict[int, dict[Role, _Limit]] = {}
    for event_id, role, places, per_mentor in session.execute(
        select(Capacity.event_id, Capacity.role, Capacity.places, Capacity.per_mentor)
        .where(Capacity.event_id.in_(event_ids))
        .order_by(Capacity.id)
    ):
        found.setdefault(event_id, {})[role] = _Limit(places=places, per_mentor=per_mentor)
    return found


def _sum(counts: _Counts, event_id: int, state: SignUpState) -> int:
    return sum(number for key, number in counts.get(event_id, {}).items() if key[1] is state)


def _total(places: Iterable[int | None]) -> int | None:
    numbers = list(places)
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def address_of(session: Session, event_id: int, sign_up_id: int) -> str | None:
    """Return the address of somebody at this event."""
    return session.scalar(
        select(Person.email)
        .join(SignUp, SignUp.person_id == Person.id)
        .where(SignUp.id == sign_up_id, SignUp.event_id == event_id, Person.erased_at.is_(None))
    )
