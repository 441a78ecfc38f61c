"""A time that the clocks show twice, when they go back in autumn: which of the two is meant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import DateField, RadioField, TimeField

from app.errors import InvalidInput
from app.services import zones

CHOICES = {
    "0": "The first time, before the clocks go back",
    "1": "The second time, after they went back",
}


class Which(RadioField):  # type: ignore[misc]
    """A choice that is asked only for such a time; anything else chosen is no choice."""

    smalls = None

    def __init__(self, label: str = "Which of the two", **options: Any) -> None:
        super().__init__(label, validate_choice=False, **options)
        self.choices = list(CHOICES.items())
        self.is_twice: bool | None = None

    @property
    def fold(self) -> int | None:
        """Return which one is chosen, as ``datetime.fold`` counts; None when none is."""
        return int(self.data) if self.data in CHOICES else None

    @property
    def is_asked(self) -> bool:
        """Return whether the page has it: a choice made stays until the time is known again."""
        return self.fold is not None if self.is_twice is None else self.is_twice


def chosen(at: datetime | None) -> str | None:
    """Return the choice that stands for a local time; None when the clocks show it once."""
    if at is None or not zones.is_shown_twice(at.replace(tzinfo=None), str(at.tzinfo)):
        return None
    return str(at.fold)


def instant(day: DateField, time: TimeField, which: Which, zone: str) -> datetime | None:
    """Return the instant that three fields say; None, with an error beside one, for no instant."""
    wall = datetime.combine(day.data, time.data)
    which.is_twice = zones.is_shown_twice(wall, zone)
    try:
        return zones.instant(wall, zone, fold=which.fold)
    except InvalidInput as error:
        (which if which.is_twice else time).errors = list(error.fields.values())
        return None
