import dataclasses
import time

import numpy as np
import pytest

from scheduler import speed
from scheduler.arrays import Arrays
from scheduler.model.cuts import cut_off
from scheduler.model.rounds import whole
from scheduler.model.transport import fill, visits
from scheduler.problem import Problem
from scheduler.road import keep_going
from scheduler.rotation import Rotation
from tests.benchmarks.shapes import make_speed


def make_partial(seed: int, *, share: float = 0.8, **sizes: int) -> Problem:
    """Return speed mentoring where many come late or leave early."""
    problem = make_speed(seed=seed, **sizes)  # type: ignore[arg-type]
    rng = np.random.default_rng(seed)
    ids = [item.id for item in problem.rounds]
    people = []
    for person in problem.people:
        cut = int(rng.integers(1, len(ids)))
        there = frozenset(ids[:cut] if rng.random() < 0.5 else ids[cut:])
        away = rng.random() < share
        people.append(dataclasses.replace(person, rounds=there) if away else person)
    return problem.replace(people=tuple(people))


def test_two_who_share_one_round_only_cannot_both_have_the_same_table() -> None:
    plain = make_speed(mentors=1, mentees=2, rounds=2, seats=1)
    people = tuple(
        person if person.table else dataclasses.replace(person, rounds=frozenset({"r1"}))
        for person in plain.people
    )
    rotation = Rotation(Arrays(plain.replace(people=people)))
    wanted = np.array([[1], [1]])

    cut = cut_off(rotation, wanted, time_limit_s=10)

    assert cut is not None
    assert cut.excess(wanted) == pytest.approx(1)


def test_meetings_that_have_rounds_are_not_cut_off() -> None:
    rotation = Rotation(Arrays(make_partial(1, mentors=8, mentees=8, rounds=4, seats=1)))
    rota = fill(rotation, np.zeros(rotation.may.shape, dtype=np.int64))

    assert cut_off(rotation, visits(rotation, rota), time_limit_s=10) is None


@pytest.mark.parametrize("seed", range(6))
def test_every_plan_keeps_a_cut(seed: int) -> None:
    rotation = Rotation(
        Arrays(make_partial(seed, mentors=8, mentees=8 * (1 + seed % 2), rounds=4, seats=1))
    )
    everything = rotation.may.astype(np.int64)
    rng = np.random.default_rng(seed)

    cut = cut_off(rotation, everything, time_limit_s=10)

    assert cut is not None
    for _ in range(20):
        guide = rng.integers(0, 2, everything.shape)
        assert cut.excess(visits(rotation, fill(rotation, guide))) <= 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_plans_where_most_come_late_or_leave_early_have_true_bounds(seed: int) -> None:
    problem = make_partial(seed, mentors=4, mentees=5, rounds=3, seats=1 + seed % 2)
    arrays = Arrays(problem)
    soon = time.perf_counter() + 60

    found = speed.plan(
        arrays, goals=problem.goals_in_order, deadline=soon, seed=1, report=keep_going
    )

    exact = whole(arrays, goals=problem.goals_in_order, deadline=soon, seed=1).result
    assert found is not None
    assert exact is not None
    for mine, theirs in zip(found.goals, exact.goals, strict=True):
        assert mine.best <= theirs.best + 1e-6 <= mine.bound + 2e-6
        if mine.best < theirs.best - 1e-6:
            break
