from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.errors import InvalidInput
from app.services import zones


def test_wall_time_becomes_an_instant() -> None:
    wall = datetime(2027, 7, 1, 18, 0)  # noqa: DTZ001 -- a clock on the wall

    assert zones.instant(wall, "Europe/Berlin") == datetime(2027, 7, 1, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_year_that_is_a_slip_of_the_pen_is_refused(year: int) -> None:
    wall = datetime(year, 1, 1, 0, 0)  # noqa: DTZ001 -- a clock on the wall

    with pytest.raises(InvalidInput, match="write a year between 2000 and 2199"):
        zones.instant(wall, "Europe/Berlin")


@pytest.mark.parametrize("name", ["localtime", "Factory", "Mars/Olympus", ""])
def test_name_that_is_no_place_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        zones.zone_of(name)
