"""Judges by who meets whom alone, where hosts stay and movers rotate: one linear program."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.arrays import Arrays
from scheduler.atoms import Atom, lifted
from scheduler.explain.verdict import Verdict, Wanted, loses, reaches
from scheduler.model.pairing_seats import SeatLimits
from scheduler.model.pairing_worth import LINEAR
from scheduler.model.transport import seating_of
from scheduler.problem import GoalName, Problem, Seat
from scheduler.rotation import Rotation, is_rotation
from scheduler.score import goal_value
from scheduler.speed import coloured
from scheduler.verify import verify_seats

SEATS = "seats"
_ANY_PLAN = ((GoalName.ATTENDANCE, 0.0),)


class PairingJudge:
    """Judges a problem without the seats of some tables, one program for all sets of tables.

    ``impossible`` rests on the program's optimum, which no plan beats; ``possible`` on a plan made
    from its solution, and checked. Where neither is so, nothing is known.

    Parameters
    ----------
    problem : Problem
        With the seats of all tables.
    pieces : sequence of Atom
        Those of the rule ``seats`` that may be lifted.
    wanted : sequence of (GoalName, float)
    seed : int
    """

    def __init__(
        self, problem: Problem, pieces: Sequence[Atom], wanted: Sequence[Wanted], seed: int
    ) -> None:
        self.problem = problem
        self.wanted = sorted(wanted, key=lambda want: want[0] in LINEAR) or _ANY_PLAN
        self.witness: tuple[Seat, ...] = ()
        self._limits: SeatLimits | None = None
        limited = Arrays(problem)
        unlimited = Arrays(lifted(problem, pieces)) if pieces else limited
        if is_rotation(limited) and is_rotation(unlimited):
            free = Rotation(unlimited)
            if SeatLimits.applies(free, self.wanted):
                self._limits = SeatLimits(free, Rotation(limited), self.wanted, seed)

    @property
    def applies(self) -> bool:
        """Whether who meets whom decides, so that anything can be known."""
        return self._limits is not None

    def without(self, pieces: Sequence[Atom], time_limit_s: float) -> Verdict:
        """Return what is known of the problem without the seats of some tables."""
        if self._limits is None:
            return Verdict.NOT_FOUND
        tables = {name for piece in pieces for name in piece.tables}
        goal, value = self.wanted[-1]
        if loses(goal, self._limits.most(tables, time_limit_s), value):
            return Verdict.IMPOSSIBLE
        return Verdict.POSSIBLE if self._has_plan(self._limits, tables) else Verdict.NOT_FOUND

    def _has_plan(self, limits: SeatLimits, uncounted: set[str]) -> bool:
        """Return whether the program's last solution is a plan that reaches what is wanted."""
        rotation, counts = limits.rotation, limits.counts()
        rota = None if counts is None else coloured(rotation, counts)
        if rota is None:
            return False
        seating = seating_of(rotation, rota)
        self.witness = rotation.arrays.seats_from(seating)
        broken = verify_seats(self.problem, self.witness)
        if any(v.rule != SEATS or not uncounted.issuperset(v.tables) for v in broken):
            return False
        return all(
            reaches(goal, goal_value(rotation.arrays, seating, goal), value)
            for goal, value in self.wanted
        )
