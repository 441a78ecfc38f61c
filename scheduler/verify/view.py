"""What the checker reads off a problem and its seats, in plain Python; nothing of the solver."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import combinations

from scheduler.problem import Person, Problem, Seat, Table

Pair = tuple[str, str]


def pair_of(first: str, second: str) -> Pair:
    """Return the unordered pair."""
    return (first, second) if first < second else (second, first)


class View:
    """A problem and a set of seats, looked at from every side the rules need.

    Seats of unknown people or rounds are left out here (``availability`` reports them).

    Parameters
    ----------
    problem : Problem
    seats : tuple of Seat
        As the plan lists them, in any order, with any fault.
    """

    def __init__(self, problem: Problem, seats: tuple[Seat, ...]) -> None:
        self.problem = problem
        self.listed = seats
        self.people: dict[str, Person] = {person.id: person for person in problem.people}
        self.tables: dict[str, Table] = {table.id: table for table in problem.tables}
        self.rounds = tuple(item.id for item in problem.rounds)
        self.frozen = frozenset(problem.frozen_rounds)
        self.host_of = {p.id: p.table for p in problem.people if p.table is not None}
        known_rounds = frozenset(self.rounds)
        self.seats = tuple(
            seat
            for seat in dict.fromkeys(seats)
            if seat.person in self.people and seat.round in known_rounds
        )

    @cached_property
    def table_of(self) -> dict[str, dict[str, str]]:
        """Table of each person by round, for those who sit."""
        tables: dict[str, dict[str, str]] = {name: {} for name in self.people}
        for person, round_id, table in self.seats:
            tables[person][round_id] = table
        return tables

    @cached_property
    def at(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """People at each (round, table) with anybody, sorted."""
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for person, round_id, table in self.seats:
            groups[round_id, table].append(person)
        return {place: tuple(sorted(group)) for place, group in sorted(groups.items())}

    @cached_property
    def in_use(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """People at each (round, table) where not only the table's hosts sit."""
        host_of = self.host_of
        return {
            (round_id, table): group
            for (round_id, table), group in self.at.items()
            if any(host_of.get(person) != table for person in group)
        }

    @cached_property
    def rounds_in_use(self) -> dict[str, tuple[str, ...]]:
        """Rounds in which each table is in use, for tables that ever are."""
        rounds: dict[str, list[str]] = defaultdict(list)
        for round_id, table in self.in_use:
            rounds[table].append(round_id)
        return {table: tuple(names) for table, names in rounds.items()}

    @cached_property
    def meetings(self) -> dict[Pair, list[str]]:
        """Rounds shared by each pair that meets; two hosts of one table are no pair."""
        shared: dict[Pair, list[str]] = defaultdict(list)
        for (round_id, _), group in self.at.items():
            for pair in combinations(group, 2):
                shared[pair].append(round_id)
        hosts: dict[str, list[str]] = defaultdict(list)
        for person, table in sorted(self.host_of.items()):
            hosts[table].append(person)
        for group_of_hosts in hosts.values():
            for pair in combinations(group_of_hosts, 2):
                shared.pop(pair, None)
        return dict(shared)

    @cached_property
    def open_rounds(self) -> dict[str, tuple[str, ...]]:
        """Rounds in which each table is open."""
        return {
            table: tuple(name for name in self.rounds if self.is_open(table, name))
            for table in self.tables
        }

    @cached_property
    def rounds_with_tables(self) -> tuple[str, ...]:
        """Rounds in which any table is open."""
        somewhere = {name for rounds in self.open_rounds.values() for name in rounds}
        return tuple(name for name in self.rounds if name in somewhere)

    def is_here(self, person_id: str, round_id: str) -> bool:
        """Whether a person is available."""
        rounds = self.people[person_id].rounds
        return rounds is None or round_id in rounds

    def is_open(self, table_id: str, round_id: str) -> bool:
        """Whether a table is there and open."""
        table = self.tables.get(table_id)
        return table is not None and (table.rounds is None or round_id in table.rounds)

    def is_live(self, round_id: str) -> bool:
        """Whether the rules are checked in a round, which is not so for history."""
        return round_id not in self.frozen

    def sits_at(self, person_id: str, round_id: str) -> str | None:
        """Return the table; None for somebody who sits out, as a host of an idle table does."""
        table = self.table_of[person_id].get(round_id)
        if table is None:
            return None
        idle = self.host_of.get(person_id) == table and (round_id, table) not in self.in_use
        return None if idle else table

    def possible(self, person: Person) -> int:
        """Return the rounds a person could sit in, as the goals count them."""
        own = person.table
        there = self.rounds_with_tables if own is None else self.open_rounds.get(own, ())
        rounds = sum(person.rounds is None or name in person.rounds for name in there)
        return rounds if person.max_rounds is None else min(rounds, person.max_rounds)
