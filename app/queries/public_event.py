"""What anybody may read of an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, selectinload

from app.enums import Admission, BlockKind, ConsentKind, EventState, Role, SignUpState
from app.errors import NotFound
from app.models import Block, Consent, Event, Organisation, Person, SignUp
from app.queries import times
from app.services.signups import is_open
from app.services.signups.admission import rule_of
from app.services.signups.form import FormChoices, choices_of
from app.services.signups.places import most_places
from app.tenancy import ACROSS, Tenant, narrow


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaStop:
    """A stop of the agenda line; ``count`` is its number of rounds."""

    at: str
    title: str
    note: str
    kind: str
    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePlaces:
    """The places of a role; ``places`` and ``left`` are None when there is no limit.

    ``per_mentor`` is how many there are for each mentor with a place, empty where that does not
    matter; ``rule`` says whom a free place goes to, ``is_queue`` whether to the first who asked.
    """

    role: Role
    places: int | None
    taken: int
    left: int | None
    waiting: int
    per_mentor: str
    is_queue: bool
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMentor:
    name: str
    initials: str
    affiliation: str
    topics: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEvent:
    """An event as its public page shows it."""

    id: int
    slug: str
    name: str
    tagline: str
    description: str
    organisation: str
    day: str
    hours: str
    zone: str
    venue: str
    contact: str
    closes: str
    is_open: bool
    is_cancelled: bool
    confirms_address: bool
    asks_approval: bool
    retention_days: int
    agenda: tuple[AgendaStop, ...]
    places: tuple[RolePlaces, ...]
    mentors: tuple[ListedMentor, ...]
    choices: FormChoices
    round_times: tuple[tuple[int, str], ...]

    def places_for(self, role: Role) -> RolePlaces | None:
        """Return the places of a role the event asks for."""
        return next((places for places in self.places if places.role is role), None)


AGENDA = selectinload(Event.all_blocks).options(
    selectinload(Block.all_rounds), selectinload(Block.all_tables)
)


def event_page(session: Session, slug: str, *, now: datetime) -> PublicEvent:
    """Return the event of a public address; a draft is not found."""
    if not slug.isprintable():  # PostgreSQL takes no NUL, not even to look for it
        raise NotFound
    statement = select(Event, Organisation.name).join(
        Organisation, Organisation.id == Event.organisation_id
    )
    row = session.execute(
        statement.where(Event.slug == slug, Event.state != EventState.DRAFT).options(
            AGENDA,
            selectinload(Event.stages),
            selectinload(Event.topics),
            selectinload(Event.capacities),
            selectinload(Event.questions),
        ),
        execution_options=ACROSS,
    ).one_or_none()
    if row is None:
        raise NotFound
    event, organisation = row
    narrow(session, Tenant(event_id=event.id))
    return _page(session, event, organisation, now=now)


def _page(session: Session, event: Event, organisation: str, *, now: datetime) -> PublicEvent:
    zone = event.zone
    return PublicEvent(
        id=event.id,
        slug=event.slug,
        name=event.name,
        tagline=event.tagline,
        description=event.description,
        organisation=organisation,
        day=times.day(event.starts_at, zone, with_year=True),
        hours=f"{times.clock(event.starts_at, zone)} to {times.clock(event.ends_at, zone)}",
        zone=zone,
        venue=event.venue,
        contact=event.contact_email,
        closes=times.day_and_clock(event.signup_closes_at or event.starts_at, zone),
        is_open=is_open(event, now),
        is_cancelled=event.state is EventState.CANCELLED,
        confirms_address=event.confirms_address,
        asks_approval=event.asks_approval,
        retention_days=event.retention_days,
        agenda=agenda_of(event),
        places=_places(session, event),
        mentors=_mentors(session, event.id),
        choices=choices_of(event),
        round_times=round_times_of(event),
    )


def round_times_of(event: Event) -> tuple[tuple[int, str], ...]:
    """Return the rounds people are seated in, with the time each begins."""
    return tuple(
        (round_.id, times.clock(round_.starts_at, event.zone))
        for block in event.blocks
        if block.kind.is_planned
        for round_ in block.rounds
    )


def agenda_of(event: Event) -> tuple[AgendaStop, ...]:
    """Return the agenda as stops."""
    return tuple(_stop(block, event.zone) for block in event.blocks)


def _stop(block: Block, zone: str) -> AgendaStop:
    title, note = block.title, block.note
    count = len(block.rounds)
    if block.kind.is_planned and count > 1:
        title = f"{times.number(count)} rounds of {times.number(block.minutes)} minutes"
        title = title[0].upper() + title[1:]
        note = note or f"{block.title}. {_what_happens(block)}"
    elif block.kind.is_planned:
        note = note or f"{block.minutes} minutes. {_what_happens(block)}"
    return AgendaStop(
        at=times.clock(block.starts_at, zone),
        title=title,
        note=note,
        kind=block.kind.value,
        count=count,
        minutes=block.minutes,
    )


def _what_happens(block: Block) -> str:
    if len(block.rounds) < 2:
        return "One table, one conversation."
    if block.kind is BlockKind.SPEED:
        return "Mentors stay at their tables; mentees move on."
    return "A new table in every round."


def _places(session: Session, event: Event) -> tuple[RolePlaces, ...]:
    counted = session.execute(
        select(SignUp.role, SignUp.state, func.count())
        .where(SignUp.event_id == event.id)
        .group_by(SignUp.role, SignUp.state)
    ).all()
    mentors = sum(
        number
        for role, state, number in counted
        if (role, state) == (Role.MENTOR, SignUpState.PLACED)
    )
    found = []
    for capacity in event.capacities:
        mine = {state: number for role, state, number in counted if role is capacity.role}
        taken = sum(number for state, number in mine.items() if state.takes_place)
        limit = most_places(capacity, mentors)
        found.append(
            RolePlaces(
                role=capacity.role,
                places=None if limit is None else max(limit, taken),
                taken=taken,
                left=None if limit is None else max(0, limit - taken),
                waiting=mine.get(SignUpState.WAITING, 0),
                per_mentor="" if capacity.per_mentor is None else f"{capacity.per_mentor:g}",
                is_queue=capacity.admission is Admission.FIRST_COME,
                rule=rule_of(capacity.admission),
            )
        )
    return tuple(found)


def _mentors(session: Session, event_id: int) -> tuple[ListedMentor, ...]:
    """Return the mentors who have a place and said yes to being listed."""
    said_yes = exists().where(
        Consent.sign_up_id == SignUp.id,
        Consent.kind == ConsentKind.LISTED,
        Consent.withdrawn_at.is_(None),
    )
    rows = session.execute(
        select(Person.name, Person.affiliation, SignUp.topics)
        .join(SignUp, SignUp.person_id == Person.id)
        .where(
            SignUp.event_id == event_id,
            SignUp.role == Role.MENTOR,
            SignUp.state == SignUpState.PLACED,
            said_yes,
        )
        .order_by(SignUp.seq)
    )
    return tuple(
        ListedMentor(
            name=name,
            initials=initials(name),
            affiliation=affiliation,
            topics=", ".join(topics),
        )
        for name, affiliation, topics in rows
    )


def initials(name: str) -> str:
    """Return the first letters of the first and last word of a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
