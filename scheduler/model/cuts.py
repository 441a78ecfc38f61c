"""What absences forbid of who meets whom: cuts of the aggregated program (`pairing`), by duality.

Who meets whom without rounds, x[p, s], can ask for more than rounds hold: two who are there in
the first round only, and both want the same table. Whether x has rounds at all, a linear program
over z[p, s, r] says: at most x[p, s] rounds for each meeting, one seat of a mover in a round, the
seats of a station. Where it holds fewer than x asks, its duals v[p, r] and w[s, r] give

    sum of min(1, least v[p, r] + w[s, r] over their common rounds) x[p, s] <= sum v + sum seats w,

which every plan keeps, and x does not (Benders 1962; Hall's condition is the case of 0 and 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pulp

from scheduler.arrays import Floats, Ints
from scheduler.model import solver
from scheduler.model.outcome import Outcome
from scheduler.rotation import Rotation

_NEAR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A row that every plan keeps: the weighted meetings are at most a limit.

    Attributes
    ----------
    weight : array of float, shape (m, S)
    limit : float
    """

    weight: Floats
    limit: float

    def excess(self, counts: Ints) -> float:
        """Return by how much meetings break the row."""
        return float((self.weight * counts).sum() - self.limit)


def cut_off(rotation: Rotation, counts: Ints, *, time_limit_s: float) -> Cut | None:
    """Return a cut that excludes these meetings, or None where rounds may hold them."""
    limits = _solved(rotation, counts, time_limit_s)
    if limits is None:
        return None
    of_mover, of_station = limits
    # weight[p, s] is the least price of a common round; what has none is no candidate.
    weight = np.ones(counts.shape)
    for r in range(rotation.n_rounds):
        price = of_mover[:, r, None] + of_station[None, :, r]
        common = rotation.here[:, r, None] & rotation.is_on[None, :, r]
        weight = np.where(common, np.minimum(weight, price), weight)
    limit = float(of_mover.sum() + (of_station * rotation.room[:, None]).sum())
    cut = Cut(weight, limit)
    return cut if cut.excess(counts) > _NEAR else None


def _solved(rotation: Rotation, counts: Ints, time_limit_s: float) -> tuple[Floats, Floats] | None:
    """Return the prices of movers and stations in each round, (m, R) and (S, R)."""
    lp = pulp.LpProblem("rounds", pulp.LpMaximize)
    by_mover: dict[tuple[int, int], list[pulp.LpVariable]] = {}
    by_station: dict[tuple[int, int], list[pulp.LpVariable]] = {}
    everything = []
    for number, (p, s) in enumerate(np.argwhere(counts > 0).tolist()):
        row = []
        for r in np.flatnonzero(rotation.here[p] & rotation.is_on[s]).tolist():
            z = lp.add_variable(f"z{number}_{r}", 0)
            by_mover.setdefault((p, r), []).append(z)
            by_station.setdefault((s, r), []).append(z)
            row.append(z)
        lp.addConstraint(_at_most(row, int(counts[p, s])))
        everything += row
    tight_movers = {key: _at_most(row, 1) for key, row in by_mover.items()}
    tight_stations = {
        (s, r): _at_most(row, int(rotation.room[s])) for (s, r), row in by_station.items()
    }
    for constraint in (*tight_movers.values(), *tight_stations.values()):
        lp.addConstraint(constraint)
    lp.setObjective(_sum(everything))
    if solver.run(lp, time_limit_s=time_limit_s).outcome is not Outcome.OPTIMAL:
        return None
    return _prices(tight_movers, rotation.here.shape), _prices(tight_stations, rotation.is_on.shape)


def _sum(variables: list[pulp.LpVariable]) -> pulp.LpAffineExpression:
    return pulp.LpAffineExpression([(z, 1.0) for z in variables])


def _at_most(variables: list[pulp.LpVariable], limit: int) -> pulp.LpConstraint:
    return pulp.LpConstraint(_sum(variables), pulp.LpConstraintLE, rhs=limit)


def _prices(rows: dict[tuple[int, int], pulp.LpConstraint], shape: tuple[int, ...]) -> Floats:
    """Return the duals of rows as prices; any that are not negative make a cut that holds."""
    matrix = np.zeros(shape)
    for place, row in rows.items():
        # Solvers sign the duals of a maximised program either way, and none are negative here.
        matrix[place] = abs(row.pi or 0.0)
    return matrix
