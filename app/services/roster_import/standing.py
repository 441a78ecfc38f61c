"""Who is on the roster already, and how many places of each role are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.enums import Role, SignUpState
from app.models import Capacity, Event, Person, SignUp
from app.services.addresses import canonical_name
from app.services.roster_csv import Known
from app.services.signups.places import TAKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The places of one role before the file."""

    role: Role
    places: int | None
    per_mentor: float | None
    taken: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The roster as a file meets it: people by the address that is compared."""

    people: Mapping[str, Person]
    rooms: tuple[Room, ...]
    mentors: int

    @property
    def known(self) -> Known:
        """Whom the file may name in its wishes."""
        here = [person for person in self.people.values() if not person.sign_up.state.is_over]
        names: dict[str, set[str]] = {}
        for person in here:
            names.setdefault(canonical_name(person.name), set()).add(person.email_canonical)
        return Known(
            addresses=frozenset(person.email_canonical for person in here),
            names={name: frozenset(keys) for name, keys in names.items()},
        )


def standing_of(session: Session, event: Event) -> Standing:
    """Read the roster of an event, in as many statements for one person as for thousands."""
    people = session.scalars(
        select(Person)
        .where(Person.event_id == event.id, Person.erased_at.is_(None))
        .options(joinedload(Person.sign_up).selectinload(SignUp.wishes))
        .options(joinedload(Person.sign_up).selectinload(SignUp.consents))
    )
    counts: dict[tuple[Role, SignUpState], int] = {
        (role, state): number
        for role, state, number in session.execute(
            select(SignUp.role, SignUp.state, func.count())
            .where(SignUp.event_id == event.id)
            .group_by(SignUp.role, SignUp.state)
        )
    }
    capacities = session.scalars(
        select(Capacity)
        .where(Capacity.event_id == event.id)
        .order_by(Capacity.id)
        .execution_options(populate_existing=True)
    )
    return Standing(
        people={person.email_canonical: person for person in people},
        rooms=tuple(
            Room(
                role=one.role,
                places=one.places,
                per_mentor=one.per_mentor if one.role is not Role.MENTOR else None,
                taken=sum(counts.get((one.role, state), 0) for state in TAKING),
                waiting=counts.get((one.role, SignUpState.WAITING), 0),
            )
            for one in capacities
        ),
        mentors=counts.get((Role.MENTOR, SignUpState.PLACED), 0),
    )
