"""Whom a message is for. Only confirmed addresses get one: the others may be somebody else's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.enums import EventState, InviteState, PartStat, Role, SignUpState
from app.errors import InvalidInput
from app.models import Event, Invite, Person, SignUp
from app.services import publishing
from app.services.addresses import canonical_name, canonical_target
from app.services.publishing.itinerary import Itinerary, attendees, itineraries

MOST_NAMED = 500


class Group(StrEnum):
    """Who is meant, before roles narrow it."""

    PLACED = "placed"
    SEATED = "seated"
    UNSEATED = "unseated"
    UNANSWERED = "unanswered"
    DECLINED = "declined"
    WAITING = "waiting"
    ASKED = "asked"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A group, some roles of it (none: all), or people named by address or name."""

    group: Group
    roles: frozenset[Role] = frozenset()
    named: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what is kept of it: no name."""
        return {"group": self.group.value, "roles": sorted(self.roles)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who gets a message, with what its placeholders stand for."""

    person_id: int
    sign_up_id: int
    name: str
    address: str
    role: Role
    itinerary: Itinerary | None


_STATES = {
    Group.WAITING: {SignUpState.WAITING, SignUpState.OFFERED},
    Group.ASKED: {SignUpState.ASKED},
    Group.CHOSEN: {state for state in SignUpState if not state.is_over},
}
_ANSWERS = {Group.UNANSWERED: PartStat.NEEDS_ACTION, Group.DECLINED: PartStat.DECLINED}


def readers(session: Session, event: Event, audience: Audience) -> tuple[Reader, ...]:
    """Return who gets a message, by name.

    Raises ``InvalidInput`` for a line that names nobody, or more than one, of this event.
    """
    rows = _rows(session, event, audience.group)
    snapshot = publishing.as_held(session, publishing.current(session, event.id))
    among = attendees(session, event.id)
    paths = itineraries(event, snapshot, among) if snapshot.version else {}
    if event.state is EventState.CANCELLED:
        paths = {}
    if audience.group is Group.CHOSEN:
        chosen = _named(rows, audience.named)
    else:
        chosen = [row for row in rows if _is_meant(row, audience, paths)]
    found = [
        Reader(
            person_id=row.person_id,
            sign_up_id=row.id,
            name=row.person.name,
            address=row.person.email,
            role=row.role,
            itinerary=paths.get(row.id),
        )
        for row in chosen
    ]
    return tuple(sorted(found, key=lambda one: (canonical_name(one.name), one.sign_up_id)))


def count(session: Session, event: Event) -> dict[Group, int]:
    """Return how many people each group is at this moment."""
    seated = publishing.current(session, event.id).people
    found = dict.fromkeys(Group, 0)
    statement = (
        select(SignUp.id, SignUp.state, Invite.partstat)
        .join(Person, Person.id == SignUp.person_id)
        .outerjoin(Invite, (Invite.sign_up_id == SignUp.id) & (Invite.state == InviteState.LIVE))
        .where(SignUp.event_id == event.id, Person.erased_at.is_(None))
    )
    if event.confirms_address:
        statement = statement.where(SignUp.confirmed_at.is_not(None))
    for sign_up_id, state, partstat in session.execute(statement):
        for group in Group:
            is_in = state in _STATES.get(group, {SignUpState.PLACED})
            if group in _ANSWERS:
                is_in = is_in and partstat is _ANSWERS[group]
            elif group in {Group.SEATED, Group.UNSEATED}:
                is_in = is_in and (sign_up_id in seated) is (group is Group.SEATED)
            found[group] += is_in
    return found


def _rows(session: Session, event: Event, group: Group) -> list[SignUp]:
    states = _STATES.get(group, {SignUpState.PLACED})
    statement = (
        select(SignUp)
        .join(Person, Person.id == SignUp.person_id)
        .where(
            SignUp.event_id == event.id,
            SignUp.state.in_(states),
            Person.erased_at.is_(None),
        )
        .options(joinedload(SignUp.person))
        .order_by(SignUp.id)
    )
    if event.confirms_address:
        statement = statement.where(SignUp.confirmed_at.is_not(None))
    if group in _ANSWERS:
        statement = statement.join(Invite, Invite.sign_up_id == SignUp.id).where(
            Invite.state == InviteState.LIVE, Invite.partstat == _ANSWERS[group]
        )
    return list(session.scalars(statement))


def _is_meant(row: SignUp, audience: Audience, paths: dict[int, Itinerary]) -> bool:
    if audience.roles and row.role not in audience.roles:
        return False
    if audience.group is Group.SEATED:
        return row.id in paths
    if audience.group is Group.UNSEATED:
        return row.id not in paths
    return True


def _named(rows: list[SignUp], named: tuple[str, ...]) -> list[SignUp]:
    """Return whom each line means: an address, or a name that one person has."""
    if len(named) > MOST_NAMED:
        raise InvalidInput({"named": f"Name {MOST_NAMED} people at most, or choose a group"})
    known: dict[str, list[SignUp]] = defaultdict(list)
    for row in rows:
        known[row.person.email_canonical].append(row)
        known[canonical_name(row.person.name)].append(row)
    found: dict[int, SignUp] = {}
    for line in named:
        meant = known.get(canonical_target(line), [])
        if len(meant) != 1:
            msg = (
                f"Nobody here with a confirmed address is called “{line}”"
                if not meant
                else f"{len(meant)} people are called “{line}”: write the address"
            )
            raise InvalidInput({"named": msg})
        found[meant[0].id] = meant[0]
    if not found:
        raise InvalidInput({"named": "Write whom you mean, a name or an address a line"})
    return list(found.values())
