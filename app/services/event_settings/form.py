"""The settings of sign-up as one value, checked against what the event already promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from app.enums import Admission, Role
from app.errors import InvalidInput
from app.models import Event
from app.services import addresses

MOST_PLACES = 5_000
MOST_PER_MENTOR = 100
FEWEST_DAYS_KEPT = 7
MOST_DAYS_KEPT = 365
DAYS_KEPT = 90
"""What every event begins with; nobody is kept longer than they were told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSettings:
    """How many of a role the event takes, and to whom a freed place goes.

    ``places`` None: as many as come. ``per_mentor`` None: not tied to the mentors with a place.
    """

    role: Role
    places: int | None
    per_mentor: float | None = None
    admission: Admission = Admission.FIRST_COME


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpSettings:
    """Everything on the page of sign-up settings; ``roles`` are those the event asks for."""

    roles: tuple[RoleSettings, ...]
    asks_approval: bool
    confirms_address: bool
    signup_closes_at: datetime | None
    changes_until: datetime | None
    retention_days: int
    contact_email: str

    def of(self, role: Role) -> RoleSettings | None:
        """Return a role's settings, None when the event does not ask for it."""
        return next((one for one in self.roles if one.role is role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One setting that is another now; ``old`` and ``new`` as stored."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What bounds the settings: the clock, the event, and how many of each role are there."""

    now: datetime
    starts_at: datetime
    people: Mapping[Role, int]


def stored(event: Event) -> SignUpSettings:
    """Return an event's settings, to the minute as the page shows them."""
    found = {row.role: row for row in event.capacities}
    return SignUpSettings(
        roles=tuple(
            RoleSettings(
                role=role,
                places=found[role].places,
                per_mentor=found[role].per_mentor,
                admission=found[role].admission,
            )
            for role in Role
            if role in found
        ),
        asks_approval=event.asks_approval,
        confirms_address=event.confirms_address,
        signup_closes_at=_to_the_minute(event.signup_closes_at),
        changes_until=_to_the_minute(event.changes_until),
        retention_days=event.retention_days,
        contact_email=event.contact_email,
    )


def fingerprint(value: object) -> str:
    """Return a short mark of a value, by which a later request knows that it is the same."""
    return sha256(repr(value).encode()).hexdigest()[:16]


def most_days_kept(current: int, *, has_people: bool) -> int:
    """Return the longest retention that can be chosen: never more than people were told."""
    return current if has_people else min(MOST_DAYS_KEPT, max(DAYS_KEPT, current))


def seats_role(event: Event, role: Role) -> bool:
    """Return whether some part of the agenda seats people of a role."""
    return any(
        role.value in (block.rules.get("roles") or [one.value for one in Role])
        for block in event.blocks
        if block.kind.is_planned
    )


def find_changes(old: SignUpSettings, new: SignUpSettings) -> tuple[Change, ...]:
    """Return what is another in the second than in the first, role by role."""
    found: list[Change] = []
    for role in Role:
        before, after = old.of(role), new.of(role)
        if before is None or after is None:
            if before is not after:
                found.append(
                    Change(field=f"asked_{role}", old=before is not None, new=after is not None)
                )
            if after is None:
                continue
        found += _differing(before, after, ("places", "per_mentor", "admission"), f"_{role}")
    names = ("asks_approval", "confirms_address", "signup_closes_at", "changes_until")
    return (*found, *_differing(old, new, (*names, "retention_days", "contact_email")))


def find_problems(wanted: SignUpSettings, old: SignUpSettings, facts: Facts) -> dict[str, str]:
    """Return what to put right, by field."""
    found: dict[str, str] = {}
    for role in Role:
        found |= _role_problems(role, wanted, facts)
    if not wanted.roles:
        found["asked_mentee"] = "Ask for at least one role."
    for name, field in (("signup_closes_at", "closes_date"), ("changes_until", "changes_date")):
        at: datetime | None = getattr(wanted, name)
        if at is not None and at != getattr(old, name):
            found |= _time_problem(field, at, facts)
    found |= _retention_problem(wanted.retention_days, old, facts)
    if wanted.contact_email:
        try:
            addresses.clean_address(wanted.contact_email)
        except InvalidInput:
            found["contact_email"] = addresses.ADVICE
    return found


def _role_problems(role: Role, wanted: SignUpSettings, facts: Facts) -> dict[str, str]:
    found: dict[str, str] = {}
    mine = wanted.of(role)
    people = facts.people.get(role, 0)
    if mine is None:
        if people:
            who = f"1 {role} has" if people == 1 else f"{people} {role}s have"
            found[f"asked_{role}"] = (
                f"{who} signed up, so the event goes on asking for {role}s. "
                "To take no more of them, lower the places."
            )
        return found
    if mine.places is not None and not 0 <= mine.places <= MOST_PLACES:
        found[f"places_{role}"] = (
            f"Write how many {role}s, from 0 to {MOST_PLACES}, or leave it empty."
        )
    if mine.per_mentor is None:
        return found
    if not 0 < mine.per_mentor <= MOST_PER_MENTOR:
        found[f"per_mentor_{role}"] = (
            f"Write how many {role}s for each mentor, above 0 and {MOST_PER_MENTOR} at most, "
            "or leave it empty."
        )
    elif role is Role.MENTOR or wanted.of(Role.MENTOR) is None:
        found[f"per_mentor_{role}"] = "There are no mentors to count by, so leave this empty."
    return found


def _time_problem(field: str, at: datetime, facts: Facts) -> dict[str, str]:
    if at > facts.starts_at:
        return {field: "Choose a time before the event begins."}
    if at <= facts.now:
        return {
            field: "Choose a time that is still to come. To close sign-up now, use the button on "
            "the event's page."
            if field == "closes_date"
            else "Choose a time that is still to come, or leave it empty."
        }
    return {}


def _retention_problem(days: int, old: SignUpSettings, facts: Facts) -> dict[str, str]:
    has_people = any(facts.people.values())
    most = most_days_kept(old.retention_days, has_people=has_people)
    if FEWEST_DAYS_KEPT <= days <= most or days == old.retention_days:
        return {}
    text = f"Write a number of days from {FEWEST_DAYS_KEPT} to {most}."
    if days > most and has_people:
        text += " It can only get shorter: people signed up on the word that it is not longer."
    return {"retention_days": text}


def _differing(old: object, new: object, names: tuple[str, ...], suffix: str = "") -> list[Change]:
    return [
        Change(field=name + suffix, old=getattr(old, name, None), new=getattr(new, name))
        for name in names
        if getattr(old, name, None) != getattr(new, name)
    ]


def _to_the_minute(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(second=0, microsecond=0)
