from __future__ import annotations

import pytest

from app.queries import plan_asked, plan_ways
from app.queries.plan_words import Words
from app.services.planning import FindingView, PlanOptions, WayView

WORDS = Words(
    names={"p3": "Róża Tylus", "t1": "Table 1", "r2": "round 2"}, questions={"q": "Shift"}
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("remove the pin of p3 to t1 in r2", "Remove the pin of Róża Tylus to Table 1 in round 2"),
        ("a table has 1 to 1 of mentor (composition entry 0).", "A table has exactly 1 mentor."),
        ("say in composition entry 1 that a table has 1 to 4 of mentee",
         "Change the rule: a table has 1 to 4 mentees"),
        ("lift composition entry 2 (a table has at least 3 of different stages)",
         "Give up this rule: a table has at least 3 different career stages"),
        ("Lift composition entry 0 (a table has 1 to 1 of mentor).",
         "Give up this rule: a table has exactly 1 mentor."),
        ("mentee and mentor never meet twice.", "Mentees and mentors never meet twice."),
        ("let mentee and mentor meet twice", "Let mentees and mentors meet twice"),
        ("a table has at least 2 of q yes", "A table has at least 2 of “Shift: yes”"),
        ("wishes_floor shall be 5; every plan has at most 4.",
         "People with a wish: 5 was asked for; every plan has at most 4."),
    ],
)  # fmt: skip
def test_the_planners_sentence_is_said_in_peoples_words(text: str, said: str) -> None:
    assert WORDS.say(text) == said


def test_ways_are_lines_with_what_a_plan_then_has() -> None:
    ways = (
        WayView(orders=("add seats to t1",), values=(("attendance", 12.0), ("wishes", 0.0))),
        WayView(orders=("add one table",), is_general=True),
        WayView(orders=("let mentee and mentor meet twice",)),
        WayView(settle=(("wishes_floor", 4.0),)),
    )
    finding = FindingView(rule="seats", message="too few", ways=ways, is_confidential=False)

    found = plan_ways.lines(WORDS, (finding,), can_keep=True)

    assert [(one.key, one.text, one.can_try, one.can_keep) for one in found] == [
        ("0-0", "Add seats to Table 1", True, False),
        ("0-1", "Add one table", False, False),
        ("0-2", "Let mentees and mentors meet twice", True, True),
        ("0-3", "Be content with people with a wish: 4", True, False),
    ]
    assert found[0].effect == "A plan then has: seats used 12."


def test_a_confidential_finding_offers_only_what_names_nobody() -> None:
    ways = (
        WayView(orders=("let p3 and p4 share a table",)),
        WayView(orders=("plan 2 rounds instead of 3",), is_general=True),
        WayView(orders=("plan 4 rounds instead of 3",), is_general=True),
    )

    found = plan_ways.lines(WORDS, (FindingView(rule="x", message="x", ways=ways),), can_keep=True)

    assert [(one.text, one.can_try) for one in found] == [
        ("Plan 2 rounds instead of 3", True),
        ("Plan 4 rounds instead of 3", False),
    ]


def test_what_was_asked_is_said_in_sentences() -> None:
    options = PlanOptions(
        goals=("wishes_floor", "fit"),
        near_published=False,
        relax=("add seats to t1",),
        want=("wishes_floor", 5.0),
    )

    assert plan_asked.lines(WORDS, options) == (
        "Can everybody with a wish get one? (5)",
        "Goals in this order: everybody gets a wish, questions meet the right topics.",
        "Made anew, not near what is published.",
        "Tried in this plan only: add seats to Table 1.",
    )
    assert plan_asked.lines(WORDS, PlanOptions()) == ()
