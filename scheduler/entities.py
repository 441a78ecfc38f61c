"""What a problem is made of: rounds, tables, people, rules and goals, each a frozen value.

What each field means is written down once, in the format ``roundabout-problem/1``; names here are
the names there. ``scheduler.problem`` offers all of them again, beside the whole problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MAX_PEOPLE = 5_000
MAX_TABLES = 1_000
MAX_ROUNDS = 100


class Role(StrEnum):
    """What somebody is in this block."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    PEER = "peer"
    FACILITATOR = "facilitator"


class Limit(StrEnum):
    """How a pair of roles may meet again."""

    FREE = "free"
    AVOID = "avoid"
    NEVER = "never"


class GoalName(StrEnum):
    """What a plan is improved for, in the order that the problem gives."""

    ATTENDANCE_FLOOR = "attendance_floor"
    ATTENDANCE = "attendance"
    HOSTS_FLOOR = "hosts_floor"
    WISHES_FLOOR = "wishes_floor"
    WISHES = "wishes"
    FIT_FLOOR = "fit_floor"
    FIT = "fit"
    REPEATS = "repeats"
    STAGE_MIX = "stage_mix"
    BALANCE = "balance"
    CHANGES = "changes"


MINIMISED = frozenset({GoalName.REPEATS, GoalName.BALANCE, GoalName.CHANGES})
"""Goals whose smaller value is the better one; all others are maximised."""


class Seat(NamedTuple):
    """The fact that a person sits at a table in a round."""

    person: str
    round: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A timed interval in which nobody moves.

    Parameters
    ----------
    id : str
    starts_at : str or None
        ISO 8601 with offset; only shown, never computed with.
    minutes : float or None
    """

    id: str
    starts_at: str | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A place with seats.

    Parameters
    ----------
    id : str
    features : frozenset of str
        What the place offers, such as ``step_free``.
    rounds : frozenset of str or None
        Rounds in which it is open; None means all.
    seats : int or None
        At most so many people; None means no limit.
    """

    id: str
    features: frozenset[str] = frozenset()
    rounds: frozenset[str] | None = None
    seats: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a place in this block.

    Parameters
    ----------
    id : str
    role : Role
    stage : str or None
        Career stage.
    affiliations : frozenset of str
    rounds : frozenset of str or None
        Rounds in which the person is available; None means all.
    table : str or None
        Table of a *host*; None makes the person a *mover*.
    needs : frozenset of str
        Features that the person's table must have.
    traits : tuple of (str, str)
        Name and value, sorted by name.
    max_rounds, min_rounds : int or None
        Bounds on a mover's seats; for a host, on the rounds in which the table is in use.
    """

    id: str
    role: Role
    stage: str | None = None
    affiliations: frozenset[str] = frozenset()
    rounds: frozenset[str] | None = None
    table: str | None = None
    needs: frozenset[str] = frozenset()
    traits: tuple[tuple[str, str], ...] = ()
    max_rounds: int | None = None
    min_rounds: int | None = None

    @property
    def is_host(self) -> bool:
        """Whether the person stays at one table."""
        return self.table is not None

    def trait(self, name: str) -> str | None:
        """Return the value of a trait, or None."""
        return next((value for key, value in self.traits if key == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """Which people a composition entry counts; all fields None picks everybody."""

    role: str | None = None
    stage: str | None = None
    trait: str | None = None
    value: str | None = None

    def picks(self, person: Person) -> bool:
        """Return whether the entry counts this person."""
        return (
            (self.role is None or person.role == self.role)
            and (self.stage is None or person.stage == self.stage)
            and (self.trait is None or person.trait(self.trait) == self.value)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """``composition`` entry: between ``min`` and ``max`` of the picked people at a table in use."""

    count: Picker
    min: int = 0
    max: int | None = None
    tables: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """``composition`` entry: bounds the different stages or affiliations at a table in use."""

    distinct: str
    min: int = 0
    max: int | None = None
    tables: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAlone:
    """``composition`` entry: not exactly one of the picked people at a table in use."""

    not_alone: Picker
    tables: frozenset[str] | None = None


Composition = Count | Distinct | NotAlone


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatLimit:
    """The limit on repeats between two roles (unordered)."""

    between: tuple[Role, Role]
    limit: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal and how much of it later goals may give up.

    Parameters
    ----------
    goal : GoalName
    slack : float
        Below 1: relative to max(|best|, 1). From 1 on: an amount.
    """

    goal: GoalName
    slack: float = 0.0

    def allowance(self, best: float) -> float:
        """Return by how much the value may be worse than ``best``."""
        return self.slack * max(abs(best), 1.0) if self.slack < 1 else self.slack

    def limit(self, best: float) -> float:
        """Return the worst value still allowed once ``best`` was reached."""
        allowance = self.allowance(best)
        return best + allowance if self.goal in MINIMISED else best - allowance


DEFAULT_GOALS: tuple[Goal, ...] = (
    Goal(goal=GoalName.ATTENDANCE_FLOOR),
    Goal(goal=GoalName.ATTENDANCE),
    Goal(goal=GoalName.HOSTS_FLOOR),
    Goal(goal=GoalName.WISHES_FLOOR),
    Goal(goal=GoalName.REPEATS),
    Goal(goal=GoalName.WISHES, slack=0.02),
    Goal(goal=GoalName.FIT_FLOOR, slack=0.05),
    Goal(goal=GoalName.FIT, slack=0.02),
    Goal(goal=GoalName.STAGE_MIX),
    Goal(goal=GoalName.BALANCE),
)

DEFAULT_LIMITS: dict[frozenset[Role], Limit] = {
    frozenset({Role.MENTOR, Role.MENTEE}): Limit.NEVER,
    frozenset({Role.MENTEE}): Limit.AVOID,
    frozenset({Role.PEER}): Limit.AVOID,
    frozenset({Role.FACILITATOR, Role.PEER}): Limit.AVOID,
    frozenset({Role.FACILITATOR, Role.MENTEE}): Limit.AVOID,
}
"""Limits by unordered pair of roles (one element: both alike); every other pair is free."""
