"""What was done to a plan by hand: the steps to it, what can be taken back, what is pinned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.enums import PlanOrigin
from app.models import PlanRun, Schedule, ScheduledRound
from app.queries.plan_seating import Seating
from app.services import plan_edits, planning
from app.services.plan_edits import UNDONE, Names

_Runs = Mapping[int, "Row[int, int | None, PlanOrigin, str | None, dict[str, Any]]"]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A plan made by hand from another, and what was done, in words."""

    run_id: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """The organiser's hand at one plan.

    ``steps`` are the changes since the planner's plan, oldest first; ``later`` is the newest change
    made to this plan, ``beside`` those that others made to its parent.
    """

    steps: tuple[Change, ...]
    undo: Change | None
    redo: Change | None
    later: Change | None
    beside: tuple[Change, ...]
    pinned: frozenset[Key]  # person and round
    pins: int
    published_version: int | None

    @property
    def newest_child(self) -> int:
        """The newest change to this plan that its page knows of."""
        return self.later.run_id if self.later else 0

    @property
    def pins_elsewhere(self) -> int:
        """How many pins this plan does not keep, because they are younger than it."""
        return self.pins - len(self.pinned)


def read(session: Session, run: PlanRun, seating: Seating) -> Hand:
    """Return what was done by hand to a run's plan and around it; three statements."""
    runs = _runs(session, run.block_id)
    names = names_in(seating)
    steps = _steps(runs, run.id, names)
    children = [one for one in runs.values() if _is_edit_of(one, run.id)]
    held = [one for one in children if one.status != UNDONE]
    gone = [one for one in children if one.status == UNDONE]
    beside = [
        one
        for one in runs.values()
        if steps and one.id != run.id and _is_edit_of(one, run.parent_id) and one.status != UNDONE
    ]
    pins = planning.pinned(session, run.block_id)
    seated = {
        (somebody.id, f"r{round_id}"): f"t{table_id}"
        for (round_id, table_id), people in seating.at.items()
        for somebody in people
    }
    return Hand(
        steps=steps,
        undo=steps[-1] if steps else None,
        redo=_change(gone[-1], names) if gone and not held else None,
        later=_change(held[-1], names) if held else None,
        beside=tuple(_change(one, names) for one in beside),
        pinned=frozenset(
            (pin.person_id, pin.round_id)
            for pin in pins
            if seated.get((pin.person_id, pin.round_id)) == pin.table_id
        ),
        pins=len(pins),
        published_version=session.scalar(
            select(Schedule.version)
            .join(ScheduledRound, ScheduledRound.schedule_id == Schedule.id)
            .where(ScheduledRound.plan_run_id == run.id)
            .order_by(Schedule.version.desc())
            .limit(1)
        ),
    )


def newest_child(session: Session, run: PlanRun) -> int:
    """Return the newest change that was made to a plan, 0 when there is none."""
    return max((one.id for one in plan_edits.children(session, run)), default=0)


def names_in(seating: Seating) -> Names:
    """Return what is known by name in a plan's seating."""
    return Names(
        people={one.id: one.name for one in seating.people.values()},
        tables={f"t{one.id}": f"table {one.number}" for one in seating.block_tables},
        rounds={f"r{one.id}": f"round {one.number}" for one in seating.rounds},
    )


def words_of(edit: Mapping[str, Any], names: Names) -> str:
    """Return what an edit did: "swapped Ana and Ben in round 2"."""
    there = names.round(edit.get("round"))
    moves = edit.get("moves") or []
    if len(moves) > 1:
        return f"swapped {names.everybody([move[0] for move in moves])} in {there}"
    if not moves:
        return "changed by hand"
    person, was, table = moves[0]
    if table is None:
        return f"let {names.person(person)} sit out {there}"
    if was is None:
        return f"gave {names.person(person)} a seat at {names.table(table)} in {there}"
    return f"moved {names.person(person)} to {names.table(table)} in {there}"


def _runs(session: Session, block_id: int) -> _Runs:
    found = session.execute(
        select(PlanRun.id, PlanRun.parent_id, PlanRun.origin, PlanRun.status, PlanRun.edit)
        .where(PlanRun.block_id == block_id)
        .order_by(PlanRun.id)
    )
    return {one.id: one for one in found}


def _is_edit_of(one: Any, parent_id: int | None) -> bool:
    return bool(one.origin is PlanOrigin.EDITED and one.parent_id == parent_id)


def _steps(runs: _Runs, run_id: int, names: Names) -> tuple[Change, ...]:
    steps: list[Change] = []
    one = runs.get(run_id)
    while one is not None and one.origin is PlanOrigin.EDITED:
        steps.append(_change(one, names))
        one = runs.get(one.parent_id or 0)
    return tuple(reversed(steps))


def _change(one: Any, names: Names) -> Change:
    return Change(run_id=one.id, words=words_of(one.edit, names))
