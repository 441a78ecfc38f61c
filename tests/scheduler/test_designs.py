import csv
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from scheduler.construct.columns import Development
from scheduler.construct.designs import design, develop, spare_points

CELLS = Path(__file__).with_name("golfer_cells.csv")


def cells() -> Iterator[tuple[int, int, int]]:
    with CELLS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield int(row["groups"]), int(row["size"]), int(row["designs_rounds"])


def group_lists(developed: Development) -> list[list[list[int]]]:
    rounds = []
    for column in developed.T.tolist():
        groups: dict[int, list[int]] = {}
        for point, group in enumerate(column):
            groups.setdefault(group, []).append(point)
        rounds.append([groups[key] for key in sorted(groups)])
    return rounds


def pairs_met_twice(developed: Development) -> int:
    met: set[tuple[int, int]] = set()
    twice = 0
    for groups in group_lists(developed):
        for group in groups:
            for pair in combinations(group, 2):
                twice += pair in met
                met.add(pair)
    return twice


def test_there_are_81_cells() -> None:
    assert len(list(cells())) == 81


@pytest.mark.parametrize(("groups", "size", "rounds"), list(cells()))
def test_cell_develops_to_its_rounds_without_repeat(groups: int, size: int, rounds: int) -> None:
    developed = design(groups, size, rounds)

    assert developed is not None
    assert developed.shape == (groups * size, rounds)
    assert [sorted(map(len, g)) for g in group_lists(developed)] == [[size] * groups] * rounds
    assert pairs_met_twice(developed) == 0


def test_pair_check_finds_a_repeat() -> None:
    developed = np.array([[0, 0], [0, 0], [1, 1], [1, 1]], dtype=np.int32)

    assert pairs_met_twice(developed) == 2


@pytest.mark.parametrize(
    ("groups", "size", "rounds"),
    [(12, 3, 12), (15, 3, 15), (20, 4, 20), (21, 3, 21), (56, 7, 56), (63, 7, 63), (14, 5, 5)],
)
def test_products_of_fields_and_greedy_reach_their_rounds(
    groups: int, size: int, rounds: int
) -> None:
    developed = design(groups, size, rounds)

    assert developed is not None
    assert developed.shape == (groups * size, rounds)
    assert pairs_met_twice(developed) == 0


def test_columns_play_by_themselves_after_the_rounds_across() -> None:
    developed = design(25, 5, 31)

    assert developed is not None
    assert pairs_met_twice(developed) == 0


def test_fewer_groups_than_places_have_one_round_only() -> None:
    assert design(4, 5, 2) is None
    assert design(4, 5, 1) is not None


def test_round_robin_meets_everybody_once() -> None:
    developed = design(7, 2, 13)

    assert developed is not None
    assert pairs_met_twice(developed) == 0
    assert design(7, 2, 14) is None


def test_left_out_points_never_meet() -> None:
    developed = develop(9, 4)

    assert developed is not None
    spare = spare_points(developed, 3)
    assert spare is not None
    rest = np.delete(developed, spare, axis=0)
    assert {len(group) for groups in group_lists(rest) for group in groups} == {3, 4}


def test_spare_points_are_refused_where_everybody_meets() -> None:
    developed = develop(5, 3)

    assert developed is not None
    assert spare_points(developed, 2) is None
