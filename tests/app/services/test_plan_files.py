from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from app.services.plan_files import calendar_entry, calendar_name, write_files
from app.services.plan_files.cards import write_cards
from app.services.plan_files.itineraries import Itinerary, itineraries
from app.services.plan_files.reasons import Reasons
from app.services.plan_files.sheet import safe_cell, write_sheet
from app.services.plan_files.summary import write_summary
from app.services.planning.now import Planned, plan_now
from app.services.planning.view import FindingView, PlanView, SeatView
from app.services.preset_rules import speed
from app.services.roster import Roster
from tests.app.services.roster_builders import make_mentor, make_person, make_roster

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
HOSTS = {"m1": "t1", "m2": "t2"}
SEATS = (
    "m1 r1 t1",
    "p1 r1 t1",
    "m2 r1 t2",
    "m1 r2 t1",
    "m2 r2 t2",
    "p1 r2 t2",
    "m1 r3 t1",
    "m2 r3 t2",
)


def make_plan(*seats: str) -> PlanView:
    return PlanView(
        status="feasible",
        words="best found in 1 seconds",
        seats=tuple(
            SeatView(person_id=one.split()[0], round_id=one.split()[1], table_id=one.split()[2])
            for one in seats or SEATS
        ),
        goals=(),
        findings=(),
        seed=1,
        seconds=1.0,
        solver="a solver",
    )


def make_people(*, name: str = "Ann Bee", question: str = "What now?") -> Roster:
    return make_roster(
        make_mentor("m1", name="Meg Tor", topics=("assessment",)),
        make_mentor("m2", name="Алла Яковенко"),
        make_person("p1", name=name, question=question, shares_question=True),
        make_person("p2", name="Late Comer", question="Kept?", rounds=frozenset({"r3"})),
        tables=2,
        has_times=True,
    )


def paths(roster: Roster | None = None) -> dict[str, Itinerary]:
    found = itineraries(roster or make_people(), make_plan(), HOSTS)
    return {one.person.id: one for one in found}


def rows(roster: Roster) -> list[dict[str, str]]:
    sheet = write_sheet(itineraries(roster, make_plan(), HOSTS), "Europe/Berlin")
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))


def quiet(_seconds: float, _goal: str, _value: float | None, _bound: float | None) -> None:
    return None


def test_an_itinerary_has_only_rounds_its_person_attends() -> None:
    assert [stop.round.number for stop in paths()["p2"].stops] == [3]


def test_a_host_alone_at_the_table_reflects() -> None:
    host = paths()["m1"]

    assert [stop.table.name if stop.table else "" for stop in host.stops] == ["1", "", ""]
    assert host.met == {"p1"}


def test_the_sheet_has_a_row_for_each_person_and_round() -> None:
    found = rows(make_people())

    assert len(found) == 3 + 3 + 3 + 1
    assert found[0] == {
        "name": "Ann Bee",
        "email": "p1@example.org",
        "role": "mentee",
        "round": "1",
        "starts": "2027-03-04 18:00",
        "table": "1",
        "with": "Meg Tor",
        "question": "",
    }
    assert (
        next(row["question"] for row in found if row["name"] == "Meg Tor") == "Ann Bee: What now?"
    )
    assert [row["table"] for row in found if row["name"] == "Late Comer"] == ["reflect"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        '"=1',
        "'=1",
        "|calc",
        "%0A=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
    ],
)
def test_no_cell_is_computed_by_a_spreadsheet(text: str) -> None:
    sheet = write_sheet(
        itineraries(make_people(name=text, question=text), make_plan(), HOSTS), "UTC"
    ).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert safe_cell(text) in cells
    assert not any(
        cell.lstrip(' \u00a0"').startswith(tuple("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20"))
        for cell in cells
    )


def test_cards_are_one_file_with_every_person_and_any_script() -> None:
    page = write_cards(tuple(paths().values()), title="Conference hour", zone="Europe/Berlin")

    assert page.count('<article class="card">') == 4
    assert all(name in page for name in ("Ann Bee", "Meg Tor", "Алла Яковенко", "Late Comer"))
    assert "18:12" in page
    assert "Your round to reflect" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "src=" not in page


def test_cards_keep_markup_in_names_as_text() -> None:
    roster = make_people(name="<script>alert(1)</script>", question="</style><b>")

    page = write_cards(
        itineraries(roster, make_plan(), HOSTS), title="<i>Hour</i>", zone="Europe/Berlin"
    )

    assert "<script" not in page
    assert "<i>" not in page
    assert page.count("</style>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_question_not_shared_is_on_nobody_elses_card() -> None:
    page = write_cards((paths()["m1"],), title="Hour", zone="UTC")
    secret = make_roster(
        make_mentor("m1"), make_person("p1", question="Secret?"), tables=1, has_times=True
    )
    plan = make_plan("m1 r1 t1", "p1 r1 t1")
    hosts = [one for one in itineraries(secret, plan, {"m1": "t1"}) if one.is_host]
    hidden = write_cards(hosts, title="Hour", zone="UTC")

    assert "What now?" in page
    assert "Secret?" not in hidden


def test_a_calendar_entry_holds_the_rotation_and_no_names() -> None:
    entry = calendar_entry(paths()["p1"], make_people(), now=NOW)
    assert entry is not None

    events = Calendar.from_ical(entry).walk("VEVENT")

    assert len(events) == 1
    assert events[0]["DTSTART"].dt.isoformat() == "2027-03-04T18:00:00+01:00"
    assert events[0]["DTEND"].dt.isoformat() == "2027-03-04T18:34:00+01:00"
    assert str(events[0]["DESCRIPTION"]) == (
        "18:00 Round 1: Table 1\n18:12 Round 2: Table 2\n18:24 Round 3: a round to reflect"
    )
    assert b"example.org" not in entry
    assert b"Meg" not in entry


def test_a_calendar_entry_keeps_its_uid_when_planned_again() -> None:
    first = calendar_entry(paths()["p1"], make_people(), now=NOW)
    again = calendar_entry(paths()["p1"], make_people(), now=NOW)

    assert first == again


def test_without_times_there_is_no_calendar_entry() -> None:
    roster = make_roster(make_mentor("m1"), make_person("p1"))
    path = itineraries(roster, make_plan("m1 r1 t1", "p1 r1 t1"), {"m1": "t1"})[0]

    assert calendar_entry(path, roster, now=NOW) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zoë O'Brien", "p1-zoe-o-brien.ics"),
        ("../../etc/passwd", "p1-etc-passwd.ics"),
        ("伊藤 零", "p1-p1.ics"),
        ("x" * 300, f"p1-{'x' * 57}.ics"),
    ],
)
def test_a_calendar_files_name_is_safe(name: str, expected: str) -> None:
    assert calendar_name(paths(make_people(name=name))["p1"]) == expected


def test_the_three_reasons_are_told_apart() -> None:
    roster = make_roster(
        make_mentor("m1", rounds=frozenset({"r1", "r2"})),
        make_person("p1"),
        make_person("p2", rounds=frozenset({"r1", "r3"})),
        tables=1,
    )
    plan = make_plan("m1 r1 t1", "p1 r1 t1", "m1 r2 t1")

    found = {one.person.id: one for one in itineraries(roster, plan, {"m1": "t1"})}
    reasons = Reasons(roster, speed(), {"m1": "t1"})

    why = {
        person: [(one.rounds, one.reason) for one in reasons.why(found[person])]
        for person in ("p1", "p2", "m1")
    }
    assert why == {
        "p1": [((2,), "the rules of this event"), ((3,), "more people than places")],
        "p2": [((2,), "not available"), ((1, 3), "more people than places")],
        "m1": [((3,), "not available"), ((2,), "more places than people")],
    }
    assert reasons.places_line() == (
        "Places: round 1 has 1 for 2 people, round 3 has 0 for 2 people."
    )


def make_planned(roster: Roster) -> Planned:
    return plan_now(roster, speed(), time_limit_s=5, seed=1, watch=quiet)


def test_the_summary_names_who_falls_short_and_the_files_give_no_reasons(tmp_path: Path) -> None:
    roster = make_roster(
        make_mentor("m1"),
        make_mentor("m2"),
        make_person("p1", not_with=("m1",)),
        make_person("p2", rounds=frozenset({"r1"}), needs=frozenset({"quiet"})),
        has_times=True,
    )
    planned = make_planned(roster)
    found = itineraries(roster, planned.plan, planned.hosts)

    summary = write_summary(roster, speed(), planned, found)
    write_files(tmp_path, roster, planned, found, now=NOW)

    assert "0 of 2 mentees meet at least 2 different mentors." in summary
    assert "Person p1 (p1@example.org): 1 of 2." in summary
    assert "the rules of this event" in summary
    assert "rounds 2, 3: not available" in summary
    assert "Person p2 (p2@example.org): quiet table" in summary
    for path in tmp_path.iterdir():
        if path.suffix != ".json":
            text = path.read_text("utf-8")
            assert "rules of this event" not in text
            assert "not available" not in text


def test_files_are_written_whole(tmp_path: Path) -> None:
    roster = make_people()
    planned = make_planned(roster)

    written = write_files(
        tmp_path, roster, planned, itineraries(roster, planned.plan, planned.hosts), now=NOW
    )

    assert written.names == ("plan.csv", "cards.html", "problem.json", "plan.json")
    assert written.calendars == 4
    assert len(list(tmp_path.glob("*.ics"))) == 4


def test_the_summary_says_why_there_is_no_plan_and_what_helps() -> None:
    roster = make_roster(make_mentor("m1"), make_person("p1"), make_person("p2"), tables=1)
    finding = FindingView(
        rule="pins", message="p1 and p2 in r2 at t1.", suggestions=("Free p2: 1 seat fewer",)
    )
    plan = replace(make_plan(), status="infeasible", seats=(), findings=(finding,))
    planned = Planned(plan=plan, problem_json="", plan_json="", hosts={}, left_out=())

    summary = write_summary(roster, speed(), planned, itineraries(roster, plan, {}))

    assert (
        "  Person p1 (p1@example.org) and Person p2 (p2@example.org) in round 2 at table 1.\n"
        "  Way out: Free Person p2 (p2@example.org): 1 seat fewer"
    ) in summary
