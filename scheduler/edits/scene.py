"""A plan laid out so that a change to it can be weighed quickly: by place, person and pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from itertools import combinations

from scheduler.arrays import Arrays
from scheduler.plan import TOLERANCE
from scheduler.problem import GoalName, Limit, Person, Problem, Seat, Table
from scheduler.score import goal_values

Pair = tuple[str, str]
Ranked = list[tuple[float, str]]


def pair_of(first: str, second: str) -> Pair:
    """Return the unordered pair."""
    return (first, second) if first < second else (second, first)


class Scene:
    """A problem and the seats of a plan; seats of unknown people or rounds drop out.

    Parameters
    ----------
    problem : Problem
    seats : tuple of Seat
    """

    def __init__(self, problem: Problem, seats: tuple[Seat, ...]) -> None:
        self.problem = problem
        self.people: dict[str, Person] = {person.id: person for person in problem.people}
        self.tables: dict[str, Table] = {table.id: table for table in problem.tables}
        self.rounds = tuple(item.id for item in problem.rounds)
        self.frozen = frozenset(problem.frozen_rounds)
        self.host_of = {one.id: one.table for one in problem.people if one.table is not None}
        self.table_of: dict[str, dict[str, str]] = {name: {} for name in self.people}
        known = frozenset(self.rounds)
        for person, round_id, table in seats:
            if person in self.people and round_id in known:
                self.table_of[person][round_id] = table
        self.at: dict[tuple[str, str], set[str]] = defaultdict(set)
        for person, tables in self.table_of.items():
            for round_id, table in tables.items():
                self.at[round_id, table].add(person)

    @cached_property
    def values(self) -> dict[GoalName, float]:
        """Value of each goal, in the problem's order."""
        arrays = Arrays(self.problem)
        goals = self.problem.goals_in_order
        seats = tuple(
            Seat(person, round_id, table)
            for person, tables in self.table_of.items()
            for round_id, table in tables.items()
        )
        found = goal_values(arrays, arrays.seating_from(seats), goals)
        return {entry.goal: value for entry, value in zip(goals, found, strict=True)}

    @staticmethod
    def tolerance(value: float) -> float:
        """Return by how much two sums may differ and still be the same."""
        return TOLERANCE * max(1.0, abs(value))

    def is_here(self, person: str, round_id: str) -> bool:
        """Whether a person is available."""
        rounds = self.people[person].rounds
        return rounds is None or round_id in rounds

    def is_open(self, table: str, round_id: str) -> bool:
        """Whether a table is there and open."""
        known = self.tables.get(table)
        return known is not None and (known.rounds is None or round_id in known.rounds)

    def is_used(self, table: str, group: Collection[str]) -> bool:
        """Whether anybody but the table's hosts is in a group at it."""
        return any(self.host_of.get(name) != table for name in group)

    def are_hosts(self, pair: Pair) -> bool:
        """Whether a pair hosts one table, and so is no pair."""
        own = self.host_of.get(pair[0])
        return own is not None and own == self.host_of.get(pair[1])

    @cached_property
    def hosts_at(self) -> dict[str, tuple[str, ...]]:
        """Hosts of each table."""
        found: dict[str, list[str]] = defaultdict(list)
        for person, table in self.host_of.items():
            found[table].append(person)
        return {table: tuple(people) for table, people in found.items()}

    @cached_property
    def used_in(self) -> dict[str, frozenset[str]]:
        """Rounds in which each table is in use, for tables that ever are."""
        found: dict[str, set[str]] = defaultdict(set)
        for (round_id, table), group in self.at.items():
            if self.is_used(table, group):
                found[table].add(round_id)
        return {table: frozenset(rounds) for table, rounds in found.items()}

    @cached_property
    def meetings(self) -> dict[Pair, frozenset[str]]:
        """Rounds shared by each pair that meets."""
        found: dict[Pair, set[str]] = defaultdict(set)
        for (round_id, _), group in self.at.items():
            for pair in combinations(sorted(group), 2):
                if not self.are_hosts(pair):
                    found[pair].add(round_id)
        return {pair: frozenset(rounds) for pair, rounds in found.items()}

    def shared(self, pair: Pair) -> frozenset[str]:
        """Return the rounds in which a pair meets."""
        return self.meetings.get(pair, frozenset())

    @cached_property
    def _limits(self) -> dict[frozenset[str], Limit]:
        return {frozenset(pair): limit for pair, limit in self.problem.limits().items()}

    def limit(self, pair: Pair) -> Limit:
        """Return how a pair may meet again."""
        if pair in self.bound_together:
            return Limit.FREE
        roles = frozenset({self.people[pair[0]].role, self.people[pair[1]].role})
        return self._limits.get(roles, Limit.FREE)

    def meets_again(self, pair: Pair) -> bool:
        """Whether one more meeting of a pair would be one that it should avoid."""
        met = pair in self.meetings or pair in self.past
        return met and self.limit(pair) is Limit.AVOID

    @cached_property
    def bound_together(self) -> frozenset[Pair]:
        """Pairs that sit together or both sit out."""
        return frozenset(pair_of(*pair) for pair in self.problem.together)

    @cached_property
    def past(self) -> frozenset[Pair]:
        """Pairs that met before this block."""
        return frozenset(pair_of(*pair) for pair in self.problem.past_meetings)

    @cached_property
    def apart(self) -> frozenset[Pair]:
        """Pairs of the list that never share a table."""
        return frozenset(pair_of(*pair) for pair in self.problem.keep_apart)

    @cached_property
    def fit(self) -> dict[Pair, float]:
        """Fit of each pair that has one; hosts of one table have none."""
        found = {
            (first, second) if first < second else (second, first): value
            for first, second, value in self.problem.fit
        }
        for hosts in self.hosts_at.values():
            for first, second in combinations(hosts, 2):
                found.pop(pair_of(first, second), None)
        return found

    @cached_property
    def table_fit(self) -> dict[tuple[str, str], float]:
        """Fit of people with tables."""
        return {(person, table): value for person, table, value in self.problem.table_fit}

    @cached_property
    def wishes(self) -> dict[Pair, tuple[tuple[str, float], ...]]:
        """Who of a pair wishes the meeting, and how much."""
        found: dict[Pair, list[tuple[str, float]]] = defaultdict(list)
        for person, other, weight in self.problem.wishes:
            found[pair_of(person, other)].append((person, weight))
        return {pair: tuple(wishes) for pair, wishes in found.items()}

    @cached_property
    def granted(self) -> dict[str, int]:
        """How many wishes each person gets."""
        found: dict[str, int] = defaultdict(int)
        for pair, wishes in self.wishes.items():
            for person, _ in wishes:
                found[person] += pair in self.meetings
        return dict(found)

    def possible(self, person: Person) -> int:
        """Return the rounds a person could sit in, as the goals count them."""
        return self._possible[person.id]

    @cached_property
    def _possible(self) -> dict[str, int]:
        anywhere = [r for r in self.rounds if any(self.is_open(t, r) for t in self.tables)]
        found = {}
        for person in self.people.values():
            own = person.table
            there = [r for r in self.rounds if self.is_open(own, r)] if own else anywhere
            rounds = sum(self.is_here(person.id, r) for r in there)
            found[person.id] = (
                rounds if person.max_rounds is None else min(rounds, person.max_rounds)
            )
        return found

    @cached_property
    def seat_floors(self) -> dict[str, float]:
        """Seats of each counted mover, made up to the number of rounds."""
        return {
            one.id: float(len(self.table_of[one.id]) + len(self.rounds) - self.possible(one))
            for one in self.people.values()
            if one.table is None and self.possible(one) > 0
        }

    @cached_property
    def host_floors(self) -> dict[str, float]:
        """Rounds in use of each counted host's table, made up likewise."""
        return {
            one.id: float(
                len(self.used_in.get(one.table, ())) + len(self.rounds) - self.possible(one)
            )
            for one in self.people.values()
            if one.table is not None and self.possible(one) > 0
        }

    @cached_property
    def fit_sums(self) -> dict[str, float]:
        """Fit of all meetings of each counted mover who has an entry in ``fit``."""
        named = {name for first, second, _ in self.problem.fit for name in (first, second)}
        found = {
            name: 0.0
            for name in named
            if name not in self.host_of and self.possible(self.people[name]) > 0
        }
        for pair in self.meetings:
            value = self.fit.get(pair, 0.0)
            for name in pair:
                if value and name in found:
                    found[name] += value
        return found

    def scaled(self, name: str, total: float) -> float:
        """Return a person's sum of fit, as if they could sit in every round."""
        return total * len(self.rounds) / self._possible[name]

    @cached_property
    def ranked_seats(self) -> Ranked:
        """The movers' floors, least first."""
        return sorted((value, name) for name, value in self.seat_floors.items())

    @cached_property
    def ranked_hosts(self) -> Ranked:
        """The hosts' floors, least first."""
        return sorted((value, name) for name, value in self.host_floors.items())

    @cached_property
    def ranked_fit(self) -> Ranked:
        """The scaled sums of fit, least first."""
        return sorted((self.scaled(name, total), name) for name, total in self.fit_sums.items())

    @cached_property
    def previous(self) -> dict[tuple[str, str], str]:
        """Seats that the goal ``changes`` asks to keep, by person and round."""
        return {
            (person, round_id): table
            for person, round_id, table in self.problem.previous or ()
            if person in self.people
            and round_id in self.rounds
            and round_id not in self.frozen
            and table in self.tables
            and self.is_here(person, round_id)
        }

    @cached_property
    def sizes(self) -> dict[str, dict[str, int]]:
        """People at each table in use, by round."""
        found: dict[str, dict[str, int]] = {name: {} for name in self.rounds}
        for (round_id, table), group in self.at.items():
            if self.is_used(table, group):
                found[round_id][table] = len(group)
        return found

    @cached_property
    def pins(self) -> dict[tuple[str, str], str]:
        """Pinned table by person and round."""
        return {(person, round_id): table for person, round_id, table in self.problem.pins}

    @cached_property
    def partners(self) -> dict[str, tuple[str, ...]]:
        """Whom each person must sit together with."""
        return _by_person(self.problem.together)

    @cached_property
    def must_meet(self) -> dict[str, tuple[str, ...]]:
        """Whom each person must meet."""
        return _by_person(self.problem.must_meet)


def _by_person(pairs: tuple[Pair, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
        found[second].append(first)
    return {name: tuple(others) for name, others in found.items()}
