from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.desk_paper import PAPER
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table


def test_cards_are_measured_as_they_are_printed() -> None:
    [row] = PAPER["K1"](Bench(tenth=True))

    assert row["sheets"] == 15
    assert 0 < row["sheets s"] < row["PDF s"]
    assert 0 < row["cpu s"] <= 20  # of the processor: ten times as many have no more


@pytest.mark.night
@pytest.mark.timeout(600)
def test_600_cards_are_a_file_within_20_seconds(tmp_path: Path) -> None:
    rows = list(PAPER["K1"](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
