"""Solves the aggregated program (`pairing`): pairs priced, absences cut off."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pulp

from scheduler.arrays import Bools, Ints
from scheduler.model.cuts import Cut, cut_off
from scheduler.model.pairing import PairingModel
from scheduler.model.pairing_limits import promising
from scheduler.model.pairing_worth import Kept, worth
from scheduler.model.solver import Outcome, Solution
from scheduler.problem import GoalName
from scheduler.road import is_over, seconds_left
from scheduler.rotation import Rotation

MANY_PAIRS = 60_000
"""From so many pairs on, start from promising candidates and price the others."""
PRICING_ROUNDS = 12
NODES = 400
MOST_CUTS = 24
"""Deterministic limits; the deadline is the safety net."""
Lacking = Callable[[Ints], Ints]


@dataclass(kw_only=True)
class Search:
    """What is known of the program so far: candidates, limits of earlier goals, cuts.

    Attributes
    ----------
    lacking : callable or None
        The meetings, shape (k, 2), for which no rounds were found; None where all have some.
    """

    rotation: Rotation
    deadline: float
    seed: int
    kept: list[Kept] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    many_pairs: int = MANY_PAIRS
    lacking: Lacking | None = None

    def __post_init__(self) -> None:
        """Begin with all pairs, or the promising ones of many."""
        rotation = self.rotation
        self.candidates: Bools
        self.is_whole = int(rotation.may.sum()) <= self.many_pairs
        self.candidates = rotation.may if self.is_whole else promising(rotation)

    def model(self, kept: Sequence[Kept] | None = None) -> PairingModel:
        """Return a new program, with these limits instead of those kept so far."""
        kept = self.kept if kept is None else kept
        return PairingModel(self.rotation, self.candidates, kept, self.cuts)

    def solve(
        self,
        model: PairingModel,
        objective: pulp.LpAffineExpression,
        *,
        gap: float = 0.0,
        nodes: int = NODES,
        relaxed: bool = False,
    ) -> Solution:
        """Solve, again after each cut that absences ask for."""
        while True:
            solution = model.maximise(
                objective,
                time_limit_s=seconds_left(self.deadline),
                seed=self.seed,
                gap=gap,
                nodes=None if relaxed else nodes,
                relaxed=relaxed,
            )
            if relaxed or not solution.has_values or not self._cuts_off(model):
                return solution

    def _cuts_off(self, model: PairingModel) -> bool:
        """Cut a model's solution off where no rounds can hold it; return whether that was done."""
        if len(self.cuts) >= MOST_CUTS or is_over(self.deadline):
            return False
        counts = model.counts()
        if self.has_rounds(counts):
            return False
        cut = cut_off(self.rotation, counts, time_limit_s=seconds_left(self.deadline))
        if cut is None:
            return False
        self.cuts.append(cut)
        model.add_cut(cut)
        return True

    def has_rounds(self, counts: Ints) -> bool:
        """Return whether rounds were found for who meets whom."""
        return self.lacking is None or not self.lacking(counts).size

    def price(self, name: GoalName) -> float:
        """Add pairs until none could improve the relaxation; return its value, a proven bound."""
        matrix = worth(self.rotation, name)
        for _ in range(PRICING_ROUNDS):
            if is_over(self.deadline):
                break
            model = self.model()
            solution = self.solve(model, model.linear(name), relaxed=True)
            if solution.outcome != Outcome.OPTIMAL or solution.objective is None:
                return math.inf
            rest = model.reduced_worth(matrix)
            missing = self.rotation.may & ~self.candidates & (rest > 1e-9)
            if not missing.any():
                return solution.objective
            self.candidates = self.candidates | missing
        return math.inf

    def relaxed_floor(self) -> float:
        """Return the floor of the relaxation: no plan has a better one."""
        scale = self.rotation.pair_fit
        for _ in range(PRICING_ROUNDS):
            model = self.model()
            top = float(np.abs(scale).max() * self.rotation.n_rounds + 1.0) * 10
            floor = model.lp.add_variable("floor", -top, top)
            model.keep(GoalName.FIT_FLOOR, floor)
            solution = self.solve(model, pulp.LpAffineExpression(floor), relaxed=True)
            if solution.outcome != Outcome.OPTIMAL or solution.objective is None:
                return math.inf
            rest = model.reduced_worth(np.zeros(scale.shape))
            missing = self.rotation.may & ~self.candidates & (rest > 1e-9)
            if not missing.any():
                return solution.objective
            self.candidates = self.candidates | missing
        return math.inf
