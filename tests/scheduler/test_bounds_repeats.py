import dataclasses

import pytest

from scheduler.arrays import Arrays
from scheduler.bounds.repeats import repeats_bound, repeats_bound_attended
from scheduler.problem import Person, Problem, Role, Round, Seat, Table
from tests.benchmarks.shapes import stations


def make_peers(
    *,
    people: int = 16,
    tables: int = 4,
    seats: int | None = 4,
    rounds: int = 3,
    past: tuple[tuple[str, str], ...] = (),
    min_rounds: int | None = None,
) -> Problem:
    return Problem(
        rounds=tuple(Round(id=f"r{r}") for r in range(rounds)),
        tables=tuple(Table(id=f"t{t}", seats=seats) for t in range(tables)),
        people=tuple(
            Person(id=f"p{p:02}", role=Role.PEER, min_rounds=min_rounds) for p in range(people)
        ),
        past_meetings=past,
    )


def attended_by(problem: Problem, *, seats: int) -> float:
    return repeats_bound_attended(Arrays(problem), seats)


def attended(problem: Problem) -> float:
    seats = len(problem.people) * len(problem.rounds)
    return repeats_bound_attended(Arrays(problem), seats)


def test_nobody_forced_to_sit_repeats_nothing() -> None:
    assert repeats_bound(Arrays(make_peers(rounds=9))) == 0


def test_rounds_that_fit_need_no_repeat() -> None:
    # 16 people, 120 pairs; 5 rounds of 4 groups of 4 use all 120.
    assert attended(make_peers(rounds=5)) == 0


def test_one_round_too_many_repeats_every_pair_of_it() -> None:
    assert attended(make_peers(rounds=6)) == 24


def test_everybody_forced_by_min_rounds_counts_without_attendance() -> None:
    assert repeats_bound(Arrays(make_peers(rounds=6, min_rounds=6))) == 24


def test_past_meetings_leave_fewer_pairs() -> None:
    past = (("p00", "p01"), ("p02", "p03"))

    assert attended(make_peers(rounds=5, past=past)) == 2


def test_person_who_knows_everybody_repeats_all_evening() -> None:
    past = tuple(("p00", f"p{p:02}") for p in range(1, 16))

    # Three rounds with three others each, shared with nobody: half of nine, rounded up, is five.
    assert attended(make_peers(past=past)) == 5


@pytest.mark.parametrize(("tables", "seats", "least"), [(2, 4, 4), (3, 4, 3), (3, 5, 6)])
def test_fewer_groups_than_places_repeat_by_pigeonhole(tables: int, seats: int, least: int) -> None:
    problem = make_peers(people=tables * seats, tables=tables, seats=seats, rounds=2)

    assert attended(problem) == least


def test_hosts_who_never_meet_twice_leave_fewer_ways_through_two_rounds() -> None:
    # 28 people have 5 x 4 ways through two of five stations: 8 share theirs, four times over.
    assert attended_by(stations(mentees=28), seats=140) == 32


def test_absent_host_lets_people_stay() -> None:
    problem = stations(mentees=28)
    away = frozenset({"r0"})
    people = tuple(
        dataclasses.replace(p, rounds=away) if p.table == "t0" else p for p in problem.people
    )

    assert attended_by(problem.replace(people=people), seats=140) == 4 * 7


def test_empty_seats_save_the_dearest_pairs() -> None:
    problem = make_peers(rounds=6)

    assert repeats_bound_attended(Arrays(problem), 6 * 16 - 4) == 12


def test_history_counts() -> None:
    seats = tuple(Seat(p, r, "t0") for p in ("p00", "p01") for r in ("r0", "r1"))
    problem = make_peers().replace(previous=seats, frozen_rounds=("r0", "r1"))

    assert repeats_bound(Arrays(problem)) == 1
