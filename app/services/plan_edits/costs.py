"""What a change by hand costs and gains, goal by goal, in words."""

from __future__ import annotations

from app.services.plan_edits.names import Names
from app.services.planning.edits import GoalStep, Outcome, Scene

_LESS_MORE = {
    "attendance_floor": (
        "whoever sits least has {n} less",
        "whoever sits least has {n} more",
        "round",
    ),
    "attendance": ("{n} fewer is used", "{n} more is used", "seat"),
    "hosts_floor": (
        "the least busy host has {n} less",
        "the least busy host has {n} more",
        "round",
    ),
    "wishes_floor": ("{n} fewer gets a wish", "{n} more gets a wish", "person"),
    "fit_floor": ("weakest match {n} lower", "weakest match {n} higher", "point"),
    "fit": ("match {n} lower", "match {n} higher", "point"),
    "stage_mix": (
        "{n} fewer between career stages",
        "{n} more between career stages",
        "meeting",
    ),
    "changes": (
        "{n} more differs from what is published",
        "{n} fewer differs from what is published",
        "seat",
    ),
}
_PLURALS = {"person": "people", "wish": "wishes"}
_TIMES = {2: "a second time", 3: "a third time"}
_MOST_PAIRS = 2
"""So many pairs that meet again are named; more are counted."""


def costs(outcome: Outcome, scene: Scene, names: Names) -> tuple[str, ...]:
    """Return what gets worse, the most important first; empty when nothing does."""
    return tuple(_words(step, outcome, scene, names) for step in outcome.steps if step.gain < 0)


def gains(outcome: Outcome, scene: Scene, names: Names) -> tuple[str, ...]:
    """Return what gets better, the most important first."""
    return tuple(_words(step, outcome, scene, names) for step in outcome.steps if step.gain > 0)


def _words(step: GoalStep, outcome: Outcome, scene: Scene, names: Names) -> str:
    amount, is_worse = abs(step.gain), step.gain < 0
    if step.goal == "repeats":
        return _again(outcome, scene, names, amount) if is_worse else _rarer(amount)
    if step.goal == "wishes":
        return _wishes(scene, amount, is_worse=is_worse)
    if step.goal == "balance":
        return "tables are filled less evenly" if is_worse else "tables are filled more evenly"
    less, more, unit = _LESS_MORE[step.goal]
    return (less if is_worse else more).format(n=counted(amount, unit))


def counted(amount: float, unit: str) -> str:
    """Return "one seat", "2 seats", "0.5 points"."""
    number = f"{amount:.1f}".removesuffix(".0")
    if number == "1":
        return f"one {unit}"
    return f"{'under 0.1' if number == '0' else number} {_PLURALS.get(unit, f'{unit}s')}"


def _wishes(scene: Scene, amount: float, *, is_worse: bool) -> str:
    if any(weight != 1 for _, _, weight in scene.problem.wishes):
        return f"wishes {counted(amount, 'point')} {'lower' if is_worse else 'higher'}"
    return f"{counted(amount, 'wish')} {'less' if is_worse else 'more'}"


def _again(outcome: Outcome, scene: Scene, names: Names, amount: float) -> str:
    pairs = outcome.again
    if not pairs or len(pairs) > _MOST_PAIRS:
        return f"{counted(amount, 'pair')} {'meets' if amount == 1 else 'meet'} again"
    return ", ".join(
        f"{names.person(one)} meets {names.person(two)} {_time(scene, one, two)}"
        for one, two in pairs
    )


def _time(scene: Scene, one: str, two: str) -> str:
    met = len(scene.shared((one, two))) + ((one, two) in scene.past) + 1
    return _TIMES.get(met, f"for time number {met}")


def _rarer(amount: float) -> str:
    return f"{counted(amount, 'pair')} fewer {'meets' if amount == 1 else 'meet'} again"
