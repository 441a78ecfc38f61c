import itertools
import time

import numpy as np
import pytest

from scheduler.arrays import Arrays
from scheduler.model.pairing_goals import Pairing, pair
from scheduler.problem import Goal, GoalName, Person, Problem, Role, Round, Table
from scheduler.road import keep_going
from scheduler.rotation import Rotation
from tests.benchmarks.shapes import ATTENDANCE, goals, make_speed

FAIR = (*ATTENDANCE, GoalName.FIT_FLOOR, GoalName.FIT)


def paired(problem: Problem, *, many_pairs: int = 60_000) -> Pairing:
    found = pair(
        Rotation(Arrays(problem)),
        problem.goals_in_order,
        deadline=time.perf_counter() + 30,
        seed=1,
        report=keep_going,
        many_pairs=many_pairs,
    )
    assert found is not None
    return found


def best_by_trying_all(problem: Problem) -> tuple[float, float, float, float]:
    """Attendance floor, attendance, fit floor, fit, over all sets of pairs; all are there."""
    rotation = Rotation(Arrays(problem))
    n_rounds, n_stations = rotation.n_rounds, len(rotation.stations)
    rows = [np.array(row) for row in itertools.product((0, 1), repeat=n_stations)]
    rows = [row for row in rows if row.sum() <= n_rounds]
    best = (-1.0,) * 4
    for choice in itertools.product(rows, repeat=rotation.m):
        counts = np.array(choice)
        if (counts.sum(axis=0) > rotation.capacity).any() or (counts > rotation.may).any():
            continue
        fit = (counts * rotation.fit).sum(axis=1)
        seats = counts.sum(axis=1)
        best = max(best, (float(seats.min()), float(seats.sum()), float(fit.min()), fit.sum()))
    return best


@pytest.mark.parametrize("seed", range(6))
def test_pairing_is_best_of_all_pairings(seed: int) -> None:
    problem = make_speed(
        mentors=3, mentees=4, rounds=2, seats=1 + seed % 2, seed=seed, hospitals=3, order=FAIR
    )

    found = paired(problem)

    reached = tuple(found.reached[goal] for goal in FAIR)
    assert tuple(best for best, _ in reached) == pytest.approx(best_by_trying_all(problem))
    assert [bound for _, bound in reached] == pytest.approx([best for best, _ in reached])


def test_few_candidates_and_pricing_reach_the_same_optimum() -> None:
    problem = make_speed(mentors=40, mentees=90, rounds=4, seats=3, seed=3)

    whole = paired(problem)
    priced = paired(problem, many_pairs=0)

    assert priced.reached == whole.reached
    best, bound = whole.reached[GoalName.FIT]
    assert best == bound


def test_fit_floor_is_proved_where_mentors_are_popular() -> None:
    problem = make_speed(mentors=8, mentees=32, rounds=4, seats=4, seed=2, popular=2, order=FAIR)

    found = paired(problem)

    best, bound = found.reached[GoalName.FIT_FLOOR]
    assert best == bound
    rotation = Rotation(Arrays(problem))
    assert (found.counts * rotation.fit).sum(axis=1).min() == best


def test_wishes_come_before_fit() -> None:
    plain = make_speed(mentors=3, mentees=3, rounds=1, seats=1, seed=1)
    wishes = (("p0000", "m000", 1.0), ("p0001", "m000", 1.0), ("p0001", "m001", 2.0))
    order = goals(*ATTENDANCE, GoalName.WISHES_FLOOR, GoalName.WISHES, GoalName.FIT)

    found = paired(plain.replace(wishes=wishes, goals=order))

    assert found.reached[GoalName.WISHES_FLOOR] == (2.0, 2.0)
    assert found.reached[GoalName.WISHES] == (3.0, 3.0)


def test_must_meet_and_min_rounds_hold() -> None:
    plain = make_speed(mentors=3, mentees=6, rounds=2, seats=1, seed=4)
    people = tuple(
        Person(id=p.id, role=p.role, table=p.table, min_rounds=2 if p.id == "p0005" else None)
        for p in plain.people
    )

    found = paired(plain.replace(people=people, must_meet=(("p0003", "m002"),)))

    assert found.counts[3, 2] == 1
    assert found.counts[5].sum() == 2


def test_hosts_of_one_table_count_together() -> None:
    hosts = [Person(id=f"m{i}", role=Role.MENTOR, table=f"t{i % 2}") for i in range(4)]
    problem = Problem(
        rounds=(Round(id="r1"),),
        tables=(Table(id="t0"), Table(id="t1")),
        people=(*hosts, Person(id="p", role=Role.MENTEE)),
        fit=(("p", "m0", 2.0), ("p", "m2", 2.0), ("p", "m1", 3.0)),
        goals=(Goal(goal=GoalName.FIT),),
    )

    found = paired(problem)

    assert found.reached[GoalName.FIT] == (4.0, 4.0)


def test_no_pairing_when_two_must_meet_who_may_not() -> None:
    plain = make_speed(mentors=2, mentees=2, rounds=1, seats=1)
    problem = plain.replace(keep_apart=(("p0000", "m000"),), must_meet=(("p0000", "m000"),))

    found = pair(
        Rotation(Arrays(problem)),
        problem.goals_in_order,
        deadline=time.perf_counter() + 30,
        seed=1,
        report=keep_going,
    )

    assert found is None
