"""What a change of settings does to people, in sentences, read off a change that was tried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Admission, Role, SignUpState
from app.models import Event, SignUp
from app.services.event_settings.form import (
    RoleSettings,
    SignUpSettings,
    seats_role,
)
from app.services.signups import places

_UP = {SignUpState.OFFERED, SignUpState.PLACED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing that happens; ``told`` is how many people get a mail of it."""

    text: str
    told: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where everybody of the event stands: (role, state) by sign-up."""

    by_id: Mapping[int, tuple[Role, SignUpState]]
    unconfirmed: frozenset[int] = frozenset()  # who still has to confirm their address

    def count(self, role: Role, *states: SignUpState) -> int:
        """Return how many of a role are in one of these states."""
        return sum(1 for pair in self.by_id.values() if pair[0] is role and pair[1] in states)

    def taken(self, role: Role) -> int:
        """Return how many places of a role are gone."""
        return self.count(role, *(state for state in SignUpState if state.takes_place))

    def there(self, role: Role) -> int:
        """Return how many of a role have not left."""
        return self.count(role, *(state for state in SignUpState if not state.is_over))


def standing(session: Session, event_id: int) -> Standing:
    """Return where everybody of an event stands just now."""
    rows = session.execute(
        select(SignUp.id, SignUp.role, SignUp.state, SignUp.held_until)
        .where(SignUp.event_id == event_id)
        .order_by(SignUp.seq)
    ).all()
    return Standing(
        by_id={id_: (role, state) for id_, role, state, _ in rows},
        unconfirmed=frozenset(id_ for id_, _, _, held_until in rows if held_until is not None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A change as it was tried out: the settings and everybody's standing, before and after."""

    event: Event
    old: SignUpSettings
    new: SignUpSettings
    before: Standing
    after: Standing
    now: datetime


def find_effects(trial: Trial) -> tuple[Effect, ...]:
    """Return what happens to people, those who move first."""
    found = [_moves(trial, mine) for mine in trial.new.roles]
    found += [_answered(trial), _to_confirm(trial)]
    found += [_limit_by_mentors(trial, mine) for mine in trial.new.roles]
    found += [_over(trial, mine) for mine in trial.new.roles]
    found += [_other_rule(trial, mine) for mine in trial.new.roles]
    found += [_unseated(trial, mine) for mine in trial.new.roles]
    found += [_kept_shorter(trial)]
    return tuple(effect for effect in found if effect is not None)


def _moves(trial: Trial, mine: RoleSettings) -> Effect | None:
    role = mine.role
    waiting = [
        id_ for id_, pair in trial.before.by_id.items() if pair == (role, SignUpState.WAITING)
    ]
    up = [state for id_ in waiting if (state := trial.after.by_id[id_][1]) in _UP]
    if not up:
        return None
    many = len(up) > 1
    are = "are" if many else "is"
    if SignUpState.OFFERED in up:
        what = f"{are} offered a place for 24 hours and told."
    else:
        what = f"{'move' if many else 'moves'} up at once and {are} told."
    return Effect(
        text=f"{_people(len(waiting), role)} {_wait(len(waiting))}; "
        f"{_which(len(up), len(waiting), mine.admission)} {what}",
        told=len(up),
    )


def _which(number: int, waiting: int, admission: Admission) -> str:
    """Return who of those who wait it is."""
    if number == waiting:
        return {1: "that one", 2: "both"}.get(number, f"all {number}")
    if admission is Admission.PLAN:
        return f"the {'one' if number == 1 else number} whom the plan lacks most"
    return "the first" if number == 1 else f"the first {number}"


def _answered(trial: Trial) -> Effect | None:
    """Say what becomes of those who wait for a yes that nobody asks for any more."""
    asked = [id_ for id_, pair in trial.before.by_id.items() if pair[1] is SignUpState.ASKED]
    moved = {
        id_: state for id_ in asked if (state := trial.after.by_id[id_][1]) != SignUpState.ASKED
    }
    if not moved:
        return None
    unconfirmed = len(trial.before.unconfirmed & set(moved))
    placed = sum(state in _UP for state in moved.values())
    waiting = len(moved) - placed - unconfirmed
    parts = [
        (placed, "gets a place", "get a place"),
        (waiting, "goes on the waitlist", "go on the waitlist"),
        (unconfirmed, "confirms the address first", "confirm their address first"),
    ]
    said = [f"{number} {one if number == 1 else many}" for number, one, many in parts if number]
    who = "1 person waits" if len(moved) == 1 else f"{len(moved)} people wait"
    return Effect(
        text=f"{who} for your yes. In the order of sign-up, {_listed(said)}. "
        "To say no to somebody, do so on the roster first.",
        told=placed + waiting,
    )


def _to_confirm(trial: Trial) -> Effect | None:
    number = len(trial.after.unconfirmed - trial.before.unconfirmed)
    if not number:
        return None
    text = (
        "1 person who waits never had to confirm the address: that one gets a mail that asks for "
        "it and has 48 hours to do so, or loses the place in the queue."
        if number == 1
        else f"{number} people who wait never had to confirm their address: they get a mail that "
        "asks for it and have 48 hours to do so, or lose their place in the queue."
    )
    return Effect(text=text, told=number)


def _limit_by_mentors(trial: Trial, mine: RoleSettings) -> Effect | None:
    old = trial.old.of(mine.role)
    if mine.per_mentor is None or (old is not None and old.per_mentor == mine.per_mentor):
        return None
    mentors = trial.after.count(Role.MENTOR, SignUpState.PLACED)
    most = places.limit(mine.places, mine.per_mentor, mentors)
    have = f"{mentors} mentors have" if mentors > 1 else f"{mentors or 'No'} mentor has"
    there = "is 1 place" if most == 1 else f"are {most or 'no'} places"
    return Effect(
        text=f"{have} a place, so there {there} for {mine.role}s now. "
        "The number follows the mentors by itself."
    )


def _over(trial: Trial, mine: RoleSettings) -> Effect | None:
    old = trial.old.of(mine.role)
    mentors = trial.after.count(Role.MENTOR, SignUpState.PLACED)
    most = places.limit(mine.places, mine.per_mentor, mentors)
    is_same = old is not None and (old.places, old.per_mentor) == (mine.places, mine.per_mentor)
    taken = trial.after.taken(mine.role)
    if is_same or most is None or taken <= most:
        return None
    have = "has a place or is" if taken == 1 else "have a place or are"
    more = f": {taken - most} more than the limit of {most}" if most else ""
    until = f"until fewer than {most} are left" if most else "any more"
    return Effect(
        text=f"{_people(taken, mine.role)} {have} promised one{more}. "
        f"Nobody loses it. Nobody moves up {until}."
    )


def _other_rule(trial: Trial, mine: RoleSettings) -> Effect | None:
    old = trial.old.of(mine.role)
    waiting = trial.after.count(mine.role, SignUpState.WAITING)
    if old is None or old.admission is mine.admission or not waiting:
        return None
    return Effect(
        text=f"{_people(waiting, mine.role)} {_wait(waiting)} under the rule "
        "that stood there at sign-up. The new one counts for them too, and stands on the event's "
        "page from now on; no mail tells them."
    )


def _unseated(trial: Trial, mine: RoleSettings) -> Effect | None:
    if trial.old.of(mine.role) is not None or seats_role(trial.event, mine.role):
        return None
    return Effect(
        text=f"No part of the agenda seats {mine.role}s: who signs up as one has a place at the "
        "event and no table."
    )


def _kept_shorter(trial: Trial) -> Effect | None:
    days = trial.new.retention_days
    if days >= trial.old.retention_days or not trial.before.by_id:
        return None
    if trial.event.ends_at + timedelta(days=days) <= trial.now:
        return Effect(
            text=f"The event ended more than {days} days ago: everybody is made anonymous as soon "
            "as you save. That cannot be taken back."
        )
    return Effect(
        text=f"Everybody is made anonymous {days} days after the event instead of "
        f"{trial.old.retention_days}. It cannot be made longer again."
    )


def _people(number: int, role: Role) -> str:
    return f"{number} {role}" if number == 1 else f"{number} {role}s"


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
