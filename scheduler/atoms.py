"""A problem's rules in single pieces: whom each concerns, and the problem without it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.problem import Count, Limit, Person, Problem, RepeatLimit, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One piece of one rule.

    Parameters
    ----------
    rule : str
        Name of the hard rule.
    what : str
        The piece in words, the start of a sentence.
    way_out : str
        What lifting it means, as an order.
    lift : callable
        Returns a problem without this piece.
    people, tables, rounds : tuple of str
    """

    rule: str
    what: str
    way_out: str
    lift: Callable[[Problem], Problem]
    people: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()


def atoms(problem: Problem) -> tuple[Atom, ...]:
    """Return every piece that could be lifted, cheapest kinds first."""
    return tuple(
        atom
        for source in (_pins, _min_rounds, _must_meet, _together, _keep_apart, _composition)
        for atom in source(problem)
    ) + tuple(
        atom
        for source in (_max_rounds, _seats, _needs, _availability, _same, _repeats)
        for atom in source(problem)
    )


def _without(field: str, value: Any) -> Callable[[Problem], Problem]:
    def lift(problem: Problem) -> Problem:
        left = tuple(entry for entry in getattr(problem, field) if entry != value)
        return problem.replace(**{field: left})

    return lift


def _person(name: str, **changes: Any) -> Callable[[Problem], Problem]:
    def now(person: Person) -> Person:
        return dataclasses.replace(person, **changes) if person.id == name else person

    return lambda problem: problem.replace(people=tuple(map(now, problem.people)))


def _table(name: str, **changes: Any) -> Callable[[Problem], Problem]:
    def now(table: Table) -> Table:
        return dataclasses.replace(table, **changes) if table.id == name else table

    return lambda problem: problem.replace(tables=tuple(map(now, problem.tables)))


def _pins(problem: Problem) -> Iterator[Atom]:
    for pin in problem.pins:
        yield Atom(
            rule="pins",
            what=f"{pin.person} is pinned to {pin.table} in {pin.round}",
            way_out=f"remove the pin of {pin.person} to {pin.table} in {pin.round}",
            lift=_without("pins", pin),
            people=(pin.person,),
            tables=(pin.table,),
            rounds=(pin.round,),
        )


def _min_rounds(problem: Problem) -> Iterator[Atom]:
    for person in problem.people:
        if person.min_rounds:
            yield Atom(
                rule="min_rounds",
                what=f"{person.id} must sit in {person.min_rounds} rounds",
                way_out=f"ask no fewest rounds for {person.id}",
                lift=_person(person.id, min_rounds=None),
                people=(person.id,),
            )


def _pairs(problem: Problem, field: str, what: str, way_out: str) -> Iterator[Atom]:
    for pair in getattr(problem, field):
        first, second = sorted(pair)
        yield Atom(
            rule=field,
            what=f"{first} and {second} {what}",
            way_out=way_out.format(f"{first} and {second}"),
            lift=_without(field, pair),
            people=(first, second),
        )


def _must_meet(problem: Problem) -> Iterator[Atom]:
    return _pairs(problem, "must_meet", "must meet", "give up that {} must meet")


def _together(problem: Problem) -> Iterator[Atom]:
    return _pairs(problem, "together", "stay together", "let {} sit apart")


def _keep_apart(problem: Problem) -> Iterator[Atom]:
    return _pairs(problem, "keep_apart", "must be kept apart", "let {} share a table")


def _composition(problem: Problem) -> Iterator[Atom]:
    for number, entry in enumerate(problem.composition):
        kind = "counts people" if isinstance(entry, Count) else "asks for a mix of people"
        yield Atom(
            rule="composition",
            what=f"composition entry {number} {kind} at a table",
            way_out=f"lift composition entry {number}",
            lift=_without("composition", entry),
            tables=tuple(sorted(entry.tables or ())),
        )


def _max_rounds(problem: Problem) -> Iterator[Atom]:
    for person in problem.people:
        if person.max_rounds is not None and person.max_rounds < len(problem.rounds):
            yield Atom(
                rule="max_rounds",
                what=f"{person.id} may sit in {person.max_rounds} rounds only",
                way_out=f"let {person.id} sit in more rounds",
                lift=_person(person.id, max_rounds=None),
                people=(person.id,),
            )


def _seats(problem: Problem) -> Iterator[Atom]:
    for table in problem.tables:
        if table.seats is not None:
            yield Atom(
                rule="seats",
                what=f"{table.id} has {table.seats} seats",
                way_out=f"add seats to {table.id}",
                lift=_table(table.id, seats=None),
                tables=(table.id,),
            )


def _needs(problem: Problem) -> Iterator[Atom]:
    for person in problem.people:
        if person.needs:
            needed = ", ".join(sorted(person.needs))
            yield Atom(
                rule="needs",
                what=f"{person.id} needs {needed}",
                way_out=f"give a table that suits {person.id} ({needed})",
                lift=_person(person.id, needs=frozenset()),
                people=(person.id,),
            )


def _availability(problem: Problem) -> Iterator[Atom]:
    # A host who comes must sit, and so must a friend: only others' absence is lifted freely.
    everything = frozenset(item.id for item in problem.rounds)
    hosted = {person.table for person in problem.people}
    bound = {name for pair in problem.together for name in pair}
    for person in problem.people:
        if person.is_host or person.id in bound:
            continue
        if person.rounds is not None and person.rounds != everything:
            yield Atom(
                rule="availability",
                what=f"{person.id} is away in {_list(everything - person.rounds)}",
                way_out=f"ask {person.id} to come to more rounds",
                lift=_person(person.id, rounds=None),
                people=(person.id,),
                rounds=tuple(sorted(everything - person.rounds)),
            )
    for table in problem.tables:
        if table.id not in hosted and table.rounds is not None and table.rounds != everything:
            yield Atom(
                rule="availability",
                what=f"{table.id} is closed in {_list(everything - table.rounds)}",
                way_out=f"open {table.id} in more rounds",
                lift=_table(table.id, rounds=None),
                tables=(table.id,),
                rounds=tuple(sorted(everything - table.rounds)),
            )


def _same(problem: Problem) -> Iterator[Atom]:
    if problem.keep_apart_same:
        yield Atom(
            rule="keep_apart_same",
            what="people of one affiliation are kept apart",
            way_out="allow people of one affiliation to share a table",
            lift=lambda problem: problem.replace(keep_apart_same=()),
        )


def _repeats(problem: Problem) -> Iterator[Atom]:
    for roles, limit in sorted(problem.limits().items(), key=lambda item: sorted(item[0])):
        if limit is not Limit.NEVER:
            continue
        names = sorted(roles)
        pair = (names[0], names[-1])
        yield Atom(
            rule="repeats",
            what=f"{pair[0]} and {pair[1]} never meet twice",
            way_out=f"let {pair[0]} and {pair[1]} meet twice",
            lift=_allow_repeats(RepeatLimit(between=pair, limit=Limit.AVOID)),
        )


def _allow_repeats(entry: RepeatLimit) -> Callable[[Problem], Problem]:
    def lift(problem: Problem) -> Problem:
        others = [old for old in problem.repeats if set(old.between) != set(entry.between)]
        return problem.replace(repeats=(*others, entry))

    return lift


def lifted(problem: Problem, pieces: Iterable[Atom]) -> Problem:
    """Return the problem without some pieces."""
    for piece in pieces:
        problem = piece.lift(problem)
    return problem


def more_room(problem: Problem) -> tuple[Atom, ...]:
    """Return ways out that add something instead of lifting a rule."""
    features = frozenset[str]().union(*(person.needs for person in problem.people))
    seats = [table.seats for table in problem.tables if table.seats is not None]
    table = Table(id="one-more-table", features=features, seats=max(seats, default=None))
    roomier = tuple(
        dataclasses.replace(t, seats=None if t.seats is None else t.seats + 1)
        for t in problem.tables
    )
    return (
        Atom(
            rule="seats",
            what="there are too few tables",
            way_out="add one table",
            lift=lambda problem: problem.replace(tables=(*problem.tables, table)),
        ),
        Atom(
            rule="seats",
            what="tables are small",
            way_out="add a seat to every table",
            lift=lambda problem: problem.replace(tables=roomier),
        ),
    )


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
