"""What a change by hand would do to a plan: every goal's new value, and every rule it would break.

Weighing one edit costs time in the size of the tables it touches, not in the size of the problem,
so that all edits of somebody's seat can be shown at once. ``verify`` knows nothing of this; whoever
makes an edit asks it about the whole plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.edits.change import Edit, change_of
from scheduler.edits.goals import VALUES
from scheduler.edits.rules import broken
from scheduler.edits.scene import Scene
from scheduler.findings import Violation
from scheduler.problem import MINIMISED, GoalName, Seat

__all__ = ["Edit", "GoalStep", "Outcome", "Scene", "applied", "edits_of", "weigh"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStep:
    """One goal before and after an edit.

    Parameters
    ----------
    goal : GoalName
    before, after : float
        In the goal's own unit.
    """

    goal: GoalName
    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much better it gets; negative when it gets worse."""
        step = self.after - self.before
        return -step if self.goal in MINIMISED else step


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an edit does.

    Parameters
    ----------
    edit : Edit
    steps : tuple of GoalStep
        The goals it changes, in the problem's order.
    broken : tuple of Violation
        Rules that do not hold any more where it changes something.
    again : tuple of (str, str)
        Pairs that would meet once more and should avoid it.
    """

    edit: Edit
    steps: tuple[GoalStep, ...]
    broken: tuple[Violation, ...]
    again: tuple[tuple[str, str], ...] = ()


def weigh(scene: Scene, edit: Edit) -> Outcome:
    """Return what an edit of the scene's plan would do."""
    change = change_of(scene, edit)
    steps = (
        GoalStep(goal=goal, before=before, after=VALUES[goal](scene, change))
        for goal, before in scene.values.items()
    )
    return Outcome(
        edit=edit,
        steps=tuple(step for step in steps if abs(step.gain) > scene.tolerance(step.before)),
        broken=tuple(broken(scene, change)),
        again=tuple(sorted(pair for pair in change.gained if scene.meets_again(pair))),
    )


def edits_of(scene: Scene, person: str, round_id: str) -> Iterator[Edit]:
    """Yield every other place of a person in a round: out, each table, each mover's seat.

    Movers who cannot be there in the round, or who share the person's table, are left out.
    """
    own = scene.table_of[person].get(round_id)
    if own is not None:
        yield Edit(round=round_id, moves=((person, None),))
    for table in scene.tables:
        if table != own:
            yield Edit(round=round_id, moves=((person, table),))
    for other, who in scene.people.items():
        theirs = scene.table_of[other].get(round_id)
        if who.table is None and theirs != own and scene.is_here(other, round_id):
            yield Edit(round=round_id, moves=((person, theirs), (other, own)))


def applied(scene: Scene, edit: Edit) -> tuple[Seat, ...]:
    """Return the plan's seats after an edit, in the order that a plan lists them."""
    moved = dict(edit.moves)
    seats = [
        Seat(person, round_id, table)
        for person, tables in scene.table_of.items()
        for round_id, table in tables.items()
        if round_id != edit.round or person not in moved
    ]
    seats += [
        Seat(person, edit.round, table) for person, table in moved.items() if table is not None
    ]
    rank = {name: number for number, name in enumerate(scene.rounds)}
    return tuple(sorted(seats, key=lambda seat: (rank[seat.round], seat.table, seat.person)))
