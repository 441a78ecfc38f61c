"""The line that says something of several tables at once."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.blueprints.organiser import tables_together
from app.services.agenda import TableForm

KNOWN = (1, 2, 3, 4, 5, 6, 9)
FEATURES = ("step_free", "quiet")


def posted(**fields: str) -> MultiDict[str, str]:
    return MultiDict({name.replace("_", "-"): text for name, text in fields.items()})


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        ("1-3", {1, 2, 3}),
        ("3 - 1", {1, 2, 3}),
        ("1\N{EN DASH}2, 9", {1, 2, 9}),
        ("1 4 9", {1, 4, 9}),
        ("1, 4 and 9;", {1, 4, 9}),
        (" All ", set(KNOWN)),
    ],
)
def test_tables_are_named_as_people_write_numbers(which: str, numbers: set[int]) -> None:
    said = tables_together.read(posted(which=which, together_seats="4"), KNOWN, FEATURES)

    assert said.numbers == numbers
    assert said.problems == {}


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        (
            {"which": "window"},
            "which",
            "Write numbers of tables, like 1-6 or 1, 4, 9, or the word all",
        ),
        ({"which": "1-"}, "which", "Write numbers of tables, like 1-6 or 1, 4, 9, or the word all"),
        ({"which": "²"}, "which", "Write numbers of tables, like 1-6 or 1, 4, 9, or the word all"),
        ({"which": "6-9"}, "which", "There is no table 7. Their numbers go from 1 to 9"),
        ({"which": "all"}, "which", "Tick what these tables have, or write their seats"),
        ({"together_has": "quiet"}, "which", "Write which tables, like 1-6 or all"),
        (
            {"which": "1", "together_seats": "x"},
            "together-seats",
            "Write a number of seats, like 6, or leave it empty",
        ),
        (
            {"which": "1", "together_seats": "1"},
            "together-seats",
            "Write 2 to 100, or leave it empty",
        ),
    ],
)
def test_what_cannot_be_meant_is_said(fields: dict[str, str], field: str, message: str) -> None:
    said = tables_together.read(posted(**fields), KNOWN, FEATURES)

    assert said.problems == {field: message}


def test_empty_line_says_nothing() -> None:
    said = tables_together.read(posted(), KNOWN, FEATURES)
    form = TableForm(label="Window", seats=6, features=("quiet",))

    assert said.problems == {}
    assert said.apply(form, 1) is form


def test_features_are_added_or_taken_away_and_the_rest_stays() -> None:
    form = TableForm(label="Window", seats=6, features=("quiet", "sofa"))
    gives = tables_together.read(posted(which="1", together_has="step_free"), KNOWN, FEATURES)
    takes = tables_together.read(posted(which="1", have="n", together_has="quiet"), KNOWN, FEATURES)

    assert gives.apply(form, 1).features == ("quiet", "sofa", "step_free")
    assert takes.apply(form, 1) == TableForm(label="Window", seats=6, features=("sofa",))
    assert takes.apply(form, 2) is form
