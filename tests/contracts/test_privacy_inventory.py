"""Every column that says something about a person stands in the inventory, and only there."""

from __future__ import annotations

from collections import Counter

from app.models import Base
from app.services.privacy import entries, impersonal

COLUMNS = {
    f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.c
}
LISTED = Counter(column for entry in entries.ENTRIES for column in entry.columns)


def test_every_column_is_in_the_inventory_or_said_to_be_impersonal() -> None:
    unknown = COLUMNS - set(LISTED) - impersonal.COLUMNS

    assert unknown == set(), "say in app/services/privacy what these hold about people"


def test_no_column_is_both_or_twice() -> None:
    assert set(LISTED) & impersonal.COLUMNS == set()
    assert [column for column, times in LISTED.items() if times > 1] == []


def test_the_inventory_names_no_column_that_is_not_there() -> None:
    assert (set(LISTED) | impersonal.COLUMNS) - COLUMNS == set()


def test_every_entry_says_why_and_no_two_are_alike() -> None:
    names = [entry.what for entry in entries.ENTRIES]

    assert len(set(names)) == len(names)
    assert [entry.what for entry in entries.ENTRIES if not entry.why] == []
