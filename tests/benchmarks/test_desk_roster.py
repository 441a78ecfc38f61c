from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.desk_roster import PAGES, PROMISED, ROSTER
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table


def test_the_roster_is_measured_while_a_plan_is_made() -> None:
    rows = list(ROSTER["R1"](Bench(tenth=True)))

    assert len(rows) % len(PAGES) == 0
    assert all(0 < row["median ms"] <= row["p95 ms"] for row in rows)
    assert {name for name in PAGES if rows[list(PAGES).index(name)].figures[0].most} == set(
        PROMISED
    )


@pytest.mark.night
@pytest.mark.timeout(1200)
def test_full_figures_are_reached(tmp_path: Path) -> None:
    rows = list(ROSTER["R1"](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
