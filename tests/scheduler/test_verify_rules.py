"""Three cases a rule: trivially kept, broken, and the nearest that is still allowed."""

from __future__ import annotations

from scheduler.findings import Violation
from scheduler.problem import (
    Count,
    Distinct,
    Limit,
    NotAlone,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Seat,
    Table,
)
from scheduler.verify import verify_seats
from tests.builders_scheduler import (
    make_people,
    make_person,
    make_problem,
    make_seats,
    make_tables,
)

R1 = frozenset({"r1"})
R2 = frozenset({"r2"})


def broken(problem: Problem, *lines: str) -> list[str]:
    """Names of the rules that the seats break, once per violation."""
    return [violation.rule for violation in verify_seats(problem, make_seats(*lines))]


def make_hosted(**fields: object) -> Problem:
    """One mentor at t1, three mentees, two rounds."""
    return make_problem(
        people=(
            make_person("m", role=Role.MENTOR, table="t1"),
            *make_people("a b c", role=Role.MENTEE),
        ),
        **fields,
    )


# one_seat


def test_one_seat_nobody_seated() -> None:
    assert broken(make_problem()) == []


def test_one_seat_at_two_tables_at_once() -> None:
    assert broken(make_problem(), "r1 t1 a b", "r1 t2 a c") == ["one_seat"]


def test_one_seat_listed_twice() -> None:
    seats = (*make_seats("r1 t1 a b"), Seat("a", "r1", "t1"))

    found = verify_seats(make_problem(), seats)

    assert found == (
        Violation(rule="one_seat", people=("a",), round="r1", detail="listed 2 times"),
    )


def test_one_seat_in_every_round() -> None:
    assert broken(make_problem(), "r1 t1 a b c d", "r2 t2 a b c d") == []


# availability


def test_availability_absent_and_out() -> None:
    people = (*make_people("a b"), make_person("c", rounds=R2))

    assert broken(make_problem(people=people), "r1 t1 a b") == []


def test_availability_absent_but_seated() -> None:
    people = (*make_people("a b"), make_person("c", rounds=R2))

    assert broken(make_problem(people=people), "r1 t1 a b c") == ["availability"]


def test_availability_closed_table() -> None:
    tables = (Table(id="t1", rounds=R2), Table(id="t2"))

    assert broken(make_problem(tables=tables), "r1 t1 a b") == ["availability"] * 2


def test_availability_unknown_person_table_and_round() -> None:
    seats = make_seats("r1 t1 a b z", "r1 t9 c d", "r9 t1 a")

    found = verify_seats(make_problem(), seats)

    assert [violation.detail for violation in found] == [
        "no such person",
        "no such table",
        "no such table",
        "no such round",
    ]
    assert {violation.rule for violation in found} == {"availability"}


def test_availability_there_in_just_that_round() -> None:
    tables = (Table(id="t1", rounds=R1), Table(id="t2"))
    people = (*make_people("a b"), make_person("c", rounds=R1))

    assert broken(make_problem(tables=tables, people=people), "r1 t1 a b c") == []


# needs


def make_needy() -> Problem:
    tables = (Table(id="t1", features=frozenset({"quiet", "ramp"})), Table(id="t2"))
    people = (make_person("a", needs=frozenset({"ramp"})), *make_people("b c"))
    return make_problem(tables=tables, people=people)


def test_needs_out() -> None:
    assert broken(make_needy(), "r1 t2 b c") == []


def test_needs_not_met() -> None:
    assert broken(make_needy(), "r1 t2 a b") == ["needs"]


def test_needs_met_by_more_features() -> None:
    assert broken(make_needy(), "r1 t1 a b", "r1 t2 c") == ["company"]
    assert broken(make_needy(), "r1 t1 a b c") == []


# seats


def test_seats_without_limit() -> None:
    assert broken(make_problem(), "r1 t1 a b c d") == []


def test_seats_one_too_many() -> None:
    assert broken(make_problem(tables=make_tables(2, seats=3)), "r1 t1 a b c d") == ["seats"]


def test_seats_full() -> None:
    assert broken(make_problem(tables=make_tables(2, seats=4)), "r1 t1 a b c d") == []


def test_seats_count_the_hosts_of_an_idle_table() -> None:
    hosts = make_people("m n", role=Role.MENTOR, table="t1")
    problem = make_problem(rounds=1, tables=make_tables(1, seats=1), people=hosts)

    assert broken(problem, "r1 t1 m n") == ["seats"]


# host


def test_host_at_the_own_table() -> None:
    assert broken(make_hosted(), "r1 t1 m a", "r2 t1 m") == []


def test_host_away() -> None:
    assert broken(make_hosted(), "r1 t1 m", "r2 t2 m a") == ["host"]


def test_host_missing() -> None:
    assert broken(make_hosted(), "r1 t1 m") == ["host"]


def test_host_may_be_absent_or_the_table_closed() -> None:
    people = (make_person("m", role=Role.MENTOR, table="t1", rounds=R1), *make_people("a b"))
    absent = make_problem(people=people)
    closed = make_hosted().replace(tables=(Table(id="t1", rounds=R1), Table(id="t2")))

    assert broken(absent, "r1 t1 m", "r2 t1 a b") == []
    assert broken(closed, "r1 t1 m") == []


# max_rounds


def test_max_rounds_out() -> None:
    people = (make_person("a", max_rounds=1), *make_people("b c"))

    assert broken(make_problem(people=people), "r1 t1 b c", "r2 t1 b c") == []


def test_max_rounds_one_too_many() -> None:
    people = (make_person("a", max_rounds=1), *make_people("b c"))

    assert broken(make_problem(people=people), "r1 t1 a b", "r2 t1 a c") == ["max_rounds"]


def test_max_rounds_reached() -> None:
    people = (make_person("a", max_rounds=2), *make_people("b c"))

    assert broken(make_problem(people=people), "r1 t1 a b", "r2 t1 a c") == []


def test_max_rounds_of_a_host_counts_rounds_in_use() -> None:
    host = make_person("m", role=Role.MENTOR, table="t1", max_rounds=1)
    problem = make_problem(people=(host, *make_people("a b")))

    assert broken(problem, "r1 t1 m a", "r2 t1 m") == []
    assert broken(problem, "r1 t1 m a", "r2 t1 m b") == ["max_rounds"]


# min_rounds


def test_min_rounds_nothing_asked() -> None:
    people = (make_person("a", min_rounds=0), *make_people("b c"))

    assert broken(make_problem(people=people)) == []


def test_min_rounds_one_too_few() -> None:
    people = (make_person("a", min_rounds=2), *make_people("b c"))

    assert broken(make_problem(people=people), "r1 t1 a b") == ["min_rounds"]


def test_min_rounds_just_reached() -> None:
    people = (make_person("a", min_rounds=1), *make_people("b c"))

    assert broken(make_problem(people=people), "r1 t1 a b") == []


def test_min_rounds_of_a_host_counts_rounds_in_use() -> None:
    host = make_person("m", role=Role.MENTOR, table="t1", min_rounds=2)
    problem = make_problem(people=(host, *make_people("a b")))

    assert broken(problem, "r1 t1 m a", "r2 t1 m") == ["min_rounds"]
    assert broken(problem, "r1 t1 m a", "r2 t1 m b") == []


# company


def test_company_empty_table() -> None:
    assert broken(make_problem(), "r1 t1 a b") == []


def test_company_mover_alone() -> None:
    assert broken(make_problem(), "r1 t1 a") == ["company"]


def test_company_host_alone_and_mover_with_host() -> None:
    assert broken(make_hosted(), "r1 t1 m", "r2 t1 m a") == []


# composition


def one_mentor(**fields: object) -> Problem:
    entry = Count(count=Picker(role="mentor"), min=1, max=1)
    return make_problem(
        people=(*make_people("m n", role=Role.MENTOR), *make_people("a b", role=Role.MENTEE)),
        composition=(entry,),
        **fields,
    )


def test_composition_does_not_apply_to_an_idle_table() -> None:
    entry = Count(count=Picker(), min=3)

    assert broken(make_hosted(composition=(entry,)), "r1 t1 m", "r2 t1 m a b") == []


def test_composition_count_too_few_and_too_many() -> None:
    assert broken(one_mentor(), "r1 t1 a b") == ["composition"]
    assert broken(one_mentor(), "r1 t1 a m n") == ["composition"]


def test_composition_count_exact() -> None:
    assert broken(one_mentor(), "r1 t1 a m", "r1 t2 b n") == []


def test_composition_only_at_its_tables() -> None:
    entry = Count(count=Picker(), min=3, tables=frozenset({"t2"}))
    problem = make_problem(composition=(entry,))

    assert broken(problem, "r1 t1 a b") == []
    assert broken(problem, "r1 t2 a b") == ["composition"]
    assert broken(problem, "r1 t2 a b c") == []


def test_composition_distinct_stages() -> None:
    people = (
        *make_people("a b", stage="student"),
        make_person("c", stage="senior"),
        make_person("d"),
    )
    problem = make_problem(people=people, composition=(Distinct(distinct="stage", min=2),))

    assert broken(problem) == []
    assert broken(problem, "r1 t1 a b d") == ["composition"]
    assert broken(problem, "r1 t1 a c") == []


def test_composition_distinct_affiliations() -> None:
    people = (
        make_person("a", affiliations=frozenset({"north", "south"})),
        make_person("b", affiliations=frozenset({"north"})),
        make_person("c", affiliations=frozenset({"east"})),
    )
    problem = make_problem(people=people, composition=(Distinct(distinct="affiliation", max=2),))

    assert broken(problem) == []
    assert broken(problem, "r1 t1 a c") == ["composition"]
    assert broken(problem, "r1 t1 a b") == []


def test_composition_not_alone() -> None:
    women = make_people("a b", traits=(("gender", "w"),))
    entry = NotAlone(not_alone=Picker(trait="gender", value="w"))
    problem = make_problem(people=(*women, *make_people("c d")), composition=(entry,))

    assert broken(problem, "r1 t1 c d") == []
    assert broken(problem, "r1 t1 a c d") == ["composition"]
    assert broken(problem, "r1 t1 a b c") == []


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


# pins


def test_pins_kept() -> None:
    assert broken(make_problem(pins=(Seat("a", "r1", "t1"),)), "r1 t1 a b") == []


def test_pins_elsewhere_or_out() -> None:
    problem = make_problem(pins=(Seat("a", "r1", "t1"),))

    assert broken(problem, "r1 t2 a b") == ["pins"]
    assert broken(problem, "r2 t1 a b") == ["pins"]


def test_pins_of_history_bind_nobody() -> None:
    previous = make_seats("r1 t2 a b")
    pins = (Seat("a", "r1", "t1"),)
    problem = make_problem(pins=pins, previous=previous, frozen_rounds=("r1",))

    assert broken(problem, "r1 t2 a b") == []


# frozen_rounds


def make_history(*lines: str, **fields: object) -> Problem:
    return make_hosted(previous=make_seats(*lines), frozen_rounds=("r1",), **fields)


def test_frozen_rounds_as_they_were() -> None:
    assert broken(make_history("r1 t2 a b"), "r1 t2 a b", "r2 t1 m") == []


def test_frozen_rounds_changed() -> None:
    found = verify_seats(make_history("r1 t2 a b"), make_seats("r1 t2 a c", "r2 t1 m"))

    assert [(v.rule, v.people, v.detail) for v in found] == [
        ("frozen_rounds", ("b",), "missing from history"),
        ("frozen_rounds", ("c",), "not in history"),
    ]


def test_frozen_rounds_listed_twice() -> None:
    seats = (*make_seats("r1 t2 a b", "r2 t1 m"), Seat("a", "r1", "t2"))

    found = verify_seats(make_history("r1 t2 a b"), seats)

    assert [(v.rule, v.detail) for v in found] == [("frozen_rounds", "listed 2 times")]


def test_frozen_rounds_drop_people_no_longer_there() -> None:
    problem = make_history("r1 t2 a gone")

    assert broken(problem, "r1 t2 a", "r2 t1 m") == []
    assert broken(problem, "r1 t2 a gone", "r2 t1 m") == ["frozen_rounds"]


def test_frozen_rounds_keep_no_other_rule() -> None:
    problem = make_history(
        "r1 t9 a b c",
        keep_apart=(("a", "b"),),
        together=(("a", "m"),),
        composition=(Count(count=Picker(), max=2),),
    )

    assert broken(problem, "r1 t9 a b c", "r2 t1 m a") == []


def test_frozen_rounds_use_up_max_rounds() -> None:
    people = (make_person("a", max_rounds=1), *make_people("b c"))
    history = make_seats("r1 t1 a b")
    problem = make_problem(people=people, previous=history, frozen_rounds=("r1",))

    assert broken(problem, "r1 t1 a b", "r2 t1 a c") == ["max_rounds"]
    assert broken(problem, "r1 t1 a b", "r2 t1 b c") == []


def test_frozen_rounds_alone_may_exceed_max_rounds() -> None:
    people = (make_person("a", max_rounds=0), *make_people("b c"))
    history = make_seats("r1 t1 a b")
    problem = make_problem(people=people, previous=history, frozen_rounds=("r1",))

    assert broken(problem, "r1 t1 a b") == []


def test_frozen_rounds_count_for_never() -> None:
    problem = make_history("r1 t1 a m", past_meetings=(("b", "m"),))

    assert broken(problem, "r1 t1 a m", "r2 t1 a m") == ["repeats"]
    assert broken(problem, "r1 t1 a m", "r2 t1 c m") == []
    assert broken(problem, "r1 t1 a m", "r2 t1 b m") == ["repeats"]


def test_frozen_rounds_may_hold_a_meeting_that_never_should_have_been() -> None:
    problem = make_history("r1 t1 a m", past_meetings=(("a", "m"),))

    assert broken(problem, "r1 t1 a m", "r2 t1 m") == []
