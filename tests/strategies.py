"""Hypothesis strategies for whole valid problems, with every rule and goal of the format."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations, combinations_with_replacement, permutations, product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from scheduler.arrays import Arrays, Seating
from scheduler.problem import (
    Composition,
    Count,
    Distinct,
    Goal,
    GoalName,
    Limit,
    NotAlone,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)

STAGES = ("student", "resident", "senior")
AFFILIATIONS = ("north", "south")
FEATURES = ("quiet", "step_free")
ROLES = st.sampled_from(Role)
STAGE = st.none() | st.sampled_from(STAGES)
AFFILIATION_SETS = st.frozensets(st.sampled_from(AFFILIATIONS))
NEEDS = st.frozensets(st.sampled_from(FEATURES), max_size=1)
FEATURE_SETS = st.frozensets(st.sampled_from(FEATURES))
SEATS = st.none() | st.integers(0, 5)
LOW = st.none() | st.integers(0, 2)
TRAITS = st.sampled_from(((), (("gender", "w"),), (("gender", "m"),)))
LIMITS = st.sampled_from(Limit)
SLACKS = st.sampled_from((0.0, 0.05, 1.0))
SCORES = st.integers(-20, 40).map(lambda tenths: tenths / 10)


@cache
def subsets(values: tuple[Any, ...], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few different values, in any order."""
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


@cache
def maybe_some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(values))


@cache
def one_of(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


@cache
def one_or_none(values: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values)


@cache
def maybe_from(low: int, high: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.integers(low, high)


@st.composite
def people(
    draw: st.DrawFn, rounds: tuple[str, ...], tables: tuple[str, ...], most: int
) -> tuple[Person, ...]:
    drawn = []
    for number in range(draw(st.integers(1, most))):
        low = draw(LOW)
        high = draw(maybe_from(low or 0, len(rounds) + 2))
        drawn.append(
            Person(
                id=f"p{number}",
                role=draw(ROLES),
                stage=draw(STAGE),
                affiliations=draw(AFFILIATION_SETS),
                rounds=draw(maybe_some(rounds)),
                table=draw(one_or_none(tables)),
                needs=draw(NEEDS),
                traits=draw(TRAITS),
                max_rounds=high,
                min_rounds=low,
            )
        )
    return tuple(drawn)


PICKERS = st.sampled_from(
    (
        Picker(),
        Picker(role="mentor"),
        Picker(role="peer", stage="senior"),
        Picker(stage="student"),
        Picker(trait="gender", value="w"),
    )
)


@st.composite
def compositions(draw: st.DrawFn, tables: tuple[str, ...]) -> Composition:
    where = draw(maybe_some(tables))
    low = draw(st.integers(0, 2))
    high = draw(maybe_from(low, 5))
    kind = draw(st.sampled_from(("count", "stage", "affiliation", "not_alone")))
    if kind == "count":
        return Count(count=draw(PICKERS), min=low, max=high, tables=where)
    if kind == "not_alone":
        return NotAlone(not_alone=draw(PICKERS), tables=where)
    return Distinct(distinct=kind, min=low, max=high, tables=where)


@st.composite
def histories(
    draw: st.DrawFn, people_ids: tuple[str, ...], rounds: tuple[str, ...], tables: tuple[str, ...]
) -> dict[str, Any]:
    """A previous plan, with names no longer there, and frozen rounds."""
    if not draw(st.booleans()):
        return {}
    cells = tuple(product((*people_ids, "gone"), (*rounds, "old-round")))
    seats = tuple(
        Seat(person, round_id, draw(one_of((*tables, "old-table"))))
        for person, round_id in draw(subsets(cells, most=10))
    )
    return {"previous": seats, "frozen_rounds": draw(subsets(rounds, most=2))}


@st.composite
def problems(draw: st.DrawFn, most_people: int = 6) -> Problem:
    """A valid problem; few of them can be solved."""
    rounds = tuple(f"r{number}" for number in range(draw(st.integers(1, 4))))
    tables = tuple(f"t{number}" for number in range(draw(st.integers(1, 4))))
    group = draw(people(rounds, tables, most_people))
    ids = tuple(person.id for person in group)
    host_of = {person.id: person.table for person in group}
    pairs = tuple(combinations(ids, 2))
    strangers = tuple((a, b) for a, b in pairs if host_of[a] is None or host_of[a] != host_of[b])
    role_pairs = tuple(combinations_with_replacement(Role, 2))
    scored = [(a, b, draw(SCORES)) for a, b in draw(subsets(pairs, most=12))]
    at_tables = [(a, t, draw(SCORES)) for a, t in draw(subsets(tuple(product(ids, tables))))]
    pins = draw(subsets(tuple(product(ids, rounds)), most=2))
    return Problem(
        name=draw(st.sampled_from(("", "Zürich"))),
        rounds=tuple(Round(id=name) for name in rounds),
        tables=tuple(
            Table(
                id=name,
                features=draw(FEATURE_SETS),
                rounds=draw(maybe_some(rounds)),
                seats=draw(SEATS),
            )
            for name in tables
        ),
        people=group,
        composition=tuple(draw(st.lists(compositions(tables), max_size=2))),
        keep_apart=draw(subsets(strangers)),
        keep_apart_same=draw(st.sampled_from(((), ("affiliation",)))),
        together=draw(subsets(pairs, most=2)),
        must_meet=draw(subsets(pairs, most=2)),
        repeats=tuple(
            RepeatLimit(between=between, limit=draw(LIMITS))
            for between in draw(subsets(role_pairs))
        ),
        past_meetings=draw(subsets(pairs)),
        fit=tuple(scored),
        table_fit=tuple(at_tables),
        wishes=tuple(
            (a, b, float(draw(st.integers(1, 3))))
            for a, b in draw(subsets(tuple(permutations(ids, 2))))
        ),
        pins=tuple(Seat(a, r, draw(one_of(tables))) for a, r in pins),
        goals=tuple(
            Goal(goal=name, slack=draw(SLACKS)) for name in draw(subsets(tuple(GoalName), most=11))
        ),
        **draw(histories(ids, rounds, tables)),
    )


@st.composite
def easy_problems(draw: st.DrawFn, most_people: int = 5) -> Problem:
    """Problems of which most can be solved: the rules that ask for something are rare."""
    problem = draw(problems(most_people))
    rng = draw(st.randoms(use_true_random=False))
    dropped = ("must_meet", "pins", "composition", "keep_apart", "together", "keep_apart_same")
    people = tuple(
        replace(
            person,
            min_rounds=person.min_rounds if rng.random() < 0.1 else None,
            needs=person.needs if rng.random() < 0.2 else frozenset(),
            table=person.table if rng.random() < 0.5 else None,
        )
        for person in problem.people
    )
    host_of = {person.id: person.table for person in people}
    changes: dict[str, Any] = {name: () for name in dropped if rng.random() < 0.75}
    changes.setdefault(
        "keep_apart",
        tuple(pair for pair in problem.keep_apart if host_of[pair[0]] is None),
    )
    tables = tuple(
        replace(
            table,
            seats=None if table.seats is None else max(2, table.seats),
            rounds=table.rounds if rng.random() < 0.4 else None,
        )
        for table in problem.tables
    )
    return problem.replace(**changes, people=people, tables=tables)


def seatings(arrays: Arrays) -> st.SearchStrategy[Seating]:
    """Anybody anywhere, with or without a seat; most break many rules."""
    shape = arrays.n, arrays.n_rounds

    def scatter(seed: int) -> Seating:
        places = np.random.default_rng(seed).integers(-1, arrays.n_tables, shape)
        return places.astype(np.int32)

    return st.integers(0, 2**16).map(scatter)
