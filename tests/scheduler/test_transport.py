import time

import numpy as np
import pytest

from scheduler.arrays import Arrays
from scheduler.model.pairing_goals import pair
from scheduler.model.relay import improve
from scheduler.model.rounds import whole
from scheduler.model.transport import fill, keeps_rules, seating_of
from scheduler.problem import GoalName, Problem
from scheduler.road import keep_going
from scheduler.rotation import Rotation
from scheduler.score import goal_value
from scheduler.verify import verify_seats
from tests.benchmarks.shapes import ATTENDANCE, make_speed


def soon() -> float:
    return time.perf_counter() + 30


def make_absent(seed: int, **fields: int) -> Problem:
    sizes = {"mentors": 4, "mentees": 7, "rounds": 3, "seats": 2} | fields
    return make_speed(seed=seed, absent=(0.3, 0.3), hospitals=4, **sizes)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(5))
def test_filled_rounds_keep_the_rules(seed: int) -> None:
    problem = make_absent(seed, mentors=12, mentees=50, rounds=5, seats=4)
    arrays = Arrays(problem)
    rotation = Rotation(arrays)
    guide = np.zeros(rotation.may.shape, dtype=np.int64)

    rota = fill(rotation, guide)

    assert keeps_rules(rotation, rota)
    assert verify_seats(problem, arrays.seats_from(seating_of(rotation, rota))) == ()


@pytest.mark.parametrize("seed", range(4))
def test_bettered_rounds_are_as_good_as_the_whole_model(seed: int) -> None:
    problem = make_absent(seed)
    arrays = Arrays(problem)
    rotation = Rotation(arrays)
    goals = problem.goals_in_order
    paired = pair(rotation, goals, deadline=soon(), seed=1, report=keep_going)
    assert paired is not None

    rota, reached = improve(
        rotation,
        fill(rotation, paired.counts),
        goals,
        bounds={name: bound for name, (_, bound) in paired.reached.items()},
        guide=paired.counts,
        deadline=soon(),
        seed=1,
        report=keep_going,
    )

    exact = whole(arrays, goals=goals, deadline=soon(), seed=1).result
    assert exact is not None
    assert [reached[v.goal] for v in exact.goals] == pytest.approx([v.best for v in exact.goals])
    assert verify_seats(problem, arrays.seats_from(seating_of(rotation, rota))) == ()


def test_tables_of_absent_mentors_are_closed_by_the_composition() -> None:
    problem = make_absent(1, mentors=10, mentees=20, rounds=4, seats=2)
    rotation = Rotation(Arrays(problem))

    rota = fill(rotation, np.zeros(rotation.may.shape, dtype=np.int64))

    for r in range(rotation.n_rounds):
        used = rota[rota[:, r] >= 0, r]
        assert rotation.is_on[used, r].all()
        assert rotation.hosted[used].all()


def test_attendance_is_what_a_flow_a_round_allows() -> None:
    problem = make_absent(2, mentors=10, mentees=40, rounds=4, seats=4)
    arrays = Arrays(problem)
    rotation = Rotation(arrays)

    rota = fill(rotation, np.zeros(rotation.may.shape, dtype=np.int64))

    value = goal_value(arrays, seating_of(rotation, rota), GoalName.ATTENDANCE)
    assert value == rotation.most_attendance


def test_two_mentees_share_a_table_that_has_no_host() -> None:
    plain = make_speed(mentors=2, mentees=4, rounds=1, seats=1, order=ATTENDANCE)
    people = tuple(p for p in plain.people if p.id != "m001")
    problem = plain.replace(people=people, composition=(), fit=())
    arrays = Arrays(problem)
    rotation = Rotation(arrays)

    rota = fill(rotation, np.zeros(rotation.may.shape, dtype=np.int64))

    assert np.bincount(rota[rota >= 0]).tolist() == [1, 2]
    assert verify_seats(problem, arrays.seats_from(seating_of(rotation, rota))) == ()
