"""The planner's input: one agenda block with its rounds, tables, people, rules and goals.

Every class is a frozen value; ids are strings. What each field means is written down once, in the
format ``roundabout-problem/1`` (see ``MODEL.md``); names here are the names there.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from scheduler.entities import (
    DEFAULT_GOALS,
    DEFAULT_LIMITS,
    MAX_PEOPLE,
    MAX_ROUNDS,
    MAX_TABLES,
    MINIMISED,
    Composition,
    Count,
    Distinct,
    Goal,
    GoalName,
    Limit,
    NotAlone,
    Person,
    Picker,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)
from scheduler.validity import check

__all__ = [
    "DEFAULT_GOALS",
    "DEFAULT_LIMITS",
    "MAX_PEOPLE",
    "MAX_ROUNDS",
    "MAX_TABLES",
    "MINIMISED",
    "Composition",
    "Count",
    "Distinct",
    "Goal",
    "GoalName",
    "Limit",
    "NotAlone",
    "Person",
    "Picker",
    "Problem",
    "RepeatLimit",
    "Role",
    "Round",
    "Seat",
    "Table",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One block to plan: rounds, tables, people, hard rules, goals.

    Raises
    ------
    InvalidProblem
        When something does not fit together; names the place and what was expected.
    """

    rounds: tuple[Round, ...]
    tables: tuple[Table, ...]
    people: tuple[Person, ...]
    name: str = ""
    composition: tuple[Composition, ...] = ()
    keep_apart: tuple[tuple[str, str], ...] = ()
    keep_apart_same: tuple[str, ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    must_meet: tuple[tuple[str, str], ...] = ()
    repeats: tuple[RepeatLimit, ...] = ()
    past_meetings: tuple[tuple[str, str], ...] = ()
    fit: tuple[tuple[str, str, float], ...] = ()
    table_fit: tuple[tuple[str, str, float], ...] = ()
    wishes: tuple[tuple[str, str, float], ...] = ()
    pins: tuple[Seat, ...] = ()
    previous: tuple[Seat, ...] | None = None
    frozen_rounds: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    source: str | None = field(default=None, repr=False, compare=False)
    """Canonical JSON of the document it was read from; its digest is the problem's digest."""

    def __post_init__(self) -> None:
        """Check that everything fits together."""
        check(self)

    @property
    def goals_in_order(self) -> tuple[Goal, ...]:
        """The goals to take in turn: the problem's own, or the default order."""
        if self.goals:
            return self.goals
        if self.previous is not None:
            return (Goal(goal=GoalName.CHANGES), *DEFAULT_GOALS)
        return DEFAULT_GOALS

    def limits(self) -> dict[frozenset[Role], Limit]:
        """Return the limit of every pair of roles that is not free by default or by entry."""
        own = {frozenset(entry.between): entry.limit for entry in self.repeats}
        return DEFAULT_LIMITS | own

    def replace(self, **changes: Any) -> Problem:
        """Return a changed copy, which no longer stands for the document it came from."""
        return dataclasses.replace(self, **{"source": None, **changes})
