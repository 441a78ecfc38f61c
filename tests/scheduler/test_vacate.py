"""Where rules cannot be mended, people sit out, and nothing is broken any more."""

import numpy as np
import pytest

from scheduler.arrays import Arrays, Seating
from scheduler.improve.tables import TableRules
from scheduler.improve.vacate import vacated
from scheduler.problem import (
    Count,
    Distinct,
    Limit,
    NotAlone,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Table,
)
from scheduler.verify import verify_seats


def make_crowd(**fields: object) -> Problem:
    people = [
        Person(
            id=f"p{n}", role=Role.PEER, stage=("early", "late")[n % 2], traits=(("g", "wm"[n > 0]),)
        )
        for n in range(8)
    ]
    return Problem(
        rounds=(Round(id="r0"), Round(id="r1")),
        tables=(Table(id="t0", seats=4), Table(id="t1", seats=4)),
        people=tuple(people),
    ).replace(**fields)


def four_and_four() -> Seating:
    return np.repeat([[0], [1]], 4, axis=0).repeat(2, axis=1).astype(np.int32)


def left_seats(problem: Problem) -> Seating:
    return vacated(TableRules(Arrays(problem)), four_and_four())


def test_nobody_leaves_where_nothing_is_broken() -> None:
    assert np.array_equal(left_seats(make_crowd()), four_and_four())


@pytest.mark.parametrize(
    "fields",
    [
        {"keep_apart": (("p0", "p1"), ("p0", "p2"))},
        {"composition": (Count(count=Picker(), min=2, max=3),)},
        {"composition": (Distinct(distinct="stage", max=1),)},
        {"composition": (NotAlone(not_alone=Picker(trait="g", value="w")),)},
        {"together": (("p0", "p7"),)},
        {"repeats": (RepeatLimit(between=(Role.PEER, Role.PEER), limit=Limit.NEVER),)},
        {"tables": (Table(id="t0", seats=4), Table(id="t1", seats=3, rounds=frozenset({"r0"})))},
    ],
)
def test_no_rule_is_broken_any_more(fields: dict[str, object]) -> None:
    problem = make_crowd(**fields)

    seating = left_seats(problem)

    assert verify_seats(problem, Arrays(problem).seats_from(seating)) == ()


def test_only_who_clashes_most_leaves() -> None:
    seating = left_seats(make_crowd(keep_apart=(("p0", "p1"), ("p0", "p2"))))

    assert np.flatnonzero(seating[:, 0] < 0).tolist() == [0]


def test_one_too_many_leaves_and_three_stay() -> None:
    seating = left_seats(make_crowd(composition=(Count(count=Picker(), min=2, max=3),)))

    assert np.bincount(seating[seating[:, 0] >= 0, 0]).tolist() == [3, 3]
