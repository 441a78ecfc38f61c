"""A problem's rules in single pieces: whom each concerns, and the problem without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from scheduler.draft import Draft, lift_entry, lift_person, lift_same, lift_table, set_repeats
from scheduler.problem import (
    Composition,
    Count,
    Distinct,
    Limit,
    NotAlone,
    Picker,
    Problem,
    RepeatLimit,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
        Takes the piece out of a draft.
    people, tables, rounds : tuple of str
    """

    rule: str
    what: str
    way_out: str
    lift: Callable[[Draft], None]
    people: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()


def atoms(problem: Problem) -> tuple[Atom, ...]:
    """Return every piece that could be lifted, what people asked for first."""
    sources = (
        _pins,
        _min_rounds,
        _must_meet,
        _together,
        _keep_apart,
        _composition,
        _seats,
        _needs,
        _max_rounds,
        _availability,
        _same,
        _past,
        _repeats,
    )
    return tuple(atom for source in sources for atom in source(problem))


def lifted(problem: Problem, pieces: Iterable[Atom]) -> Problem:
    """Return the problem without some pieces."""
    draft = Draft(problem)
    for piece in pieces:
        piece.lift(draft)
    return draft.build()


def _pins(problem: Problem) -> Iterator[Atom]:
    for pin in problem.pins:
        yield Atom(
            rule="pins",
            what=f"{pin.person} is pinned to {pin.table} in {pin.round}",
            way_out=f"remove the pin of {pin.person} to {pin.table} in {pin.round}",
            lift=lift_entry("pins", pin),
            people=(pin.person,),
            tables=(pin.table,),
            rounds=(pin.round,),
        )


def _min_rounds(problem: Problem) -> Iterator[Atom]:
    for person in problem.people:
        if person.min_rounds:
            yield Atom(
                rule="min_rounds",
                what=f"{person.id} must sit in {_number(person.min_rounds, 'round')}",
                way_out=f"ask no fewest rounds for {person.id}",
                lift=lift_person(person.id, min_rounds=None),
                people=(person.id,),
            )


def _pairs(
    problem: Problem, field: str, what: str, way_out: str, rule: str | None = None
) -> Iterator[Atom]:
    for pair in getattr(problem, field):
        first, second = sorted(pair)
        yield Atom(
            rule=rule or field,
            what=f"{first} and {second} {what}",
            way_out=way_out.format(f"{first} and {second}"),
            lift=lift_entry(field, pair),
            people=(first, second),
        )


def _must_meet(problem: Problem) -> Iterator[Atom]:
    return _pairs(problem, "must_meet", "must meet", "give up that {} must meet")


def _together(problem: Problem) -> Iterator[Atom]:
    return _pairs(problem, "together", "stay together", "let {} sit apart")


def _keep_apart(problem: Problem) -> Iterator[Atom]:
    return _pairs(problem, "keep_apart", "must be kept apart", "let {} share a table")


def _past(problem: Problem) -> Iterator[Atom]:
    return _pairs(problem, "past_meetings", "met before", "let {} meet again", "repeats")


def _composition(problem: Problem) -> Iterator[Atom]:
    for number, entry in enumerate(problem.composition):
        where = f" at {_list(entry.tables)}" if entry.tables else ""
        yield Atom(
            rule="composition",
            what=f"{mixture(entry)}{where} (composition entry {number})",
            way_out=f"lift composition entry {number} ({mixture(entry)})",
            lift=lift_entry("composition", entry),
            tables=tuple(sorted(entry.tables or ())),
        )


def mixture(entry: Composition) -> str:
    """Return what a composition entry asks for, in words."""
    if isinstance(entry, NotAlone):
        return f"nobody is the only {_picked(entry.not_alone)} at a table"
    whom = _picked(entry.count) if isinstance(entry, Count) else ""
    whom = f"different {entry.distinct}s" if isinstance(entry, Distinct) else f"of {whom}"
    if entry.max is None:
        return f"a table has at least {entry.min} {whom}"
    if not entry.min:
        return f"a table has at most {entry.max} {whom}"
    return f"a table has {entry.min} to {entry.max} {whom}"


def _picked(picker: Picker) -> str:
    if picker.trait is not None:
        return f"{picker.trait} {picker.value}"
    return str(picker.role or picker.stage or "all people")


def _max_rounds(problem: Problem) -> Iterator[Atom]:
    for person in problem.people:
        if person.max_rounds is not None and person.max_rounds < len(problem.rounds):
            yield Atom(
                rule="max_rounds",
                what=f"{person.id} may sit in {_number(person.max_rounds, 'round')} only",
                way_out=f"let {person.id} sit in more rounds",
                lift=lift_person(person.id, max_rounds=None),
                people=(person.id,),
            )


def _seats(problem: Problem) -> Iterator[Atom]:
    for table in problem.tables:
        if table.seats is not None:
            yield Atom(
                rule="seats",
                what=f"{table.id} has {_number(table.seats, 'seat')}",
                way_out=f"add seats to {table.id}",
                lift=lift_table(table.id, seats=None),
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
                lift=lift_person(person.id, needs=frozenset()),
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
                lift=lift_person(person.id, rounds=None),
                people=(person.id,),
                rounds=tuple(sorted(everything - person.rounds)),
            )
    for table in problem.tables:
        if table.id not in hosted and table.rounds is not None and table.rounds != everything:
            yield Atom(
                rule="availability",
                what=f"{table.id} is closed in {_list(everything - table.rounds)}",
                way_out=f"open {table.id} in more rounds",
                lift=lift_table(table.id, rounds=None),
                tables=(table.id,),
                rounds=tuple(sorted(everything - table.rounds)),
            )


def _same(problem: Problem) -> Iterator[Atom]:
    if "affiliation" not in problem.keep_apart_same:
        return
    for name in sorted({name for person in problem.people for name in person.affiliations}):
        yield Atom(
            rule="keep_apart_same",
            what=f"people of {name} are kept apart",
            way_out=f"allow people of {name} to share a table",
            lift=lift_same(name),
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
            lift=set_repeats(RepeatLimit(between=pair, limit=Limit.AVOID)),
        )


def _number(amount: int, what: str) -> str:
    return f"{amount} {what}" + ("s" if amount != 1 else "")


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
