"""Small seeded problems that use every rule and goal, and their solution by trying everything."""

from __future__ import annotations

import itertools
import random

import numpy as np

from scheduler.arrays import Arrays, Seating
from scheduler.model.window import host_seats
from scheduler.problem import (
    MINIMISED,
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
from scheduler.score import goal_value
from scheduler.verify import verify_seats

HOST_ROLES = (Role.MENTOR, Role.FACILITATOR)
GUEST_ROLES = (Role.MENTEE, Role.MENTEE, Role.PEER)


def make_random_problem(
    seed: int, *, movers: int = 3, hosts: int = 1, tables: int = 2, rounds: int = 2
) -> Problem:
    rng = random.Random(seed)
    round_ids = [f"r{i}" for i in range(rounds)]
    table_ids = [f"t{i}" for i in range(tables)]
    people = tuple(
        make_random_person(rng, i, round_ids, table_ids if i < hosts else [])
        for i in range(movers + hosts)
    )
    ids = [person.id for person in people]
    host_tables = {person.id: person.table for person in people if person.table}
    pairs = [
        pair
        for pair in itertools.combinations(ids, 2)
        if host_tables.get(pair[0], 0) != host_tables.get(pair[1], 1)
    ]

    def some(chance: float) -> list[tuple[str, str]]:
        return [pair for pair in pairs if rng.random() < chance]

    frozen = (round_ids[0],) if rng.random() < 0.25 else ()
    previous = make_previous(rng, ids, round_ids, table_ids) if rng.random() < 0.5 else None
    apart = some(0.1)
    together = [pair for pair in some(0.08) if pair not in apart][:1]
    return Problem(
        rounds=tuple(Round(id=name) for name in round_ids),
        tables=tuple(make_random_table(rng, name, round_ids) for name in table_ids),
        people=people,
        composition=make_composition(rng),
        keep_apart=tuple(apart),
        keep_apart_same=("affiliation",) if rng.random() < 0.3 else (),
        together=tuple(together),
        must_meet=tuple(pair for pair in some(0.1) if pair not in apart)[:2],
        repeats=make_repeats(rng),
        past_meetings=tuple(some(0.1)),
        fit=tuple((a, b, round(rng.uniform(-0.5, 1), 2)) for a, b in some(0.7)),
        table_fit=tuple((name, rng.choice(table_ids), 0.5) for name in ids if rng.random() < 0.2),
        wishes=tuple((a, b, float(rng.choice((1, 2)))) for a, b in some(0.4)),
        pins=make_pins(rng, people, round_ids, table_ids),
        previous=previous,
        frozen_rounds=frozen if previous is not None else (),
        goals=make_goals(rng, with_previous=previous is not None),
    )


def make_random_person(
    rng: random.Random, number: int, round_ids: list[str], host_tables: list[str]
) -> Person:
    absent = rng.random() < 0.2
    return Person(
        id=f"p{number}",
        role=rng.choice((Role.MENTOR, Role.FACILITATOR))
        if host_tables
        else rng.choice(GUEST_ROLES),
        stage=rng.choice((None, "early", "late", "late")),
        affiliations=frozenset(rng.sample(("a", "b", "c"), rng.choice((0, 1, 1)))),
        rounds=frozenset(rng.sample(round_ids, len(round_ids) - 1)) if absent else None,
        table=host_tables[number % len(host_tables)] if host_tables else None,
        needs=frozenset({"step_free"}) if not host_tables and rng.random() < 0.1 else frozenset(),
        traits=(("gender", rng.choice(("w", "m"))),),
        max_rounds=1 if rng.random() < 0.1 else None,
        min_rounds=1 if rng.random() < 0.15 else None,
    )


def make_random_table(rng: random.Random, name: str, round_ids: list[str]) -> Table:
    return Table(
        id=name,
        features=frozenset({"step_free"}) if rng.random() < 0.6 else frozenset(),
        rounds=frozenset(round_ids[:-1]) if rng.random() < 0.1 else None,
        seats=rng.choice((None, 2, 3, 4)),
    )


def make_composition(rng: random.Random) -> tuple[Count | Distinct | NotAlone, ...]:
    entries: list[Count | Distinct | NotAlone] = []
    if rng.random() < 0.2:
        entries.append(Count(count=Picker(role=Role.MENTEE), min=1, max=2))
    if rng.random() < 0.2:
        entries.append(Distinct(distinct=rng.choice(("stage", "affiliation")), min=1, max=2))
    if rng.random() < 0.2:
        where = frozenset({"t0"}) if rng.random() < 0.5 else None
        entries.append(NotAlone(not_alone=Picker(trait="gender", value="w"), tables=where))
    return tuple(entries)


def make_repeats(rng: random.Random) -> tuple[RepeatLimit, ...]:
    if rng.random() < 0.6:
        return ()
    return (
        RepeatLimit(
            between=(rng.choice(GUEST_ROLES), rng.choice(tuple(Role))),
            limit=rng.choice(tuple(Limit)),
        ),
    )


def make_previous(
    rng: random.Random, ids: list[str], round_ids: list[str], table_ids: list[str]
) -> tuple[Seat, ...]:
    return tuple(
        Seat(name, round_id, rng.choice(table_ids))
        for name, round_id in itertools.product(ids, round_ids)
        if rng.random() < 0.6
    )


def make_pins(
    rng: random.Random, people: tuple[Person, ...], round_ids: list[str], table_ids: list[str]
) -> tuple[Seat, ...]:
    movers = [person for person in people if not person.is_host]
    if rng.random() < 0.7:
        return ()
    return (Seat(rng.choice(movers).id, rng.choice(round_ids), rng.choice(table_ids)),)


def make_goals(rng: random.Random, *, with_previous: bool) -> tuple[Goal, ...]:
    names = [name for name in GoalName if with_previous or name != GoalName.CHANGES]
    chosen = rng.sample(names, rng.choice((2, 3, 4)))
    return tuple(Goal(goal=name, slack=rng.choice((0.0, 0.0, 0.1, 1.0))) for name in chosen)


def all_plans(problem: Problem) -> list[Seating]:
    arrays = Arrays(problem)
    base = np.maximum(
        np.where(arrays.frozen, arrays.seating_from(problem.previous or ()), -1), host_seats(arrays)
    )
    open_seats = [
        (p, r)
        for p in range(arrays.n)
        for r in range(arrays.n_rounds)
        if arrays.is_mover[p] and arrays.here[p, r] and not arrays.frozen[r]
    ]
    plans = []
    for choice in itertools.product(range(-1, arrays.n_tables), repeat=len(open_seats)):
        seating = base.astype(np.int32)
        for (p, r), t in zip(open_seats, choice, strict=True):
            seating[p, r] = t
        if not verify_seats(problem, arrays.seats_from(seating)):
            plans.append(seating)
    return plans


def best_of(problem: Problem, plans: list[Seating]) -> tuple[float, ...]:
    """Take the goals in order over all plans; return the best of each."""
    arrays = Arrays(problem)
    bests = []
    for goal in problem.goals_in_order:
        values = [goal_value(arrays, seating, goal.goal) for seating in plans]
        best = min(values) if goal.goal in MINIMISED else max(values)
        bests.append(best)
        limit = goal.limit(best)
        sign = -1 if goal.goal in MINIMISED else 1
        plans = [s for s, v in zip(plans, values, strict=True) if sign * (v - limit) >= -1e-9]
    return tuple(bests)
