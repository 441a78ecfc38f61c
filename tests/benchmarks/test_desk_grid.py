from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.desk_grid import GRID
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table


@pytest.mark.parametrize("name", GRID)
def test_pages_of_a_plan_are_measured(name: str) -> None:
    [row] = GRID[name](Bench(tenth=True))

    assert 0 < row["median ms"] <= row["p95 ms"]
    assert 0 < row["cpu p95 ms"] <= 300  # ten times as many people have no more


@pytest.mark.night
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", GRID)
def test_full_figures_are_reached(name: str, tmp_path: Path) -> None:
    rows = list(GRID[name](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
