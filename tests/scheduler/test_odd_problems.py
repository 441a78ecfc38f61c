"""Odd problems that are valid all the same go through the four commands, and out with an answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.__main__ import main

ROUNDS = [{"id": "r1"}, {"id": "r2"}]
FOUR = [
    {"id": "1", "role": "mentee", "stage": "a"},
    {"id": "2", "role": "facilitator", "stage": "b"},
    {"id": "3", "role": "mentee", "stage": "b"},
    {"id": "né 人", "role": "mentee"},
]


def problem(**parts: Any) -> dict[str, Any]:
    return {
        "format": "roundabout-problem/1",
        "rounds": ROUNDS,
        "tables": [{"id": "1"}],
        "people": FOUR,
    } | parts


ODD = {
    "one person": problem(people=FOUR[:1]),
    "one round": problem(rounds=ROUNDS[:1]),
    "nobody mentors": problem(people=[FOUR[0], FOUR[2], FOUR[3]]),
    "no seats": problem(tables=[{"id": "1", "seats": 0}, {"id": "t", "seats": 0}]),
    "closed tables": problem(tables=[{"id": "1", "rounds": []}]),
    "everybody absent": problem(people=[one | {"rounds": []} for one in FOUR]),
    "nobody may sit": problem(people=[one | {"max_rounds": 0} for one in FOUR]),
    "all pinned": problem(pins=[[one["id"], "r1", "1"] for one in FOUR]),
    "no goals": problem(goals=[]),
    "a host alone": problem(people=[FOUR[0] | {"table": "1"}]),
    "a needless goal": problem(goals=["changes", "balance"]),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_problem_is_planned_checked_and_repaired(name: str, tmp_path: Path) -> None:
    file, plan, again = (str(tmp_path / one) for one in ("problem.json", "plan.json", "again.json"))
    Path(file).write_text(json.dumps(ODD[name]), encoding="utf-8")

    solved = main(["solve", file, "-o", plan])
    checked = main(["verify", file, plan])
    made = json.loads(Path(plan).read_text(encoding="utf-8"))
    Path(file).write_text(json.dumps(ODD[name] | {"previous": made["seats"]}), encoding="utf-8")
    repaired = main(["repair", file, "-o", again])
    checked_again = main(["verify", file, again])

    assert (solved, checked, repaired, checked_again) == (0, 0, 0, 0)
    assert made["status"] == "optimal"
    assert json.loads(Path(again).read_text(encoding="utf-8"))["seats"] == made["seats"]
