from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table
from tests.benchmarks.web import WEB, p95
from tests.conftest import POSTGRES


def test_sign_ups_are_measured_beside_a_bare_view() -> None:
    rows = list(WEB["W1"](Bench(tenth=True)))

    assert [row.part for row in rows] == ["SQLite", "PostgreSQL"][: 1 + bool(POSTGRES)]
    assert all(min(row["sign-ups/s"], row["bare/s"], row["ratio"]) > 0 for row in rows)


def test_page_is_measured_while_a_plan_is_made() -> None:
    [row] = WEB["W2"](Bench(tenth=True))

    assert 0 < row["median ms"] <= row["p95 ms"]


def test_p95_is_the_value_that_one_in_twenty_exceeds() -> None:
    assert p95([float(number) for number in range(1, 100)]) == 95.0


@pytest.mark.night
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", WEB)
def test_full_figures_are_reached(name: str, tmp_path: Path) -> None:
    rows = list(WEB[name](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
