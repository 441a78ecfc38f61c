"""Several tables written about in one line: "tables 1-6 have: step free"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from app.services.agenda import TableForm
from app.services.agenda.tables import MOST_SEATS

WHICH, HAVE, SEATS, FEATURES = "which", "have", "together-seats", "together-has"
ALL = "all"
_RANGE = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")
_DASH = re.compile(r"\s*[-\N{EN DASH}]\s*")
_BETWEEN = re.compile(r"[,;\s]+(?:and\s+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The line as it was written; ``problems`` are by field."""

    numbers: frozenset[int]
    gives: bool
    features: tuple[str, ...]
    seats: int | None
    problems: dict[str, str]

    def apply(self, form: TableForm, number: int) -> TableForm:
        """Return a table with what the line says about it, if it is one of them."""
        if number not in self.numbers:
            return form
        if self.gives:
            features = (*form.features, *self.features)
        else:
            features = tuple(name for name in form.features if name not in self.features)
        seats = form.seats if self.seats is None else self.seats
        return replace(form, features=tuple(dict.fromkeys(features)), seats=seats)


def read(posted: MultiDict[str, str], known: Sequence[int], features: tuple[str, ...]) -> Together:
    """Return what the line says of the tables with these numbers; empty, it says nothing."""
    which = posted.get(WHICH, "").strip()
    ticked = tuple(name for name in features if name in posted.getlist(FEATURES))
    text = posted.get(SEATS, "").strip()
    is_number = text.isascii() and text.isdecimal() and len(text) < 5
    problems = {}
    numbers, problem = _numbers(which, known)
    if not which and (ticked or text):
        problem = "Write which tables, like 1-6 or all"
    elif which and not problem and not (ticked or text):
        problem = "Tick what these tables have, or write their seats"
    if problem:
        problems[WHICH] = problem
    if text and not is_number:
        problems[SEATS] = "Write a number of seats, like 6, or leave it empty"
    elif text and not 2 <= int(text) <= MOST_SEATS:
        problems[SEATS] = f"Write 2 to {MOST_SEATS}, or leave it empty"
    return Together(
        numbers=numbers,
        gives=posted.get(HAVE, "y") != "n",
        features=ticked,
        seats=int(text) if is_number else None,
        problems=problems,
    )


def _numbers(which: str, known: Sequence[int]) -> tuple[frozenset[int], str]:
    """Return the tables' numbers of "1-6, 9" or "all", or what is wrong with the text."""
    if which.casefold() == ALL:
        return frozenset(known), ""
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(_DASH.sub("-", which))):
        match = _RANGE.fullmatch(part)
        if match is None:
            return frozenset(), "Write numbers of tables, like 1-6 or 1, 4, 9, or the word all"
        first, last = int(match[1]), int(match[2] or match[1])
        found |= set(range(min(first, last), max(first, last) + 1))
    missing = sorted(found - set(known))
    if missing:
        return frozenset(), f"There is no table {missing[0]}. {_there_are(known)}"
    return frozenset(found), ""


def _there_are(known: Sequence[int]) -> str:
    return f"Their numbers go from {min(known)} to {max(known)}" if known else "Add some first"
