"""Event shapes with published figures, planned with the default goals by night."""

from __future__ import annotations

import dataclasses
import itertools
import random
from collections.abc import Callable, Iterator

from scheduler.problem import Goal, GoalName, Person, Problem, Role, Round, Table
from tests.benchmarks import shapes, shapes_groups
from tests.benchmarks.measure import Bench
from tests.benchmarks.report import Figure, Row, row

SESSIONS, TURNOVER = 8, 0.1
LIMIT = 20.0


def small_all_meet() -> Problem:
    """Everybody meets everybody: 7 mentors, 6 mentees, 7 rounds one to one."""
    return shapes.make_speed(mentors=7, mentees=6, rounds=7, seats=1, order=())


def absences(share: float) -> Problem:
    """Conference hour where a share of the mentees misses a round (18 % in person, 44 % online)."""
    return shapes.make_speed(
        mentors=60, mentees=60, rounds=5, seats=1, absent=(0.05, share), hospitals=12, order=()
    )


def in_fours(people: int = 103, rounds: int = 10) -> Problem:
    """103 people in fours and threes."""
    return shapes_groups.golfers(26, 4, rounds).replace(
        people=tuple(Person(id=f"p{n:04}", role=Role.PEER) for n in range(people))
    )


def families(groups: int = 12, *, seed: int = 1) -> Problem:
    """Vertical family groups: one of each of five stages, three rounds."""
    rng = random.Random(seed)
    people = tuple(
        Person(id=f"p{n:03}", role=Role.PEER, stage=stage)
        for n, stage in enumerate(shapes_groups.STAGES * groups)
    )
    return Problem(
        rounds=tuple(Round(id=f"r{n}") for n in range(3)),
        tables=tuple(Table(id=f"t{n:02}", seats=5) for n in range(groups)),
        people=tuple(rng.sample(people, len(people))),
        goals=(*shapes_groups.PEER_GOALS, Goal(goal=GoalName.STAGE_MIX)),
    )


def series(bench: Bench, *, seed: int = 1) -> Iterator[Row]:
    """Eight monthly sessions of 60 peers in fives, a tenth of them new each time."""
    rng = random.Random(seed)
    problem = shapes_groups.golfers(12, 5, 1)
    met: set[tuple[str, str]] = set()
    for session in range(SESSIONS):
        run = bench.solve(problem.replace(past_meetings=tuple(sorted(met))), limit=LIMIT)
        repeats = Figure(name="repeats", value=run.value(GoalName.REPEATS), most=0)
        yield row("series", f"session {session + 1}", run, repeats)
        for _, seats in itertools.groupby(run.plan.seats, key=lambda seat: seat.table):
            met |= set(itertools.combinations(sorted(seat.person for seat in seats), 2))
        people = list(problem.people)
        for at in rng.sample(range(len(people)), round(TURNOVER * len(people))):
            people[at] = dataclasses.replace(people[at], id=f"new-{session}-{at:02}")
        present = {person.id for person in people}
        met = {pair for pair in met if set(pair) <= present}
        problem = problem.replace(people=tuple(people))


SHAPES: dict[str, Callable[[], Problem]] = {
    "small all-meet": small_all_meet,
    "conference hour": shapes.all_meet,
    "society tracks": lambda: shapes.all_meet(rounds=6),
    "group stations": shapes.stations,
    "18 % away": lambda: absences(0.18),
    "44 % away": lambda: absences(0.44),
    "103 in fours": in_fours,
    "rooms with hosts": lambda: shapes_groups.rooms(hosts=True),
    "rooms without": lambda: shapes_groups.rooms(hosts=False),
    "topic circles": shapes_groups.circles,
    "mixer": shapes_groups.mixer,
    "families": families,
}


def events(bench: Bench) -> Iterator[Row]:
    """Plan every shape, and the series."""
    for name, build in SHAPES.items():
        run = bench.solve(build(), limit=LIMIT)
        yield row("event", name, run, Figure(name="seats", value=len(run.plan.seats), least=1))
    yield from series(bench)
