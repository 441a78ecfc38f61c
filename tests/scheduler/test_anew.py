from __future__ import annotations

import time
from typing import Any

import numpy as np

from scheduler.answer import Run
from scheduler.arrays import Arrays
from scheduler.model.anew import WINDOW_SIZE, better_anew, mend, windows
from scheduler.model.rounds import size
from scheduler.params import SolveParams
from scheduler.plan import GoalValue
from scheduler.problem import (
    Goal,
    GoalName,
    Limit,
    Person,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)
from scheduler.roads import round_by_round
from scheduler.score import goal_value
from scheduler.verify import verify_seats

FREE = (RepeatLimit(between=(Role.PEER, Role.PEER), limit=Limit.FREE),)
BALANCE = (Goal(goal=GoalName.ATTENDANCE), Goal(goal=GoalName.BALANCE))


def make_peers(
    *, people: int = 12, tables: int = 3, rounds: int = 2, seats: int = 6, **rules: Any
) -> Problem:
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(rounds)),
        tables=tuple(Table(id=f"t{i}", seats=seats) for i in range(tables)),
        people=tuple(Person(id=f"p{i:02}", role=Role.PEER) for i in range(people)),
        **{"repeats": FREE, **rules},
    )


def make_lopsided(problem: Problem) -> tuple[Seat, ...]:
    """Six at the first table, the rest at the second and third, in every round."""
    where = [0] * 6 + [1] * 4 + [2] * 2
    return tuple(
        Seat(person.id, round_.id, f"t{where[i]}")
        for round_ in problem.rounds
        for i, person in enumerate(problem.people)
    )


def claims(values: list[tuple[float, float]]) -> list[GoalValue]:
    return [
        GoalValue(goal=goal.goal, value=value, best=value, bound=bound)
        for goal, (value, bound) in zip(BALANCE, values, strict=True)
    ]


def deadline() -> float:
    return time.perf_counter() + 20


def test_uneven_tables_become_even_and_nobody_loses_a_seat() -> None:
    problem = make_peers()
    arrays = Arrays(problem)
    seating = arrays.seating_from(make_lopsided(problem))
    known = claims([(24, 24), (8, 0)])

    new = better_anew(arrays, seating, goals=BALANCE, known=known, deadline=deadline(), seed=1)

    assert goal_value(arrays, new, GoalName.BALANCE) == 0
    assert goal_value(arrays, new, GoalName.ATTENDANCE) == 24
    assert verify_seats(problem, arrays.seats_from(new)) == ()


def test_nothing_changes_when_all_is_proved() -> None:
    problem = make_peers()
    arrays = Arrays(problem)
    seating = arrays.seating_from(make_lopsided(problem))
    known = claims([(24, 24), (8, 8)])

    new = better_anew(arrays, seating, goals=BALANCE, known=known, deadline=deadline(), seed=1)

    assert new is seating


def test_a_wish_to_stop_is_heard() -> None:
    problem = make_peers()
    arrays = Arrays(problem)
    seating = arrays.seating_from(make_lopsided(problem))

    new = better_anew(
        arrays,
        seating,
        goals=BALANCE,
        known=claims([(24, 24), (8, 0)]),
        deadline=deadline(),
        seed=1,
        report=lambda *_: False,
    )

    assert new is seating


def test_windows_of_a_large_event_are_small() -> None:
    problem = make_peers(people=120, tables=20, rounds=3)
    arrays = Arrays(problem)
    seating = arrays.seating_from(())

    found = list(windows(arrays, seating, BALANCE, np.random.default_rng(1)))

    assert found
    assert max(size(arrays, BALANCE, free) for free in found) <= WINDOW_SIZE


def test_mend_sees_to_meetings_and_rounds_that_are_owed() -> None:
    plain = make_peers(must_meet=(("p00", "p11"), ("p01", "p10")))
    people = tuple(
        Person(id=p.id, role=p.role, min_rounds=2 if p.id == "p05" else None) for p in plain.people
    )
    problem = plain.replace(people=people)
    arrays = Arrays(problem)
    seats = tuple(seat for seat in make_lopsided(problem) if seat.person != "p05")

    mended = mend(arrays, arrays.seating_from(seats), deadline=deadline(), seed=1)

    assert verify_seats(problem, seats) != ()
    assert verify_seats(problem, arrays.seats_from(mended)) == ()


def test_round_by_round_finds_a_plan_with_duties() -> None:
    meet = tuple((f"p{i:02}", f"p{i + 6:02}") for i in range(6))
    pins = (Seat("p00", "r0", "t2"), Seat("p06", "r0", "t1"))
    problem = make_peers(must_meet=meet, pins=pins, keep_apart=(("p01", "p02"),), rounds=3)

    found = round_by_round(Run(problem, SolveParams(time_limit_s=20)))

    assert found is not None
    assert verify_seats(problem, Arrays(problem).seats_from(found.seating)) == ()
