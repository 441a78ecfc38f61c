import numpy as np
import pytest

from scheduler.arrays import Arrays
from scheduler.construct.greedy import (
    Demand,
    columns_of,
    fixed_seating,
    greedy_seating,
    group_count,
)
from scheduler.problem import Count, GoalName, Person, Picker, Role, Seat
from scheduler.score import goal_value
from scheduler.verify import verify_seats
from tests.benchmarks.shapes_groups import golfers, rooms, stage_mixed


def test_everybody_gets_a_seat_and_quotas_hold() -> None:
    problem = stage_mixed(60, rounds=3, apart=0)
    arrays = Arrays(problem)

    seating = greedy_seating(arrays, seed=1)

    assert verify_seats(problem, arrays.seats_from(seating)) == ()
    assert goal_value(arrays, seating, GoalName.ATTENDANCE) == 180


def test_hosts_pins_and_history_are_fixed() -> None:
    problem = golfers(3, 3, 2)
    people = (*problem.people, Person(id="host", role=Role.FACILITATOR, table="t003"))
    problem = problem.replace(
        people=people,
        pins=(Seat("p0001", "r2", "t002"),),
        previous=(Seat("p0000", "r1", "t001"), Seat("p0001", "r1", "t001")),
        frozen_rounds=("r1",),
    )
    arrays = Arrays(problem)

    seating = fixed_seating(arrays)

    assert arrays.seats_from(seating) == (
        Seat("p0000", "r1", "t001"),
        Seat("p0001", "r1", "t001"),
        Seat("p0001", "r2", "t002"),
        Seat("host", "r2", "t003"),
    )


def test_columns_keep_roles_apart() -> None:
    arrays = Arrays(rooms(hosts=False, absent=0))

    columns = columns_of(arrays, np.arange(arrays.n), 26, 6)

    assert columns is not None
    roles = [{arrays.people[p].role for p in column} for column in columns]
    assert sorted(map(len, roles)) == [1] * 6


def test_kinds_that_do_not_fit_their_columns_are_refused() -> None:
    problem = golfers(10, 2, 1)
    traits = ("a", "b", "c")
    people = tuple(
        Person(id=p.id, role=p.role, traits=(("team", traits[n % 3]),))
        for n, p in enumerate(problem.people[:18])
    )
    entries = tuple(Count(count=Picker(trait="team", value=value), max=1) for value in traits)
    arrays = Arrays(problem.replace(people=people, composition=entries))

    assert columns_of(arrays, np.arange(18), 10, 2) is None


def make_demand(
    *,
    people: int = 30,
    tables: int = 10,
    seats: int = 6,
    picked: tuple[tuple[int, int, int | None], ...] = (),
) -> Demand:
    return Demand(people=people, capacities=np.full(tables, seats), picked=picked)


@pytest.mark.parametrize(
    ("demand", "rounds", "use_all", "groups"),
    [
        (make_demand(), 1, False, 5),  # as few as seat everybody
        (make_demand(), 5, False, 6),  # five groups of six cannot meet five times anew
        (make_demand(), 1, True, 10),  # tables with hosts are all used
        (make_demand(picked=((7, 1, 1),)), 1, False, 7),  # a facilitator each
        (make_demand(people=80), 1, False, 10),  # too many people: all tables
        (make_demand(people=7, seats=2), 1, False, 3),  # nobody sits alone
    ],
)
def test_number_of_tables_in_use(
    demand: Demand,
    rounds: int,
    use_all: bool,  # noqa: FBT001 -- a column of the table above
    groups: int,
) -> None:
    assert group_count(demand, rounds=rounds, use_all=use_all) == groups
