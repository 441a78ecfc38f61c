"""Three cases a rule: trivially kept, broken, and the nearest that is still allowed."""

from __future__ import annotations

from scheduler.findings import Violation
from scheduler.problem import (
    Count,
    Distinct,
    NotAlone,
    Picker,
    Problem,
    Role,
    Seat,
    Table,
)
from scheduler.verify import verify_seats
from tests.builders_scheduler import (
    broken,
    make_hosted,
    make_people,
    make_person,
    make_problem,
    make_seats,
    make_tables,
)

R1 = frozenset({"r1"})
R2 = frozenset({"r2"})


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
