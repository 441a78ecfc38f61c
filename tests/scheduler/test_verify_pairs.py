"""The rules about pairs: three cases each, trivially kept, broken, and nearest allowed."""

from __future__ import annotations

from scheduler.findings import Violation
from scheduler.problem import Limit, Problem, RepeatLimit, Role
from scheduler.verify import verify_seats
from tests.builders_scheduler import (
    broken,
    make_hosted,
    make_people,
    make_person,
    make_problem,
    make_seats,
)

R1 = frozenset({"r1"})


# keep_apart


def test_keep_apart_both_out() -> None:
    assert broken(make_problem(keep_apart=(("b", "a"),)), "r1 t1 c d") == []


def test_keep_apart_at_one_table() -> None:
    found = verify_seats(make_problem(keep_apart=(("b", "a"),)), make_seats("r2 t1 a b"))

    assert found == (Violation(rule="keep_apart", people=("a", "b"), tables=("t1",), round="r2"),)


def test_keep_apart_at_two_tables_or_in_turn() -> None:
    problem = make_problem(keep_apart=(("b", "a"),))

    assert broken(problem, "r1 t1 a c", "r1 t2 b d", "r2 t2 a c") == []


# keep_apart_same


def make_colleagues(first: Role, second: Role) -> Problem:
    same = frozenset({"north"})
    people = (
        make_person("a", role=first, affiliations=same),
        make_person("b", role=second, affiliations=same | {"south"}),
        make_person("c", role=second, affiliations=frozenset({"south"})),
    )
    return make_problem(people=people, keep_apart_same=("affiliation",))


def test_keep_apart_same_nothing_in_common() -> None:
    assert broken(make_colleagues(Role.MENTOR, Role.MENTEE), "r1 t1 a c") == []


def test_keep_apart_same_affiliation_for_three_pairs_of_roles() -> None:
    pairs = [
        (first, second)
        for first in Role
        for second in Role
        if broken(make_colleagues(first, second), "r1 t1 a b") == ["keep_apart_same"]
    ]

    assert pairs == [
        (Role.MENTOR, Role.MENTEE),
        (Role.MENTEE, Role.MENTOR),
        (Role.MENTEE, Role.FACILITATOR),
        (Role.PEER, Role.FACILITATOR),
        (Role.FACILITATOR, Role.MENTEE),
        (Role.FACILITATOR, Role.PEER),
    ]


def test_keep_apart_same_only_where_asked_for() -> None:
    problem = make_colleagues(Role.MENTOR, Role.MENTEE).replace(keep_apart_same=())

    assert broken(problem, "r1 t1 a b c") == []


# together


def test_together_both_out() -> None:
    assert broken(make_problem(together=(("a", "b"),)), "r1 t1 c d") == []


def test_together_apart_or_one_out() -> None:
    problem = make_problem(together=(("a", "b"),))

    assert broken(problem, "r1 t1 a c", "r1 t2 b d") == ["together"]
    assert broken(problem, "r1 t1 a c d") == ["together"]


def test_together_does_not_bind_in_the_other_ones_absence() -> None:
    people = (make_person("a", rounds=R1), *make_people("b c d"))
    problem = make_problem(people=people, together=(("a", "b"),))

    assert broken(problem, "r1 t1 a b", "r2 t1 b c") == []


def test_together_with_the_host_of_an_idle_table_means_out() -> None:
    problem = make_hosted(together=(("a", "m"),))

    assert broken(problem, "r1 t1 m", "r2 t1 m a") == []
    assert broken(problem, "r1 t1 m", "r2 t1 m b") == ["together"]
    assert broken(problem, "r1 t1 m", "r1 t2 a b", "r2 t1 m") == ["together"]


# must_meet


def test_must_meet_once() -> None:
    assert broken(make_problem(must_meet=(("a", "b"),)), "r2 t1 a b") == []


def test_must_meet_never() -> None:
    found = broken(make_problem(must_meet=(("a", "b"),)), "r1 t1 a c", "r2 t1 b c")

    assert found == ["must_meet"]


def test_must_meet_in_history_is_enough() -> None:
    previous = make_seats("r1 t1 a b")
    problem = make_problem(must_meet=(("a", "b"),), previous=previous, frozen_rounds=("r1",))

    assert broken(problem, "r1 t1 a b") == []


# repeats


def test_repeats_new_partners() -> None:
    assert broken(make_hosted(), "r1 t1 m a", "r2 t1 m b") == []


def test_repeats_mentor_and_mentee_twice() -> None:
    found = verify_seats(make_hosted(), make_seats("r1 t1 m a", "r2 t1 m a"))

    assert found == (Violation(rule="repeats", people=("a", "m"), round="r2", detail="2 rounds"),)


def test_repeats_met_before_this_block() -> None:
    problem = make_hosted(past_meetings=(("a", "m"),))

    assert broken(problem, "r1 t1 m a", "r2 t1 m") == ["repeats"]


def test_repeats_avoided_or_freed_pairs_may() -> None:
    entry = RepeatLimit(between=(Role.MENTEE, Role.MENTOR), limit=Limit.FREE)

    assert broken(make_problem(), "r1 t1 a b", "r2 t1 a b") == []
    assert broken(make_hosted(repeats=(entry,)), "r1 t1 m a", "r2 t1 m a") == []
    assert broken(make_hosted(together=(("a", "m"),)), "r1 t1 m a", "r2 t1 m a") == []


def test_repeats_own_limit_of_another_pair_of_roles() -> None:
    entry = RepeatLimit(between=(Role.PEER, Role.PEER), limit=Limit.NEVER)

    assert broken(make_problem(repeats=(entry,)), "r1 t1 a b", "r2 t1 a b") == ["repeats"]


def test_repeats_hosts_of_one_table_are_no_pair() -> None:
    people = (
        make_person("m", role=Role.MENTOR, table="t1"),
        make_person("n", role=Role.MENTEE, table="t1"),
    )

    assert broken(make_problem(people=people), "r1 t1 m n", "r2 t1 m n") == []
