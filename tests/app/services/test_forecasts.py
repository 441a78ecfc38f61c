"""What numbers allow, by the planner's bounds; the figures of the drawing among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.enums import Role
from app.services import forecasts, preset_rules
from app.services.forecasts import Numbers, Raise
from tests.app.services.roster_builders import make_mentor, make_person, make_roster
from tests.builders import make_event, planned_block

STAGES = ("student", "resident", "senior")


def make_numbers(mentors: int, mentees: int, rounds: int, seats: int, **others: Any) -> Numbers:
    people = {Role.MENTOR: mentors, Role.MENTEE: mentees}
    return Numbers(
        people=people, rounds=rounds, tables=others.pop("tables", mentors), seats=seats, **others
    )


def forecast(numbers: Numbers, rules: dict[str, Any], stages: Sequence[str]) -> forecasts.Forecast:
    return forecasts.forecast(numbers, rules, stages, memory=forecasts.Memory())


def test_the_evening_of_the_drawing() -> None:
    found = forecast(make_numbers(9, 32, 6, 3), preset_rules.speed(), STAGES)

    assert (found.allows.reach, found.allows.sits_out) == (5, 5)
    assert (found.allows.movers, found.allows.further) == (32, 2)
    assert Raise(what="one more mentor", reach=5, further=20) in found.raises
    assert found.raises[0] == Raise(what="one more seat at each table", reach=6, further=0)


@pytest.mark.parametrize(
    ("numbers", "reach"),
    [
        (make_numbers(6, 7, 7, 1), 6),
        (make_numbers(60, 49, 5, 1), 5),
        (make_numbers(3, 12, 6, 4), 3),
        (make_numbers(3, 12, 2, 4), 2),
        (make_numbers(9, 9, 6, 1, tables=4), 2),
    ],
)
def test_reach_is_bounded_by_rounds_mentors_seats_and_tables(numbers: Numbers, reach: int) -> None:
    assert forecast(numbers, preset_rules.speed(), ()).allows.reach == reach


@pytest.mark.parametrize(("seats", "said"), [(None, 3), (2, 1), (3, 2), (9, 3)])
def test_a_table_takes_no_more_than_it_has_seats(
    session: Session, seats: int | None, said: int
) -> None:
    rules = preset_rules.speed()
    for entry in rules["composition"]:
        if entry["count"]["role"] == "mentee":
            entry["max"] = 3
    block = planned_block(make_event(session, seats=seats, rules=rules))

    assert forecasts.numbers_of(block, {}).seats == said


def test_nothing_raises_what_is_full_but_another_round() -> None:
    found = forecast(make_numbers(6, 6, 4, 1), preset_rules.speed(), ())

    assert found.allows.is_full
    assert [one.what for one in found.raises] == ["one more round"]


def test_nobody_is_no_error() -> None:
    found = forecast(make_numbers(0, 5, 3, 1), preset_rules.speed(), ())

    assert (found.allows.reach, found.allows.movers, found.raises) == (0, 0, ())


def test_a_mix_of_stages_is_promised_only_where_there_are_enough() -> None:
    rules = preset_rules.families()
    numbers = make_numbers(3, 12, 2, 4)

    found = [forecast(numbers, rules, STAGES[:at]).allows.stages_mix for at in (3, 2, 0)]

    assert found == [True, False, False]
    assert forecast(numbers, preset_rules.speed(), STAGES).allows.stages_mix is None


def test_peers_who_have_to_meet_again_are_counted() -> None:
    numbers = Numbers(people={Role.PEER: 8}, rounds=5, tables=2, seats=4)

    found = forecast(numbers, preset_rules.mixer(), STAGES)

    assert found.allows.again > 0
    assert found.allows.meets is None


def test_todays_people_keep_their_absences_with_other_numbers() -> None:
    roster = make_roster(
        *(make_mentor(f"m{at}") for at in range(4)),
        make_person("p1", rounds=frozenset({"r1"})),
        make_person("p2"),
        tables=4,
        rounds=3,
    )
    numbers = make_numbers(4, 2, 4, 1)

    found = forecasts.with_sign_ups(
        roster, numbers, preset_rules.speed(), memory=forecasts.Memory()
    )

    assert (found.rounds, found.reach) == (4, 4)  # rounds that somebody misses count as had
    assert found.people == {Role.MENTOR: 4, Role.MENTEE: 2}


def test_seats_and_roles_are_read_from_the_rules() -> None:
    assert forecasts.seats_of(preset_rules.families()) == 6
    assert forecasts.roles_of(preset_rules.families()) == (Role.MENTOR, Role.MENTEE)
    assert forecasts.roles_of(preset_rules.mixer()) == (Role.PEER,)


def test_minutes_are_those_of_rounds_and_moves() -> None:
    numbers = make_numbers(1, 1, 6, 1, minutes=10, changeover_minutes=2)

    assert numbers.takes_minutes == 70
