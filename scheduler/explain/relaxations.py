"""Changes after which a plan exists: each one tried, told with what its plan reaches, ranked."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scheduler.atoms import Atom, atoms, lifted
from scheduler.draft import lift_same_pair, same_pairs
from scheduler.errors import InvalidProblem
from scheduler.explain.core import irreducible
from scheduler.explain.judge import SEATS, Judge
from scheduler.explain.twins import Twins
from scheduler.explain.verdict import Verdict, Wanted
from scheduler.plan import Plan
from scheduler.problem import Goal, GoalName, Problem
from scheduler.relax import more_room

MOST_WAYS = 6
_TRIES = 4
"""Pieces of one rule that are tried by themselves: a list of many like them helps nobody."""
_COST = {
    "pins": 1,
    "min_rounds": 1,
    "must_meet": 2,
    "together": 2,
    "max_rounds": 2,
    "seats": 3,
    "availability": 3,
    "composition": 3,
    "rounds": 4,
    "repeats": 4,
    "keep_apart_same": 5,
    "keep_apart": 6,
    "needs": 7,
}
"""How hard a piece of a rule is to give up, in our experience of events; adds up over pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A change after which a plan exists; tried, not guessed.

    Parameters
    ----------
    change : str
        What to do, as an order; several orders are parted by semicolons.
    effect : str
        What a plan of the changed problem reached.
    cost : float
        What ranks it: lower is easier to give.
    wanted : tuple of (GoalName, float)
        The values that its plan reaches, where they differ from those wanted.
    pieces : tuple of Atom
        What is lifted; nothing where a wanted value is given up instead.
    values : tuple of (GoalName, float)
        What its plan reached.
    """

    change: str
    effect: str
    cost: float = 0.0
    wanted: tuple[Wanted, ...] = ()
    pieces: tuple[Atom, ...] = ()
    values: tuple[Wanted, ...] = ()


def ways_out(problem: Problem, core: Sequence[Atom], judge: Judge) -> tuple[WayOut, ...]:
    """Return changes that lead to a plan, the easiest to give first."""
    search = _Search(problem, tuple(core), judge)
    search.settle()
    search.single()
    search.fewest()
    if not search.found:
        search.combined()
    ranked = sorted(search.found.values(), key=lambda way: way.cost)
    return tuple(ranked[:MOST_WAYS])


class _Search:
    def __init__(self, problem: Problem, core: tuple[Atom, ...], judge: Judge) -> None:
        self.problem = problem
        self.core = core
        self.judge = judge
        self.found: dict[str, WayOut] = {}
        self.alone: set[str] = set()
        """Rules of which one piece given up is enough."""

    @property
    def is_done(self) -> bool:
        return self.judge.is_over or len(self.found) >= 2 * MOST_WAYS

    def add(self, pieces: Sequence[Atom], plan: Plan, extra: str = "") -> None:
        change = "; ".join(piece.way_out for piece in pieces)
        cost = sum(_COST.get(piece.rule, 4) for piece in pieces)
        way = WayOut(
            change=change,
            effect=effect(plan) + extra,
            cost=float(cost),
            pieces=tuple(pieces),
            values=reached(plan),
        )
        self.found.setdefault(change, way)

    def tried(self, pieces: Sequence[Atom]) -> Plan | None:
        """Return a plan without some pieces that reaches what is wanted."""
        try:
            changed = lifted(self.problem, pieces)
            if self.judge.quickly(changed) is Verdict.IMPOSSIBLE:
                return None
            plan = self.judge.attempt(changed)
        except InvalidProblem:
            return None
        return plan if plan is not None and self.judge.reached(plan) else None

    def single(self) -> None:
        """Try each piece of the contradiction by itself, one of each kind of twins; more room."""
        twins = Twins(self.problem, [goal for goal, _ in self.judge.wanted])
        kinds = {twins.of(piece): piece for piece in reversed(self.core)}
        pieces = [piece for piece in self.core if piece in kinds.values()]
        room = more_room(self.problem)
        tries: Counter[str] = Counter()
        for piece in sorted((*pieces, *room), key=lambda piece: _COST.get(piece.rule, 4)):
            tries[piece.rule] += 1
            if self.is_done or tries[piece.rule] > _TRIES:
                continue
            plan = self.tried([piece])
            if plan is not None:
                self.add([piece], plan, crowded(self.problem, plan))
                self.alone.add(piece.rule)

    def fewest(self) -> None:
        """Lift one rule altogether, plan so that little of it is broken, and see what was."""
        if _BORROWED & {goal for goal, _ in self.judge.wanted}:
            return
        wanted = self.judge.goals(self.problem) if self.judge.wanted else ()
        for rule, soft in _SOFT.items():
            asked = any(piece.rule == rule for piece in self.core)
            if self.is_done or not asked or rule in self.alone:
                continue
            pieces = [p for p in (*atoms(self.problem), *finer(self.problem)) if p.rule == rule]
            changed, first = soft(lifted(self.problem, pieces), self.problem)
            plan = self.judge.attempt(changed, _once(*wanted, Goal(goal=first), *SEATS))
            if plan is None or not plan.seats:
                continue
            broken = _broken(plan, pieces, self.problem)
            again = self.tried(broken) if 1 < len(broken) <= MOST_WAYS else None
            if again is not None:
                self.add(broken, again)

    def settle(self) -> None:
        """Keep the rules, and see how far each wanted value can be reached."""
        for number, (goal, value) in enumerate(self.judge.wanted):
            others = tuple(w for w in self.judge.wanted if w[0] != goal)
            rest = dataclasses.replace(self.judge, wanted=others)
            goals = rest.goals(self.problem) if others else ()
            plan = self.judge.attempt(self.problem, (*goals, Goal(goal=goal)))
            if plan is None or not rest.reached(plan):
                continue
            best = plan.goals[len(others)]
            change = f"settle for {goal} {best.value:g} instead of {value:g}"
            proved = ", the best there is" if best.proved else ""
            settled = (*others[:number], (goal, best.value), *others[number:])
            self.found[change] = WayOut(
                change=change,
                effect=effect(plan) + proved,
                cost=2.5,
                wanted=settled,
                values=reached(plan),
            )

    def combined(self) -> None:
        """Lift a piece of each contradiction in turn until a plan exists."""
        gone: list[Atom] = []
        core: Sequence[Atom] = self.core
        while core and not self.judge.is_over:
            gone.append(min(core, key=lambda piece: _COST.get(piece.rule, 4)))
            plan = self.tried(gone)
            if plan is not None:
                return self.add(gone, plan)
            rest = lifted(self.problem, gone)
            if self.judge.judge(rest) is not Verdict.IMPOSSIBLE:
                return None
            core = irreducible(rest, atoms(rest), self.judge).pieces
        return None


def finer(problem: Problem) -> tuple[Atom, ...]:
    """Return the single pairs of rules that ``atoms`` names by the whole."""
    return tuple(
        Atom(
            rule="keep_apart_same",
            what=f"{first} and {second} are both of {', '.join(sorted(shared))}",
            way_out=f"let {first} and {second} of {', '.join(sorted(shared))} share a table",
            lift=lift_same_pair(first, second),
            people=(first, second),
        )
        for (first, second), shared in same_pairs(problem).items()
    )


def reached(plan: Plan) -> tuple[Wanted, ...]:
    """Return what a plan reaches."""
    return tuple((value.goal, value.value) for value in plan.goals)


def effect(plan: Plan) -> str:
    """Return what a plan reaches, in words."""
    values = ", ".join(f"{goal} {value:g}" for goal, value in reached(plan))
    return f"a plan with {values}"


def crowded(problem: Problem, plan: Plan) -> str:
    """Return which tables take more people than they have seats, in words."""
    at = Counter((seat.round, seat.table) for seat in plan.seats)
    most: dict[str, int] = {}
    for (_, table), people in at.items():
        most[table] = max(people, most.get(table, 0))
    over = [
        f"{table.id} then takes {most[table.id]}"
        for table in problem.tables
        if table.seats is not None and most.get(table.id, 0) > table.seats
    ]
    return f"; {', '.join(over[:3])}" if over else ""


def _once(*goals: Goal) -> tuple[Goal, ...]:
    return tuple({goal.goal: goal for goal in reversed(goals)}.values())[::-1]


def _few_pairs(problem: Problem, pairs: Iterable[tuple[str, str]]) -> tuple[Problem, GoalName]:
    """Let each meeting of some pairs cost, so that few of them meet."""
    fit = tuple((first, second, -1.0) for first, second in pairs)
    return problem.replace(fit=fit, table_fit=()), GoalName.FIT


def _few_pins(problem: Problem, original: Problem) -> tuple[Problem, GoalName]:
    if problem.previous is None:
        problem = problem.replace(previous=original.pins)
    return problem, GoalName.CHANGES


_SOFT: dict[str, Callable[[Problem, Problem], tuple[Problem, GoalName]]] = {
    "pins": _few_pins,
    "min_rounds": lambda changed, _: (changed, GoalName.ATTENDANCE_FLOOR),
    "must_meet": lambda changed, original: (
        changed.replace(wishes=tuple((a, b, 1.0) for a, b in original.must_meet)),
        GoalName.WISHES,
    ),
    "repeats": lambda changed, original: _few_pairs(changed, original.past_meetings),
    "keep_apart_same": lambda changed, original: _few_pairs(changed, same_pairs(original)),
    "keep_apart": lambda changed, original: _few_pairs(changed, original.keep_apart),
}
"""How to plan without a rule so that little of it is broken: the problem, and its first goal."""
_BORROWED = frozenset(
    {
        GoalName.FIT,
        GoalName.FIT_FLOOR,
        GoalName.WISHES,
        GoalName.WISHES_FLOOR,
        GoalName.CHANGES,
    }
)
"""Goals whose data the above uses for its own ends."""


def _broken(plan: Plan, pieces: Sequence[Atom], problem: Problem) -> list[Atom]:
    """Return the pieces that a plan does not keep."""
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for person, round_id, table in plan.seats:
        if round_id not in problem.frozen_rounds:
            places[person].add((round_id, table))
    least = {person.id: person.min_rounds or 0 for person in problem.people}

    def is_broken(piece: Atom) -> bool:
        if piece.rule == "pins":
            return (piece.rounds[0], piece.tables[0]) not in places[piece.people[0]]
        if piece.rule == "min_rounds":
            return len(places[piece.people[0]]) < least[piece.people[0]]
        if len(piece.people) != 2:
            return False
        first, second = piece.people
        return bool(places[first] & places[second]) is not (piece.rule == "must_meet")

    return [piece for piece in pieces if is_broken(piece)]
