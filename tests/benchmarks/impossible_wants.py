"""Twenty problems with plans, none of which reaches the value that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem import Count, GoalName, Picker, Role, Seat
from tests.benchmarks.impossible import Case, case, changed, featured, names, peers, speed
from tests.benchmarks.shapes import everybody_s_best, p3

FLOOR, ALL = GoalName.ATTENDANCE_FLOOR, GoalName.ATTENDANCE
MENTOR = "m00"


def _attendance() -> Iterator[Case]:
    crowd = peers(people=22)
    yield case("22 people on 20 seats", crowd, "seats", wanted=[(ALL, 66.0)])
    yield case("a seat for each in every round", crowd, "seats", wanted=[(FLOOR, 3.0)])
    away = changed(peers(), "p00", rounds=frozenset({"r1"}))
    yield case("one is away", away, "availability", "p00", wanted=[(ALL, 60.0)])
    tired = changed(peers(), "p05", max_rounds=1)
    yield case("one may sit once", tired, "max_rounds", "p05", wanted=[(ALL, 60.0)])
    pair = (Count(count=Picker(role=Role.MENTEE), max=2),)
    yield case("two to a mentor", speed(composition=pair), "composition", wanted=[(ALL, 96.0)])
    suited = changed(featured(peers(), "t00", "quiet"), *names(6), needs=frozenset({"quiet"}))
    yield case("six for a quiet table of four", suited, "needs seats", wanted=[(FLOOR, 3.0)])
    hospital = changed(speed(), affiliations=frozenset({"h"}))
    hospital = changed(hospital, *names(4, "m"), affiliations=frozenset({"h"}))
    apart = hospital.replace(keep_apart_same=("affiliation",))
    same = "keep_apart_same seats repeats"
    yield case("half of the mentors are colleagues", apart, same, wanted=[(ALL, 96.0)])
    large = p3(mentees=205)
    yield case("205 mentees on 200 seats", large, "seats", wanted=[(ALL, 1230.0)])


def _fit() -> Iterator[Case]:
    # One table has 3 seats for mentees in 4 rounds.
    liked = tuple((name, MENTOR, 1.0) for name in names(24))
    popular = speed(fit=liked)
    yield case("a popular mentor", popular, "seats", wanted=[(GoalName.FIT, 13.0)])
    yield case("fit for everybody", popular, "seats", wanted=[(GoalName.FIT_FLOOR, 1.0)])
    wished = speed(wishes=liked)
    yield case("all wish one mentor", wished, "seats", wanted=[(GoalName.WISHES, 24.0)])
    yield case("a wish for each", wished, "seats", wanted=[(GoalName.WISHES_FLOOR, 13.0)])
    refused = speed(wishes=(("p00", MENTOR, 1.0),), keep_apart=(("p00", MENTOR),))
    apart = [(GoalName.WISHES, 1.0)]
    yield case("a wish x keep apart", refused, "keep_apart", "p00", MENTOR, wanted=apart)
    large = p3()
    best = everybody_s_best(large)
    yield case("everybody's best mentors", large, "seats", wanted=[(GoalName.FIT, best)])


def _shape() -> Iterator[Case]:
    even = [(ALL, 20.0), (GoalName.BALANCE, 0.0)]
    ten = peers(people=10, tables=3, rounds=2)
    yield case("ten people in even tables of four", ten, "seats", wanted=even)
    away = changed(speed(mentors=3, mentees=3, rounds=3), "p00", rounds=frozenset({"r1"}))
    busy = [(GoalName.HOSTS_FLOOR, 3.0)]
    yield case("a host with nobody to talk to", away, "availability", "p00", wanted=busy)
    stages = peers(people=6, tables=3, seats=2, rounds=1)
    for number, stage in enumerate(("student", "fellow", "senior")):
        stages = changed(stages, *names(6)[2 * number : 2 * number + 2], stage=stage)
    mixed = [(GoalName.STAGE_MIX, 12.0)]
    yield case("three stages at tables of two", stages, "seats", wanted=mixed)
    strangers = peers(people=8, tables=2, rounds=2, repeats=())
    fresh = [(ALL, 16.0), (GoalName.REPEATS, 0.0)]
    yield case("too few tables to meet others", strangers, "", wanted=fresh)


def _changes() -> Iterator[Case]:
    seats = tuple(Seat(f"p{i:02}", r, f"t{i // 4:02}") for r in ("r1", "r2") for i in range(8))
    before = peers(tables=2, people=8, rounds=2, previous=seats)
    none = [(GoalName.CHANGES, 0.0)]
    apart = before.replace(keep_apart=(("p00", "p01"),))
    yield case("kept seats x keep apart", apart, "keep_apart", "p00", "p01", wanted=none)
    pinned = before.replace(pins=(Seat("p00", "r1", "t01"),))
    yield case("kept seats x a pin", pinned, "pins", "p00", wanted=none)


def unreachable() -> list[Case]:
    """Return the twenty."""
    return [*_attendance(), *_fit(), *_shape(), *_changes()]
