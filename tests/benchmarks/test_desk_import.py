from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.desk_import import IMPORT
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table


def test_a_tenth_of_a_long_list_is_checked_in_time() -> None:
    [row] = IMPORT["I1"](Bench(tenth=True))

    assert 0 < row["checked cpu s"] <= 5  # of the processor: a busy machine is no slower program
    assert row["MB"] <= 400
    assert row["checked s"] > 0


@pytest.mark.night
@pytest.mark.timeout(1200)
def test_full_figures_are_reached(tmp_path: Path) -> None:
    rows = list(IMPORT["I1"](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
