"""Limits from visits to hosts, against all plans of small problems."""

from itertools import product

import numpy as np
import pytest

from scheduler.arrays import Arrays, Seating
from scheduler.bounds.visits import VisitLimits
from scheduler.capacity import Capacity
from scheduler.problem import GoalName, Limit, Person, Problem, RepeatLimit, Role, Round, Table
from scheduler.score import goal_value


def make_visits(*, limit: Limit = Limit.NEVER, seats: int = 2, **fields: object) -> Problem:
    hosts = [Person(id=f"h{n}", role=Role.MENTOR, table=f"t{n}") for n in range(2)]
    movers = [Person(id=f"m{n}", role=Role.MENTEE) for n in range(3)]
    return Problem(
        rounds=(Round(id="r0"), Round(id="r1")),
        tables=tuple(Table(id=f"t{n}", seats=seats + 1) for n in range(2)),
        people=(*hosts, *movers),
        repeats=(RepeatLimit(between=(Role.MENTOR, Role.MENTEE), limit=limit),),
    ).replace(**fields)


def all_seatings(problem: Problem) -> list[Seating]:
    """Every way to seat the movers within seats and ``never``, hosts at their tables."""
    arrays = Arrays(problem)
    movers = np.flatnonzero(arrays.is_mover)
    fixed = np.tile(arrays.host[:, None], (1, 2)).astype(np.int32)
    found = []
    for places in product((-1, 0, 1), repeat=2 * len(movers)):
        seating = fixed.copy()
        seating[movers] = np.array(places).reshape(-1, 2)
        loads = [np.bincount(column[column >= 0], minlength=2) for column in seating.T]
        again = (seating[movers, 0] == seating[movers, 1]) & (seating[movers, 0] >= 0)
        if (np.array(loads) <= arrays.seats).all() and not (
            again.any() and arrays.limit.max() == 2
        ):
            found.append(seating)
    return found


FITS = (("m0", "h0", 0.9), ("m1", "h0", 0.8), ("m2", "h0", 0.7), ("m0", "h1", 0.2))
WISHES = (("m0", "h0", 1.0), ("m1", "h0", 1.0), ("m2", "h0", 1.0), ("h1", "m2", 2.0))


@pytest.mark.parametrize(
    "goal", [GoalName.FIT, GoalName.FIT_FLOOR, GoalName.WISHES, GoalName.WISHES_FLOOR]
)
@pytest.mark.parametrize("limit", [Limit.NEVER, Limit.AVOID, Limit.FREE])
@pytest.mark.parametrize("seats", [1, 2])
def test_no_plan_beats_the_limit(goal: GoalName, limit: Limit, seats: int) -> None:
    likes = (("m0", "t0", 0.5), ("m1", "t1", 0.4))
    problem = make_visits(limit=limit, seats=seats, fit=FITS, wishes=WISHES, table_fit=likes)
    arrays = Arrays(problem)

    bound = VisitLimits(arrays, Capacity(arrays)).bound(goal, [])

    best = max(goal_value(arrays, seating, goal) for seating in all_seatings(problem))
    assert bound >= best - 1e-9


def test_limit_respects_what_earlier_goals_hold() -> None:
    problem = make_visits(seats=1, fit=FITS, wishes=(("m2", "h0", 1.0), ("m1", "h0", 1.0)))
    arrays = Arrays(problem)
    limits = VisitLimits(arrays, Capacity(arrays))

    assert limits.bound(GoalName.WISHES, []) == 2
    assert limits.bound(GoalName.FIT, []) == pytest.approx(0.9 + 0.8 + 0.2, abs=1e-5)
    assert limits.bound(GoalName.FIT, [(GoalName.WISHES, 2.0)]) == pytest.approx(1.7, abs=1e-5)


def test_further_rounds_at_a_liked_table_use_up_repeats() -> None:
    problem = make_visits(limit=Limit.AVOID, seats=3, table_fit=(("m0", "t0", 1.0),))
    arrays = Arrays(problem)
    limits = VisitLimits(arrays, Capacity(arrays))

    assert limits.bound(GoalName.FIT, []) == pytest.approx(2, abs=1e-5)
    assert limits.bound(GoalName.FIT, [(GoalName.REPEATS, 0.0)]) == pytest.approx(1, abs=1e-5)


def test_nothing_is_said_about_wishes_between_movers() -> None:
    arrays = Arrays(make_visits(wishes=(("m0", "m1", 1.0),)))

    assert VisitLimits(arrays, Capacity(arrays)).bound(GoalName.WISHES, []) == np.inf
