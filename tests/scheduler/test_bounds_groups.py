import pytest

from scheduler.arrays import Arrays
from scheduler.bounds.groups import GroupLimits
from scheduler.problem import Composition, Count, Person, Picker, Problem, Role, Round, Table


def make_groups(
    *,
    facilitators: int = 3,
    peers: int = 15,
    tables: int = 4,
    seats: int = 6,
    rounds: int = 2,
    stages: tuple[str, ...] = ("early",),
    composition: tuple[Composition, ...] = (
        Count(count=Picker(role=Role.FACILITATOR), min=1, max=1),
    ),
) -> Problem:
    roles = [Role.FACILITATOR] * facilitators + [Role.PEER] * peers
    return Problem(
        rounds=tuple(Round(id=f"r{r}") for r in range(rounds)),
        tables=tuple(Table(id=f"t{t}", seats=seats) for t in range(tables)),
        people=tuple(
            Person(id=f"p{n:02}", role=role, stage=stages[n % len(stages)])
            for n, role in enumerate(roles)
        ),
        composition=composition,
    )


def limits(**fields: object) -> GroupLimits:
    return GroupLimits(Arrays(make_groups(**fields)))


def test_no_more_tables_than_facilitators() -> None:
    assert limits().most_tables(0) == 3


def test_surplus_facilitators_sit_out() -> None:
    assert limits(facilitators=5, peers=15).most_seats(0) == 19


def test_few_facilitators_leave_peers_without_a_seat() -> None:
    assert limits(facilitators=2, peers=15).most_seats(0) == 12
    assert limits(facilitators=2, peers=15).attendance == 24
    assert limits(facilitators=2, peers=15).attendance_floor == 1


def test_pairs_leave_one_of_an_odd_number_out() -> None:
    pairs = limits(facilitators=0, peers=9, tables=5, seats=2, composition=())

    assert pairs.most_seats(0) == 8


def test_smallest_group_limits_the_tables() -> None:
    composition = (Count(count=Picker(), min=5, max=6),)
    groups = limits(facilitators=0, peers=19, composition=composition)

    assert groups.most_tables(0) == 3
    assert groups.most_seats(0) == 18


@pytest.mark.parametrize(("peers", "least"), [(20, 0), (22, 0), (23, 2), (24, 0)])
def test_numbers_that_no_count_of_tables_divides_are_uneven(peers: int, least: int) -> None:
    groups = limits(facilitators=0, peers=peers, tables=5, seats=6, composition=())

    # 22 people sit two at eleven tables, but there are five: 22 in no even way either.
    expected = 2 if peers == 22 else least
    assert groups.balance(2 * peers) == expected


def test_balance_promises_nothing_when_people_may_stay_out() -> None:
    assert limits(facilitators=0, peers=23, tables=5, composition=()).balance(45) == 0


def test_each_stage_counts_once_a_table() -> None:
    # Three tables of six; both stages at each: every person meets one other stage.
    groups = limits(facilitators=0, peers=18, tables=3, stages=("a", "b"), composition=())

    assert groups.stage_mix(36) == 36


def test_rare_stage_reaches_few_tables() -> None:
    # One person of stage b in each round: at one table of six, all see both stages.
    stages = ("b", *("a",) * 17)
    groups = limits(facilitators=0, peers=18, tables=3, stages=stages, composition=())

    assert groups.stage_mix(36) == 12


def test_limits_apply_only_where_everybody_moves() -> None:
    problem = make_groups()
    host = Person(id="host", role=Role.MENTOR, table="t0")

    assert GroupLimits(Arrays(problem)).applies
    assert not GroupLimits(Arrays(problem.replace(people=(*problem.people, host)))).applies
