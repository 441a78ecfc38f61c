"""The roster: who takes part in one block, frozen; the same value for the web and for CSV files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.enums import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRound:
    """A round of the block; ``starts_at`` is aware, or None when no start was named."""

    id: str
    number: int
    minutes: int
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterTable:
    id: str
    number: int
    label: str = ""
    features: frozenset[str] = frozenset()
    seats: int | None = None
    video_link: str = ""

    @property
    def name(self) -> str:
        """What stands on the sign."""
        return self.label or str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPerson:
    """Somebody with a place, and everything the planner and the cards may need of them.

    ``rounds`` are ids of the rounds they can attend, None for all. ``wishes`` are (person id,
    weight); ``not_with`` are person ids, confidential. ``unresolved`` is what was wished for but
    names nobody here.
    """

    id: str
    name: str
    email: str
    role: Role
    stage: str | None = None
    stage_label: str = ""
    affiliation: str = ""
    topics: tuple[str, ...] = ()
    question: str = ""
    shares_question: bool = False
    rounds: frozenset[str] | None = None
    wishes: tuple[tuple[str, int], ...] = ()
    not_with: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    other_needs: tuple[str, ...] = ()
    number: int = 0  # row in the file, or place in the order of sign-ups


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody who takes part in one block. ``version`` rises when that changes.

    ``stages`` is the career-stage ladder, junior first, as keys.
    """

    name: str
    rounds: tuple[RosterRound, ...]
    tables: tuple[RosterTable, ...]
    people: tuple[RosterPerson, ...]
    stages: tuple[str, ...] = ()
    zone: str = "UTC"
    version: int = 0

    def person(self, person_id: str) -> RosterPerson:
        """Return the person of this id."""
        return next(person for person in self.people if person.id == person_id)

    def count(self, role: Role) -> int:
        """Return how many people come in this role."""
        return sum(1 for person in self.people if person.role is role)
