"""Seeded problems in the shapes of real events, for benchmarks and tests."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from scheduler.problem import (
    Count,
    Goal,
    GoalName,
    Limit,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)

MENTEES_FREE = (RepeatLimit(between=(Role.MENTEE, Role.MENTEE), limit=Limit.FREE),)
ATTENDANCE = (GoalName.ATTENDANCE_FLOOR, GoalName.ATTENDANCE)
TOPICS = 12


def goals(*names: GoalName) -> tuple[Goal, ...]:
    """Return goals without slack, in this order."""
    return tuple(Goal(goal=name) for name in names)


def topic_fit(
    rng: Generator, mentors: Sequence[str], mentees: Sequence[str], *, popular: int = 0
) -> tuple[tuple[str, str, float], ...]:
    """Return 1 to 3 points for each wanted topic that a mentor offers, and up to 3 by chance.

    The first ``popular`` mentors offer every topic.
    """
    offered = np.zeros((len(mentors), TOPICS))
    for row in offered:
        row[rng.permutation(TOPICS)[:3]] = 1
    offered[:popular] = 1
    wanted = np.zeros((len(mentees), TOPICS))
    for row in wanted:
        row[rng.permutation(TOPICS)[:3]] = (3, 2, 1)
    points = wanted @ offered.T + rng.integers(0, 4, (len(mentees), len(mentors)))
    return tuple((mentees[i], mentors[j], float(points[i, j])) for i, j in np.argwhere(points > 0))


def missing(
    rng: Generator, rounds: Sequence[str], n: int, share: float
) -> list[frozenset[str] | None]:
    """Return rounds of n people, of whom a share misses one round."""
    left_out = set(rng.permutation(n)[: round(share * n)].tolist())
    return [
        frozenset(rounds) - {rounds[int(rng.integers(len(rounds)))]} if i in left_out else None
        for i in range(n)
    ]


def make_speed(
    *,
    mentors: int = 40,
    mentees: int = 200,
    rounds: int = 6,
    seats: int = 5,
    seed: int = 1,
    popular: int = 0,
    absent: tuple[float, float] = (0.0, 0.0),
    hospitals: int = 0,
    mentees_free: bool = True,
    order: tuple[GoalName, ...] = (*ATTENDANCE, GoalName.FIT),
) -> Problem:
    """Return mentors at a table each, with mentees who rotate and topics to match."""
    rng = np.random.default_rng(seed)
    round_ids = [f"r{i + 1}" for i in range(rounds)]
    mentor_ids = [f"m{i:03}" for i in range(mentors)]
    mentee_ids = [f"p{i:04}" for i in range(mentees)]
    fit = topic_fit(rng, mentor_ids, mentee_ids, popular=popular)
    there = missing(rng, round_ids, mentors, absent[0]), missing(rng, round_ids, mentees, absent[1])
    home = [
        frozenset({f"h{int(rng.integers(hospitals))}"}) if hospitals else frozenset()
        for _ in range(mentors + mentees)
    ]
    hosts = [
        Person(id=p, role=Role.MENTOR, table=f"t{p}", rounds=there[0][i], affiliations=home[i])
        for i, p in enumerate(mentor_ids)
    ]
    movers = [
        Person(id=p, role=Role.MENTEE, rounds=there[1][i], affiliations=home[mentors + i])
        for i, p in enumerate(mentee_ids)
    ]
    return Problem(
        rounds=tuple(Round(id=r) for r in round_ids),
        tables=tuple(Table(id=f"t{p}", seats=seats + 1) for p in mentor_ids),
        people=(*hosts, *movers),
        composition=(Count(count=Picker(role=Role.MENTOR), min=1, max=1),),
        keep_apart_same=("affiliation",) if hospitals else (),
        repeats=MENTEES_FREE if mentees_free else (),
        fit=fit,
        goals=goals(*order),
    )


SMALL: dict[str, Any] = {"mentors": 8, "mentees": 20, "rounds": 4, "seats": 3}
"""About a tenth of P3, where two mentees still need not meet twice."""


def everybody_s_best(problem: Problem) -> float:
    """Return the sum of everybody's best meetings: what no plan beats."""
    best: dict[str, list[float]] = {}
    for mentee, _, points in problem.fit:
        best.setdefault(mentee, []).append(points)
    rounds = len(problem.rounds)
    return sum(sum(sorted(points, reverse=True)[:rounds]) for points in best.values())


def p3(seed: int = 1, **size: Any) -> Problem:
    """Conference: 40 mentors, 200 mentees, 6 rounds, 5 seats."""
    return make_speed(seed=seed, **size)


def p4(seed: int = 1, **size: Any) -> Problem:
    """P3 with absences and 12 hospitals whose people are not seated together."""
    return make_speed(seed=seed, absent=(0.2, 0.3), hospitals=12, **size)


def p5(seed: int = 1, **size: Any) -> Problem:
    """P3 where two mentees should not meet twice."""
    order = (*ATTENDANCE, GoalName.REPEATS, GoalName.FIT)
    return make_speed(seed=seed, mentees_free=False, order=order, **size)


def p6(seed: int = 1, *, popular: int = 6, **size: Any) -> Problem:
    """P3 with popular mentors and fairness before the sum."""
    order = (*ATTENDANCE, GoalName.FIT_FLOOR, GoalName.FIT)
    return make_speed(seed=seed, popular=popular, order=order, **size)


CONGRESS: dict[str, Any] = {"mentors": 300, "mentees": 1700, "rounds": 8, "seats": 6}
SMALL_CONGRESS: dict[str, Any] = {"mentors": 20, "mentees": 110, "rounds": 6, "seats": 6}


def p8(seed: int = 1, *, mentees_free: bool = True, **size: Any) -> Problem:
    """Congress: 300 mentors, 1,700 mentees, 8 rounds, 6 seats."""
    order = (GoalName.FIT,) if mentees_free else (GoalName.REPEATS, GoalName.FIT)
    return make_speed(
        seed=seed,
        mentees_free=mentees_free,
        order=(*ATTENDANCE, *order),
        **(CONGRESS | size),
    )


def p9(conference: Problem, seats: tuple[Seat, ...], seed: int = 1) -> Problem:
    """P3 after two rounds: 3 mentors and 8 % of mentees left, 2 are late, 1 walked in."""
    rng = np.random.default_rng(seed)
    times = [item.id for item in conference.rounds]
    history, late = frozenset(times[:2]), frozenset(times) - {times[2]}
    roles = {
        role: [person.id for person in conference.people if person.role == role]
        for role in (Role.MENTOR, Role.MENTEE)
    }
    mentors, mentees = (list(rng.permutation(roles[role])) for role in roles)
    gone = round(0.08 * len(mentees))
    there = dict.fromkeys([*mentors[: max(1, len(mentors) * 3 // 40)], *mentees[:gone]], history)
    there |= dict.fromkeys(mentees[gone : gone + 2], late)
    people = tuple(
        dataclasses.replace(person, rounds=there.get(person.id)) for person in conference.people
    )
    return conference.replace(
        people=(*people, Person(id="walk-in", role=Role.MENTEE)),
        previous=seats,
        frozen_rounds=tuple(times[:2]),
        goals=(),
    )


def all_meet(seed: int = 1, *, people: int = 60, rounds: int = 5) -> Problem:
    """Conference hour: mentors and mentees one to one, hospitals, wishes, conflicts, needs."""
    rng = np.random.default_rng(seed)
    plain = make_speed(
        mentors=people, mentees=people, rounds=rounds, seats=1, seed=seed, hospitals=12, order=()
    )
    mentors, mentees = plain.people[:people], plain.people[people:]
    places = tuple(
        Table(id=t.id, seats=2, features=frozenset({"step_free"} if i % 3 == 0 else ()))
        for i, t in enumerate(plain.tables)
    )
    in_need = frozenset({"step_free"})
    movers = tuple(
        Person(
            id=p.id,
            role=p.role,
            affiliations=p.affiliations,
            needs=in_need if i % 20 == 0 else frozenset(),
        )
        for i, p in enumerate(mentees)
    )
    wishes = tuple(
        (p.id, mentors[int(j)].id, 1.0) for p in movers for j in rng.permutation(people)[:2]
    )
    apart = tuple((p.id, mentors[int(rng.integers(people))].id) for p in movers[::4])
    return plain.replace(
        people=(*mentors, *movers), tables=places, wishes=wishes, keep_apart=apart, repeats=()
    )


def stations(seed: int = 1, *, mentees: int = 28) -> Problem:
    """Group stations: 15 mentors at 5 tables, 25 to 30 mentees in fives and sixes, 5 rounds."""
    rng = np.random.default_rng(seed)
    mentors = [Person(id=f"m{i:02}", role=Role.MENTOR, table=f"t{i % 5}") for i in range(15)]
    movers = [Person(id=f"p{i:02}", role=Role.MENTEE) for i in range(mentees)]
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(5)),
        tables=tuple(Table(id=f"t{i}", seats=9) for i in range(5)),
        people=(*mentors, *movers),
        composition=(
            Count(count=Picker(role=Role.MENTOR), min=3, max=3),
            Count(count=Picker(role=Role.MENTEE), min=1, max=6),
        ),
        fit=topic_fit(rng, [p.id for p in mentors], [p.id for p in movers]),
    )
