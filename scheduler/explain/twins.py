"""People and tables that could swap places without any difference to the problem."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from scheduler.atoms import Atom
from scheduler.draft import same_pairs
from scheduler.problem import GoalName, Person, Problem, Table

Fields = tuple[tuple[str, Hashable], ...]
_ABOUT_FIT = frozenset({GoalName.FIT, GoalName.FIT_FLOOR})
_ABOUT_WISHES = frozenset({GoalName.WISHES, GoalName.WISHES_FLOOR})


class Twins:
    """Classes of people and tables: two of one class can be swapped, all else left as it is.

    Two movers are twins when they are alike but for their id and every kind of pair names the
    same others beside them. Tables are twins when they and their hosts are alike.

    Parameters
    ----------
    problem : Problem
    goals : sequence of GoalName
        The goals that matter; what concerns others only is left out of sight.
    """

    def __init__(self, problem: Problem, goals: Sequence[GoalName]) -> None:
        named, named_tables = _named(problem, frozenset(goals))
        self._beside = _beside(problem)
        self.people = self._classes(problem, named)
        hosts: dict[str, list[Fields]] = defaultdict(list)
        for person in problem.people:
            if person.table is not None:
                hosts[person.table].append(_but(person, "id", "table"))
                if person.id in named or self._beside.get(person.id):
                    named_tables.add(person.table)
        self.tables: dict[str, Hashable] = {
            table.id: table.id
            if table.id in named_tables
            else (_but(table, "id"), frozenset(Counter(hosts[table.id]).items()))
            for table in problem.tables
        }

    def _classes(self, problem: Problem, named: set[str]) -> dict[str, Hashable]:
        """Return for each person the id of the first one of their class."""
        alike: dict[Fields, list[str]] = defaultdict(list)
        found: dict[str, Hashable] = {}
        for person in problem.people:
            name = person.id
            found[name] = name
            if name in named or person.is_host:
                continue
            heads = alike[_but(person, "id")]
            head = next((head for head in heads if self._may_swap(head, name)), None)
            if head is None:
                heads.append(name)
            else:
                found[name] = head
        return found

    def _may_swap(self, one: str, other: str) -> bool:
        empty: dict[str, frozenset[str]] = {}
        beside, across = self._beside.get(one, empty), self._beside.get(other, empty)
        nobody = frozenset[str]()
        return all(
            beside.get(kind, nobody) - {other} == across.get(kind, nobody) - {one}
            for kind in {*beside, *across}
        )

    def of(self, atom: Atom) -> Hashable:
        """Return a key that pieces share when swaps turn one into the other."""
        words = atom.what
        for name in sorted((*atom.people, *atom.tables), key=len, reverse=True):
            words = words.replace(name, "*")
        people = Counter(self.people.get(name, name) for name in atom.people)
        tables = Counter(self.tables.get(name, name) for name in atom.tables)
        return atom.rule, words, frozenset(people.items()), frozenset(tables.items()), atom.rounds


def _but(item: Person | Table, *left_out: str) -> Fields:
    return tuple(
        (field.name, getattr(item, field.name))
        for field in dataclasses.fields(item)
        if field.name not in left_out
    )


def _beside(problem: Problem) -> dict[str, dict[str, frozenset[str]]]:
    """Return for each person and kind of pair who is named beside them."""
    pairs = {
        "keep_apart": problem.keep_apart,
        "keep_apart_same": tuple(same_pairs(problem)),
        "together": problem.together,
        "must_meet": problem.must_meet,
        "past_meetings": problem.past_meetings,
    }
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, named in pairs.items():
        for first, second in named:
            found[first][kind].add(second)
            found[second][kind].add(first)
    return {
        name: {kind: frozenset(others) for kind, others in kinds.items()}
        for name, kinds in found.items()
    }


def _named(problem: Problem, goals: frozenset[GoalName]) -> tuple[set[str], set[str]]:
    """Return people and tables that more than their own entry and pairs tell apart."""
    people: set[str] = set()
    tables = {name for entry in problem.composition for name in entry.tables or ()}
    if goals & _ABOUT_FIT:
        people |= {name for entry in problem.fit for name in entry[:2]}
        people |= {entry[0] for entry in problem.table_fit}
        tables |= {entry[1] for entry in problem.table_fit}
    if goals & _ABOUT_WISHES:
        people |= {name for entry in problem.wishes for name in entry[:2]}
    for seat in (*problem.pins, *(problem.previous or ())):
        people.add(seat.person)
        tables.add(seat.table)
    return people, tables
