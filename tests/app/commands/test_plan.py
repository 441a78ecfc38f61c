from __future__ import annotations

import csv
import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from app.commands import plan as command
from app.services.planning.now import Planned
from app.services.planning.view import FindingView, PlanView
from app.services.preset_rules import speed
from scheduler import jsonio, verify
from tests.app.services.roster_builders import make_mentor, make_person, make_roster

SAMPLES = Path(__file__).parents[2] / "samples"
SMALL = "name,email,role,stage,available,topics,needs\n" + "".join(
    f"{role.title()} {number},{role}{number}@example.org,{role},,all,topic {number % 3},\n"
    for role, count in (("mentor", 4), ("mentee", 5))
    for number in range(count)
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command.plan, [str(one) for one in arguments])


def make_file(folder: Path, text: str = SMALL) -> Path:
    path = folder / "people.csv"
    path.write_text(text, "utf-8")
    return path


def read_plan(out: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / "plan.json").read_text("utf-8"))
    return found


def test_a_plan_leaves_its_files_and_a_summary(tmp_path: Path) -> None:
    out = tmp_path / "out"

    result = run(
        make_file(tmp_path),
        "--preset",
        "conference-hour",
        "--start",
        "2027-03-04T18:00",
        "--out",
        out,
    )

    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in out.iterdir() if path.suffix != ".ics")
    assert names == ["cards.html", "plan.csv", "plan.json", "problem.json"]
    assert len(list(out.glob("*.ics"))) == 9
    assert "5 of 5 mentees meet at least 4 different mentors." in result.output
    assert "Wrote 9 calendar entries (.ics), one a person." in result.output
    problem = jsonio.read_problem((out / "problem.json").read_text("utf-8"))
    assert verify.verify(problem, jsonio.read_plan((out / "plan.json").read_text("utf-8"))) == ()


def test_without_a_start_there_are_no_calendar_entries(tmp_path: Path) -> None:
    out = tmp_path / "out"

    result = run(make_file(tmp_path), "--preset", "conference-hour", "--out", out)

    assert "No .ics files: no --start was named" in result.output
    assert list(out.glob("*.ics")) == []


def test_the_same_seed_gives_the_same_seats_and_shuffled_rows_too(tmp_path: Path) -> None:
    heading, *rows = SMALL.splitlines()
    Random(3).shuffle(rows)
    outs = [tmp_path / "a", tmp_path / "b", tmp_path / "c"]

    for out, text in zip(outs, (SMALL, SMALL, "\n".join([heading, *rows])), strict=True):
        file = make_file(tmp_path, text)
        run(file, "--preset", "conference-hour", "--out", out, "--seed", "5")

    plans = [read_plan(out) for out in outs]
    assert plans[0]["seats"] == plans[1]["seats"] == plans[2]["seats"]
    assert plans[0]["goals"] == plans[2]["goals"]
    assert plans[0]["status"] == "optimal"


def test_faults_are_all_shown_and_nothing_is_planned(tmp_path: Path) -> None:
    result = run(
        SAMPLES / "messy_export.csv", "--preset", "conference-hour", "--out", tmp_path / "out"
    )

    lines = result.output.splitlines()
    assert result.exit_code == 2
    assert [line.split()[2] for line in lines] == [
        "8",
        "15",
        "19",
        "22",
        "26",
        "29",
        "31",
        "34",
        "37",
    ]
    assert [line.split()[0] for line in lines].count("error") == 7
    assert not (tmp_path / "out").exists()


def test_bad_rows_are_skipped_on_demand_and_named(tmp_path: Path) -> None:
    out = tmp_path / "out"

    result = run(
        *(SAMPLES / "messy_export.csv", "--preset", "conference-hour", "--skip-bad"),
        *("--time-limit", "3", "--out", out),
    )

    assert result.exit_code == 0, result.output
    assert "Not planned, because of errors: rows 8, 15, 19, 22, 26, 29, 37." in result.output
    people = {row["email"] for row in read_rows(out)}
    assert len(people) == 45
    assert "juhani.rautiainen@example.org" not in people
    assert "'=HYPERLINK" in (out / "plan.csv").read_text("utf-8-sig")


def read_rows(out: Path) -> list[dict[str, str]]:
    with (out / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--preset", "tea-party"), 'preset: found "tea-party", expected one of small-all-meet'),
        (("--preset", "conference-hour", "--zone", "Mars/Base"), "--zone: found 'Mars/Base'"),
        (("--preset", "conference-hour", "--start", "soon"), "--start: found 'soon'"),
        (
            ("--preset", "conference-hour", "--start", "2027-03-28T02:30"),
            "--start: 2027-03-28T02:30 does not exist in Europe/Berlin",
        ),
        (("--preset", "conference-hour", "--tables", "nowhere.csv"), "nowhere.csv: cannot be read"),
        (("--preset", "one-population-mixer"), "error row 1 role: found"),
    ],
)
def test_what_cannot_be_is_one_clear_line_and_status_2(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run(make_file(tmp_path), *arguments, "--out", tmp_path / "out")

    assert result.exit_code == 2
    assert result.output.startswith(message)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04", "found an Excel workbook"),
        (None, "cannot be read"),
    ],
)
def test_an_unreadable_file_is_one_clear_line(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "people.csv"
    if content is not None:
        path.write_bytes(content)

    result = run(path, "--preset", "conference-hour")

    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file stands here")

    result = run(make_file(tmp_path), "--preset", "conference-hour", "--out", tmp_path / "out")

    assert result.exit_code == 2
    assert result.output.startswith(f"{tmp_path / 'out'}: cannot be written")


def test_real_tables_are_kept_to(tmp_path: Path) -> None:
    row = "mentor1@example.org,mentor,,all,"
    assert row in SMALL
    people = make_file(tmp_path, SMALL.replace(f"{row}topic 1,", f"{row}topic 1,quiet"))
    tables = tmp_path / "tables.csv"
    tables.write_text("id,features,seats\nWindow,,2\nCorner,quiet,2\nStage,,2\n", "utf-8")

    result = run(
        people, "--preset", "conference-hour", "--tables", tables, "--out", tmp_path / "out"
    )

    assert result.exit_code == 0, result.output
    at = {row["table"] for row in read_rows(tmp_path / "out") if row["name"] == "Mentor 1"}
    assert at <= {"Corner", "reflect"}
    assert "Left out: Mentor 3 (mentor3@example.org): no table is left" in result.output


def test_people_of_one_affiliation_are_kept_apart_on_demand(tmp_path: Path) -> None:
    text = "name,email,role,affiliation\n" + "".join(
        f"{name},{name}@example.org,{role},{place}\n"
        for name, role, place in (("a", "mentor", "X"), ("b", "mentor", "Y"), ("c", "mentee", "X"))
    )
    out = tmp_path / "out"

    run(make_file(tmp_path, text), "--preset", "conference-hour", "--apart-same", "affiliation",
        "--out", out)  # fmt: skip

    assert {row["with"] for row in read_rows(out) if row["name"] == "c"} == {"b", ""}


@pytest.mark.parametrize(("status", "code"), [("infeasible", 3), ("unknown", 4)])
def test_without_a_plan_the_documents_are_there_and_the_status_says_why(
    tmp_path: Path, status: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = make_roster(make_mentor("m1"), make_person("p1"))
    plan = PlanView(
        status=status,
        words="no plan",
        seats=(),
        goals=(),
        findings=(FindingView(rule="seats", message="Too few seats.", suggestions=("Add one.",)),),
        seed=1,
        seconds=1.0,
        solver="a solver",
    )
    planned = Planned(plan=plan, problem_json="{}", plan_json="{}", hosts={}, left_out=())

    with pytest.raises(SystemExit) as ended:
        command.finish(tmp_path, roster, speed(), planned, skipped=())

    output = capsys.readouterr().out
    assert ended.value.code == code
    assert "Too few seats." in output
    assert "Way out: Add one." in output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.json", "problem.json"]


@pytest.mark.parametrize(
    ("name", "preset", "most"),
    [
        ("conference_hour", "conference-hour", 5),
        ("group_stations", "group-stations", 5),
        ("stage_mixed_rooms", "stage-mixed-rooms", 3),
        ("mixer_200", "one-population-mixer", 6),
    ],
)
def test_a_sample_is_planned_clean_and_every_shortfall_is_explained(
    tmp_path: Path, name: str, preset: str, most: int
) -> None:
    result = run(
        SAMPLES / f"{name}.csv", "--preset", preset, "--time-limit", "6", "--out", tmp_path
    )

    assert result.exit_code == 0, result.output
    problem = jsonio.read_problem((tmp_path / "problem.json").read_text("utf-8"))
    plan = jsonio.read_plan((tmp_path / "plan.json").read_text("utf-8"))
    assert verify.verify(problem, plan) == ()
    hosts = {person.id for person in problem.people if person.is_host}
    seats: dict[str, int] = {}
    for seat in plan.seats:
        seats[seat.person] = seats.get(seat.person, 0) + 1
    short = [
        person.id
        for person in problem.people
        if person.id not in hosts and seats.get(person.id, 0) < most
    ]
    explained = [line for line in result.output.splitlines() if f" of {most}. round" in line]
    assert len(explained) == len(short)
