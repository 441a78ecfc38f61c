"""Five hundred seeded ways to make a true plan false; the checker names each by its rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest

from scheduler.plan import Plan, SolveStatus
from scheduler.problem import Count, Goal, GoalName, Picker, Problem, Role, Seat
from scheduler.verify import verify
from tests.builders_scheduler import (
    make_people,
    make_person,
    make_plan,
    make_problem,
    make_tables,
)

HOSTS = tuple(f"m{number}" for number in range(4))
MOVERS = tuple(f"a{number}" for number in range(8))
ROUNDS = tuple(f"r{number}" for number in range(1, 5))
TABLES = tuple(f"t{number}" for number in range(1, 5))
Case = tuple[Problem, Plan]


def make_true_case() -> Case:
    """Four hosts, eight mentees, everybody meets every mentor; the first round is history."""
    seats = [Seat(h, r, t) for h, t in zip(HOSTS, TABLES, strict=True) for r in ROUNDS]
    seats += [
        Seat(name, round_id, TABLES[(number + step) % 4])
        for (number, name), (step, round_id) in product(enumerate(MOVERS), enumerate(ROUNDS))
    ]
    seats.sort(key=lambda seat: (seat.round, seat.table, seat.person))
    hosts = [
        make_person(name, role=Role.MENTOR, table=table)
        for name, table in zip(HOSTS, TABLES, strict=True)
    ]
    problem = make_problem(
        rounds=4,
        tables=make_tables(4, seats=3),
        people=(*hosts, *make_people(" ".join(MOVERS), role=Role.MENTEE)),
        previous=tuple(seat for seat in seats if seat.round == "r1"),
        frozen_rounds=("r1",),
        goals=(Goal(goal=GoalName.ATTENDANCE), Goal(goal=GoalName.REPEATS)),
    )
    return problem, make_plan(problem, tuple(seats), status=SolveStatus.OPTIMAL)


PROBLEM, PLAN = make_true_case()
LIVE = tuple(seat for seat in PLAN.seats if seat.round != "r1")
SHARED = tuple(
    (one, other)
    for one, other in combinations(LIVE, 2)
    if (one.round, one.table) == (other.round, other.table)
)


def with_seats(seats: list[Seat]) -> Case:
    return PROBLEM, replace(PLAN, seats=tuple(seats))


def with_person(name: str, **changes: Any) -> Case:
    people = tuple(replace(p, **changes) if p.id == name else p for p in PROBLEM.people)
    return PROBLEM.replace(people=people), PLAN


def with_problem(**changes: Any) -> Case:
    return PROBLEM.replace(**changes), PLAN


def with_goal(rng: random.Random, **changes: float) -> Case:
    index = rng.randrange(len(PLAN.goals))
    goals = list(PLAN.goals)
    goals[index] = replace(
        goals[index], **{key: getattr(goals[index], key) + step for key, step in changes.items()}
    )
    return PROBLEM, replace(PLAN, goals=tuple(goals))


def seat_of(rng: random.Random, names: tuple[str, ...]) -> Seat:
    return rng.choice([seat for seat in LIVE if seat.person in names])


def one_seat(rng: random.Random) -> Case:
    seat = rng.choice(LIVE)
    return with_seats([*PLAN.seats, seat._replace(table=rng.choice(TABLES))])


def availability(rng: random.Random) -> Case:
    seat = rng.choice(LIVE)
    return with_person(seat.person, rounds=frozenset(ROUNDS) - {seat.round})


def needs(rng: random.Random) -> Case:
    return with_person(rng.choice(LIVE).person, needs=frozenset({"ramp"}))


def seats(rng: random.Random) -> Case:
    table = rng.choice(TABLES)
    limited = (replace(t, seats=rng.randrange(3)) if t.id == table else t for t in PROBLEM.tables)
    return with_problem(tables=tuple(limited))


def host(rng: random.Random) -> Case:
    seat = seat_of(rng, HOSTS)
    return with_seats([other for other in PLAN.seats if other != seat])


def max_rounds(rng: random.Random) -> Case:
    return with_person(rng.choice(PROBLEM.people).id, max_rounds=rng.randrange(4))


def min_rounds(rng: random.Random) -> Case:
    return with_person(rng.choice(PROBLEM.people).id, min_rounds=rng.randrange(5, 9))


def company(rng: random.Random) -> Case:
    seat = seat_of(rng, MOVERS)
    place = seat.round, seat.table
    return with_seats([s for s in PLAN.seats if s == seat or (s.round, s.table) != place])


def composition(rng: random.Random) -> Case:
    low, high = rng.choice([(4, None), (0, 2)])
    where = frozenset({rng.choice(TABLES)})
    return with_problem(composition=(Count(count=Picker(), min=low, max=high, tables=where),))


def keep_apart(rng: random.Random) -> Case:
    one, other = rng.choice(SHARED)
    return with_problem(keep_apart=((other.person, one.person),))


def keep_apart_same(rng: random.Random) -> Case:
    same = frozenset({"north"})
    one, other = seat_of(rng, HOSTS), seat_of(rng, MOVERS)
    people = tuple(
        replace(p, affiliations=same) if p.id in {one.person, other.person} else p
        for p in PROBLEM.people
    )
    history = [s for s in PLAN.seats if s.round == "r1" and s.person == other.person]
    expected_in_history = history[0].table == one.table
    changed = PROBLEM.replace(people=people, keep_apart_same=("affiliation",))
    return keep_apart_same(rng) if expected_in_history else (changed, PLAN)


def together(rng: random.Random) -> Case:
    first = rng.randrange(8)
    second = (first + rng.choice([1, 2, 3, 5, 6, 7])) % 8
    return with_problem(together=((MOVERS[first], MOVERS[second]),))


def must_meet(rng: random.Random) -> Case:
    first = rng.randrange(8)
    second = (first + rng.choice([1, 2, 3, 5, 6, 7])) % 8
    return with_problem(must_meet=((MOVERS[first], MOVERS[second]),))


def repeats(rng: random.Random) -> Case:
    one, other = rng.choice([pair for pair in SHARED if pair[1].person in HOSTS])
    return with_problem(past_meetings=((one.person, other.person),))


def pins(rng: random.Random) -> Case:
    seat = rng.choice(LIVE)
    table = rng.choice([name for name in TABLES if name != seat.table])
    return with_problem(pins=(seat._replace(table=table),))


def frozen_rounds(rng: random.Random) -> Case:
    index = rng.randrange(12)
    seat = PLAN.seats[index]
    moved = [] if rng.random() < 0.5 else [seat._replace(table=f"{seat.table}x")]
    return with_seats([*PLAN.seats[:index], *moved, *PLAN.seats[index + 1 :]])


def digest(rng: random.Random) -> Case:
    return with_problem(name=f"other {rng.random()}")


def claimed_value(rng: random.Random) -> Case:
    return with_goal(rng, value=rng.choice([-1.0, 0.01, 1.0]))


def bound(rng: random.Random) -> Case:
    goal = rng.choice(PLAN.goals)
    worse = 1.0 if goal.goal is GoalName.REPEATS else -1.0
    changed = replace(goal, bound=goal.bound + worse * rng.choice([0.01, 1.0]))
    goals = tuple(changed if other == goal else other for other in PLAN.goals)
    return PROBLEM, replace(PLAN, goals=goals)


def status(rng: random.Random) -> Case:
    return with_goal(rng, bound=rng.choice([-1.0, 0.01, 1.0]))


CORRUPTIONS: tuple[Callable[[random.Random], Case], ...] = (
    one_seat,
    availability,
    needs,
    seats,
    host,
    max_rounds,
    min_rounds,
    company,
    composition,
    keep_apart,
    keep_apart_same,
    together,
    must_meet,
    repeats,
    pins,
    frozen_rounds,
    digest,
    claimed_value,
    bound,
    status,
)


def test_the_plan_is_true_before_it_is_corrupted() -> None:
    assert verify(PROBLEM, PLAN) == ()


@pytest.mark.parametrize("corrupt", CORRUPTIONS, ids=lambda corrupt: corrupt.__name__)
def test_a_corruption_is_caught_by_its_rule(corrupt: Callable[[random.Random], Case]) -> None:
    rng = random.Random(7)

    missed = []
    for attempt in range(25):
        problem, plan = corrupt(rng)
        if corrupt.__name__ not in {violation.rule for violation in verify(problem, plan)}:
            missed.append(attempt)

    assert missed == []
