"""A plan run while it works: where it stands, goal by goal, and its curve as a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.enums import PlanRunState
from app.models import PlanRun
from app.queries import plan_goals

LEFT, RIGHT, TOP, BOTTOM = 62.0, 690.0, 48.0, 250.0
TABLE_ROWS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """What a run's own page says of it."""

    id: int
    block_id: int
    state: PlanRunState
    status: str | None
    created_at: datetime
    seed: int
    time_limit_s: float
    roster_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What stood at a moment; ``bound`` is what no plan can beat."""

    seconds: float
    value: float
    bound: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A goal on the list: done, now or ahead."""

    title: str
    state: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The curve of the goal in hand, in the drawing's own units."""

    best: str
    bound: str
    gap: str
    now_x: float
    now_y: float
    bound_y: float
    low: str
    high: str
    last_second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """A run that is waiting or at work."""

    run_id: int
    state: PlanRunState
    seconds: int
    time_limit_s: int
    stop_requested: bool
    goal: str
    value: str
    bound: str
    steps: tuple[Step, ...]
    goals: tuple[GoalLine, ...]
    chart: Chart | None


def row(run: PlanRun, zone: str) -> RunRow:
    """Return a run as its page names it."""
    return RunRow(
        id=run.id,
        block_id=run.block_id,
        state=run.state,
        status=run.status,
        created_at=run.created_at.astimezone(ZoneInfo(zone)),
        seed=run.seed,
        time_limit_s=run.time_limit_s,
        roster_version=run.roster_version,
    )


def read(run: PlanRun, *, now: datetime) -> ProgressView:
    """Return where a run stands."""
    entries = [entry for entry in run.progress if entry.get("goal")]
    name = str(entries[-1]["goal"]) if entries else ""
    steps = _steps(entries, name)
    last = steps[-1] if steps else None
    seconds = (now - run.started_at).total_seconds() if run.started_at else 0.0
    is_least = name in plan_goals.TITLES and plan_goals.TITLES[name].is_least
    return ProgressView(
        run_id=run.id,
        state=run.state,
        seconds=max(0, round(seconds)),
        time_limit_s=round(run.time_limit_s),
        stop_requested=run.stop_requested,
        goal=plan_goals.title(name) if name else "",
        value=plan_goals.number(last.value) if last else "",
        bound=plan_goals.number(last.bound) if last and last.bound is not None else "",
        steps=_thinned(steps),
        goals=_goals(entries, name, _asked(run)),
        chart=None if is_least else draw(steps, limit=run.time_limit_s),
    )


def draw(steps: Sequence[Step], *, limit: float) -> Chart | None:
    """Return the curve of the best so far and of the best possible; None with too little."""
    known = [step for step in steps if step.bound is not None]
    if len(known) < 2:
        return None
    low = min(step.value for step in known)
    high = max(step.bound or step.value for step in known)
    if high - low <= 0:
        return None
    first, span = known[0].seconds, max(limit - known[0].seconds, known[-1].seconds, 1.0)

    def x(seconds: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(1.0, (seconds - first) / span), 1)

    def y(value: float) -> float:
        return round(BOTTOM - 16 - (BOTTOM - 16 - TOP) * (value - low) / (high - low), 1)

    best = _stairs([(x(step.seconds), y(step.value)) for step in known])
    bound = _stairs([(x(step.seconds), y(step.bound or step.value)) for step in known])
    back = _back([(x(step.seconds), y(step.bound or step.value)) for step in known])
    last = known[-1]
    return Chart(
        best=best,
        bound=bound,
        gap=f"{best}L{back}Z",
        now_x=x(last.seconds),
        now_y=y(last.value),
        bound_y=y(last.bound or last.value),
        low=plan_goals.number(low),
        high=plan_goals.number(high),
        last_second=plan_goals.number(round(first + span)),
    )


def _steps(entries: Sequence[Mapping[str, Any]], name: str) -> list[Step]:
    return [
        Step(
            seconds=float(entry["seconds"]),
            value=float(entry["value"]),
            bound=None if entry.get("bound") is None else float(entry["bound"]),
        )
        for entry in entries
        if entry["goal"] == name and entry.get("value") is not None
    ]


def _thinned(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return a handful of steps for the table, the last one among them."""
    if len(steps) <= TABLE_ROWS:
        return tuple(steps)
    stride = (len(steps) - 1) / (TABLE_ROWS - 1)
    return tuple(steps[round(at * stride)] for at in range(TABLE_ROWS))


def _asked(run: PlanRun) -> list[str]:
    """Return the goals in the order in which the problem asks for them."""
    goals = json.loads(run.problem).get("goals", [])
    named = [goal if isinstance(goal, str) else str(goal["goal"]) for goal in goals]
    return named or [name for name in plan_goals.TITLES if name != "changes"]


def _goals(
    entries: Sequence[Mapping[str, Any]], current: str, asked: Sequence[str]
) -> tuple[GoalLine, ...]:
    """Return the goals in order; those that were reached before the one in hand are done."""
    seen: dict[str, Mapping[str, Any]] = {}
    for entry in entries:
        if entry.get("value") is not None or entry["goal"] not in seen:
            seen[str(entry["goal"])] = entry
    names = [*asked, *(name for name in seen if name not in asked)]
    turn = names.index(current) if current else 0
    return tuple(
        _goal_line(name, seen.get(name), is_current=name == current, is_past=at < turn)
        for at, name in enumerate(names)
    )


def _goal_line(
    name: str, entry: Mapping[str, Any] | None, *, is_current: bool, is_past: bool
) -> GoalLine:
    title = plan_goals.title(name)
    if entry is None and is_past:
        return GoalLine(title=title, state="ok", words="Nothing to look for.")
    if entry is None:
        return GoalLine(title=title, state="", words="Later.")
    value, bound = entry.get("value"), entry.get("bound")
    if value is None:
        return GoalLine(title=title, state="now" if is_current else "", words="Working on it.")
    is_proved = bound is not None and abs(bound - value) <= 1e-6 * max(1.0, abs(bound))
    figure = plan_goals.number(value)
    if is_proved:
        return GoalLine(title=title, state="ok", words=f"{figure}. Proved best.")
    limit = "" if bound is None else f"; the best possible is {plan_goals.number(bound)}"
    if is_current:
        return GoalLine(title=title, state="now", words=f"Working on it: {figure}{limit}.")
    return GoalLine(title=title, state="near", words=f"{figure}{limit}.")


def _stairs(points: Sequence[tuple[float, float]]) -> str:
    path = f"M{points[0][0]} {points[0][1]}"
    return path + "".join(f"H{x}V{y}" for x, y in points[1:])


def _back(points: Sequence[tuple[float, float]]) -> str:
    """Return the bound's stairs from right to left, to close the band."""
    path = f"{points[-1][0]} {points[-1][1]}"
    for (x, _y), (_before, y) in zip(reversed(points[1:]), reversed(points[:-1]), strict=True):
        path += f"H{x}V{y}"
    return path + f"H{points[0][0]}"
