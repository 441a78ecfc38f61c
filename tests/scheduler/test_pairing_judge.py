from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from scheduler.arrays import Arrays
from scheduler.atoms import Atom, atoms, lifted
from scheduler.explain import Judge, Verdict, explain, irreducible
from scheduler.explain.core import _Filter
from scheduler.explain.pairing_judge import PairingJudge
from scheduler.model.pairing_seats import SeatLimits
from scheduler.problem import GoalName, Limit, Person, Problem, RepeatLimit, Role, Round, Table
from scheduler.rotation import Rotation
from scheduler.score import goal_value
from scheduler.verify import verify_seats
from tests.benchmarks.shapes import everybody_s_best, p3
from tests.scheduler.generated import all_plans

FREE = (RepeatLimit(between=(Role.MENTEE, Role.MENTEE), limit=Limit.FREE),)
FIT = GoalName.FIT
TIGHT: dict[str, Any] = {"mentors": 8, "mentees": 24, "rounds": 4, "seats": 3}
"""As many seats as mentees: not everybody has the best mentors."""


def make_mentoring(
    *, fit: tuple[tuple[str, str, float], ...], mentors: int = 2, mentees: int = 3, rounds: int = 2
) -> Problem:
    """Mentors m0 ... at tables t0 ... with one seat for a mentee, who are p0 ..."""
    hosts = [Person(id=f"m{i}", role=Role.MENTOR, table=f"t{i}") for i in range(mentors)]
    movers = [Person(id=f"p{i}", role=Role.MENTEE) for i in range(mentees)]
    return Problem(
        rounds=tuple(Round(id=f"r{i}") for i in range(rounds)),
        tables=tuple(Table(id=f"t{i}", seats=2) for i in range(mentors)),
        people=(*hosts, *movers),
        repeats=FREE,
        fit=fit,
    )


def make_drawn(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    pairs = itertools.product(range(3), range(2))
    return make_mentoring(
        fit=tuple((f"p{p}", f"m{m}", float(rng.integers(1, 6))) for p, m in pairs)
    )


def seats_of(problem: Problem) -> list[Atom]:
    return [atom for atom in atoms(problem) if atom.rule == "seats"]


def best_fit(problem: Problem) -> float:
    return max(goal_value(Arrays(problem), seating, FIT) for seating in all_plans(problem))


def both_like_m0() -> Problem:
    """Two mentees like one mentor, who has one seat in one round."""
    fit = (("p0", "m0", 10.0), ("p1", "m0", 10.0), ("p2", "m2", 5.0))
    return make_mentoring(mentors=3, rounds=1, fit=fit)


def test_seats_of_the_table_that_all_want_are_to_blame() -> None:
    problem = both_like_m0()
    pieces = seats_of(problem)
    judge = PairingJudge(problem, pieces, ((FIT, 25.0),), seed=1)

    verdicts = [judge.without(some, 5.0) for some in ([], *([piece] for piece in pieces))]

    assert verdicts == [
        Verdict.IMPOSSIBLE,
        Verdict.POSSIBLE,
        Verdict.IMPOSSIBLE,
        Verdict.IMPOSSIBLE,
    ]
    assert verify_seats(lifted(problem, pieces[:1]), judge.witness) == ()


def test_explain_names_those_seats_alone() -> None:
    explanation = explain(both_like_m0(), wanted=((FIT, 25.0),))

    assert [(finding.rule, finding.tables) for finding in explanation.findings] == [
        ("seats", ("t0",)),
        ("fit", ()),
    ]
    assert explanation.is_irreducible


@pytest.mark.parametrize("seed", range(3))
def test_verdicts_are_those_of_trying_everything(seed: int) -> None:
    problem = make_drawn(seed)
    pieces = seats_of(problem)
    value = best_fit(problem) + 1.0
    judge = PairingJudge(problem, pieces, ((FIT, value),), seed=1)

    sets = [some for size in range(3) for some in itertools.combinations(pieces, size)]
    verdicts = [judge.without(some, 5.0) is Verdict.POSSIBLE for some in sets]

    assert verdicts == [best_fit(lifted(problem, some)) >= value for some in sets]


@pytest.mark.parametrize("seed", range(2))
def test_every_piece_for_a_wanted_fit_is_needed(seed: int) -> None:
    problem = make_drawn(seed)
    value = best_fit(problem) + 1.0
    pieces = atoms(problem)

    core = irreducible(problem, pieces, Judge(((FIT, value),), math.inf, 1))

    others = [piece for piece in pieces if piece not in core.pieces]
    assert core.is_irreducible
    assert best_fit(lifted(problem, others)) < value
    for piece in core.pieces:
        assert best_fit(lifted(problem, [*others, piece])) >= value


def test_a_program_that_goes_on_finds_what_a_new_one_finds() -> None:
    problem = p3(**TIGHT)
    unlimited, limited = (
        Rotation(Arrays(lifted(problem, seats_of(problem)))),
        Rotation(Arrays(problem)),
    )
    wanted = ((GoalName.ATTENDANCE, 90.0), (FIT, 0.0))
    names = sorted(table.id for table in problem.tables)
    going_on = SeatLimits(unlimited, limited, wanted, seed=1)

    sets = [set(names[i : i + i % 3]) for i in range(len(names))]
    again = [going_on.most(some, 5.0) for some in sets]
    anew = [SeatLimits(unlimited, limited, wanted, seed=1).most(some, 5.0) for some in sets]

    assert again == pytest.approx(anew)
    assert len(set(again)) > 1


def test_what_is_held_and_cannot_be_rules_every_plan_out() -> None:
    problem = both_like_m0()
    rotation = Rotation(Arrays(problem))
    wanted = ((GoalName.ATTENDANCE, 4.0), (FIT, 0.0))

    limits = SeatLimits(rotation, rotation, wanted, seed=1)

    assert limits.most((), 5.0) == -math.inf
    assert limits.counts() is None


def test_programs_are_for_what_meetings_decide() -> None:
    rotation = Rotation(Arrays(both_like_m0()))
    floor, fit, repeats = (GoalName.FIT_FLOOR, 1.0), (FIT, 1.0), (GoalName.REPEATS, 0.0)

    fine = [SeatLimits.applies(rotation, some) for some in ((floor, fit), (fit,))]
    not_so = [SeatLimits.applies(rotation, some) for some in ((fit, floor), (repeats, fit), ())]

    assert (fine, not_so) == ([True] * 2, [False] * 3)


def test_a_judge_of_pairs_knows_nothing_of_peers() -> None:
    peers = Problem(
        rounds=(Round(id="r1"),),
        tables=(Table(id="t1", seats=2),),
        people=tuple(Person(id=f"p{i}", role=Role.PEER) for i in range(3)),
    )

    judge = PairingJudge(peers, seats_of(peers), ((GoalName.ATTENDANCE, 3.0),), seed=1)

    assert not judge.applies
    assert judge.without((), 5.0) is Verdict.NOT_FOUND


def test_explain_of_everybody_s_best_mentors_is_irreducible() -> None:
    problem = p3(**TIGHT)

    explanation = explain(problem, wanted=((FIT, everybody_s_best(problem)),))

    assert explanation.is_irreducible
    assert {finding.rule for finding in explanation.findings} == {"seats", "fit"}


def test_a_plan_that_keeps_more_rules_shows_what_is_needed() -> None:
    problem = both_like_m0()
    pieces = atoms(problem)
    t0, t1, _ = seats_of(problem)
    judge = Judge(((FIT, 25.0),), math.inf, 1)
    search = _Filter(problem, pieces, judge, kept=list(pieces))

    before = [search.by_seats([piece]) for piece in (t0, t1)]
    search.kept = [piece for piece in pieces if piece.rule != "repeats"]
    after = [search.by_seats([piece]) for piece in (t0, t1)]

    assert before == [Verdict.POSSIBLE, Verdict.IMPOSSIBLE]
    assert after == [Verdict.POSSIBLE, Verdict.NOT_FOUND]
