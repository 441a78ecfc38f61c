from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.desk_tour import PROMISED, TOUR
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table


def test_every_page_is_measured_while_a_plan_is_made() -> None:
    rows = list(TOUR["R2"](Bench(tenth=True)))

    promised = [row.part.partition(",")[0] for row in rows if row.figures[0].most]
    assert sorted(promised) == sorted(PROMISED)
    assert all(0 < row["median ms"] <= row["p95 ms"] for row in rows)


@pytest.mark.night
@pytest.mark.timeout(1800)
def test_full_figures_are_reached(tmp_path: Path) -> None:
    rows = list(TOUR["R2"](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
