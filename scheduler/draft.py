"""A problem being changed in many places at once, and made (and checked) only at the end."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from scheduler.arrays import SAME_AFFILIATION_ROLES
from scheduler.problem import Problem, RepeatLimit

Edit = Callable[["Draft"], None]
_SAME = "affiliation"


class Draft:
    """Changes to a problem, collected."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.gone: dict[str, set[Any]] = defaultdict(set)
        self.more: dict[str, list[Any]] = defaultdict(list)
        self.people: dict[str, dict[str, Any]] = defaultdict(dict)
        self.tables: dict[str, dict[str, Any]] = defaultdict(dict)
        self.same: set[str] = set()
        self.may_meet: set[frozenset[str]] = set()
        self.repeats: list[RepeatLimit] = []

    def build(self) -> Problem:
        """Return the changed problem.

        Raises
        ------
        InvalidProblem
            Where the changes do not go together.
        """
        problem = self.problem
        changes: dict[str, Any] = {}
        for field in {*self.gone, *self.more}:
            left = tuple(v for v in getattr(problem, field) if v not in self.gone[field])
            changes[field] = (*left, *self.more[field])
        for field, edits in (("people", self.people), ("tables", self.tables)):
            if edits:
                items = changes.get(field, getattr(problem, field))
                changes[field] = tuple(
                    dataclasses.replace(item, **edits[item.id]) if item.id in edits else item
                    for item in items
                )
        if self.repeats:
            new = {frozenset(entry.between) for entry in self.repeats}
            others = [old for old in problem.repeats if frozenset(old.between) not in new]
            changes["repeats"] = (*others, *self.repeats)
        if self.same or self.may_meet:
            changes |= self._named_pairs(changes.get("keep_apart", problem.keep_apart))
        return problem.replace(**changes) if changes else problem

    def _named_pairs(self, named: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """Return ``keep_apart_same`` as named pairs, less those that may meet now."""
        apart = [
            pair
            for pair, shared in same_pairs(self.problem).items()
            if not shared <= self.same and frozenset(pair) not in self.may_meet
        ]
        known = {frozenset(pair) for pair in named}
        new = [pair for pair in apart if frozenset(pair) not in known]
        others = tuple(what for what in self.problem.keep_apart_same if what != _SAME)
        return {"keep_apart": (*named, *new), "keep_apart_same": others}


def same_pairs(problem: Problem) -> dict[tuple[str, str], frozenset[str]]:
    """Return the pairs that ``keep_apart_same`` keeps apart, with what they have in common.

    Hosts of one table are left out: they can be no pair of ``keep_apart``.
    """
    if _SAME not in problem.keep_apart_same:
        return {}
    members = defaultdict(list)
    for person in problem.people:
        for name in person.affiliations:
            members[name].append(person)
    shared: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, group in members.items():
        for number, one in enumerate(group):
            for other in group[:number]:
                co_hosts = one.is_host and one.table == other.table
                if frozenset({one.role, other.role}) in SAME_AFFILIATION_ROLES and not co_hosts:
                    first, second = sorted((one.id, other.id))
                    shared[first, second].add(name)
    return {pair: frozenset(names) for pair, names in sorted(shared.items())}


def lift_entry(field: str, value: Any) -> Edit:
    """Return the edit that takes an entry out of a list."""
    return lambda draft: draft.gone[field].add(value)


def lift_person(name: str, **changes: Any) -> Edit:
    """Return the edit of one person."""
    return lambda draft: draft.people[name].update(changes)


def lift_table(name: str, **changes: Any) -> Edit:
    """Return the edit of one table."""
    return lambda draft: draft.tables[name].update(changes)


def lift_same(affiliation: str) -> Edit:
    """Return the edit that lets people of an affiliation share a table."""
    return lambda draft: draft.same.add(affiliation)


def lift_same_pair(first: str, second: str) -> Edit:
    """Return the edit that lets two people of one affiliation share a table."""
    return lambda draft: draft.may_meet.add(frozenset({first, second}))


def set_repeats(entry: RepeatLimit) -> Edit:
    """Return the edit that gives a pair of roles another limit."""
    return lambda draft: draft.repeats.append(entry)
