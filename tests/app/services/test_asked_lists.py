from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import TopicKind
from app.errors import InvalidInput
from app.models import Event
from app.services import asked_lists
from app.services.asked_lists import ListEdit
from tests.builders import make_event, make_sign_up, planned_block


def stages(session: Session, event: Event, now: datetime, **edit: object) -> list[str]:
    wanted = ListEdit(**({"words": {}} | edit))  # type: ignore[arg-type]
    asked_lists.change_stages(session, event.id, wanted, now=now, actor="o")
    return [stage.label for stage in event.stages]


def topics(session: Session, event: Event, now: datetime, **edit: object) -> list[str]:
    wanted = ListEdit(**({"words": {}} | edit))  # type: ignore[arg-type]
    asked_lists.change_topics(session, event.id, wanted, now=now, actor="o")
    return [topic.name for topic in event.topics]


def test_stage_in_other_words_stays_the_same_stage(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event, stage="student")

    found = stages(session, event, now, words={event.stages[0].id: " Undergraduate "})

    assert found[0] == "Undergraduate"
    assert sign_up.person.stage == event.stages[0].key == "student"


def test_stage_is_added_above_with_a_key_of_its_own(session: Session, now: datetime) -> None:
    event = make_event(session)

    stages(session, event, now, new="Senior!")
    stages(session, event, now, new="退職")
    stages(session, event, now, new="引退")

    assert [stage.key for stage in event.stages][5:] == ["senior_2", "stage", "stage_2"]
    assert event.roster_version == 0


def test_stage_moves_by_one_and_plans_no_longer_fit(session: Session, now: datetime) -> None:
    event = make_event(session)

    found = stages(session, event, now, move=(event.stages[1].id, -1))

    assert found[:2] == ["Resident or trainee", "Student"]
    assert [stage.position for stage in event.stages] == [0, 1, 2, 3, 4]
    assert event.roster_version == 1


def test_first_stage_goes_no_higher(session: Session, now: datetime) -> None:
    event = make_event(session)
    before = [stage.label for stage in event.stages]

    assert stages(session, event, now, move=(event.stages[0].id, -1)) == before


def test_unused_stage_is_removed_and_a_chosen_one_stays(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event, stage="student")
    student, resident, *_rest = (stage.id for stage in event.stages)

    assert "Resident or trainee" not in stages(session, event, now, remove=resident)
    with pytest.raises(InvalidInput) as caught:
        stages(session, event, now, remove=student)

    assert caught.value.fields == {
        f"word-{student}": "1 person chose it, so it stays. Other words are fine"
    }


def test_stage_that_a_rule_names_stays(session: Session, now: datetime) -> None:
    event = make_event(session)
    block = planned_block(event)
    block.rules = block.rules | {"composition": [{"count": {"stage": "senior"}, "min": 1}]}

    with pytest.raises(InvalidInput) as caught:
        stages(session, event, now, remove=event.stages[4].id)

    assert "A rule of the agenda names it" in caught.value.message


@pytest.mark.parametrize("word", ["", "\u200b", "x" * 61, "  senior "])
def test_bad_words_are_refused_at_their_field(session: Session, now: datetime, word: str) -> None:
    event = make_event(session)
    first, last = event.stages[0].id, event.stages[4].id

    with pytest.raises(InvalidInput) as caught:
        stages(session, event, now, words={first: word})

    assert list(caught.value.fields) == [f"word-{last if 'senior' in word else first}"]


def test_list_has_an_end(session: Session, now: datetime) -> None:
    event = make_event(session)
    for number in range(7):
        stages(session, event, now, new=f"Stage {number}")

    with pytest.raises(InvalidInput) as caught:
        stages(session, event, now, new="One more")

    assert list(caught.value.fields) == ["new"]


def test_answers_follow_a_topic_in_other_words(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event, topics=("Research methods", "Career planning"))
    first, second, _third = event.topics

    found = topics(
        session, event, now, words={first.id: "Research methods", second.id: "Career planning"}
    )

    assert found[:2] == ["Research methods", "Career planning"]
    assert sign_up.topics == ["Career planning", "Research methods"]


def test_topic_has_a_kind(session: Session, now: datetime) -> None:
    event = make_event(session)
    first = event.topics[0]

    topics(
        session,
        event,
        now,
        kinds={first.id: TopicKind.PERSONAL},
        new="Anatomy",
        new_kind=TopicKind.CANONICAL,
    )

    assert (first.kind, event.topics[-1].kind) == (TopicKind.PERSONAL, TopicKind.CANONICAL)


def test_named_topic_stays_and_another_goes(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event, topics=("Career planning",))
    first, second, _third = (topic.id for topic in event.topics)

    with pytest.raises(InvalidInput):
        topics(session, event, now, remove=first)

    assert topics(session, event, now, remove=second) == ["Career planning", "Work-life balance"]
