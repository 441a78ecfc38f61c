"""What a roster can reach at best, before anything is planned: the planner's own bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.enums import Role
from app.errors import NothingToPlan
from app.services.planning import confidential
from app.services.planning.past import Pairs
from app.services.planning.problem import Rules, prepare
from app.services.planning.view import FindingView
from app.services.roster import Roster
from scheduler.arrays import AVOID, Arrays
from scheduler.bounds import goal_bound
from scheduler.bounds.held import Limits
from scheduler.capacity import Capacity
from scheduler.problem import Count, Distinct, GoalName

_SEATS_ONLY = {"goals": ["attendance_floor", "attendance", "repeats"]}
"""Bounds on seats need no scores of who fits whom, which take longest to work out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feasibility:
    """A sentence, and the figures behind it: rounds that everybody who moves can have.

    Rounds that somebody cannot attend count as had. ``further`` of the ``movers`` could have one
    round more. ``again`` is how many pairs have to meet again at least, of those who should not.
    ``findings`` say what stands in the way.
    """

    sentence: str
    reach: int
    rounds: int
    people: Mapping[Role, int]
    movers: int = 0
    further: int = 0
    sits_out: int = 0  # movers without a seat in each round, where all rounds are alike
    again: int = 0
    meets: Role | None = None  # whom a round means, where each table has one of them
    mover: Role | None = None
    stages_mix: bool | None = None  # whether every group can have it; None: nobody asks for it
    findings: tuple[FindingView, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether everybody who moves can have every round."""
        return self.reach == self.rounds and not self.findings


def feasibility(roster: Roster, rules: Rules, *, past: Pairs = ()) -> Feasibility:
    """Return what no plan of this roster can beat; an empty roster is no error here."""
    people = {role: roster.count(role) for role in Role if roster.count(role)}
    rounds = len(roster.rounds)
    try:
        problem = prepare(roster, {**rules, **_SEATS_ONLY}, past=past).problem
    except NothingToPlan as error:
        return Feasibility(sentence=error.message, reach=0, rounds=rounds, people=people)
    arrays = Arrays(problem)
    capacity = Capacity(arrays)
    reach = int(goal_bound(arrays, GoalName.ATTENDANCE_FLOOR, capacity))
    mover, meets = _roles(roster, rules)
    return Feasibility(
        sentence=_sentence(roster, rules, reach),
        reach=reach,
        rounds=rounds,
        people=people,
        movers=int(arrays.is_mover.sum()),
        further=_further(capacity, reach),
        sits_out=_sits_out(capacity),
        again=_again(arrays, capacity, reach),
        meets=meets,
        mover=mover,
        stages_mix=_stages_mix(capacity),
        findings=confidential.counted(problem, capacity),
    )


def _further(capacity: Capacity, reach: int) -> int:
    """Return how many could have one round more while everybody has those they can have."""
    arrays = capacity.arrays
    movers = arrays.is_mover & (arrays.possible > 0)
    spare = arrays.n_rounds - arrays.possible
    have = np.maximum(reach - spare, 0)[movers]
    could = int((capacity.most_seats[movers] > have).sum())
    return max(0, min(could, int(capacity.attendance - have.sum())))


def _sits_out(capacity: Capacity) -> int:
    there = (capacity.arrays.here & capacity.arrays.is_mover[:, None]).sum(axis=0)
    out = {int(one) for one in there - capacity.seats_in_round}
    return out.pop() if len(out) == 1 else 0


def _again(arrays: Arrays, capacity: Capacity, reach: int) -> int:
    """Return how many pairs have to meet again, while all seats are used."""
    if not (arrays.limit == AVOID).any():
        return 0  # all pairs may, or none
    held = {GoalName.ATTENDANCE_FLOOR: float(reach), GoalName.ATTENDANCE: capacity.attendance}
    return int(Limits(arrays, capacity).of(GoalName.REPEATS, held))


def _stages_mix(capacity: Capacity) -> bool | None:
    """Return whether there are people enough of enough stages for every group of a round."""
    arrays = capacity.arrays
    least = max(
        (
            entry.min
            for entry in arrays.problem.composition
            if isinstance(entry, Distinct) and entry.distinct == "stage"
        ),
        default=0,
    )
    if least < 2:
        return None
    groups = int((capacity.room > 0).sum(axis=0).max(initial=0))
    fewest = max(
        (entry.min for entry in arrays.problem.composition if isinstance(entry, Count)), default=1
    )
    groups = min(groups, int(arrays.is_mover.sum()) // max(1, fewest))
    known = arrays.stage[arrays.stage >= 0]
    of_stage = np.bincount(known) if len(known) else np.zeros(1, dtype=np.int64)
    return int(np.minimum(of_stage, groups).sum()) >= least * groups > 0


def _roles(roster: Roster, rules: Rules) -> tuple[Role | None, Role | None]:
    """Return who moves, where they are of one role, and whom they meet one of at each table."""
    hosting = list(rules.get("hosts", ()))
    taking_part = rules.get("roles") or [role.value for role in Role]
    movers = [
        role
        for role in Role
        if role.value in taking_part and role.value not in hosting and roster.count(role)
    ]
    one_each = hosting == ["mentor"] and int(rules.get("hosts_per_table", 1)) == 1
    return (movers[0] if len(movers) == 1 else None), (Role.MENTOR if one_each else None)


def _sentence(roster: Roster, rules: Rules, reach: int) -> str:
    hosting = list(rules.get("hosts", ()))
    movers = [role for role in Role if role.value not in hosting and roster.count(role)]
    who = "mentee" if Role.MENTEE in movers else "peer" if Role.PEER in movers else "person"
    if hosting == ["mentor"] and int(rules.get("hosts_per_table", 1)) == 1:
        return f"Every {who} can meet {_count(reach, 'mentor')}."
    return f"Every {who} can sit in {reach} of {_count(len(roster.rounds), 'round')}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
