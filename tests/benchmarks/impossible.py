"""Twenty problems that no plan can solve, each with what makes it so."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scheduler.problem import (
    Count,
    Distinct,
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
from tests.benchmarks.shapes import p3

FREE = tuple(
    RepeatLimit(between=(role, role), limit=Limit.FREE) for role in (Role.PEER, Role.MENTEE)
)
NEVER = (RepeatLimit(between=(Role.MENTOR, Role.MENTEE), limit=Limit.NEVER), *FREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A problem, the rules and people that clash, and the values wanted of it, if any."""

    name: str
    problem: Problem
    rules: frozenset[str]
    people: frozenset[str] = frozenset()
    wanted: tuple[tuple[GoalName, float], ...] = ()


def case(
    name: str,
    problem: Problem,
    rules: str,
    *people: str,
    wanted: Iterable[tuple[GoalName, float]] = (),
) -> Case:
    return Case(
        name=name,
        problem=problem,
        rules=frozenset(rules.split()),
        people=frozenset(people),
        wanted=tuple(wanted),
    )


def speed(
    *, mentors: int = 8, mentees: int = 24, rounds: int = 4, seats: int = 4, **rules: Any
) -> Problem:
    """Mentors m00 ... at tables t00 ..., mentees p00 ... who rotate."""
    hosts = (Person(id=f"m{i:02}", role=Role.MENTOR, table=f"t{i:02}") for i in range(mentors))
    movers = (Person(id=f"p{i:02}", role=Role.MENTEE) for i in range(mentees))
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(1, rounds + 1)),
        tables=tuple(Table(id=f"t{i:02}", seats=seats) for i in range(mentors)),
        people=(*hosts, *movers),
        **{"repeats": FREE, **rules},
    )


def peers(
    *, tables: int = 5, seats: int | None = 4, people: int = 20, rounds: int = 3, **rules: Any
) -> Problem:
    """Peers p00 ... who move between tables t00 ..."""
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(1, rounds + 1)),
        tables=tuple(Table(id=f"t{i:02}", seats=seats) for i in range(tables)),
        people=tuple(Person(id=f"p{i:02}", role=Role.PEER) for i in range(people)),
        **{"repeats": FREE, **rules},
    )


def changed(problem: Problem, *names: str, **fields: Any) -> Problem:
    """Give some people other fields; all movers where nobody is named."""
    picked = set(names) or {person.id for person in problem.people if not person.is_host}
    people = tuple(
        dataclasses.replace(person, **fields) if person.id in picked else person
        for person in problem.people
    )
    return problem.replace(people=people)


def featured(problem: Problem, table: str, *features: str) -> Problem:
    tables = tuple(
        dataclasses.replace(item, features=frozenset(features)) if item.id == table else item
        for item in problem.tables
    )
    return problem.replace(tables=tables)


def names(count: int, letter: str = "p") -> list[str]:
    return [f"{letter}{i:02}" for i in range(count)]


def _pairs() -> Iterator[Case]:
    apart: dict[str, Any] = {"keep_apart": (("p00", "m00"), ("p01", "m01"))}
    meet: dict[str, Any] = {"must_meet": (("p00", "m00"), ("p02", "m01"))}
    clash = "must_meet keep_apart"
    yield case("must meet x keep apart", speed(**apart, **meet), clash, "p00", "m00")
    large = p3().replace(keep_apart=(("p0000", "m000"),), must_meet=(("p0000", "m000"),))
    yield case("the same at a conference", large, clash, "p0000", "m000")
    problem = changed(speed(**meet), "p00", "m00", affiliations=frozenset({"h"}))
    same = problem.replace(keep_apart_same=("affiliation",))
    yield case("must meet x same affiliation", same, "must_meet keep_apart_same", "p00", "m00")
    met = speed(repeats=NEVER, past_meetings=(("p00", "m00"),), **meet)
    yield case("must meet again x never twice", met, "must_meet repeats", "p00", "m00")
    never_there = changed(peers(must_meet=(("p00", "p01"),)), "p00", rounds=frozenset({"r1"}))
    never_there = changed(never_there, "p01", rounds=frozenset({"r2", "r3"}))
    yield case("never there together", never_there, "must_meet availability", "p00", "p01")
    star = tuple(("p00", other) for other in names(8)[1:])
    many = peers(tables=10, seats=3, must_meet=star)
    yield case("seven to meet in three rounds", many, "must_meet seats availability", "p00")
    few = changed(peers(seats=3, must_meet=star[:5]), "p00", max_rounds=2)
    yield case("five to meet in two rounds", few, "must_meet seats max_rounds", "p00")
    clique = peers(seats=8, keep_apart=tuple(itertools.combinations(names(6), 2)))
    clique = changed(clique, *names(6), min_rounds=3)
    yield case("six apart at five tables", clique, "keep_apart min_rounds", *names(6))


def _pins() -> Iterator[Case]:
    def pins(*lines: str) -> tuple[Seat, ...]:
        return tuple(Seat(*line.split()) for line in lines)

    both = pins("p00 r1 t00", "p01 r1 t00", "p02 r1 t01")
    apart = speed(pins=both, keep_apart=(("p00", "p01"),))
    yield case("pinned x keep apart", apart, "pins keep_apart", "p00", "p01")
    crowd = speed(pins=pins(*(f"{name} r2 t03" for name in names(5))))
    yield case("pinned above the seats", crowd, "pins seats")
    away = changed(peers(pins=pins("p00 r1 t00")), "p00", rounds=frozenset({"r2"}))
    yield case("pinned while away", away, "pins availability", "p00")
    split = peers(pins=pins("p00 r1 t00", "p01 r1 t01"), together=(("p00", "p01"),))
    yield case("together x pinned apart", split, "pins together", "p00", "p01")
    friends = peers(together=(("p00", "p01"),), keep_apart=(("p00", "p01"),))
    friends = changed(friends, "p00", min_rounds=1)
    yield case("together x keep apart", friends, "together keep_apart min_rounds", "p00", "p01")


def _needs() -> Iterator[Case]:
    step_free = frozenset({"step_free"})
    nobody = changed(peers(), "p03", needs=step_free, min_rounds=1)
    yield case("no table suits", nobody, "needs min_rounds", "p03")
    large = changed(p3(), "p0003", needs=step_free, min_rounds=1)
    yield case("no table suits at a conference", large, "needs min_rounds", "p0003")
    five = changed(featured(peers(), "t00", "step_free"), *names(5), needs=step_free, min_rounds=3)
    yield case("five for four seats that suit", five, "needs min_rounds seats", *names(5))


def _counts() -> Iterator[Case]:
    few = changed(speed(mentors=3, mentees=9, seats=5, repeats=NEVER), "p04", min_rounds=4)
    yield case("more rounds than mentors", few, "repeats min_rounds", "p04")
    three = [Person(id=f"m{i}", role=Role.MENTOR) for i in range(3)]
    mentees = [Person(id=f"p{i:02}", role=Role.MENTEE, min_rounds=1) for i in range(13)]
    led = Count(count=Picker(role=Role.MENTOR), min=1)
    short = peers(rounds=1, seats=5, composition=(led,)).replace(people=(*three, *mentees))
    yield case("too few mentors", short, "composition min_rounds seats")
    mixed = changed(peers(composition=(Distinct(distinct="stage", min=3),)), stage="senior")
    mixed = changed(mixed, "p01", min_rounds=1)
    yield case("one stage where three are asked", mixed, "composition min_rounds", "p01")
    alone = peers(composition=(NotAlone(not_alone=Picker(trait="gender", value="w")),))
    alone = changed(alone, "p01", traits=(("gender", "w"),), min_rounds=1)
    yield case("nobody to be with", alone, "composition min_rounds", "p01")


def impossible() -> list[Case]:
    """Return the twenty."""
    return [*_pairs(), *_pins(), *_needs(), *_counts()]
