"""Ways out that give more room instead of lifting a rule: tables, seats, rounds, a milder mix."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from scheduler.atoms import Atom, mixture
from scheduler.draft import Draft, Edit, lift_entry
from scheduler.problem import Composition, NotAlone, Problem, Round, Table

NEW_TABLE = "one-more-table"
NEW_ROUND = "one-more-round"


def more_room(problem: Problem) -> tuple[Atom, ...]:
    """Return ways out that add something instead of lifting a rule."""
    ways = (_one_more_table, _more_seats, _one_more_round, _one_round_less, _milder)
    return tuple(atom for way in ways for atom in way(problem))


def _one_more_table(problem: Problem) -> Iterator[Atom]:
    features = frozenset[str]().union(*(person.needs for person in problem.people))
    seats = [table.seats for table in problem.tables if table.seats is not None]
    table = Table(id=NEW_TABLE, features=features, seats=max(seats, default=None))
    yield Atom(
        rule="seats",
        what="there are too few tables",
        way_out="add one table",
        lift=lambda draft: draft.more["tables"].append(table),
    )


def _more_seats(problem: Problem) -> Iterator[Atom]:
    def lift(draft: Draft) -> None:
        for table in problem.tables:
            if table.seats is not None:
                draft.tables[table.id]["seats"] = table.seats + 1

    if any(table.seats is not None for table in problem.tables):
        yield Atom(
            rule="seats",
            what="tables are small",
            way_out="add a seat to every table",
            lift=lift,
        )


def _one_more_round(problem: Problem) -> Iterator[Atom]:
    """Add a round at the end, for everybody and every table that is there in the last one."""
    last = problem.rounds[-1].id

    def lift(draft: Draft) -> None:
        draft.more["rounds"].append(Round(id=NEW_ROUND))
        for field, edits in (("people", draft.people), ("tables", draft.tables)):
            for item in getattr(problem, field):
                if item.rounds is not None and last in item.rounds:
                    edits[item.id].setdefault("rounds", item.rounds | {NEW_ROUND})

    count = len(problem.rounds)
    yield Atom(
        rule="rounds",
        what=f"there are {count} rounds",
        way_out=f"plan {count + 1} rounds instead of {count}",
        lift=lift,
    )


def _one_round_less(problem: Problem) -> Iterator[Atom]:
    """Leave the last round out; who had to sit in all of them has to sit in all that are left."""
    count, last = len(problem.rounds), problem.rounds[-1]
    if count < 2 or last.id in problem.frozen_rounds:
        return

    def lift(draft: Draft) -> None:
        draft.gone["rounds"].add(last)
        for field in ("pins", "previous"):
            seats = {seat for seat in getattr(problem, field) or () if seat.round == last.id}
            if seats:
                draft.gone[field] |= seats
        for person in problem.people:
            least = min(person.min_rounds or 0, count - 1)
            draft.people[person.id] |= _without(person.rounds, last.id)
            draft.people[person.id].setdefault("min_rounds", least)
        for table in problem.tables:
            draft.tables[table.id] |= _without(table.rounds, last.id)

    yield Atom(
        rule="rounds",
        what=f"there are {count} rounds",
        way_out=f"plan {count - 1} rounds instead of {count}",
        lift=lift,
    )


def _without(rounds: frozenset[str] | None, gone: str) -> dict[str, frozenset[str]]:
    return {} if rounds is None else {"rounds": rounds - {gone}}


def _milder(problem: Problem) -> Iterator[Atom]:
    """Ask one person or kind fewer, or allow one more, in an entry of ``composition``."""
    for number, entry in enumerate(problem.composition):
        for new in _neighbours(entry):
            yield Atom(
                rule="composition",
                what=f"{mixture(entry)} (composition entry {number})",
                way_out=f"say in composition entry {number} that {mixture(new)}",
                lift=_swap(entry, new),
            )


def _neighbours(entry: Composition) -> Iterator[Composition]:
    if isinstance(entry, NotAlone):
        return
    if entry.min > 1:
        yield dataclasses.replace(entry, min=entry.min - 1)
    if entry.max is not None:
        yield dataclasses.replace(entry, max=entry.max + 1)


def _swap(old: Composition, new: Composition) -> Edit:
    def lift(draft: Draft) -> None:
        lift_entry("composition", old)(draft)
        draft.more["composition"].append(new)

    return lift
