from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scheduler.__main__ import Stop, main
from scheduler.jsonio import read_plan, write_plan, write_problem
from scheduler.plan import SolveStatus
from scheduler.problem import Goal, GoalName, Problem
from tests.builders_scheduler import make_plan, make_problem, make_seats

SEATS = make_seats("r1 t1 a b", "r1 t2 c d", "r2 t1 a c", "r2 t2 b d")
GOALS = (Goal(goal=GoalName.ATTENDANCE), Goal(goal=GoalName.REPEATS))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make_easy(**fields: Any) -> Problem:
    return make_problem(goals=GOALS, **fields)


def make_impossible() -> Problem:
    return make_problem(keep_apart=(("a", "b"),), must_meet=(("b", "a"),))


def write(folder: Path, problem: Problem, name: str = "problem.json") -> None:
    (folder / name).write_text(write_problem(problem), encoding="utf-8")


def one_line(text: str) -> str:
    assert text.endswith("\n")
    assert text.count("\n") == 1
    return text[:-1]


def test_solve_writes_a_plan_that_verify_accepts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, make_easy())

    solved = main(["solve", "problem.json", "-o", "plan.json", "--time-limit", "5"])
    verified = main(["verify", "problem.json", "plan.json"])

    assert (solved, verified) == (0, 0)
    assert capsys.readouterr() == ("", "")
    assert read_plan((folder / "plan.json").read_text()).goals[0].value == 8


def test_solve_writes_to_standard_output_without_a_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, make_easy())

    status = main(["solve", "problem.json", "--time-limit", "5", "--seed", "3"])

    assert status == 0
    assert read_plan(capsys.readouterr().out).seed == 3


def test_progress_is_one_object_a_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, make_easy())

    main(["solve", "problem.json", "-o", "plan.json", "--time-limit", "5", "--progress"])

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines
    assert {tuple(line) for line in lines} == {("seconds", "goal", "value", "bound")}


def test_solve_of_an_infeasible_problem_writes_a_plan_without_seats(folder: Path) -> None:
    write(folder, make_impossible())

    status = main(["solve", "problem.json", "-o", "plan.json", "--time-limit", "5"])

    plan = read_plan((folder / "plan.json").read_text())
    assert status == 3
    assert (plan.status, plan.seats) == (SolveStatus.INFEASIBLE, ())
    assert main(["verify", "problem.json", "plan.json"]) == 0


def test_repair_keeps_what_it_can(folder: Path) -> None:
    goals = (Goal(goal=GoalName.CHANGES), *GOALS)
    write(folder, make_problem(previous=SEATS, frozen_rounds=("r1",), goals=goals))

    status = main(["repair", "problem.json", "-o", "plan.json", "--time-limit", "5"])

    plan = read_plan((folder / "plan.json").read_text())
    assert status == 0
    assert plan.seats == SEATS


def test_repair_needs_a_previous_plan(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, make_easy())

    assert main(["repair", "problem.json"]) == 2
    assert one_line(capsys.readouterr().err) == (
        "problem.json: previous: expected the seats of the plan to repair"
    )


def test_verify_names_every_violation_on_a_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = make_easy(keep_apart=(("a", "b"), ("b", "d")))
    write(folder, problem)
    (folder / "plan.json").write_text(write_plan(make_plan(problem, SEATS)))

    status = main(["verify", "problem.json", "plan.json"])

    assert status == 1
    assert capsys.readouterr().out.splitlines() == [
        "keep_apart a,b t1 r1",
        "keep_apart b,d t2 r2",
    ]


def test_explain_names_the_rules_that_cannot_hold_together(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, make_impossible())

    status = main(["explain", "problem.json", "--json"])

    document = json.loads(capsys.readouterr().out)
    assert status == 0
    assert document["verdict"] == "impossible"
    assert {finding["rule"] for finding in document["findings"]} == {"keep_apart", "must_meet"}


def test_explain_says_which_wanted_value_cannot_be(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, make_easy())

    possible = main(["explain", "problem.json", "--want", "attendance=8"])
    fine = capsys.readouterr().out
    impossible = main(["explain", "problem.json", "--want", "attendance=9"])

    assert (possible, impossible) == (0, 0)
    assert fine == "A plan exists.\n"
    assert "attendance" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["solve", "absent.json"], "absent.json: expected a readable file (No such file or"),
        (["solve", "."], ".: expected a readable file (Is a directory)"),
        (["solve", "latin.json"], "latin.json: byte 10: expected UTF-8"),
        (["solve", "broken.json"], "broken.json: line 1 column 2: expected JSON"),
        (["solve", "problem.json", "-o", "no/plan.json"], "no/plan.json: expected a file in an"),
        (["solve", "problem.json", "-o", "."], ".: expected a file in an existing folder"),
        (["solve", "problem.json", "--time-limit", "0"], "Expected time_limit_s in (0, 86400]."),
        (["solve", "problem.json", "--time-limit", "nan"], "Expected time_limit_s in (0, 86400]."),
        (["solve", "problem.json", "--seed", "-1"], "Expected seed in [0, 2**31)."),
        (["solve", "problem.json", "--seed", "x"], "python -m scheduler solve: argument --seed"),
        (["verify", "problem.json"], "python -m scheduler verify: the following arguments"),
        (["verify", "problem.json", "problem.json"], "problem.json: format: expected"),
        (["explain", "problem.json", "--want", "speed=1"], "python -m scheduler explain: argument"),
        (["explain", "problem.json", "--want", "fit=x"], "python -m scheduler explain: argument"),
        (["dance"], "python -m scheduler: argument command: invalid choice"),
        ([], "python -m scheduler: the following arguments are required: command"),
    ],
)
def test_bad_input_is_one_line_and_exit_status_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    write(folder, make_easy())
    (folder / "latin.json").write_bytes('{"name": "Zürich"}'.encode("latin-1").replace(b"Z", b""))
    (folder / "broken.json").write_text("{]")

    status = main(arguments)

    shown = capsys.readouterr()
    assert (status, shown.out) == (2, "")
    assert one_line(shown.err).startswith(message)


def test_a_fault_in_the_problem_names_file_and_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(write_problem(make_easy()))
    document["people"][2]["table"] = "t9"
    (folder / "problem.json").write_text(json.dumps(document))

    assert main(["solve", "problem.json"]) == 2
    assert one_line(capsys.readouterr().err) == (
        "problem.json: people[2].table: expected the id of a table, found 't9'"
    )


def test_the_first_signal_asks_to_stop_and_all_is_as_before_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)

    with Stop() as stop:
        os.kill(os.getpid(), signal.SIGINT)
        asked = stop.is_asked

    assert asked
    assert signal.getsignal(signal.SIGINT) == before


def test_the_module_runs_as_a_command(folder: Path) -> None:
    write(folder, make_easy())

    run = subprocess.run(
        [sys.executable, "-m", "scheduler", "solve", "problem.json", "--time-limit", "5"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert read_plan(run.stdout.decode()).status is SolveStatus.OPTIMAL
