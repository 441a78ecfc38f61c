import numpy as np
import pytest

from scheduler.construct.columns import column_sizes, difference_matrix, greedy_matrix
from tests.scheduler.test_designs import pairs_met_twice


@pytest.mark.parametrize(
    ("groups", "columns", "rounds"),
    [(100, 6, 8), (400, 5, 60), (26, 4, 10), (34, 6, 6), (26, 6, 3), (12, 12, 3), (50, 7, 6)],
)
def test_matrix_develops_without_repeat(groups: int, columns: int, rounds: int) -> None:
    matrix = difference_matrix(groups, columns, rounds)

    assert matrix is not None
    developed = matrix.develop()
    assert developed.shape == (groups * columns, rounds)
    assert pairs_met_twice(developed) == 0


def test_each_group_has_one_of_each_column() -> None:
    matrix = greedy_matrix(14, 4, 5)

    assert matrix is not None
    for column in matrix.develop().reshape(4, 14, 5):
        assert np.array_equal(np.sort(column, axis=0), np.tile(np.arange(14)[:, None], 5))


def test_first_column_stays_where_it_is() -> None:
    matrix = difference_matrix(9, 4, 6)

    assert matrix is not None
    assert matrix.develop()[:9].tolist() == [[place] * 6 for place in range(9)]


def test_even_cyclic_group_has_no_full_matrix() -> None:
    assert greedy_matrix(6, 3, 6) is None


def test_more_rounds_than_groups_are_refused() -> None:
    assert difference_matrix(5, 3, 6) is None


def test_kinds_are_spread_over_whole_columns() -> None:
    assert column_sizes([26, 26, 103], 26, 6) == [
        [26, 0, 0],
        [0, 26, 0],
        [0, 0, 26],
        [0, 0, 26],
        [0, 0, 26],
        [0, 0, 25],
    ]


def test_remainders_share_a_column() -> None:
    assert column_sizes([7, 13], 10, 2) == [[0, 10], [7, 3]]


def test_remainders_that_do_not_fit_are_refused() -> None:
    assert column_sizes([6, 6, 6], 10, 2) is None
