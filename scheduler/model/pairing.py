"""Who meets whom, as an aggregated integer program without rounds (a b-matching with side rows).

Variable x[p, s] counts the rounds of mover p at station s. Every plan gives such an x, so each
bound proved here holds for all plans; `construct.colouring` turns an x into rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pulp

from scheduler.arrays import Bools, Floats, Ints
from scheduler.model import solver
from scheduler.model.cuts import Cut
from scheduler.model.pairing_worth import LINEAR, Kept, given, worth
from scheduler.problem import GoalName
from scheduler.rotation import Rotation

_SLIP = 1e-7


@dataclass(frozen=True, slots=True)
class _Row:
    """A row over one mover, some stations, or all, with the coefficients of its columns."""

    constraint: pulp.LpConstraint
    mover: int | None
    station: list[int] | None
    scale: Floats | float


class PairingModel:
    """One integer program over the candidate pairs, with the limits that earlier goals set.

    Parameters
    ----------
    rotation : Rotation
    candidates : array of bool, shape (m, S)
        Pairs that may be used; a subset of ``rotation.may``.
    kept : sequence of (goal, limit)
        Goals that may not get worse than a limit.
    cuts : sequence of Cut
        What absences are known to forbid.
    """

    def __init__(
        self,
        rotation: Rotation,
        candidates: Bools,
        kept: Sequence[Kept] = (),
        cuts: Sequence[Cut] = (),
    ) -> None:
        self.rotation = rotation
        self.lp = pulp.LpProblem("pairing", pulp.LpMaximize)
        self.edges: Ints = np.argwhere(candidates)
        most = np.where(rotation.hosted, 1, rotation.is_on.sum(axis=1))
        tops = most[self.edges[:, 1]].tolist()
        self.x = [
            self.lp.add_variable(f"x{e}", 0, top, cat=pulp.LpInteger) for e, top in enumerate(tops)
        ]
        self.of_mover = groups(self.edges[:, 0], rotation.m)
        self.of_station = groups(self.edges[:, 1], len(rotation.stations))
        self.rows: list[_Row] = []
        self.seats: list[pulp.LpConstraint] = []
        """The row of each station's seats."""
        self._add_rules()
        for cut in cuts:
            self.add_cut(cut)
        for goal, limit in kept:
            self.keep(goal, limit)

    def add_cut(self, cut: Cut) -> None:
        """Add a row that every plan keeps."""
        everything = np.arange(len(self.edges))
        row = self._sum(everything, self.coefficients(cut.weight))
        self._add(row, pulp.LpConstraintLE, cut.limit + _SLIP, scale=cut.weight)

    def _sum(self, members: Ints, scale: Floats | None = None) -> pulp.LpAffineExpression:
        if scale is None:
            return pulp.LpAffineExpression([(self.x[e], 1.0) for e in members.tolist()])
        pairs = zip(members.tolist(), scale.tolist(), strict=True)
        return pulp.LpAffineExpression([(self.x[e], c) for e, c in pairs if c])

    def _add(
        self,
        expression: pulp.LpAffineExpression,
        sense: int,
        limit: float,
        *,
        mover: int | None = None,
        station: list[int] | None = None,
        scale: Floats | float = 1.0,
    ) -> None:
        constraint = pulp.LpConstraint(expression, sense, rhs=limit, name=f"c{len(self.rows)}")
        self.lp.addConstraint(constraint)
        self.rows.append(_Row(constraint, mover, station, scale))

    def _add_rules(self) -> None:
        rotation = self.rotation
        least = rotation.arrays.min_rounds[rotation.movers]
        for p, members in enumerate(self.of_mover):
            self._add(self._sum(members), pulp.LpConstraintLE, int(rotation.most_seats[p]), mover=p)
            if least[p] > 0:
                self._add(self._sum(members), pulp.LpConstraintGE, int(least[p]), mover=p)
        for s, members in enumerate(self.of_station):
            self._add_station(s, members)
        if not rotation.is_steady:
            everybody = np.arange(len(self.edges))
            self._add(self._sum(everybody), pulp.LpConstraintLE, rotation.most_attendance)
        self._add_shared_hosts()
        self._add_must_meet()

    def _add_station(self, s: int, members: Ints) -> None:
        rotation = self.rotation
        top, least = int(rotation.capacity[s]), int(rotation.least[s])
        self._add(self._sum(members), pulp.LpConstraintLE, top, station=[s])
        self.seats.append(self.rows[-1].constraint)
        if least > 1:
            use = self.lp.add_variable(f"u{s}", 0, int(rotation.is_on[s].sum()), cat=pulp.LpInteger)
            for sense, each in (
                (pulp.LpConstraintLE, int(rotation.room[s])),
                (pulp.LpConstraintGE, least),
            ):
                self._add(self._sum(members) - each * use, sense, 0, station=[s])

    def _add_shared_hosts(self) -> None:
        """Nobody meets a host at two stations of one table."""
        for at in self.rotation.stations_of.values():
            if len(at) < 2:
                continue
            members = np.flatnonzero(np.isin(self.edges[:, 1], at))
            for group in groups(self.edges[members, 0]):
                if len(group) > 1:
                    self._add(self._sum(members[group]), pulp.LpConstraintLE, 1, mover=-1)

    def _add_must_meet(self) -> None:
        for p, at in self.rotation.must_meet_at:
            members = self.of_mover[p]
            members = members[np.isin(self.edges[members, 1], at)]
            self._add(self._sum(members), pulp.LpConstraintGE, 1, mover=-1)

    def coefficients(self, matrix: Floats, members: Ints | None = None) -> Floats:
        """Return a matrix over (mover, station) as coefficients of the columns."""
        edges = self.edges if members is None else self.edges[members]
        return np.asarray(matrix[edges[:, 0], edges[:, 1]])

    def linear(self, goal: GoalName) -> pulp.LpAffineExpression:
        """Return a linear goal as an expression."""
        everything = np.arange(len(self.edges))
        total = self._sum(everything, self.coefficients(worth(self.rotation, goal)))
        return total + given(self.rotation, goal)

    def keep(self, goal: GoalName, limit: float | pulp.LpVariable) -> None:
        """Let a goal get no worse than a limit (a floor: a number or a variable)."""
        if goal in LINEAR:
            slip = _SLIP * max(1.0, abs(limit))
            matrix = worth(self.rotation, goal)
            self._add(self.linear(goal), pulp.LpConstraintGE, limit - slip, scale=matrix)
        elif goal == GoalName.WISHES_FLOOR:
            granted = pulp.lpSum(self.wishers())
            self._add(granted, pulp.LpConstraintGE, round(limit), mover=-1)
        elif goal == GoalName.FIT_FLOOR:
            self._keep_fit_floor(limit)
        elif goal == GoalName.ATTENDANCE_FLOOR:
            self._keep_attendance_floor(limit)
        else:
            self._keep_hosts_floor(limit)

    def _keep_fit_floor(self, limit: float | pulp.LpVariable) -> None:
        rotation = self.rotation
        for p in rotation.floor_movers.tolist():
            scale = rotation.pair_fit * (rotation.n_rounds / rotation.most_seats[p])
            members = self.of_mover[p]
            expression = self._sum(members, self.coefficients(scale, members))
            self._add_floor(expression, limit, slip=_SLIP, mover=p, scale=scale[p])

    def _keep_attendance_floor(self, limit: float | pulp.LpVariable) -> None:
        rotation = self.rotation
        for p in np.flatnonzero(rotation.most_seats > 0).tolist():
            lost = rotation.n_rounds - int(rotation.most_seats[p])
            self._add_floor(self._sum(self.of_mover[p]) + lost, limit, mover=p)

    def _keep_hosts_floor(self, limit: float | pulp.LpVariable) -> None:
        """Ask for at least as many meetings as rounds in use: no more, no bound is lost."""
        rotation = self.rotation
        possible = rotation.arrays.possible
        for h in rotation.hosts.tolist():
            if possible[h] == 0:
                continue
            at = [s for s, (_, who) in enumerate(rotation.stations) if h in who]
            members = np.flatnonzero(np.isin(self.edges[:, 1], at))
            lost = rotation.n_rounds - int(possible[h])
            self._add_floor(self._sum(members) + lost, limit, station=at)

    def _add_floor(
        self,
        expression: pulp.LpAffineExpression,
        limit: float | pulp.LpVariable,
        *,
        slip: float = 0.0,
        mover: int | None = None,
        station: list[int] | None = None,
        scale: Floats | float = 1.0,
    ) -> None:
        is_variable = isinstance(limit, pulp.LpVariable)
        self._add(
            expression - limit if is_variable else expression,
            pulp.LpConstraintGE,
            0 if is_variable else limit - slip,
            mover=mover,
            station=station,
            scale=scale,
        )

    def keep_even(self, load: int) -> None:
        """Let every station have so many meetings."""
        for s, members in enumerate(self.of_station):
            self._add(self._sum(members), pulp.LpConstraintEQ, load, station=[s])

    def wishers(self) -> list[pulp.LpVariable]:
        """Return a new variable for each person who can get a wish: 1 if they get one."""
        found = []
        for number, cells in enumerate(self.rotation.wished_cells):
            mask = np.zeros(self.rotation.may.shape, dtype=bool)
            mask[tuple(np.array(cells).T)] = True
            members = np.flatnonzero(self.coefficients(mask))
            name = f"w{len(self.rows)}_{number}"
            wisher = self.lp.add_variable(name, 0, 1, cat=pulp.LpInteger)
            self._add(self._sum(members) - wisher, pulp.LpConstraintGE, 0, mover=-1)
            found.append(wisher)
        return found

    def maximise(
        self,
        objective: pulp.LpAffineExpression,
        *,
        time_limit_s: float,
        seed: int,
        gap: float = 0.0,
        nodes: int | None = None,
        relaxed: bool = False,
    ) -> solver.Solution:
        """Solve for an objective; relaxed: its linear program."""
        self.lp.setObjective(objective)
        if relaxed:
            kinds = {v: v.cat for v in self.lp.variables()}
            for variable in kinds:
                variable.cat = pulp.LpContinuous
        try:
            return solver.run(self.lp, time_limit_s=time_limit_s, seed=seed, gap=gap, nodes=nodes)
        finally:
            if relaxed:
                for variable, kind in kinds.items():
                    variable.cat = kind

    def counts(self) -> Ints:
        """Return the solution as rounds of each mover at each station; shape (m, S)."""
        matrix = np.zeros(self.rotation.may.shape, dtype=np.int64)
        values = [round(v.varValue or 0.0) for v in self.x]
        matrix[self.edges[:, 0], self.edges[:, 1]] = values
        return matrix

    def reduced_worth(self, matrix: Floats) -> Floats:
        """Return what each pair could add at most per unit, by the duals of the last relaxation.

        Rows that join single pairs (``mover`` -1) are left out: their duals only lower it for
        pairs that are not candidates, or have no such pair outside the candidates.
        """
        rest = matrix.astype(np.float64, copy=True)
        for row in self.rows:
            dual = row.constraint.pi
            if not dual or row.mover == -1:
                continue
            if row.mover is not None:
                rest[row.mover] += dual * row.scale
            elif row.station is not None:
                rest[:, row.station] += dual
            else:
                rest += dual * row.scale
        return rest


def groups(keys: Ints, size: int | None = None) -> list[Ints]:
    """Return the positions of each key 0 .. size - 1; without a size, of each key that occurs."""
    order = np.argsort(keys, kind="stable")
    if size is None:
        cuts = np.flatnonzero(np.diff(keys[order])) + 1
        return [np.asarray(part) for part in np.split(order, cuts)] if len(keys) else []
    cuts = np.cumsum(np.bincount(keys, minlength=size))[:-1]
    return [np.asarray(part) for part in np.split(order, cuts)]
