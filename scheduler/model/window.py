"""The variables of a window: who may move, in which rounds and at which tables; the rest is fixed.

The whole model is the window in which every round but the frozen ones is free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pulp

from scheduler.arrays import Arrays, Bools, Ints, Seating
from scheduler.model.linear import Expr, Part, plus, row, total
from scheduler.problem import GoalName


@dataclass(frozen=True, eq=False)
class Free:
    """What a window may change.

    Attributes
    ----------
    people : array of bool, shape (people, rounds)
        Movers whose seat is open.
    tables : array of bool, shape (tables, rounds)
        Tables they may take.
    """

    people: Bools
    tables: Bools


def all_free(arrays: Arrays, rounds: Iterable[int] | None = None) -> Free:
    """Return the window of whole rounds: all that are not frozen, or the given ones."""
    chosen = ~arrays.frozen
    if rounds is not None:
        chosen = np.zeros(arrays.n_rounds, dtype=bool)
        chosen[list(rounds)] = True
    people = arrays.here & arrays.is_mover[:, None] & chosen[None, :]
    return Free(people=people, tables=arrays.open & chosen[None, :])


class Window:
    """Variables ``x[p, t, r]`` and ``used[t, r]`` of a window, and what is fixed around it.

    Parameters
    ----------
    arrays : Arrays
    seating : Seating
        Seats outside the window (inside it they are ignored).
    free : Free
    """

    def __init__(self, arrays: Arrays, seating: Seating, free: Free) -> None:
        self.arrays = arrays
        self.free = free
        self.model = pulp.LpProblem("rounds", pulp.LpMaximize)
        self.fixed = np.where(free.people, -1, seating)
        self.present = host_seats(arrays)
        self.fixed = np.where(self.present >= 0, self.present, self.fixed)
        self.cells = [(int(t), int(r)) for t, r in np.argwhere(free.tables)]
        self.x: dict[tuple[int, int, int], pulp.LpVariable] = {}
        self.at: dict[tuple[int, int], list[tuple[int, pulp.LpVariable]]] = {}
        self.places: dict[tuple[int, int], list[tuple[int, pulp.LpVariable]]] = {}
        self._make_seats()
        self.sitting = self._sitting()
        self.used = {cell: self._make_used(*cell) for cell in self.cells}
        self.used_before = in_use(arrays, self.fixed)
        self.active = np.asarray(self._active())
        self.fluid_pairs = np.asarray(self.active[:, None] | self.active[None, :])
        self.met_settled = np.asarray(self._met_settled())
        self._shares: dict[tuple[int, int, int], pulp.LpVariable] = {}
        self._met: dict[tuple[int, int], pulp.LpVariable] = {}
        self._linked: set[tuple[int, ...]] = set()
        self.goal_exprs: dict[GoalName, pulp.LpAffineExpression] = {}

    def _make_seats(self) -> None:
        arrays, free = self.arrays, self.free
        for r in np.flatnonzero(free.people.any(axis=0)):
            tables = free.tables[:, r]
            for p in np.flatnonzero(free.people[:, r]):
                for t in np.flatnonzero(tables & arrays.may_sit[p]):
                    key = int(p), int(t), int(r)
                    variable = self.binary(f"x_p{p}_t{t}_r{r}")
                    self.x[key] = variable
                    self.at.setdefault(key[1:], []).append((key[0], variable))
                    self.places.setdefault((key[0], key[2]), []).append((key[1], variable))

    def _sitting(self) -> dict[tuple[int, int], list[int]]:
        sitting: dict[tuple[int, int], list[int]] = {}
        for p, r in np.argwhere(self.fixed >= 0):
            sitting.setdefault((int(self.fixed[p, r]), int(r)), []).append(int(p))
        return sitting

    def _active(self) -> Bools:
        active = np.zeros(self.arrays.n, dtype=bool)
        active[[p for p, _ in self.places]] = True
        return active

    def _met_settled(self) -> Ints:
        count = np.zeros((self.arrays.n, self.arrays.n), dtype=np.int64)
        for column in self.fixed.T:
            count += (column[:, None] == column[None, :]) & (column >= 0)[None, :]
        count[self.arrays.co_host] = 0
        return count

    def _make_used(self, t: int, r: int) -> pulp.LpVariable | int:
        if any(self.arrays.host[p] != t for p in self.fixed_at(t, r)):
            return 1
        if not self.at.get((t, r)):
            return 0
        return self.binary(f"used_t{t}_r{r}")

    def binary(self, name: str) -> pulp.LpVariable:
        """Return a new variable that is 0 or 1."""
        return self.model.add_variable(name, cat=pulp.LpBinary)

    def number(self, name: str, low: float | None, up: float | None) -> pulp.LpVariable:
        """Return a new variable between two limits."""
        return self.model.add_variable(name, low, up)

    def add(self, *rows: pulp.LpConstraint) -> None:
        """Add rows to the model."""
        for constraint in rows:
            self.model.addConstraint(constraint)

    def fixed_at(self, t: int, r: int) -> list[int]:
        """Return who surely sits at a table: its hosts, and movers outside the window."""
        return self.sitting.get((t, r), [])

    def movers(self, t: int, r: int) -> list[tuple[int, pulp.LpVariable]]:
        """Return who may sit at a table, with the variable of the seat."""
        return self.at.get((t, r), [])

    def seat(self, p: int, t: int, r: int) -> pulp.LpVariable | int:
        """Return the variable of a seat, or the number where it is settled."""
        known = self.x.get((p, t, r))
        return known if known is not None else int(self.fixed[p, r] == t)

    def in_use(self, t: int, r: int) -> pulp.LpVariable | int:
        """Return whether a table is in use: a variable, or a number where it is settled."""
        known = self.used.get((t, r))
        return int(self.used_before[t, r]) if known is None else known

    def is_open(self, p: int, r: int) -> bool:
        """Return whether a person's seat in a round is still to be chosen."""
        return (p, r) in self.places

    def seats_of(self, p: int) -> Expr:
        """Return the number of seats of a person."""
        terms = [v for r in range(self.arrays.n_rounds) for _, v in self.places.get((p, r), ())]
        return plus(terms, int((self.fixed[p] >= 0).sum()))

    def use_of(self, p: int) -> Expr:
        """Return the number of rounds in which a host's table is in use."""
        t = int(self.arrays.host[p])
        return total([(1.0, self.in_use(t, r)) for r in range(self.arrays.n_rounds)])

    def headcount(self, t: int, r: int, among: Bools) -> Expr:
        """Return how many of some people sit at a table, nobody while it is idle."""
        hosts = sum(bool(among[p]) for p in self.fixed_at(t, r))
        parts: list[tuple[float, Part]] = [(float(hosts), self.in_use(t, r))]
        parts += [(1.0, v) for p, v in self.movers(t, r) if among[p]]
        return total(parts)

    def share(self, p: int, q: int, r: int, *, up: bool, down: bool) -> Part:
        """Return whether two people share a table in a round.

        ``up`` keeps the variable from being 1 wrongly (needed where a meeting is rewarded),
        ``down`` from being 0 wrongly (needed where it is punished or limited).
        """
        if self.arrays.co_host[p, q]:
            return 0
        for one, other in ((p, q), (q, p)):
            if not self.is_open(one, r):
                t = int(self.fixed[one, r])
                return 0 if t < 0 else self.seat(other, t, r)
        p, q = min(p, q), max(p, q)
        common = {t for t, _ in self.places[p, r]} & {t for t, _ in self.places[q, r]}
        if not common:
            return 0
        name = f"p{p}_p{q}_r{r}"
        if (p, q, r) not in self._shares:
            self._shares[p, q, r] = self.number(f"y_{name}", 0, 1)
        y = self._shares[p, q, r]
        if up and (p, q, r, 1) not in self._linked:
            self._linked.add((p, q, r, 1))
            self._link_up(y, p, q, r, common)
        if down and (p, q, r, 0) not in self._linked:
            self._linked.add((p, q, r, 0))
            for t in sorted(common):
                both = total([(1, y), (-1, self.x[p, t, r]), (-1, self.x[q, t, r])])
                self.add(row(f"share_{name}_t{t}", both, ">=", -1))
        return y

    def _link_up(self, y: pulp.LpVariable, p: int, q: int, r: int, common: set[int]) -> None:
        name = f"p{p}_p{q}_r{r}"
        parts: list[tuple[float, Part]] = [(-1.0, y)]
        for t in sorted(common):
            both = self.number(f"z_{name}_t{t}", 0, 1)
            parts.append((1.0, both))
            for one in (p, q):
                below = total([(1, both), (-1, self.x[one, t, r])])
                self.add(row(f"both_{name}_t{t}_p{one}", below, "<=", 0))
        self.add(row(f"meet_{name}", total(parts), ">=", 0))

    def shares(self, p: int, q: int, *, up: bool, down: bool) -> Expr:
        """Return in how many rounds two people share a table."""
        rounds = range(self.arrays.n_rounds)
        return total([(1.0, self.share(p, q, r, up=up, down=down)) for r in rounds])

    def met(self, p: int, q: int, *, up: bool, down: bool) -> pulp.LpVariable | int:
        """Return whether two people share a table in any round."""
        p, q = min(p, q), max(p, q)
        if self.met_before(p, q):
            return 1
        rounds = [r for r in range(self.arrays.n_rounds) if self.may_share(p, q, r)]
        if not rounds:
            return 0
        if (p, q) not in self._met:
            self._met[p, q] = self.number(f"met_p{p}_p{q}", 0, 1)
        met = self._met[p, q]
        if up and (p, q, 1) not in self._linked:
            self._linked.add((p, q, 1))
            some = total([(1.0, self.share(p, q, r, up=True, down=False)) for r in rounds])
            self.add(row(f"met_p{p}_p{q}", some - met, ">=", 0))
        if down and (p, q, 0) not in self._linked:
            self._linked.add((p, q, 0))
            for r in rounds:
                gap = total([(1.0, self.share(p, q, r, up=False, down=True)), (-1.0, met)])
                self.add(row(f"met_p{p}_p{q}_r{r}", gap, "<=", 0))
        return met

    def may_share(self, p: int, q: int, r: int) -> bool:
        """Return whether two people could still share a table in a round."""
        return not isinstance(self.share(p, q, r, up=False, down=False), int)

    def met_before(self, p: int, q: int) -> int:
        """Return in how many settled rounds two people share a table."""
        return int(self.met_settled[p, q])

    def seating(self) -> Seating:
        """Return the seats that the variables hold."""
        result = self.fixed.astype(np.int32)
        for (p, t, r), variable in self.x.items():
            if (variable.varValue or 0.0) > 0.5:
                result[p, r] = t
        return result

    def begin_from(self, seating: Seating) -> None:
        """Set the seats' variables to a known seating, as a start for the solver."""
        for (p, t, r), variable in self.x.items():
            variable.varValue = float(seating[p, r] == t)


def host_seats(arrays: Arrays) -> Seating:
    """Return the seats that hosts have by rule, -1 for everybody else; none in frozen rounds."""
    table = np.maximum(arrays.host, 0)
    there = arrays.here & arrays.open[table] & ~arrays.is_mover[:, None] & ~arrays.frozen[None, :]
    return np.where(there, arrays.host[:, None], -1).astype(np.int32)


def in_use(arrays: Arrays, seating: Seating) -> Bools:
    """Return which tables somebody other than their hosts sits at; shape (tables, rounds)."""
    used = np.zeros((arrays.n_tables, arrays.n_rounds), dtype=bool)
    guest = (seating >= 0) & (seating != arrays.host[:, None])
    people, rounds = np.nonzero(guest)
    used[seating[people, rounds], rounds] = True
    return used
