"""Whether the parts of a problem fit together; called once, when a ``Problem`` is made.

Each check raises ``InvalidProblem`` with the place as the JSON document would name it. Long
lists are checked as a whole first, and entry by entry only once a fault is known to be there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations, starmap
from operator import eq
from typing import TYPE_CHECKING

from scheduler.entities import (
    MAX_PEOPLE,
    MAX_ROUNDS,
    MAX_TABLES,
    Composition,
    Count,
    Distinct,
    GoalName,
    Limit,
    NotAlone,
    Person,
    Picker,
    Role,
    Seat,
    Table,
)
from scheduler.errors import InvalidProblem

if TYPE_CHECKING:
    from scheduler.problem import Problem

MAX_FIT = 1_000
MAX_COUNT = 1_000_000_000
"""Beyond any event, and small enough for the solvers' integers."""
MAX_WEIGHT = 1e9
ROLES = frozenset(role.value for role in Role)
LIMITS = frozenset(limit.value for limit in Limit)
GOALS = frozenset(goal.value for goal in GoalName)
DISTINCT = ("stage", "affiliation")
SAME = ("affiliation",)


def one_of(words: Iterable[str]) -> str:
    """Return "one of a, b, c"."""
    return "one of " + ", ".join(words)


def check(problem: Problem) -> None:
    """Check the whole problem.

    Raises
    ------
    InvalidProblem
        At the first fault.
    """
    rounds = _ids("rounds", [item.id for item in problem.rounds], MAX_ROUNDS)
    tables = _ids("tables", [item.id for item in problem.tables], MAX_TABLES)
    people = _ids("people", [item.id for item in problem.people], MAX_PEOPLE)
    for index, item in enumerate(problem.rounds):
        minutes = item.minutes
        if minutes is not None and not (math.isfinite(minutes) and minutes > 0):
            raise InvalidProblem(place=f"rounds[{index}].minutes", expected="a positive number")
    for index, table in enumerate(problem.tables):
        _table(f"tables[{index}]", table, rounds)
    for index, person in enumerate(problem.people):
        _person(f"people[{index}]", person, rounds, tables)
    for index, entry in enumerate(problem.composition):
        _composition(f"composition[{index}]", entry, tables)
    _pairs(problem, people)
    _scores(problem, people, tables)
    _seats(problem, people, rounds, tables)
    _repeats(problem)
    _goals(problem)


def _ids(place: str, ids: Sequence[str], most: int) -> frozenset[str]:
    if not ids:
        raise InvalidProblem(place, "at least one entry")
    if len(ids) > most:
        raise InvalidProblem(place, f"at most {most} entries, found {len(ids)}")
    seen = set[str]()
    for index, name in enumerate(ids):
        if not name:
            raise InvalidProblem(
                place=f"{place}[{index}].id", expected="a string that is not empty"
            )
        if name in seen:
            raise InvalidProblem(
                place=f"{place}[{index}].id", expected=f"an id of its own, found {name!r} again"
            )
        seen.add(name)
    return frozenset(seen)


def _known(place: str, names: Iterable[str] | None, known: Collection[str], what: str) -> None:
    unknown = sorted(set(names or ()).difference(known))
    if unknown:
        raise InvalidProblem(place, f"the id of a {what}, found {unknown[0]!r}")


def _count(place: str, value: int | None) -> None:
    if value is not None and not 0 <= value <= MAX_COUNT:
        raise InvalidProblem(place, f"a whole number from 0 to {MAX_COUNT}")


def _bounds(place: str, low: int | None, high: int | None, suffix: str = "") -> None:
    _count(f"{place}.min{suffix}", low)
    _count(f"{place}.max{suffix}", high)
    if low is not None and high is not None and low > high:
        raise InvalidProblem(
            place=f"{place}.min{suffix}", expected=f"at most max{suffix} ({high}), found {low}"
        )


def _table(place: str, table: Table, rounds: frozenset[str]) -> None:
    _known(f"{place}.rounds", table.rounds, rounds, "round")
    _count(f"{place}.seats", table.seats)


def _person(place: str, person: Person, rounds: frozenset[str], tables: frozenset[str]) -> None:
    _role(f"{place}.role", person.role)
    _known(f"{place}.rounds", person.rounds, rounds, "round")
    _known(f"{place}.table", () if person.table is None else (person.table,), tables, "table")
    _bounds(place, person.min_rounds, person.max_rounds, "_rounds")


def _role(place: str, role: str) -> None:
    if role not in ROLES:
        raise InvalidProblem(place, f"{one_of(Role)}, found {role!r}")


def _composition(place: str, entry: Composition, tables: frozenset[str]) -> None:
    _known(f"{place}.tables", entry.tables, tables, "table")
    if isinstance(entry, Count):
        _picker(f"{place}.count", entry.count)
        _bounds(place, entry.min, entry.max)
    elif isinstance(entry, Distinct):
        if entry.distinct not in DISTINCT:
            raise InvalidProblem(place=f"{place}.distinct", expected=f"{one_of(DISTINCT)}")
        _bounds(place, entry.min, entry.max)
    elif isinstance(entry, NotAlone):
        _picker(f"{place}.not_alone", entry.not_alone)


def _picker(place: str, picker: Picker) -> None:
    if picker.role is not None:
        _role(f"{place}.role", picker.role)
    if picker.trait is None and picker.value is not None:
        raise InvalidProblem(place, "a trait beside the value")
    if picker.trait is not None and picker.value is None:
        raise InvalidProblem(place, "a value beside the trait")


def _pairs(problem: Problem, people: frozenset[str]) -> None:
    for place, pairs in (
        ("keep_apart", problem.keep_apart),
        ("together", problem.together),
        ("must_meet", problem.must_meet),
        ("past_meetings", problem.past_meetings),
    ):
        _distinct_pairs(place, pairs, people, people, ordered=False)
    host_of = {person.id: person.table for person in problem.people if person.table is not None}
    for index, (first, second) in enumerate(problem.keep_apart):
        if first in host_of and host_of[first] == host_of.get(second):
            raise InvalidProblem(
                place=f"keep_apart[{index}]", expected="people who are not hosts of one table"
            )
    for index, name in enumerate(problem.keep_apart_same):
        if name not in SAME:
            raise InvalidProblem(
                place=f"keep_apart_same[{index}]", expected=f"{one_of(SAME)}, found {name!r}"
            )


def _scores(problem: Problem, people: frozenset[str], tables: frozenset[str]) -> None:
    for place, entries, others, ordered in (
        ("fit", problem.fit, people, False),
        ("table_fit", problem.table_fit, tables, True),
    ):
        pairs = [(first, second) for first, second, _ in entries]
        _distinct_pairs(place, pairs, people, others, ordered=ordered)
        fits = [-MAX_FIT <= value <= MAX_FIT for _, _, value in entries]
        if not all(fits):
            bad = fits.index(False)
            raise InvalidProblem(
                place=f"{place}[{bad}]", expected=f"a number from -{MAX_FIT} to {MAX_FIT}"
            )
    wishes = [(person, other) for person, other, _ in problem.wishes]
    _distinct_pairs("wishes", wishes, people, people, ordered=True)
    for index, (_, _, weight) in enumerate(problem.wishes):
        if not -MAX_WEIGHT <= weight <= MAX_WEIGHT:
            raise InvalidProblem(
                place=f"wishes[{index}]", expected=f"a finite weight, at most {MAX_WEIGHT:.0f}"
            )


def _distinct_pairs(
    place: str,
    pairs: Sequence[tuple[str, str]],
    first_known: frozenset[str],
    second_known: frozenset[str],
    *,
    ordered: bool,
) -> None:
    """Check that ids are known, and no pair is listed twice or with itself."""
    firsts = {first for first, _ in pairs}
    seconds = {second for _, second in pairs}
    same_list = first_known is second_known
    if not ordered and not firsts.isdisjoint(seconds):
        keys: Sequence[tuple[str, str]] = [(a, b) if a < b else (b, a) for a, b in pairs]
    else:
        keys = pairs
    clean = (
        len(set(keys)) == len(pairs)
        and firsts <= first_known
        and seconds <= second_known
        and not (same_list and any(starmap(eq, pairs)))
    )
    if clean:
        return
    seen = set[tuple[str, str]]()
    for index, (first, second) in enumerate(pairs):
        where = f"{place}[{index}]"
        _known(where, (first,), first_known, "person")
        _known(where, (second,), second_known, "person" if same_list else "table")
        if first == second and same_list:
            raise InvalidProblem(where, f"two people, found {first!r} with itself")
        if keys[index] in seen:
            raise InvalidProblem(where, f"a pair not listed before, found {first!r}, {second!r}")
        seen.add(keys[index])


def _seats(
    problem: Problem, people: frozenset[str], rounds: frozenset[str], tables: frozenset[str]
) -> None:
    for index, pin in enumerate(problem.pins):
        _known(f"pins[{index}]", (pin.person,), people, "person")
        _known(f"pins[{index}]", (pin.round,), rounds, "round")
        _known(f"pins[{index}]", (pin.table,), tables, "table")
    _one_seat("pins", problem.pins)
    _one_seat("previous", problem.previous or ())
    frozen = problem.frozen_rounds
    if frozen and problem.previous is None:
        raise InvalidProblem(place="previous", expected="the seats of the frozen rounds")
    for index, name in enumerate(frozen):
        _known(f"frozen_rounds[{index}]", (name,), rounds, "round")
        if name in frozen[:index]:
            raise InvalidProblem(
                place=f"frozen_rounds[{index}]", expected=f"each round once, found {name!r} again"
            )


def _one_seat(place: str, seats: Sequence[Seat]) -> None:
    if len({(person, round_id) for person, round_id, _ in seats}) == len(seats):
        return
    seen = set[tuple[str, str]]()
    for index, (person, round_id, _) in enumerate(seats):
        if (person, round_id) in seen:
            found = f"found {person!r} in {round_id!r} again"
            raise InvalidProblem(
                place=f"{place}[{index}]", expected=f"one entry a person a round, {found}"
            )
        seen.add((person, round_id))


def _repeats(problem: Problem) -> None:
    for index, entry in enumerate(problem.repeats):
        for role in entry.between:
            _role(f"repeats[{index}].between", role)
        if entry.limit not in LIMITS:
            raise InvalidProblem(place=f"repeats[{index}].limit", expected=one_of(Limit))
    pairs = [frozenset(entry.between) for entry in problem.repeats]
    for (_, first), (index, second) in combinations(enumerate(pairs), 2):
        if first == second:
            raise InvalidProblem(
                place=f"repeats[{index}].between", expected="each pair of roles once"
            )


def _goals(problem: Problem) -> None:
    names = [entry.goal for entry in problem.goals]
    for index, entry in enumerate(problem.goals):
        if entry.goal not in GOALS:
            raise InvalidProblem(
                place=f"goals[{index}]", expected=f"{one_of(GoalName)}, found {entry.goal!r}"
            )
        if entry.goal in names[:index]:
            raise InvalidProblem(
                place=f"goals[{index}]", expected=f"each goal once, found {entry.goal} again"
            )
        if not (math.isfinite(entry.slack) and entry.slack >= 0):
            raise InvalidProblem(
                place=f"goals[{index}].slack", expected="a finite number, 0 or more"
            )
