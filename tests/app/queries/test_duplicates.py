from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.queries import duplicates
from app.queries.duplicates import Pair, Why


@dataclass(frozen=True, slots=True)
class Somebody:
    sign_up_id: int
    name: str
    email: str
    affiliation: str = ""


def why(one: tuple[str, str, str], other: tuple[str, str, str]) -> Why | None:
    pairs = duplicates.find([Somebody(1, *one), Somebody(2, *other)])
    assert len(pairs) < 2
    return pairs[0].why if pairs else None


LUCY = ("Lucy Turner", "lucy.turner@rural.example", "Rural Health Network")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (("lucy  TURNER", "lt99@mail.example", "rural health network"), Why.NAME_AND_PLACE),
        (("Turner, Lucy", "lt99@mail.example", "Rural Health Network"), Why.NAME_AND_PLACE),
        (("Lucy Turner", "lt99@mail.example", ""), Why.NAME_AND_PLACE),
        (("Lucy Turner", "lucy.tuner@rural.example", "Charité"), Why.NAME_AND_ADDRESS),
        (("L. Turner", "lucyturner+work@rural.example", "Charité"), Why.MAILBOX),
        (("L. T.", "lucy.turner@mail.example", "Charité"), Why.LOCAL_PART),
        (("Lucy Turner", "someone@else.example", "Charité"), None),
        (("Luke Turner", "luke@rural.example", "Rural Health Network"), None),
    ],
)
def test_two_sign_ups_that_may_be_one_person(
    other: tuple[str, str, str], expected: Why | None
) -> None:
    assert why(LUCY, other) == expected


def test_accents_and_scripts_do_not_hide_anybody() -> None:
    one = ("Łucja Müller-Żak", "a@one.example", "Hôpital")
    other = ("Lucja Muller Zak", "b@two.example", "hopital")

    assert why(one, other) is Why.NAME_AND_PLACE


def test_mailboxes_that_many_read_say_nothing() -> None:
    assert why(("A B", "office@x.example", "X"), ("C D", "office@y.example", "Y")) is None


def test_who_was_told_apart_is_not_asked_about_again() -> None:
    people = [Somebody(1, *LUCY), Somebody(2, *LUCY), Somebody(3, *LUCY)]

    found = duplicates.find(people, {frozenset({1, 2})})

    assert found == (
        Pair(one=1, other=3, why=Why.NAME_AND_PLACE),
        Pair(one=2, other=3, why=Why.NAME_AND_PLACE),
    )


def test_the_surest_pairs_come_first() -> None:
    people = [
        Somebody(1, "A B", "somebody@x.example", "X"),
        Somebody(2, "C D", "somebody@y.example", "Y"),
        Somebody(3, *LUCY),
        Somebody(4, *LUCY),
    ]

    assert [pair.one for pair in duplicates.find(people)] == [3, 1]
