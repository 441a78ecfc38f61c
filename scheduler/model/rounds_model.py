"""Lays out a few rounds anew, all others fixed: the integer program behind `transport`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pulp

from scheduler.arrays import Bools, Floats, Ints
from scheduler.model import solver
from scheduler.model.pairing import groups
from scheduler.model.pairing_worth import LINEAR, given, worth
from scheduler.problem import GoalName
from scheduler.road import seconds_left
from scheduler.rotation import Rotation

MANY_CELLS = 30_000
WHOLE_NODES = 200
_SLIP = 1e-7
_LE, _GE = pulp.LpConstraintLE, pulp.LpConstraintGE


class RoundsModel:
    """Who sits at which station in a few rounds, given a rota for all others.

    Parameters
    ----------
    rotation : Rotation
    rota : array of int, shape (m, R)
    chosen : sequence of int
        The rounds to lay out anew.
    cells : list of array of bool, shape (m, S)
        For each chosen round, the seats that may be used: allowed by all other rounds.
    """

    def __init__(
        self, rotation: Rotation, rota: Ints, chosen: Sequence[int], cells: Sequence[Bools]
    ) -> None:
        self.rotation = rotation
        self.rota = rota
        self.chosen = list(chosen)
        fixed = np.delete(rota, self.chosen, axis=1)
        self.fixed = np.zeros(rotation.may.shape, dtype=np.int64)
        mover, column = np.nonzero(fixed >= 0)
        np.add.at(self.fixed, (mover, fixed[mover, column]), 1)
        self.use_fixed = self._rounds_in_use(fixed)
        parts = [
            np.column_stack([np.full(len(found), k), found])
            for k, found in enumerate(np.argwhere(cell) for cell in cells)
        ]
        self.at: Ints = np.concatenate(parts)  # which chosen round, mover, station
        self.lp = pulp.LpProblem("rounds", pulp.LpMaximize)
        self.x = [
            self.lp.add_variable(f"x{e}", 0, 1, cat=pulp.LpInteger) for e in range(len(self.at))
        ]
        self.use: dict[tuple[int, int], pulp.LpVariable] = {}
        self.of_mover = groups(self.at[:, 1], rotation.m)
        self._add_rules()

    def _rounds_in_use(self, fixed: Ints) -> Ints:
        """Return in how many fixed rounds each station is in use; shape (S,)."""
        total = np.zeros(len(self.rotation.stations), dtype=np.int64)
        for column in fixed.T:
            total[np.unique(column[column >= 0])] += 1
        return total

    def _sum(self, members: Ints, scale: Floats | None = None) -> pulp.LpAffineExpression:
        if scale is None:
            return pulp.LpAffineExpression([(self.x[e], 1.0) for e in members.tolist()])
        pairs = zip(members.tolist(), scale.tolist(), strict=True)
        return pulp.LpAffineExpression([(self.x[e], c) for e, c in pairs if c])

    def _add(self, expression: pulp.LpAffineExpression, sense: int, limit: float) -> None:
        self.lp.addConstraint(pulp.LpConstraint(expression, sense, rhs=limit))

    def _add_rules(self) -> None:
        rotation = self.rotation
        size = len(rotation.stations)
        for members in groups(self.at[:, 0] * rotation.m + self.at[:, 1]):
            self._add(self._sum(members), _LE, 1)
        for members in groups(self.at[:, 0] * size + self.at[:, 2]):
            k, _, s = self.at[members[0]].tolist()
            self._add(self._sum(members), _LE, int(rotation.room[s]))
            if rotation.least[s] > 1:
                use = self._in_use(k, s, members)
                self._add(self._sum(members) - int(rotation.room[s]) * use, _LE, 0)
                self._add(self._sum(members) - int(rotation.least[s]) * use, _GE, 0)
        self._add_meetings()
        self._add_seats()

    def _in_use(self, k: int, s: int, members: Ints) -> pulp.LpVariable:
        """Return the variable that may be 1 only when a station is in use in a round."""
        if (k, s) not in self.use:
            use = self.lp.add_variable(f"u{k}_{s}", 0, 1, cat=pulp.LpInteger)
            self._add(self._sum(members) - use, _GE, 0)
            self.use[k, s] = use
        return self.use[k, s]

    def _add_meetings(self) -> None:
        """Nobody meets a host twice, nor fails to meet whom they must."""
        rotation = self.rotation
        for stations in rotation.stations_of.values():
            members = np.flatnonzero(np.isin(self.at[:, 2], stations))
            for group in groups(self.at[members, 1]):
                if len(group) > 1:
                    self._add(self._sum(members[group]), _LE, 1)
        for p, at in rotation.must_meet_at:
            if not self.fixed[p, list(at)].any():
                members = self.of_mover[p]
                self._add(self._sum(members[np.isin(self.at[members, 2], at)]), _GE, 1)

    def _add_seats(self) -> None:
        rotation = self.rotation
        seated = self.fixed.sum(axis=1)
        least = rotation.arrays.min_rounds[rotation.movers]
        for p in range(rotation.m):
            members = self.of_mover[p]
            room = int(rotation.most_seats[p] - seated[p])
            if room < len(self.chosen) and len(members):
                self._add(self._sum(members), _LE, room)
            if least[p] > seated[p]:
                self._add(self._sum(members), _GE, int(least[p] - seated[p]))

    def keep(self, goal: GoalName, limit: float | pulp.LpVariable) -> None:
        """Let a goal get no worse than a limit (a floor: a number or a variable)."""
        if goal in LINEAR:
            self._add(self._linear(goal), _GE, limit - _SLIP * max(1.0, abs(limit)))
        elif goal == GoalName.WISHES_FLOOR:
            self._add(pulp.lpSum(self._wishers()), _GE, round(limit))
        elif goal == GoalName.HOSTS_FLOOR:
            self._keep_hosts_floor(limit)
        else:
            self._keep_movers_floor(goal, limit)

    def _linear(self, goal: GoalName) -> pulp.LpAffineExpression:
        matrix = worth(self.rotation, goal)
        total = self._sum(np.arange(len(self.at)), matrix[self.at[:, 1], self.at[:, 2]])
        return total + float((self.fixed * matrix).sum() + given(self.rotation, goal))

    def _keep_movers_floor(self, goal: GoalName, limit: float | pulp.LpVariable) -> None:
        rotation = self.rotation
        is_fit = goal == GoalName.FIT_FLOOR
        people = rotation.floor_movers if is_fit else np.flatnonzero(rotation.most_seats > 0)
        for p in people.tolist():
            most = int(rotation.most_seats[p])
            members = self.of_mover[p]
            if is_fit:
                scale = rotation.pair_fit[p] * (rotation.n_rounds / most)
                row = self._sum(members, scale[self.at[members, 2]])
                self._floor(row + float(self.fixed[p] @ scale), limit, slip=_SLIP)
            else:
                before = int(self.fixed[p].sum()) + rotation.n_rounds - most
                self._floor(self._sum(members) + before, limit)

    def _keep_hosts_floor(self, limit: float | pulp.LpVariable) -> None:
        rotation = self.rotation
        possible = rotation.arrays.possible
        for h in rotation.hosts.tolist():
            if possible[h] == 0:
                continue
            at = rotation.stations_of.get(h, [])
            before = int(self.use_fixed[at].sum()) + rotation.n_rounds - int(possible[h])
            uses = []
            for k in range(len(self.chosen)):
                for s in at:
                    here = (self.at[:, 0] == k) & (self.at[:, 2] == s)
                    if here.any():
                        uses.append(self._in_use(k, s, np.flatnonzero(here)))
            self._floor(pulp.lpSum(uses) + before, limit)

    def _floor(
        self, row: pulp.LpAffineExpression, limit: float | pulp.LpVariable, *, slip: float = 0.0
    ) -> None:
        if isinstance(limit, pulp.LpVariable):
            self._add(row - limit, _GE, 0)
        else:
            self._add(row, _GE, limit - slip)

    def _wishers(self) -> list[pulp.LpVariable | int]:
        found: list[pulp.LpVariable | int] = []
        for number, cells in enumerate(self.rotation.wished_cells):
            mask = np.zeros(self.fixed.shape, dtype=bool)
            mask[tuple(np.array(cells).T)] = True
            if self.fixed[mask].any():
                found.append(1)
                continue
            members = np.flatnonzero(mask[self.at[:, 1], self.at[:, 2]])
            wisher = self.lp.add_variable(f"w{number}_{len(found)}", 0, 1, cat=pulp.LpInteger)
            self._add(self._sum(members) - wisher, _GE, 0)
            found.append(wisher)
        return found

    def maximise(
        self, goal: GoalName, *, time_limit_s: float, seed: int, nodes: int
    ) -> Ints | None:
        """Return the rota that is best in a goal, or None where none was found."""
        self.lp.setObjective(self._objective(goal))
        solution = solver.run(self.lp, time_limit_s=time_limit_s, seed=seed, nodes=nodes)
        if not solution.has_values:
            return None
        rota = self.rota.copy()
        rota[:, self.chosen] = -1
        taken = np.array([(v.varValue or 0.0) > 0.5 for v in self.x], dtype=bool)
        k, mover, station = self.at[taken].T
        rota[mover, np.array(self.chosen)[k]] = station
        return rota

    def _objective(self, goal: GoalName) -> pulp.LpAffineExpression:
        if goal in LINEAR:
            return self._linear(goal)
        if goal == GoalName.WISHES_FLOOR:
            return pulp.lpSum(self._wishers())
        top = 10.0 * (1.0 + float(np.abs(self.rotation.pair_fit).max())) * self.rotation.n_rounds
        floor = self.lp.add_variable("floor", -top, top)
        self.keep(goal, floor)
        return pulp.LpAffineExpression(floor)


def lay_out(rotation: Rotation, *, deadline: float, seed: int) -> Ints | None:
    """Return any rota that keeps the rules, all rounds at once, where that is small enough."""
    if rotation.may.sum() * rotation.n_rounds > MANY_CELLS:
        return None
    cells = [
        rotation.may & rotation.is_on[None, :, r] & rotation.here[:, r, None]
        for r in range(rotation.n_rounds)
    ]
    empty = np.full((rotation.m, rotation.n_rounds), -1, dtype=np.int64)
    model = RoundsModel(rotation, empty, range(rotation.n_rounds), cells)
    return model.maximise(
        GoalName.ATTENDANCE, time_limit_s=seconds_left(deadline), seed=seed, nodes=WHOLE_NODES
    )
