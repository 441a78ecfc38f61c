from __future__ import annotations

import hashlib
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings

from scheduler.errors import InvalidProblem
from scheduler.jsonio import digest, read_plan, read_problem, write_plan, write_problem
from scheduler.plan import GoalValue
from scheduler.problem import GoalName, Problem
from tests.builders_scheduler import make_plan, make_problem, make_seats
from tests.strategies import problems

SEATS = make_seats("r1 t1 a b", "r1 t2 c d")


def make_document(**changes: Any) -> dict[str, Any]:
    """A document that uses every key of the format."""
    document = {
        "format": "roundabout-problem/1",
        "name": "Conference hour",
        "rounds": [{"id": "r1", "starts_at": "2027-03-04T18:00:00+01:00", "minutes": 10}],
        "tables": [
            {"id": "t1", "features": ["step_free"], "rounds": ["r1"], "seats": 6},
            {"id": "t3"},
        ],
        "people": [
            {
                "id": "p1",
                "role": "mentor",
                "stage": "senior",
                "affiliations": ["st-marys"],
                "rounds": ["r1"],
                "table": "t1",
                "needs": ["step_free"],
                "traits": {"gender": "w"},
                "max_rounds": 4,
                "min_rounds": 0,
            },
            *({"id": f"p{number}", "role": "mentee"} for number in (2, 3, 4, 7, 9)),
        ],
        "composition": [
            {"count": {"role": "mentor"}, "min": 1, "max": 1},
            {"count": {"role": "mentee"}, "min": 1, "max": 4, "tables": ["t1"]},
            {"distinct": "stage", "min": 2},
            {"not_alone": {"trait": "gender", "value": "w"}},
        ],
        "keep_apart": [["p1", "p7"]],
        "keep_apart_same": ["affiliation"],
        "together": [["p3", "p4"]],
        "must_meet": [["p9", "p1"]],
        "repeats": [{"between": ["mentee", "mentee"], "limit": "free"}],
        "past_meetings": [["p1", "p9"]],
        "fit": [["p9", "p1", 0.8]],
        "table_fit": [["p9", "t3", 0.5]],
        "wishes": [["p9", "p1"], ["p9", "p2", 3]],
        "pins": [["p1", "r1", "t1"]],
        "previous": [["p9", "r1", "t1"]],
        "frozen_rounds": ["r1"],
        "goals": ["attendance_floor", {"goal": "fit", "slack": 0.02}],
    }
    return document | changes


def refusal(document: Any) -> str:
    with pytest.raises(InvalidProblem) as caught:
        read_problem(document if isinstance(document, str) else json.dumps(document))
    return str(caught.value)


def test_every_key_is_read() -> None:
    problem = read_problem(json.dumps(make_document()))

    assert problem.people[0].traits == (("gender", "w"),)
    assert problem.wishes == (("p9", "p1", 1.0), ("p9", "p2", 3.0))
    assert problem.goals[1].goal is GoalName.FIT


def test_writing_a_read_problem_gives_its_document_back() -> None:
    document = make_document(x_note={"kept": [1]})
    document["people"][1]["x_colour"] = "green"

    text = write_problem(read_problem(json.dumps(document)))

    assert json.loads(text) == document


@settings(max_examples=60)
@given(problem=problems())
def test_any_problem_survives_writing_and_reading(problem: Problem) -> None:
    again = read_problem(write_problem(problem))

    assert again == problem
    assert digest(again) == digest(problem)


def test_defaults_are_not_written() -> None:
    document = json.loads(write_problem(make_problem(rounds=1, tables=1, people="a")))

    assert document == {
        "format": "roundabout-problem/1",
        "rounds": [{"id": "r1"}],
        "tables": [{"id": "t1"}],
        "people": [{"id": "a", "role": "peer"}],
    }


def test_digest_is_of_sorted_keys_without_spaces() -> None:
    document = make_document(name="Zürich")
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    expected = "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()

    assert digest(read_problem(json.dumps(document, indent=3))) == expected


def test_digest_knows_the_order_of_lists_but_not_of_keys() -> None:
    document = make_document()
    reordered = dict(reversed(document.items()))
    shuffled = make_document(people=document["people"][::-1])

    digests = [digest(read_problem(json.dumps(d))) for d in (document, reordered, shuffled)]

    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1 column 1: expected JSON (Expecting value)"),
        ("[]", "document: expected an object, found a list"),
        ('{"a": 1, "a": 2}', 'document: expected each key once, found "a" again'),
        ('{"x_a": NaN}', "document: expected finite numbers, found NaN"),
        ('{"x_a": -Infinity}', "document: expected finite numbers, found -Infinity"),
        ('{"x_a": ' + "[" * 100_000 + "}", "document: expected fewer levels of nesting"),
        ('{"x_a": "\\ud800"}', "document: expected whole characters, found half of a pair"),
        ('{"x_a": ' + "9" * 5000 + "}", "document: expected numbers of at most 4300 digits"),
        ("{}", 'format: expected "roundabout-problem/1", found nothing'),
        (
            '{"format": "roundabout-problem/2"}',
            'format: expected "roundabout-problem/1", found "roundabout-problem/2"',
        ),
    ],
)
def test_a_text_that_is_no_document_is_refused(text: str, message: str) -> None:
    assert refusal(text) == message


def test_numbers_beyond_the_finite_are_refused_wherever_they_stand() -> None:
    text = json.dumps(make_document(x_a="HUGE")).replace('"HUGE"', "1e400")

    assert refusal(text) == "document: expected finite numbers, found one beyond them"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tabels": []}, "tabels: expected one of the keys format, rounds, tables"),
        ({"rounds": {}}, "rounds: expected a list, found an object"),
        ({"rounds": [7]}, "rounds[0]: expected an object, found 7"),
        ({"rounds": [{}]}, "rounds[0].id: expected a value, found nothing"),
        ({"rounds": [{"id": 1}]}, "rounds[0].id: expected a string, found 1"),
        ({"rounds": [{"id": "r1", "minutes": "x"}]}, "rounds[0].minutes: expected a number"),
        ({"tables": [{"id": "t", "seats": True}]}, "tables[0].seats: expected a whole number"),
        ({"tables": [{"id": "t", "seats": 1.5}]}, "tables[0].seats: expected a whole number"),
        ({"tables": [{"id": "t", "seats": None}]}, "tables[0].seats: expected a whole number"),
        ({"people": [{"id": "a"}]}, "people[0].role: expected a value, found nothing"),
        ({"people": [{"id": "a", "role": "x"}]}, "people[0].role: expected one of mentor, mentee"),
        ({"people": [{"id": "a", "role": "peer", "traits": {"g": 1}}]}, "people[0].traits.g: exp"),
        ({"people": [{"id": "a", "role": "peer", "table": 1}]}, "people[0].table: expected a str"),
        ({"composition": [{}]}, "composition[0]: expected one of the keys count, distinct"),
        ({"composition": [{"count": {"rol": "x"}}]}, "composition[0].count.rol: expected one of"),
        ({"composition": [{"count": {}, "mim": 1}]}, "composition[0].mim: expected one of the k"),
        ({"composition": [{"not_alone": {}, "min": 1}]}, "composition[0].min: expected one of"),
        ({"keep_apart": [["p1"]]}, "keep_apart[0]: expected 2 entries, found 1"),
        ({"keep_apart": [["p1", 2]]}, "keep_apart[0][1]: expected a string, found 2"),
        ({"fit": [["p1", "p2", True]]}, "fit[0][2]: expected a number, found true"),
        ({"fit": [["p1", "p2"]]}, "fit[0]: expected 3 entries, found 2"),
        ({"fit": [["p1", "p2", 10**400]]}, "fit[0][2]: expected a finite number"),
        ({"wishes": [["p1", "p2", 1, 2]]}, "wishes[0]: expected 2 or 3 entries, found 4"),
        ({"repeats": [{"between": ["peer"], "limit": "free"}]}, "repeats[0].between[0]: expected"),
        ({"goals": ["speed"]}, "goals[0]: expected one of attendance_floor"),
        ({"goals": [{"goal": "fit", "slack": "1"}]}, "goals[0].slack: expected a number"),
        ({"previous": None}, "previous: expected a list, found null"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(changes: dict[str, Any], message: str) -> None:
    assert refusal(make_document(**changes)).startswith(message)


ODD = [None, True, -1, 0, 1.5, 10**400, "", "p1", "r1", "t1", "\x00", [], {}, [[]], "fit"]


def mutate(value: Any, rng: random.Random) -> Any:
    """One random fault, or something harmless, somewhere in a document."""
    if isinstance(value, dict | list) and value and rng.random() < 0.9:
        changed = value.copy()
        place = rng.choice(list(value) if isinstance(value, dict) else range(len(value)))
        action = rng.random()
        if action < 0.1:
            del changed[place]
        elif action < 0.2 and isinstance(changed, list):
            changed.append(value[place])
        elif action < 0.15:
            changed["surprise"] = 1
        else:
            changed[place] = mutate(value[place], rng)
        return changed
    return rng.choice([value, *ODD])


@pytest.mark.parametrize("seed", range(10))
def test_mutations_are_refused_or_valid_and_nothing_else(seed: int) -> None:
    rng = random.Random(seed)
    refused = 0

    for _ in range(20):
        text = json.dumps(mutate(make_document(), rng))
        try:
            problem = read_problem(text)
        except InvalidProblem:
            refused += 1
        else:
            assert read_problem(write_problem(problem)) == problem

    assert 0 < refused <= 20


def test_a_plan_survives_writing_and_reading() -> None:
    plan = make_plan(make_problem(), SEATS, seconds=1.25)

    assert read_plan(write_plan(plan)) == plan


def test_a_plan_writes_whole_values_as_whole_numbers() -> None:
    claim = GoalValue(goal=GoalName.FIT, value=2.0, best=2.5, bound=3.0)

    document = json.loads(write_plan(make_plan(make_problem(), SEATS, goals=(claim,))))

    assert document["goals"] == [
        {"goal": "fit", "value": 2, "best": 2.5, "bound": 3, "proved": False}
    ]
    assert '"value": 2,' in write_plan(make_plan(make_problem(), SEATS, goals=(claim,)))
    assert document["seats"][0] == ["a", "r1", "t1"]


def test_a_plan_never_holds_infinity() -> None:
    claim = GoalValue(goal=GoalName.FIT, value=2.0, best=2.5, bound=float("inf"))

    with pytest.raises(ValueError, match="Out of range"):
        write_plan(make_plan(make_problem(), SEATS, goals=(claim,)))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"format": "roundabout-plan/9"}, "format"),
        ({"status": "great"}, "status"),
        ({"seats": [["a", "r1"]]}, "seats[0]"),
        ({"goals": [{"goal": "fit"}]}, "goals[0].value"),
        ({"seed": 1.5}, "seed"),
        ({"surprise": 1}, "surprise"),
        ({"problem_digest": 1}, "problem_digest"),
    ],
)
def test_a_faulty_plan_is_refused_with_its_place(changes: dict[str, Any], place: str) -> None:
    document = json.loads(write_plan(make_plan(make_problem(), SEATS)))

    with pytest.raises(InvalidProblem) as caught:
        read_plan(json.dumps(document | changes))

    assert caught.value.place == place
