"""Weighing an edit says what scoring and checking the whole plan again says."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.arrays import Arrays
from scheduler.edits import Edit, Outcome, Scene, applied, edits_of, weigh
from scheduler.findings import Violation
from scheduler.problem import Goal, GoalName, Problem, Seat
from scheduler.score import goal_values
from scheduler.verify import verify_seats
from tests.builders_scheduler import make_problem, make_seats
from tests.strategies import easy_problems, problems, seatings

EVERY = tuple(Goal(goal=goal) for goal in GoalName)
Key = tuple[str, tuple[str, ...], tuple[str, ...], str | None]


def keys(found: Iterable[Violation]) -> set[Key]:
    return {(one.rule, one.people, one.tables, one.round) for one in found}


@st.composite
def edits(draw: st.DrawFn, problem: Problem) -> Edit:
    """One to three people to any table, or to none."""
    people = st.sampled_from([one.id for one in problem.people])
    moving = draw(st.lists(people, unique=True, min_size=1, max_size=3))
    places = st.none() | st.sampled_from([one.id for one in problem.tables])
    return Edit(
        round=draw(st.sampled_from([one.id for one in problem.rounds])),
        moves=tuple((name, draw(places)) for name in moving),
    )


def after(problem: Problem, seats: tuple[Seat, ...], edit: Edit) -> tuple[Seat, ...]:
    moved = dict(edit.moves)
    kept = [seat for seat in seats if seat.round != edit.round or seat.person not in moved]
    kept += [Seat(name, edit.round, table) for name, table in moved.items() if table]
    arrays = Arrays(problem)
    return arrays.seats_from(arrays.seating_from(tuple(kept)))


@given(data=st.data(), problem=problems() | easy_problems())
@settings(max_examples=150)
def test_outcome_is_what_scoring_and_checking_again_finds(
    data: st.DataObject, problem: Problem
) -> None:
    problem = problem.replace(goals=EVERY)
    arrays = Arrays(problem)
    seats = arrays.seats_from(data.draw(seatings(arrays)))
    edit = data.draw(edits(problem))
    scene = Scene(problem, seats)

    outcome = weigh(scene, edit)

    new = after(problem, seats, edit)
    values = goal_values(arrays, arrays.seating_from(new), EVERY)
    steps = {step.goal: step.after for step in outcome.steps}
    found = [steps.get(goal, before) for goal, before in scene.values.items()]
    assert found == pytest.approx(values, rel=1e-6, abs=1e-6)
    assert applied(scene, edit) == new
    if edit.round not in problem.frozen_rounds:
        broken = keys(verify_seats(problem, new))
        assert broken - keys(verify_seats(problem, seats)) <= keys(outcome.broken) <= broken
    else:
        assert (outcome.broken == ()) == (new == seats)


@given(data=st.data(), problem=easy_problems())
@settings(max_examples=40)
def test_pairs_that_meet_again_are_those_that_cost(data: st.DataObject, problem: Problem) -> None:
    problem = problem.replace(goals=(Goal(goal=GoalName.REPEATS),), frozen_rounds=())
    arrays = Arrays(problem)
    scene = Scene(problem, arrays.seats_from(data.draw(seatings(arrays))))
    person = data.draw(st.sampled_from(sorted(scene.people)))
    round_id = data.draw(st.sampled_from(scene.rounds))

    for edit in edits_of(scene, person, round_id):
        outcome = weigh(scene, edit)

        lost = len(outcome.again) + sum(step.gain for step in outcome.steps)
        assert lost >= 0


def test_every_other_place_is_offered_once() -> None:
    problem = make_problem(tables=3, people="a b c d e")
    scene = Scene(problem, make_seats("r1 t1 a b", "r1 t2 c d"))

    moves = [edit.moves for edit in edits_of(scene, "a", "r1")]

    assert moves == [
        (("a", None),),
        (("a", "t2"),),
        (("a", "t3"),),
        (("a", "t2"), ("c", "t1")),
        (("a", "t2"), ("d", "t1")),
        (("a", None), ("e", "t1")),
    ]


def test_who_sits_out_may_take_a_seat_or_change_with_somebody() -> None:
    scene = Scene(make_problem(people="a b c"), make_seats("r1 t1 a b"))

    moves = [edit.moves for edit in edits_of(scene, "c", "r1")]

    assert moves == [
        (("c", "t1"),),
        (("c", "t2"),),
        (("c", "t1"), ("a", None)),
        (("c", "t1"), ("b", None)),
    ]


def test_history_is_not_edited() -> None:
    problem = make_problem(frozen_rounds=("r1",), previous=make_seats("r1 t1 a b"))
    scene = Scene(problem, make_seats("r1 t1 a b"))

    outcome = weigh(scene, Edit(round="r1", moves=(("a", "t2"),)))

    assert [one.rule for one in outcome.broken] == ["frozen_rounds"]


def test_a_place_somebody_has_already_changes_nothing() -> None:
    scene = Scene(make_problem(), make_seats("r1 t1 a b"))
    edit = Edit(round="r1", moves=(("a", "t1"),))

    outcome = weigh(scene, edit)

    assert outcome == Outcome(edit=edit, steps=(), broken=())
