from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.enums import ConsentKind, Role, SignUpState
from app.errors import NothingToPlan
from app.services import preset_rules, presets, roster_csv
from app.services.planning import RulesDoNotFit, build_problem, feasibility
from app.services.planning.problem import prepare
from app.services.planning.view import SeatView
from app.services.roster import Roster, close_roster
from app.services.roster_csv import build as roster_csv_build
from scheduler import jsonio
from scheduler.entities import DEFAULT_GOALS
from tests.app.services.roster_builders import make_mentor, make_person, make_roster, make_table
from tests.builders import make_event, make_sign_up, planned_block

SAMPLES = Path(__file__).parents[2] / "samples"


def read_sample(name: str, preset_id: str, *, shuffle: int | None = None) -> Roster:
    """Return a sample's roster, its rows in another order on demand."""
    heading, *rows = (SAMPLES / f"{name}.csv").read_text("utf-8").splitlines()
    if shuffle is not None:
        Random(shuffle).shuffle(rows)
    preset = presets.get(preset_id)
    block = preset.planned_block
    file = roster_csv.read_people(
        "\n".join([heading, *rows]).encode(),
        rounds=block.rounds,
        roles=block.roles,
        stages=preset.stages,
    )
    return roster_csv_build.build_roster(file.people, preset)


def document(roster: Roster, rules: dict[str, Any] | None = None) -> dict[str, Any]:
    problem = build_problem(roster, rules or preset_rules.speed())
    found: dict[str, Any] = json.loads(jsonio.write_problem(problem))
    return found


def test_mentors_host_a_table_each_and_mentees_move() -> None:
    people = document(make_roster(make_mentor("p1"), make_mentor("p2"), make_person("p3")))[
        "people"
    ]

    assert [(one["id"], one.get("table")) for one in people] == [
        ("p1", "t1"),
        ("p2", "t2"),
        ("p3", None),
    ]


def test_tables_without_a_mentor_are_not_planned_with() -> None:
    roster = make_roster(make_mentor("p1"), make_person("p2"), tables=9)

    assert [table["id"] for table in document(roster)["tables"]] == ["t1"]


def test_a_mentor_with_a_need_gets_the_table_that_has_it() -> None:
    roster = make_roster(
        make_mentor("p1"),
        make_mentor("p2", needs=frozenset({"quiet"})),
        make_person("p3"),
        real_tables=(
            make_table(1, features=frozenset({"quiet"})),
            make_table(2, features=frozenset()),
        ),
    )

    assert prepare(roster, preset_rules.speed()).hosts == {"p2": "t1", "p1": "t2"}


def test_who_cannot_be_seated_is_left_out_with_the_reason() -> None:
    roster = make_roster(
        make_mentor("p1"),
        make_mentor("p2"),
        make_person("p3"),
        make_person("p4", needs=frozenset({"step_free"})),
        real_tables=(make_table(1, features=frozenset()),),
    )

    prepared = prepare(roster, preset_rules.speed())

    assert [(one.person_id, one.reason) for one in prepared.left_out] == [
        ("p2", "no table is left for another mentor"),
        ("p4", "no table in use has step free"),
    ]
    assert [person.id for person in prepared.problem.people] == ["p1", "p3"]


def test_three_mentors_share_a_station_but_never_two_who_are_kept_apart() -> None:
    mentors = [make_mentor(f"p{number}") for number in range(1, 6)]
    mentors[0] = make_mentor("p1", not_with=("p2", "p3", "p4"))
    roster = make_roster(*mentors, make_person("p9"), tables=2)

    hosts = prepare(roster, preset_rules.stations()).hosts

    assert {person for person, table in hosts.items() if table == hosts["p1"]} <= {"p1", "p5"}
    assert len(hosts) == 4 or set(hosts.values()) == {"t1", "t2"}


def test_a_room_has_a_mentor_and_the_facilitator_who_is_there_with_them() -> None:
    late = frozenset({"r3"})
    roster = make_roster(
        make_mentor("p1"),
        make_mentor("p2", rounds=late),
        make_person("p3", role=Role.FACILITATOR, rounds=late),
        make_person("p4", role=Role.FACILITATOR),
        make_person("p5"),
    )

    hosts = prepare(roster, preset_rules.rooms()).hosts

    assert hosts["p3"] == hosts["p2"]
    assert hosts["p4"] == hosts["p1"]


def test_stations_share_the_mentees_evenly() -> None:
    mentees = [make_person(f"p{number:02}") for number in range(11)]
    late = make_person("p99", rounds=frozenset({"r3"}))
    roster = make_roster(make_mentor("m1"), make_mentor("m2"), *mentees, late, tables=2)

    composition = document(roster, preset_rules.stations())["composition"]

    assert composition[1] == {"count": {"role": "mentee"}, "min": 4, "max": 6}


def test_peers_get_as_many_tables_as_they_fill() -> None:
    peers = [make_person(f"p{number:02}", role=Role.PEER) for number in range(11)]

    assert len(document(make_roster(*peers, tables=9), preset_rules.mixer())["tables"]) == 3


def test_not_with_is_one_pair_whoever_asked() -> None:
    roster = make_roster(
        make_mentor("p1", not_with=("p3",)), make_mentor("p2"), make_person("p3", not_with=("p1",))
    )

    assert document(roster)["keep_apart"] == [["p1", "p3"]]


def test_wishes_that_nobody_could_grant_are_not_asked_for() -> None:
    roster = make_roster(
        make_mentor("p1", wishes=("p2", "p3")),
        make_mentor("p2"),
        make_person("p3", wishes=("p1", "p2", "p2"), not_with=("p1",)),
    )

    assert document(roster)["wishes"] == [["p3", "p2"]]


def test_affiliations_are_opaque_and_spelled_alike_are_one() -> None:
    roster = make_roster(
        make_mentor("p1", affiliation="Charité  Mitte"),
        make_person("p2", affiliation="charité mitte "),
    )

    people = document(roster)["people"]

    assert [one["affiliations"] for one in people] == [["a1"], ["a1"]]


def test_shared_topics_make_a_fit() -> None:
    roster = make_roster(
        make_mentor("p1", topics=("career planning",), stage="senior"),
        make_mentor("p2", topics=("assessment",)),
        make_person("p3", topics=("career planning",), stage="student"),
    )

    assert [entry[:2] for entry in document(roster)["fit"]] == [["p3", "p1"]]


def test_the_problem_names_nobody() -> None:
    roster = read_sample("conference_hour", "conference-hour")

    text = jsonio.write_problem(build_problem(roster, preset_rules.speed()))

    assert not any(person.name in text or person.email in text for person in roster.people)
    assert not any(person.affiliation in text for person in roster.people)


@pytest.mark.parametrize(
    ("name", "preset_id"),
    [("conference_hour", "conference-hour"), ("mixer_200", "one-population-mixer")],
)
def test_shuffled_rows_give_the_same_problem(name: str, preset_id: str) -> None:
    rules = presets.get(preset_id).planned_block.rules

    straight = build_problem(read_sample(name, preset_id), rules)
    shuffled = build_problem(read_sample(name, preset_id, shuffle=7), rules)

    assert jsonio.digest(straight) == jsonio.digest(shuffled)


@pytest.mark.parametrize("preset", presets.PRESETS, ids=[one.id for one in presets.PRESETS])
def test_every_preset_makes_a_problem(preset: presets.Preset) -> None:
    block = preset.planned_block
    people = [
        make_person(f"p{role}{number}", role=role, stage=preset.stages[number % 5].key)
        for role, places in preset.capacities.items()
        for number in range(places or 0)
    ]

    problem = build_problem(make_roster(*people, tables=block.tables), block.rules)

    assert len(problem.people) == len(people)
    assert len(problem.tables) == block.tables


def test_nobody_to_seat_is_said_with_numbers() -> None:
    with pytest.raises(NothingToPlan, match="There is nobody to seat yet: 1 mentee, 0 mentors"):
        build_problem(make_roster(make_person("p1")), preset_rules.speed())


def test_rules_that_do_not_fit_are_named() -> None:
    roster = make_roster(make_mentor("p1"), make_person("p2"))

    with pytest.raises(RulesDoNotFit, match="goals"):
        build_problem(roster, preset_rules.speed() | {"goals": ["fun"]})


def test_a_replan_keeps_hosts_at_their_tables_and_changes_few_seats() -> None:
    roster = make_roster(make_mentor("p1"), make_mentor("p2"), make_person("p3"))
    seats = (
        SeatView(person_id="p1", round_id="r1", table_id="t3"),
        SeatView(person_id="p3", round_id="r1", table_id="t3"),
    )

    prepared = prepare(roster, preset_rules.speed(), seats)

    assert prepared.hosts["p1"] == "t3"
    assert prepared.problem.goals_in_order[0].goal == "changes"
    assert len(prepared.problem.previous or ()) == 2


def test_a_replan_with_the_default_goals_puts_changes_before_them() -> None:
    seats = (SeatView(person_id="p3", round_id="r1", table_id="t1"),)
    roster = make_roster(make_mentor("p1"), make_person("p3"))
    rules = {key: value for key, value in preset_rules.speed().items() if key != "goals"}

    goals = prepare(roster, rules, seats).problem.goals_in_order

    assert next(one.goal for one in goals) == "changes"
    assert len(goals) == len(DEFAULT_GOALS) + 1


def test_feasibility_counts_what_everybody_can_have() -> None:
    people = [make_mentor(f"m{number}") for number in range(9)]
    people += [make_person(f"p{number}") for number in range(12)]

    found = feasibility(make_roster(*people, tables=9, rounds=4), preset_rules.speed())

    assert found.sentence == "Every mentee can meet 3 mentors."
    assert (found.reach, found.rounds, found.is_full) == (3, 4, False)


def test_feasibility_of_an_empty_roster_is_a_sentence() -> None:
    found = feasibility(make_roster(), preset_rules.speed())

    assert found.sentence == "There is nobody to seat yet: 0 mentees, 0 mentors."


def test_the_roster_is_who_is_placed_with_wishes_matched(session: Session, now: datetime) -> None:
    event = make_event(session)
    mentor = make_sign_up(session, event, role=Role.MENTOR, name="Meg Tor", email="Meg@Example.org")
    waiting = make_sign_up(session, event, state=SignUpState.WAITING, name="Wai Ting")
    first = planned_block(event).rounds[0]
    mentee = make_sign_up(
        session,
        event,
        wishes=("meg@example.org", "wai ting"),
        not_with=("Meg Tor",),
        absent_rounds=(first.id,),
        needs=("quiet",),
        consents=(ConsentKind.PLAN, ConsentKind.QUESTION),
    )

    roster = close_roster(session, event, planned_block(event), now=now)

    person = roster.person(f"p{mentee.id}")
    assert {one.id for one in roster.people} == {f"p{mentor.id}", f"p{mentee.id}"}
    assert f"p{waiting.id}" not in {one.id for one in roster.people}
    assert person.wishes == ((f"p{mentor.id}", 1),)
    assert person.not_with == (f"p{mentor.id}",)
    assert person.unresolved == ("wai ting",)
    assert person.rounds == {f"r{one.id}" for one in planned_block(event).rounds[1:]}
    assert person.shares_question
    assert roster.stages[0] == "student"
    assert roster.version == event.roster_version
