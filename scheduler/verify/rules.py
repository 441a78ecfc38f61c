"""The hard rules, checked one by one; each function has its rule's name and yields violations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

from scheduler.findings import Violation
from scheduler.problem import Composition, Count, Distinct, NotAlone, Person, Picker
from scheduler.verify.pairs import (
    keep_apart,
    keep_apart_same,
    must_meet,
    repeats,
    together,
)
from scheduler.verify.view import View


def one_seat(view: View) -> Iterator[Violation]:
    """At most one seat a person a round; nothing listed twice."""
    listed = Counter((seat.person, seat.round) for seat in view.listed if view.is_live(seat.round))
    for (person, round_id), times in listed.items():
        if times > 1:
            detail = f"listed {times} times"
            yield Violation(rule="one_seat", people=(person,), round=round_id, detail=detail)


def availability(view: View) -> Iterator[Violation]:
    """Only rounds in which the person is available and the table is open."""
    known_rounds = frozenset(view.rounds)
    for person, round_id, table in view.listed:
        if not view.is_live(round_id):
            continue
        detail = ""
        if person not in view.people:
            detail = "no such person"
        elif round_id not in known_rounds:
            detail = "no such round"
        elif table not in view.tables:
            detail = "no such table"
        elif not view.is_here(person, round_id):
            detail = "person not available"
        elif not view.is_open(table, round_id):
            detail = "table closed"
        if detail:
            yield Violation(
                rule="availability",
                people=(person,),
                tables=(table,),
                round=round_id,
                detail=detail,
            )


def needs(view: View) -> Iterator[Violation]:
    """Only tables whose features cover the person's needs."""
    for person, round_id, table in view.seats:
        wanted = view.people[person].needs
        if not wanted or not view.is_live(round_id) or table not in view.tables:
            continue
        missing = wanted - view.tables[table].features
        if missing:
            detail = "lacks " + ", ".join(sorted(missing))
            yield Violation(
                rule="needs", people=(person,), tables=(table,), round=round_id, detail=detail
            )


def seats(view: View) -> Iterator[Violation]:
    """At most so many people at a table."""
    for (round_id, table), group in view.at.items():
        limit = view.tables[table].seats if table in view.tables else None
        if view.is_live(round_id) and limit is not None and len(group) > limit:
            detail = f"{len(group)} people, {limit} seats"
            yield Violation(rule="seats", tables=(table,), round=round_id, detail=detail)


def host(view: View) -> Iterator[Violation]:
    """Hosts sit at their own table whenever both are there, and nowhere else."""
    for (person, own), round_id in product(view.host_of.items(), view.rounds):
        if not view.is_live(round_id):
            continue
        table = view.table_of[person].get(round_id)
        must = view.is_here(person, round_id) and view.is_open(own, round_id)
        if table == own or (table is None and not must):
            continue
        detail = "not at the own table" if table is None else f"sits at {table}"
        yield Violation(rule="host", people=(person,), tables=(own,), round=round_id, detail=detail)


def _rounds_of(view: View, person: Person) -> tuple[str, ...]:
    if person.table is None:
        return tuple(view.table_of[person.id])
    return view.rounds_in_use.get(person.table, ())


def max_rounds(view: View) -> Iterator[Violation]:
    """At most so many seats (host: rounds with the table in use); history alone breaks nothing."""
    for person in view.problem.people:
        if person.max_rounds is None:
            continue
        rounds = _rounds_of(view, person)
        if len(rounds) > person.max_rounds and any(map(view.is_live, rounds)):
            detail = f"{len(rounds)} rounds, at most {person.max_rounds}"
            yield Violation(rule="max_rounds", people=(person.id,), detail=detail)


def min_rounds(view: View) -> Iterator[Violation]:
    """At least so many seats (host: rounds with the table in use)."""
    for person in view.problem.people:
        if not person.min_rounds:
            continue
        rounds = _rounds_of(view, person)
        if len(rounds) < person.min_rounds:
            detail = f"{len(rounds)} rounds, at least {person.min_rounds}"
            yield Violation(rule="min_rounds", people=(person.id,), detail=detail)


def company(view: View) -> Iterator[Violation]:
    """Movers never sit alone."""
    for (round_id, table), group in view.at.items():
        if view.is_live(round_id) and len(group) == 1 and group[0] not in view.host_of:
            yield Violation(
                rule="company", people=group, tables=(table,), round=round_id, detail="alone"
            )


def _picked(picker: Picker, people: Iterable[Person]) -> int:
    wanted = {
        "role": picker.role,
        "stage": picker.stage,
        "value": picker.value if picker.trait is not None else None,
    }
    count = 0
    for person in people:
        traits = dict(person.traits)
        found = {
            "role": person.role.value,
            "stage": person.stage,
            "value": traits.get(picker.trait) if picker.trait is not None else None,
        }
        count += all(value is None or found[key] == value for key, value in wanted.items())
    return count


def _composition_fault(entry: Composition, people: tuple[Person, ...]) -> str:
    if isinstance(entry, NotAlone):
        return "one alone" if _picked(entry.not_alone, people) == 1 else ""
    if isinstance(entry, Count):
        found, what = _picked(entry.count, people), "people"
    elif isinstance(entry, Distinct) and entry.distinct == "stage":
        found, what = len({p.stage for p in people if p.stage is not None}), "stages"
    else:
        found, what = len({name for p in people for name in p.affiliations}), "affiliations"
    if found < entry.min:
        return f"{found} {what}, at least {entry.min}"
    if entry.max is not None and found > entry.max:
        return f"{found} {what}, at most {entry.max}"
    return ""


def composition(view: View) -> Iterator[Violation]:
    """Who sits at a table in use, entry by entry."""
    for (round_id, table), group in view.in_use.items():
        if not view.is_live(round_id):
            continue
        people = tuple(view.people[name] for name in group)
        for index, entry in enumerate(view.problem.composition):
            if entry.tables is not None and table not in entry.tables:
                continue
            fault = _composition_fault(entry, people)
            if fault:
                yield Violation(
                    rule="composition",
                    tables=(table,),
                    round=round_id,
                    detail=f"composition[{index}]: {fault}",
                )


def pins(view: View) -> Iterator[Violation]:
    """Pins are kept."""
    for person, round_id, table in view.problem.pins:
        found = view.table_of[person].get(round_id)
        if view.is_live(round_id) and found != table:
            detail = f"found at {found}" if found else "sits out"
            yield Violation(
                rule="pins", people=(person,), tables=(table,), round=round_id, detail=detail
            )


def frozen_rounds(view: View) -> Iterator[Violation]:
    """History is exactly as it was, but for people no longer there."""
    listed = Counter(seat for seat in view.listed if not view.is_live(seat.round))
    history = {
        seat
        for seat in view.problem.previous or ()
        if not view.is_live(seat.round) and seat.person in view.people
    }
    for seat in sorted(history.union(listed)):
        if listed[seat] == (seat in history):
            continue
        detail = "missing from history" if seat in history else "not in history"
        if listed[seat] > 1:
            detail = f"listed {listed[seat]} times"
        yield Violation(
            rule="frozen_rounds",
            people=(seat.person,),
            tables=(seat.table,),
            round=seat.round,
            detail=detail,
        )


RULES = (
    one_seat,
    availability,
    needs,
    seats,
    host,
    max_rounds,
    min_rounds,
    company,
    composition,
    keep_apart,
    keep_apart_same,
    together,
    must_meet,
    repeats,
    pins,
    frozen_rounds,
)
