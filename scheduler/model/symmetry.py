"""Tables that are alike could swap their people: one order of them is enough to look at."""

from __future__ import annotations

import numpy as np
import pulp

from scheduler.arrays import Seating
from scheduler.model.linear import plus, row, total
from scheduler.model.window import Window


def break_symmetry(w: Window) -> None:
    """Order tables that are alike by their lowest person, empty ones last."""
    for (r, *_), tables in sorted(alike(w).items()):
        for number, t in enumerate(tables[1:]):
            before = dict(w.movers(tables[number], r))
            lower: list[pulp.LpVariable] = []
            for p, x in sorted(w.movers(t, r), key=lambda mover: mover[0]):
                lower = [y for q, y in before.items() if q < p]
                rank = total([(1, x)]) - plus(lower)
                w.add(row(f"break_symmetry_r{r}_t{t}_p{p}", rank, "<=", 0))


def alike(w: Window) -> dict[tuple[int, ...], list[int]]:
    """Return the tables of each round that could swap their people without any difference."""
    arrays, problem = w.arrays, w.arrays.problem
    named = {int(t) for t in arrays.host[arrays.host >= 0]}
    named |= {arrays.table_index[seat.table] for seat in problem.pins}
    named |= {int(t) for t in np.unique(arrays.previous) if t >= 0}
    named |= {int(t) for t in np.flatnonzero(arrays.table_fit.any(axis=0))}
    restricted = [entry.tables for entry in problem.composition if entry.tables is not None]
    classes: dict[tuple[int, ...], list[int]] = {}
    kinds: dict[tuple[object, ...], int] = {}
    for t, r in w.cells:
        if t in named or w.fixed_at(t, r):
            continue
        table = arrays.tables[t]
        key = (table.features, int(arrays.seats[t]), *(table.id in own for own in restricted))
        kind = kinds.setdefault(key, len(kinds))
        classes.setdefault((r, kind), []).append(t)
    return {key: sorted(tables) for key, tables in classes.items() if len(tables) > 1}


def in_order(w: Window, seating: Seating) -> Seating:
    """Return the same plan with alike tables in the order that ``break_symmetry`` asks for."""
    result = seating.copy()
    for (r, *_), tables in alike(w).items():
        lowest = {t: np.flatnonzero(seating[:, r] == t).min(initial=len(seating)) for t in tables}
        ranked = sorted(tables, key=lambda t: (lowest[t], t))
        for old, new in zip(ranked, tables, strict=True):
            result[seating[:, r] == old, r] = new
    return result
