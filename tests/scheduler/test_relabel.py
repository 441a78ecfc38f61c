import numpy as np
import pytest

from scheduler.construct.columns import difference_matrix
from scheduler.construct.relabel import Relabelling


def make_costs(units: int, pairs: int, *, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    cost = np.zeros((units, units), dtype=np.float32)
    for _ in range(pairs):
        first, second = rng.choice(units, 2, replace=False)
        cost[first, second] = cost[second, first] = 1.0
    return cost


def make_relabelling(groups: int, size: int, rounds: int, cost: np.ndarray) -> Relabelling:
    matrix = difference_matrix(groups, size, rounds)
    assert matrix is not None
    points = np.arange(groups * size)
    return Relabelling(matrix.develop(), cost, points, points // groups)


def test_exchanges_inside_columns_remove_pairs_to_keep_apart() -> None:
    cost = make_costs(120, 120)
    search = make_relabelling(20, 6, 4, cost)
    before = search.cost

    search.run(np.random.default_rng(1))

    assert before > 5
    assert search.cost == 0
    assert np.array_equal(np.sort(search.unit.reshape(6, 20)), np.arange(120).reshape(6, 20))


def test_looked_up_costs_stay_true() -> None:
    search = make_relabelling(7, 4, 5, make_costs(28, 60))

    search.run(np.random.default_rng(1), passes=5, least=-np.inf)

    unit = search.unit
    cost = make_costs(28, 60)[unit][:, unit]
    assert np.allclose(search.at, search.meets @ cost, atol=1e-4)
    assert search.cost == pytest.approx(float((cost * search.meets).sum()) / 2)


def test_blocked_points_keep_their_units() -> None:
    cost = make_costs(28, 80)
    search = make_relabelling(7, 4, 5, cost)
    search = Relabelling(
        search.meets.astype(np.int32)[:, :0].reshape(28, 0), cost, search.unit, search.block
    )

    assert search.cost == 0


def test_empty_points_cost_nothing() -> None:
    matrix = difference_matrix(5, 3, 3)
    assert matrix is not None
    unit = np.arange(15)
    unit[-1] = -1

    search = Relabelling(matrix.develop(), make_costs(14, 40), unit, np.arange(15) // 5)

    assert search.at[:, -1].tolist() == [0.0] * 15
