from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.enums import QuestionKind, Role, SignUpState
from app.queries import event_settings, organiser
from app.queries.event_settings import ChoiceRow
from tests.app.queries.counting import statements
from tests.builders import make_event, make_sign_up
from tests.questions import answer, make_question


@pytest.mark.parametrize("count", [1, 3])
def test_settings_page_sends_six_statements(session: Session, count: int) -> None:
    event = make_event(session)
    for number in range(count):
        question = make_question(session, event, label=f"Question {number}")
        answer(session, make_sign_up(session, event), question, "Surgery")
    event_id = event.id

    with statements(session) as sent:
        page = event_settings.settings_page(session, event_id)

    assert (page.questions, len(sent)) == (count, 6)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_questions_sends_four_statements(session: Session, count: int) -> None:
    event = make_event(session)
    for number in range(count):
        question = make_question(session, event, label=f"Question {number}")
        answer(session, make_sign_up(session, event), question, "Surgery")
    event_id = event.id

    with statements(session) as sent:
        page = event_settings.questions_page(session, event_id)

    assert (len(page.rows), len(sent)) == (count, 4)


def test_role_that_somebody_has_is_bound(session: Session) -> None:
    event = make_event(session, rules={"roles": ["mentor", "mentee"]})
    make_sign_up(session, event, role=Role.MENTEE, state=SignUpState.ASKED)
    make_sign_up(session, event, role=Role.MENTOR, state=SignUpState.WITHDRAWN)

    page = event_settings.settings_page(session, event.id)

    found = {row.role: (row.is_asked, row.is_bound, row.is_seated) for row in page.roles}
    assert found == {
        Role.MENTOR: (True, False, True),
        Role.MENTEE: (True, True, True),
        Role.PEER: (False, False, False),
        Role.FACILITATOR: (False, False, False),
    }
    assert (page.asked, page.most_days) == (1, 90)
    assert page.order == (Role.MENTOR, Role.MENTEE, Role.PEER, Role.FACILITATOR)


def test_question_counts_what_was_chosen_and_warns(session: Session) -> None:
    event = make_event(session)
    food = make_question(
        session, event, label="Any dietary needs", kind=QuestionKind.YES_NO, is_required=True
    )
    answer(session, make_sign_up(session, event), food, "yes")

    row = event_settings.questions_page(session, event.id).rows[0]

    assert row.choices == (ChoiceRow(text="yes", chosen=1), ChoiceRow(text="no", chosen=0))
    assert (row.answers, row.cautions, row.is_careless) == (1, ("health",), True)


@pytest.mark.parametrize(("mentors", "most", "free"), [(0, 0, 0), (1, 2, 1), (9, 12, 11)])
def test_places_follow_the_mentors_in_the_counts(
    session: Session, mentors: int, most: int, free: int
) -> None:
    event = make_event(session, capacities={Role.MENTEE: 12, Role.MENTOR: None})
    event.capacities[0].per_mentor = 2.5
    make_sign_up(session, event)
    for _ in range(mentors):
        make_sign_up(session, event, role=Role.MENTOR)

    counts = {count.role: count for count in organiser.role_counts(session, event.id)}

    assert (counts[Role.MENTEE].most, counts[Role.MENTEE].free) == (most, free)
    assert counts[Role.MENTOR].free is None
