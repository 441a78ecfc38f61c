"""The goals as linear expressions, one function per goal, with the auxiliary rows they need.

Each function returns an expression whose best value in the window is the goal's value; maximised
and minimised goals alike stand in the goal's own unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from scheduler.arrays import AVOID
from scheduler.model.linear import Expr, Part, row, total
from scheduler.model.rules import groups
from scheduler.model.window import Window
from scheduler.problem import GoalName

GoalExpr = Callable[[Window], Expr]


def attendance_floor(w: Window) -> Expr:
    """Return the fewest seats of a mover, rounds not possible counted as seats."""
    arrays = w.arrays
    counted = np.flatnonzero(arrays.is_mover & (arrays.possible > 0))
    spare = arrays.n_rounds - arrays.possible
    return _floor(
        w, "attendance_floor", ((int(p), w.seats_of(int(p)) + int(spare[p])) for p in counted)
    )


def attendance(w: Window) -> Expr:
    """Return the number of movers' seats."""
    return total([(1, w.seats_of(int(p))) for p in np.flatnonzero(w.arrays.is_mover)])


def hosts_floor(w: Window) -> Expr:
    """Return the fewest rounds in which a host's table is in use."""
    arrays = w.arrays
    counted = np.flatnonzero(~arrays.is_mover & (arrays.possible > 0))
    spare = arrays.n_rounds - arrays.possible
    return _floor(w, "hosts_floor", ((int(p), w.use_of(int(p)) + int(spare[p])) for p in counted))


def wishes_floor(w: Window) -> Expr:
    """Return how many people with a wish get at least one."""
    first, second, _ = w.arrays.wishes
    people: list[tuple[float, Part]] = []
    for p in np.unique(first):
        granted = [(1.0, w.met(int(p), int(q), up=True, down=False)) for q in second[first == p]]
        if any(part == 1 for _, part in granted if isinstance(part, int)):
            people.append((1, 1))
            continue
        one = w.number(f"granted_p{p}", 0, 1)
        people.append((1, one))
        w.add(row(f"wishes_floor_p{p}", total(granted) - one, ">=", 0))
    return total(people)


def wishes(w: Window) -> Expr:
    """Return the weights of the wishes granted."""
    first, second, weight = w.arrays.wishes
    return total(
        [
            (float(amount), w.met(int(p), int(q), up=bool(amount > 0), down=bool(amount < 0)))
            for p, q, amount in zip(first, second, weight, strict=True)
        ]
    )


def fit_floor(w: Window) -> Expr:
    """Return the least fit of a mover's meetings, scaled to full availability."""
    arrays = w.arrays
    counted = np.flatnonzero(arrays.has_fit & arrays.is_mover & (arrays.possible > 0))
    scale = arrays.n_rounds / np.maximum(arrays.possible, 1)
    return _floor(w, "fit_floor", ((int(p), _fit_of(w, int(p)) * float(scale[p])) for p in counted))


def _fit_of(w: Window, p: int) -> Expr:
    values = w.arrays.fit[p]
    fluid = (values != 0) & (w.active | bool(w.active[p]))
    settled = float(values[~fluid & (w.met_settled[p] > 0)].sum())
    parts = [(float(values[q]), _met_for(w, p, int(q))) for q in np.flatnonzero(fluid)]
    return total(parts) + settled


def _met_for(w: Window, p: int, q: int) -> Part:
    value = w.arrays.fit[p, q]
    return w.met(p, q, up=bool(value > 0), down=bool(value < 0))


def fit(w: Window) -> Expr:
    """Return the fit of all meetings, and of tables once for each round there."""
    arrays = w.arrays
    half = np.triu(arrays.fit)
    fluid = (half != 0) & w.fluid_pairs
    settled = float(half[~fluid & (w.met_settled > 0)].sum())
    parts: list[tuple[float, Part]] = [
        (float(half[p, q]), _met_for(w, int(p), int(q))) for p, q in np.argwhere(fluid)
    ]
    for p, t in np.argwhere(arrays.table_fit):
        value = float(arrays.table_fit[p, t])
        parts += [(value, w.seat(int(p), int(t), r)) for r in range(arrays.n_rounds)]
    return total(parts) + settled


def repeats(w: Window) -> Expr:
    """Return how often pairs to avoid meet again, meetings of earlier blocks included."""
    arrays = w.arrays
    avoid = np.triu(arrays.limit == AVOID)
    again = np.maximum(w.met_settled - 1, 0) + (arrays.past & (w.met_settled > 0))
    parts: list[tuple[float, Part]] = []
    for p, q in np.argwhere(avoid & w.fluid_pairs):
        before = w.met_before(int(p), int(q))
        past = bool(arrays.past[p, q])
        open_rounds = [r for r in range(arrays.n_rounds) if w.may_share(int(p), int(q), r)]
        if past or before or len(open_rounds) > 1:
            parts.append((1, max(0, before - 1 + int(past)) if before else 0))
        if open_rounds and (past or before or len(open_rounds) > 1):
            shares = total(
                [(1, w.share(int(p), int(q), r, up=False, down=True)) for r in open_rounds]
            )
            parts.append((1, _excess(w, f"p{p}_p{q}", shares, free=0 if past or before else 1)))
    return total(parts) + float(again[avoid & ~w.fluid_pairs].sum())


def _excess(w: Window, name: str, shares: Expr, *, free: int) -> Part:
    if free == 0:
        return shares
    over = w.number(f"again_{name}", 0, None)
    w.add(row(f"repeats_again_{name}", shares - over, "<=", free))
    return over


def stage_mix(w: Window) -> Expr:
    """Return, over seats at tables in use, how many other stages sit there."""
    everybody = np.ones(w.arrays.n, dtype=bool)
    parts: list[tuple[float, Part]] = []
    for t, r in _touched(w):
        for number, among in enumerate(groups(w.arrays, "stage")):
            there, rest = w.headcount(t, r, among), w.headcount(t, r, everybody & ~among)
            ceiling = min(float(sum(rest.values()) + rest.constant), float(w.arrays.seats[t]))
            parts.append((1, _others(w, f"r{r}_t{t}_s{number}", there, rest, ceiling)))
    return total(parts)


def _others(w: Window, name: str, there: Expr, rest: Expr, ceiling: float) -> Part:
    most = sum(there.values()) + there.constant
    if most == 0:
        return 0
    if len(there) == 0:
        return rest
    seen = w.binary(f"seen_{name}")
    mixed = w.number(f"mixed_{name}", 0, ceiling)
    w.add(row(f"stage_mix_seen_{name}", there - seen, ">=", 0))
    w.add(row(f"stage_mix_some_{name}", total([(ceiling, seen), (-1, mixed)]), ">=", 0))
    w.add(row(f"stage_mix_rest_{name}", rest - mixed, ">=", 0))
    return mixed


def balance(w: Window) -> Expr:
    """Return, over rounds, the most less the fewest people at tables in use."""
    everybody = np.ones(w.arrays.n, dtype=bool)
    parts: list[tuple[float, Part]] = []
    touched = _touched(w)
    for r in range(w.arrays.n_rounds):
        cells = [(t, w.headcount(t, r, everybody)) for t, other in touched if other == r]
        if not cells:
            continue
        size = float(w.arrays.n)
        high, low = w.number(f"most_r{r}", 0, size), w.number(f"fewest_r{r}", 0, size)
        parts += [(1, high), (-1, low)]
        w.add(row(f"balance_r{r}", high - low, ">=", 0))
        for t, people in cells:
            w.add(row(f"balance_most_r{r}_t{t}", people - high, "<=", 0))
            idle = total([(1, people), (-1, low), (-size, w.in_use(t, r))])
            w.add(row(f"balance_fewest_r{r}_t{t}", idle, ">=", -size))
    return total(parts)


def changes(w: Window) -> Expr:
    """Return how many seats of the previous plan are not held."""
    before = w.arrays.previous
    held: list[tuple[float, Part]] = [
        (-1, w.seat(int(p), int(before[p, r]), int(r))) for p, r in np.argwhere(before >= 0)
    ]
    return total([*held, (1, len(held))])


def _touched(w: Window) -> list[tuple[int, int]]:
    """Return all tables and rounds that can be in use, settled ones included."""
    settled = {(int(t), int(r)) for t, r in np.argwhere(w.used_before)}
    return sorted(settled | {cell for cell, used in w.used.items() if not _is_zero(used)})


def _is_zero(part: Part) -> bool:
    return isinstance(part, int) and part == 0


def _floor(w: Window, name: str, amounts: Iterable[tuple[int, Expr]]) -> Expr:
    """Return a variable below every amount; a constant where all of them are settled."""
    rows = list(amounts)
    settled = [float(amount.constant) for _, amount in rows if len(amount) == 0]
    if len(settled) == len(rows):
        return total([(1, 0)]) + min(settled, default=0.0)
    floor = w.number(name, None, None)
    ceiling = min(settled, default=None)
    if ceiling is not None:
        w.add(row(f"{name}_settled", total([(1, floor)]), "<=", ceiling))
    for p, amount in rows:
        if len(amount) > 0:
            w.add(row(f"{name}_p{p}", amount - floor, ">=", 0))
    return total([(1, floor)])


GOALS: dict[GoalName, GoalExpr] = {
    GoalName.ATTENDANCE_FLOOR: attendance_floor,
    GoalName.ATTENDANCE: attendance,
    GoalName.HOSTS_FLOOR: hosts_floor,
    GoalName.WISHES_FLOOR: wishes_floor,
    GoalName.WISHES: wishes,
    GoalName.FIT_FLOOR: fit_floor,
    GoalName.FIT: fit,
    GoalName.REPEATS: repeats,
    GoalName.STAGE_MIX: stage_mix,
    GoalName.BALANCE: balance,
    GoalName.CHANGES: changes,
}

INTEGRAL = frozenset(
    {
        GoalName.ATTENDANCE_FLOOR,
        GoalName.ATTENDANCE,
        GoalName.HOSTS_FLOOR,
        GoalName.WISHES_FLOOR,
        GoalName.REPEATS,
        GoalName.STAGE_MIX,
        GoalName.BALANCE,
        GoalName.CHANGES,
    }
)
"""Goals whose value is a whole number, so that a bound may be rounded."""
