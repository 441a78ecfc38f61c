from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.mail import MAIL
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import table


def test_invites_are_measured_as_they_are_queued() -> None:
    [row] = MAIL["M1"](Bench(tenth=True))

    assert 0 < row["queued s"] <= row.took.seconds
    assert row["MB"] > 10


def test_mails_are_measured_as_they_leave() -> None:
    [row] = MAIL["M2"](Bench(tenth=True))

    assert min(row["mails/s"], row["cpu ms"]) > 0


@pytest.mark.night
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", MAIL)
def test_full_figures_are_reached(name: str, tmp_path: Path) -> None:
    rows = list(MAIL[name](Bench(folder=tmp_path, night=True)))

    print(table(rows))  # noqa: T201 -- the night's figures
    assert [row for row in rows if not row.is_reached] == []
