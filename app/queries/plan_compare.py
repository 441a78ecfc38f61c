"""Two plans of one block side by side: what each goal gains or loses, and whom it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Event, PlanRun
from app.queries import plan_findings, plan_goals, plan_seating
from app.queries.plan_seating import Seating, Somebody
from app.queries.plan_verdict import verdict
from app.services import planning

REFLECTS = "reflects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two plans."""

    run_id: int
    created_at: datetime  # in the event's zone
    sentence: str
    asked: tuple[str, ...]
    is_stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPair:
    """One goal in both; ``better`` is a, b or empty."""

    title: str
    a: str
    b: str
    better: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One round of one person in both."""

    round: int
    a: str
    b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    name: str
    role: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything on the page; ``example`` says one change aloud."""

    a: Side
    b: Side
    goals: tuple[GoalPair, ...]
    people: tuple[PersonChange, ...]
    seats: int
    of_people: int
    example: str


def read(session: Session, event: Event, a: PlanRun, b: PlanRun) -> Comparison:
    """Return two runs side by side; ``NotFound`` unless both have seats and plan one block."""
    found = [planning.decode(run) for run in (a, b)]
    plans = [one.plan for one in found]
    if a.block_id != b.block_id or any(plan is None or not plan.has_seats for plan in plans):
        raise NotFound
    seatings = [
        plan_seating.read(session, event, run, one.seats)
        for run, one in zip((a, b), found, strict=True)
    ]
    people = _people(*seatings)
    everybody = {**seatings[0].people, **seatings[1].people}
    return Comparison(
        a=_side(session, event, a, seatings[0], found[0]),
        b=_side(session, event, b, seatings[1], found[1]),
        goals=_goals(*(plan for plan in plans if plan is not None)),
        people=people,
        seats=sum(len(one.changes) for one in people),
        of_people=len(everybody),
        example=_example(people),
    )


def _side(
    session: Session, event: Event, run: PlanRun, seating: Seating, found: planning.Decoded
) -> Side:
    assert found.plan is not None  # noqa: S101 -- checked above
    said = verdict(seating, found.plan, run.problem)
    return Side(
        run_id=run.id,
        created_at=run.created_at.astimezone(ZoneInfo(event.zone)),
        sentence=f"{said.before}{said.number}{said.after} {said.more}".strip(),
        asked=plan_findings.asked_for(session, event, run),
        is_stale=run.roster_version != event.roster_version,
    )


def _goals(a: planning.PlanView, b: planning.PlanView) -> tuple[GoalPair, ...]:
    """Return the goals of the first, then those that only the second was asked for."""
    names = list(dict.fromkeys(one.name for one in (*a.goals, *b.goals)))
    pairs = []
    for name in names:
        first, second = a.goal(name), b.goal(name)
        if not any(plan_goals.asked_for([one]) for one in (first, second) if one):
            continue
        pairs.append(
            GoalPair(
                title=plan_goals.title(name),
                a=plan_goals.number(first.value) if first else "not asked for",
                b=plan_goals.number(second.value) if second else "not asked for",
                better=_better(name, first, second),
            )
        )
    return tuple(pairs)


def _better(name: str, a: planning.GoalView | None, b: planning.GoalView | None) -> str:
    if a is None or b is None or abs(a.value - b.value) < 1e-6:
        return ""
    about = plan_goals.TITLES.get(name)
    is_least = about is not None and about.is_least
    return "a" if (a.value < b.value) == is_least else "b"


def _people(a: Seating, b: Seating) -> tuple[PersonChange, ...]:
    ways = _ways(a), _ways(b)
    found = []
    for somebody in _everybody(a, b):
        first, second = (side.get(somebody.id, {}) for side in ways)
        changes = tuple(
            Change(round=number, a=first.get(number, REFLECTS), b=second.get(number, REFLECTS))
            for number in sorted({*first, *second})
            if first.get(number) != second.get(number)
        )
        if changes:
            found.append(
                PersonChange(name=somebody.name, role=somebody.role.value, changes=changes)
            )
    return tuple(found)


def _everybody(a: Seating, b: Seating) -> Sequence[Somebody]:
    known = {**b.people, **a.people}
    return sorted(known.values(), key=lambda one: (one.name.casefold(), one.id))


def _ways(seating: Seating) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for one in seating.rounds:
        for table in seating.tables:
            for somebody in seating.at.get((one.id, table.id), ()):
                found.setdefault(somebody.id, {})[one.number] = f"table {table.number}"
    return found


def _example(people: Sequence[PersonChange]) -> str:
    """Say the change of whoever changes most, of those who come first by name."""
    if not people:
        return ""
    most = max(people, key=lambda one: len(one.changes))
    one = most.changes[0]
    first, second = (
        "reflects" if spot == REFLECTS else f"sits at {spot}" for spot in (one.a, one.b)
    )
    where = f"In round {one.round}, {most.name}"
    return f"{where} {first} in the first plan and {second} in the second."
