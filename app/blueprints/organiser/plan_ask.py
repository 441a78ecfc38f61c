"""What a page asks of the planner: goals in order, near what is published or anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from app.errors import NotFound
from app.queries import plan_goals
from app.services import planning

if TYPE_CHECKING:
    from app.models import Block, Event

Form = MultiDict[str, str]
UP, DOWN, OUT, IN, OWN = "up", "down", "out", "in", "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A goal on the list; ``is_own`` when the block asks for it by itself."""

    name: str
    title: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The form's own part: goals in order, those left out, and where to begin."""

    block_id: int
    aims: tuple[Aim, ...]
    left_out: tuple[Aim, ...]
    is_own_order: bool
    near_published: bool

    def options(self) -> planning.PlanOptions:
        """Return what to ask; the block's own order is nothing in particular."""
        goals = () if self.is_own_order else tuple(aim.name for aim in self.aims)
        return planning.PlanOptions(goals=goals, near_published=self.near_published)


def read(form: Form, block: Block) -> Asked:
    """Return what a form says, after the button that moves a goal."""
    own = planning.goals_of(block.rules)
    goals = _known(form.getlist("goal")) if "goal" in form else own
    goals = _moved(goals, form.get("move", ""), own)
    return Asked(
        block_id=block.id,
        aims=_aims(goals),
        left_out=_aims([name for name in plan_goals.AIMS if name not in {*goals, "changes"}]),
        is_own_order=goals == own,
        near_published=form.get("begin") != "anew",
    )


def block_of(event: Event, block_id: int | None) -> Block:
    """Return a planned block, the first one unless one is named."""
    for block in event.blocks:
        if block.kind.is_planned and block_id in {None, block.id}:
            return block
    raise NotFound


def _known(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        name for name in dict.fromkeys(names) if name in plan_goals.AIMS and name != "changes"
    )


def _moved(goals: tuple[str, ...], move: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the goals after one step: ``fit:up``, ``fit:down``, ``fit:out``, ``fit:in``, own."""
    name, _, way = move.partition(":")
    if name == OWN:
        return own
    if way == IN:
        return _known([*goals, name])
    if name not in goals:
        return goals
    if way == OUT:  # something has to be wanted
        return tuple(one for one in goals if one != name) or goals
    at = goals.index(name)
    to = min(max(at + {UP: -1, DOWN: 1}.get(way, 0), 0), len(goals) - 1)
    rest = [one for one in goals if one != name]
    return (*rest[:to], name, *rest[to:])


def _aims(names: Sequence[str]) -> tuple[Aim, ...]:
    return tuple(
        Aim(name=name, title=plan_goals.AIMS[name][0], means=plan_goals.AIMS[name][1])
        for name in names
    )
