"""Seeded problems in the shapes of peer-group events (P1, P2, P7 of the planner's aims)."""

from __future__ import annotations

import random

from scheduler.problem import (
    Count,
    Distinct,
    Goal,
    GoalName,
    Person,
    Picker,
    Problem,
    Role,
    Round,
    Table,
)

STAGES = ("student", "resident", "fellow", "mid career", "senior")
PEOPLE_PER_STAGE = (36, 30, 18, 10, 6)
"""Weights: many students, few seniors, as at the events the presets name."""


def goals(*names: GoalName) -> tuple[Goal, ...]:
    return tuple(Goal(goal=name) for name in names)


PEER_GOALS = goals(GoalName.ATTENDANCE_FLOOR, GoalName.ATTENDANCE, GoalName.REPEATS)
MIX_GOALS = (*PEER_GOALS, Goal(goal=GoalName.STAGE_MIX))


def rounds_of(count: int) -> tuple[Round, ...]:
    return tuple(Round(id=f"r{number}") for number in range(1, count + 1))


def tables_of(count: int, seats: int | None) -> tuple[Table, ...]:
    return tuple(Table(id=f"t{number:03}", seats=seats) for number in range(1, count + 1))


def golfers(groups: int, size: int, rounds: int) -> Problem:
    """P1 and P2: everybody a peer, as many tables as groups, as many seats as places."""
    people = (Person(id=f"p{n:04}", role=Role.PEER) for n in range(groups * size))
    return Problem(
        name=f"{groups} groups of {size}, {rounds} rounds",
        rounds=rounds_of(rounds),
        tables=tables_of(groups, size),
        people=tuple(people),
        goals=PEER_GOALS,
    )


def stage_mixed(people: int, *, rounds: int = 6, apart: int, seed: int = 1) -> Problem:
    """P7: groups of six with one facilitator and at least three stages, and keep-apart pairs."""
    rng = random.Random(seed)
    groups = people // 6
    roster = []
    for number in range(people):
        role = Role.FACILITATOR if number < groups else Role.PEER
        stage = rng.choices(STAGES, PEOPLE_PER_STAGE)[0]
        roster.append(Person(id=f"p{number:04}", role=role, stage=stage))
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < apart:
        first, second = sorted(rng.sample(roster, 2), key=lambda person: person.id)
        pairs.add((first.id, second.id))
    return Problem(
        name=f"{people} people in stage-mixed groups",
        rounds=rounds_of(rounds),
        tables=tables_of(groups, 6),
        people=tuple(roster),
        composition=(
            Count(count=Picker(role=Role.FACILITATOR), min=1, max=1),
            Distinct(distinct="stage", min=3),
        ),
        keep_apart=tuple(sorted(pairs)),
        goals=MIX_GOALS,
    )


def rooms(*, hosts: bool, absent: float = 0.1, seed: int = 1, mentees: int = 103) -> Problem:
    """Stage-mixed rooms: 26 mentors and 26 facilitators, four mentees a room, three rounds."""
    rng = random.Random(seed)
    rounds, tables = rounds_of(3), tables_of(26, 6)
    names = tuple(item.id for item in rounds)
    hospitals = [f"hospital-{number}" for number in range(12)]
    roster = []
    roles = [Role.MENTOR] * 26 + [Role.FACILITATOR] * 26 + [Role.MENTEE] * mentees
    stage = {Role.MENTOR: "senior", Role.FACILITATOR: "fellow"}
    for number, role in enumerate(roles):
        hosting = hosts and role != Role.MENTEE
        missing = frozenset({rng.choice(names)}) if rng.random() < absent else frozenset()
        roster.append(
            Person(
                id=f"p{number:04}",
                role=role,
                stage=stage.get(role) or rng.choice(("student", "resident")),
                affiliations=frozenset({rng.choice(hospitals)}),
                rounds=frozenset(names) - missing if not hosting else None,
                table=tables[number % 26].id if hosting else None,
            )
        )
    return Problem(
        name="stage-mixed rooms",
        rounds=rounds,
        tables=tables,
        people=tuple(roster),
        composition=(
            Count(count=Picker(role=Role.MENTOR), min=1, max=1),
            Count(count=Picker(role=Role.FACILITATOR), max=1),
            Count(count=Picker(role=Role.MENTEE), min=1, max=4),
        ),
        keep_apart_same=("affiliation",),
        goals=MIX_GOALS,
    )


def mixer(
    people: int = 200, *, rounds: int = 6, tables: int = 34, seats: int = 6, seed: int = 1
) -> Problem:
    """One population, some of whom come late or leave early."""
    rng = random.Random(seed)
    times = rounds_of(rounds)
    names = tuple(item.id for item in times)
    windows = [names[1:], names[2:], names[:2]]
    roster = [
        Person(
            id=f"p{number:04}",
            role=Role.PEER,
            stage=rng.choice(STAGES),
            rounds=frozenset(rng.choice(windows)) if rng.random() < 0.075 else None,
        )
        for number in range(people)
    ]
    return Problem(
        name=f"mixer of {people}",
        rounds=times,
        tables=tables_of(tables, seats),
        people=tuple(roster),
        goals=MIX_GOALS,
    )


def circles(people: int = 200, *, rounds: int = 3, seats: int = 10, seed: int = 1) -> Problem:
    """Topic circles: tables stand for topics, everybody named three of them."""
    rng = random.Random(seed)
    tables = tables_of(people // seats, seats)
    roster = tuple(
        Person(id=f"p{number:04}", role=Role.PEER, stage=rng.choice(STAGES))
        for number in range(people)
    )
    liking = tuple(
        (person.id, table.id, weight)
        for person in roster
        for table, weight in zip(rng.sample(tables, 3), (1.0, 0.7, 0.4), strict=True)
    )
    return Problem(
        name="topic circles",
        rounds=rounds_of(rounds),
        tables=tables,
        people=roster,
        table_fit=liking,
        goals=(*PEER_GOALS, Goal(goal=GoalName.FIT), Goal(goal=GoalName.STAGE_MIX)),
    )
