"""What a plan's goals are called, and how far each one got, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.services.planning.view import GoalView

NEAR = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTitle:
    """A goal's name for people; ``is_least`` when less is better."""

    title: str
    is_least: bool = False
    is_quiet: bool = False  # not worth a line when nobody asked for it


TITLES = {
    "changes": GoalTitle(title="Seats that change", is_least=True),
    "attendance_floor": GoalTitle(title="Rounds, worst off"),
    "attendance": GoalTitle(title="Seats used"),
    "hosts_floor": GoalTitle(title="Rounds, least busy host", is_quiet=True),
    "wishes_floor": GoalTitle(title="People with a wish", is_quiet=True),
    "repeats": GoalTitle(title="Pairs who meet again", is_least=True),
    "wishes": GoalTitle(title="Wishes granted", is_quiet=True),
    "fit_floor": GoalTitle(title="Topic match, worst off", is_quiet=True),
    "fit": GoalTitle(title="Topic match in all", is_quiet=True),
    "stage_mix": GoalTitle(title="Career stages met", is_quiet=True),
    "balance": GoalTitle(title="Uneven tables", is_least=True, is_quiet=True),
}
"""In the order in which the planner takes them unless told otherwise."""


AIMS = {
    "attendance_floor": ("Everybody gets enough rounds", "Whoever has fewest, gets more."),
    "attendance": ("No empty seats", "As many seats are used as can be."),
    "hosts_floor": ("Every host has guests", "The least busy host gets more rounds."),
    "wishes_floor": ("Everybody gets a wish", "One wish each comes before anybody's second."),
    "repeats": ("New faces at each table", "Nobody meets again who need not."),
    "wishes": ("Wishes come true", "As many as can be, by their weight."),
    "fit_floor": ("A good match for everybody", "Whoever is served worst, gets better."),
    "fit": ("Questions meet the right topics", "The match of all meetings together."),
    "stage_mix": ("Career stages mix", "Tables with many different stages."),
    "balance": ("Tables alike in size", "No full table beside a near empty one."),
    "changes": ("Few changes", "What is published stays as far as it can."),
}
"""A goal as something to want, and what it means."""


def aim(name: str) -> str:
    """Return a goal as something to want."""
    return AIMS[name][0] if name in AIMS else title(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One goal on the receipt."""

    title: str
    figure: str
    words: str
    proved: bool
    value: float
    most: float  # length of the meter; 0 draws none
    mark_at: float


def receipt(goals: Iterable[GoalView]) -> tuple[ReceiptLine, ...]:
    """Return the goals that something was asked for, in order."""
    return tuple(_line(goal) for goal in asked_for(goals))


def asked_for(goals: Iterable[GoalView]) -> tuple[GoalView, ...]:
    """Return the goals that are worth a line: those about somebody."""
    return tuple(goal for goal in goals if not _is_empty(goal))


def title(name: str) -> str:
    """Return what a goal is called."""
    known = TITLES.get(name)
    return known.title if known else name.replace("_", " ").capitalize()


def number(value: float) -> str:
    """Return a figure without needless decimals."""
    return f"{value:.0f}" if abs(value - round(value)) < 0.005 else f"{value:.1f}"


def _line(goal: GoalView) -> ReceiptLine:
    about = TITLES.get(goal.name, GoalTitle(title=goal.name))
    has_meter = not about.is_least and goal.bound is not None and goal.bound > 0
    return ReceiptLine(
        title=title(goal.name),
        figure=_figure(goal, is_least=about.is_least),
        words=_words(goal),
        proved=goal.proved,
        value=goal.value,
        most=max(goal.bound or 0.0, goal.value) if has_meter else 0.0,
        mark_at=goal.bound or 0.0,
    )


def _figure(goal: GoalView, *, is_least: bool) -> str:
    value = number(goal.value)
    if is_least:
        if goal.proved or goal.bound is None:
            return value
        return f"{value}, at least {number(goal.bound)}"
    if goal.bound is None:
        return value
    if goal.proved:
        return f"{value} of {number(goal.bound)}"
    return f"{value}, at most {number(goal.bound)}"


def _words(goal: GoalView) -> str:
    words = goal.words
    if goal.proved and abs(goal.value - goal.best) > NEAR / 100:
        words = f"{words} was {number(goal.best)}; a little given up for a later goal"
    return words[:1].upper() + words[1:] + "."


def _is_empty(goal: GoalView) -> bool:
    about = TITLES.get(goal.name)
    is_quiet = about is not None and about.is_quiet
    return is_quiet and not goal.value and not goal.best and not goal.bound
