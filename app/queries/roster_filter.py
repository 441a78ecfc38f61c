"""Which rows of a roster are shown, in which order, and how many each quick filter has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.enums import PartStat, Role, SignUpState
from app.queries.roster_rows import Attention, RosterRow
from app.services.folding import folded


class Show(StrEnum):
    """Quick filters that are no role."""

    EVERYBODY = "everybody"
    NEEDS_YOU = "needs_you"
    ASKED = "asked"
    PLACED = "placed"
    WAITING = "waiting"
    HELD = "held"
    NOT_AGREED = "not_agreed"
    ABSENT = "absent"
    GONE = "gone"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MAYBE = "maybe"
    SILENT = "silent"
    TWICE = "twice"
    MAIL = "mail"
    NO_SEAT = "no_seat"
    SPECIAL = "table_needs"


class Presence(StrEnum):
    """Which rounds people come to."""

    ALL = "all"
    SOME = "some"
    LATE = "late"
    EARLY = "early"


class Sort(StrEnum):
    """In which order people stand."""

    PLACE = "place"
    NAME = "name"
    STAGE = "stage"
    AFFILIATION = "affiliation"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFilter:
    """What the page was asked to show; a word nobody knows asks for nothing."""

    show: str = Show.EVERYBODY
    text: str = ""
    page: int = 1
    role: str = ""
    stage: str = ""  # its label
    rounds: str = ""
    sort: str = Sort.PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickFilter:
    """One of the counted filters above the list."""

    key: str
    label: str
    number: int


def chosen(rows: Iterable[RosterRow], wanted: RosterFilter) -> list[RosterRow]:
    """Return the rows that were asked for, in the order that was asked for."""
    words = folded(wanted.text).split()
    is_shown = _shown_by(wanted.show)
    found = [row for row in rows if is_shown(row) and _fits(row, wanted) and _matches(row, words)]
    return sorted(found, key=_ORDERS.get(wanted.sort, place_and_name))


_ALWAYS = (
    (Show.WAITING, "waitlist"),
    (Show.HELD, "not confirmed"),
    (Show.NOT_AGREED, "not agreed yet"),
    (Show.ABSENT, "absent"),
    (Show.GONE, "not coming"),
    (Show.ACCEPTED, "accepted"),
    (Show.MAYBE, "maybe"),
    (Show.DECLINED, "declined"),
    (Show.SILENT, "no answer yet"),
)
_WHEN_CHOSEN = {
    Show.PLACED: "with a place",
    Show.TWICE: "perhaps twice",
    Show.MAIL: "mail came back",
    Show.NO_SEAT: "without a seat",
    Show.SPECIAL: "need a certain table",
}
"""Where links from "Needs you" lead; they would only crowd the page otherwise."""


def counts(rows: list[RosterRow], show: str) -> tuple[QuickFilter, ...]:
    """Return the quick filters worth showing: those that have somebody, and the chosen one."""

    def counted(key: str, label: str) -> QuickFilter:
        number = sum(map(_shown_by(key), rows))
        return QuickFilter(key=key, label=label, number=number)

    urgent = counted(Show.NEEDS_YOU, "need you" if _wanting(rows) != 1 else "needs you")
    found = (
        urgent,
        counted(Show.ASKED, "to answer"),
        *(counted(role, f"{role}s") for role in Role),
        *(counted(key, label) for key, label in _ALWAYS),
        *(counted(key, label) for key, label in _WHEN_CHOSEN.items() if key == show),
    )
    everybody = counted(Show.EVERYBODY, "everybody")
    return (everybody, *(item for item in found if item.number or item.key == show))


def _wanting(rows: list[RosterRow]) -> int:
    return sum(bool(row.needs_you) for row in rows)


_ROLES = (Role.MENTOR, Role.FACILITATOR, Role.MENTEE, Role.PEER)
_KNOWN_ROLES = frozenset(Role)


def _shown_by(show: str) -> Callable[[RosterRow], bool]:
    """Return whether a row belongs to a quick filter; a word nobody knows means everybody."""
    if show == Show.GONE:
        return lambda row: row.state.is_over
    test = _TESTS.get(show)
    if test is None:
        return lambda row: not row.state.is_over
    return lambda row: test(row) and not row.state.is_over


def _in(*states: SignUpState) -> Callable[[RosterRow], bool]:
    return lambda row: row.state in states


def _says(answer: PartStat) -> Callable[[RosterRow], bool]:
    return lambda row: row.answer is answer


def _wants(why: Attention) -> Callable[[RosterRow], bool]:
    return lambda row: why in row.needs_you


def _comes_as(role: Role) -> Callable[[RosterRow], bool]:
    return lambda row: row.role is role


_TESTS: dict[str, Callable[[RosterRow], bool]] = {
    Show.NEEDS_YOU: lambda row: bool(row.needs_you),
    Show.ABSENT: lambda row: row.is_absent,
    Show.SPECIAL: lambda row: bool(row.needs),
    Show.ASKED: _in(SignUpState.ASKED),
    Show.PLACED: _in(SignUpState.PLACED),
    Show.WAITING: _in(SignUpState.WAITING, SignUpState.OFFERED),
    Show.HELD: _in(SignUpState.HELD),
    Show.NOT_AGREED: lambda row: not row.has_agreed,
    Show.ACCEPTED: _says(PartStat.ACCEPTED),
    Show.DECLINED: _says(PartStat.DECLINED),
    Show.MAYBE: _says(PartStat.TENTATIVE),
    Show.SILENT: _says(PartStat.NEEDS_ACTION),
    Show.TWICE: _wants(Attention.TWICE),
    Show.MAIL: _wants(Attention.MAIL),
    Show.NO_SEAT: _wants(Attention.NO_SEAT),
    **{role: _comes_as(role) for role in Role},
}
_PRESENCES: dict[str, Callable[[RosterRow], bool]] = {
    Presence.ALL: lambda row: row.rounds == "all",
    Presence.SOME: lambda row: row.rounds != "all",
    Presence.LATE: lambda row: "late" in row.presence,
    Presence.EARLY: lambda row: "early" in row.presence,
}


def _fits(row: RosterRow, wanted: RosterFilter) -> bool:
    if wanted.role in _KNOWN_ROLES and row.role != wanted.role:
        return False
    if wanted.stage and row.stage != wanted.stage:
        return False
    test = _PRESENCES.get(wanted.rounds)
    return test is None or test(row)


def _matches(row: RosterRow, words: list[str]) -> bool:
    if not words:
        return True
    haystack = folded(" ".join((row.name, row.email, row.affiliation, row.stage, *row.topics)))
    return all(word in haystack for word in words)


_RANKS = {
    SignUpState.ASKED: 0,
    SignUpState.PLACED: 1,
    SignUpState.HELD: 1,
    SignUpState.OFFERED: 2,
    SignUpState.WAITING: 2,
    SignUpState.WITHDRAWN: 3,
    SignUpState.RELEASED: 3,
    SignUpState.REFUSED: 3,
}


def place_and_name(row: RosterRow) -> tuple[int, int, int, str]:
    """Return where a row stands: who waits for a yes, then those with a place, mentors first."""
    queue = row.seq if row.state is SignUpState.ASKED else row.waiting_number or 0
    return _RANKS[row.state], _ROLES.index(row.role), queue, row.name.casefold()


def _by_name(row: RosterRow) -> tuple[str, int]:
    return folded(row.name), row.seq


def _by_stage(row: RosterRow) -> tuple[int, str, int]:
    return (row.stage_at, *_by_name(row))


def _by_affiliation(row: RosterRow) -> tuple[bool, str, str, int]:
    return (not row.affiliation, folded(row.affiliation), *_by_name(row))


def _newest(row: RosterRow) -> int:
    return -row.seq


_ORDERS: dict[str, Callable[[RosterRow], tuple[object, ...] | int]] = {
    Sort.PLACE: place_and_name,
    Sort.NAME: _by_name,
    Sort.STAGE: _by_stage,
    Sort.AFFILIATION: _by_affiliation,
    Sort.NEWEST: _newest,
}
