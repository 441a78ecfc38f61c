from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.feeds import FEEDS
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table


def test_feeds_are_measured_beside_the_health_page() -> None:
    rows = list(FEEDS["M3"](Bench(tenth=True)))

    assert [row.part for row in rows][:3] == [
        "personal, SQLite",
        "agenda, SQLite",
        "organiser, SQLite",
    ]
    assert all(0 < row["median ms"] <= row["p95 ms"] for row in rows)


@pytest.mark.night
@pytest.mark.timeout(1200)
def test_full_figures_are_reached(tmp_path: Path) -> None:
    rows = list(FEEDS["M3"](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
