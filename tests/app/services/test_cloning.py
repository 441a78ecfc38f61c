from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, QuestionKind, ReminderKind, Role
from app.errors import InvalidInput
from app.models import CustomQuestion, Event, PlanRun, Reminder, SignUp
from app.services import archiving, cloning, reminders
from app.services import series as service
from tests.builders import STARTS_AT, make_event, make_organisation, make_sign_up, planned_block
from tests.published import make_evening, make_run

NEXT = datetime(2027, 4, 1, 16, 0, tzinfo=UTC)  # 18:00 in Berlin again, in summer time


def clone(session: Session, event: Event, now: datetime, **changes: object) -> Event:
    values = {"name": "The next evening", "starts_at": NEXT} | changes
    return cloning.clone(session, event, now=now, actor="organiser 1", **values)  # type: ignore[arg-type]


def test_copy_has_the_set_up_and_nobody(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    event = evening.event
    make_run(session, evening, now=now)
    event.asks_approval, event.description = True, "Bring a question."

    copy = clone(session, event, now)

    assert (copy.name, copy.slug, copy.state) == (
        "The next evening",
        "the-next-evening",
        EventState.DRAFT,
    )
    assert (copy.starts_at, copy.ends_at - copy.starts_at) == (
        NEXT,
        event.ends_at - event.starts_at,
    )
    assert (copy.asks_approval, copy.description, copy.zone) == (
        True,
        "Bring a question.",
        event.zone,
    )
    assert {row.role: row.places for row in copy.capacities} == {Role.MENTEE: 12, Role.MENTOR: 4}
    assert [one.key for one in copy.stages] == [one.key for one in event.stages]
    assert [one.name for one in copy.topics] == [one.name for one in event.topics]
    assert (copy.next_seq, copy.roster_version) == (1, 0)
    for model in (SignUp, PlanRun):
        assert session.scalars(select(model).where(model.event_id == copy.id)).all() == []


def test_agenda_is_copied_with_rounds_and_tables(session: Session, now: datetime) -> None:
    event = make_event(session)
    table = planned_block(event).tables[0]
    table.video_link, table.label = "https://meet.example/1", "Window"

    copy = clone(session, event, now)

    block, before = planned_block(copy), planned_block(event)
    shift = NEXT - STARTS_AT
    assert [one.starts_at - shift for one in block.rounds] == [
        one.starts_at for one in before.rounds
    ]
    assert (block.tables[0].label, block.tables[0].video_link) == (
        "Window",
        "https://meet.example/1",
    )
    assert block.rules == before.rules
    assert block.rules is not before.rules


def test_rules_name_the_new_questions_and_tables(session: Session, now: datetime) -> None:
    event = make_event(session)
    question = CustomQuestion(
        event_id=event.id, position=0, key="q77", label="First time?", kind=QuestionKind.YES_NO
    )
    session.add(question)
    session.flush()
    session.refresh(event, ["questions"])
    block = planned_block(event)
    block.rules = block.rules | {
        "composition": [
            {"not_alone": {"trait": "q77", "value": "yes"}},
            {"count": {"role": "mentee"}, "max": 1, "tables": [f"t{block.tables[2].id}"]},
        ]
    }

    copy = clone(session, event, now)

    [asked] = copy.questions
    first, second = planned_block(copy).rules["composition"]
    assert asked.key == f"q{asked.id}" != "q77"
    assert first["not_alone"]["trait"] == asked.key
    assert second["tables"] == [f"t{planned_block(copy).tables[2].id}"]


def test_sign_up_closes_as_many_days_before_on_the_clock(session: Session, now: datetime) -> None:
    closes = STARTS_AT - timedelta(days=3, hours=1)  # 17:00 in Berlin
    event = make_event(session, signup_closes_at=closes)

    copy = clone(session, event, now)

    assert copy.signup_closes_at == NEXT - timedelta(days=3, hours=1)


def test_closing_time_that_is_past_already_falls_away(session: Session, now: datetime) -> None:
    event = make_event(session, signup_closes_at=STARTS_AT - timedelta(days=20))

    copy = clone(session, event, now, starts_at=now + timedelta(days=2))

    assert copy.signup_closes_at is None


def test_chosen_reminders_are_copied_with_their_own_times(session: Session, now: datetime) -> None:
    event = make_event(session)
    chosen = {ReminderKind.WEEK_BEFORE, ReminderKind.HOUR_BEFORE}
    reminders.choose(session, event, chosen, now=now, actor="organiser 1")

    copy = clone(session, event, now)

    rows = session.scalars(select(Reminder).where(Reminder.event_id == copy.id)).all()
    assert {row.kind for row in rows if row.is_on} == chosen
    hour = next(row for row in rows if row.kind is ReminderKind.HOUR_BEFORE)
    assert hour.due_at == NEXT - timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"starts_at": datetime(2027, 1, 1, tzinfo=UTC)}, "date"),
    ],
)
def test_bad_copy_is_refused_by_field(
    session: Session, now: datetime, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        clone(session, make_event(session), now, **changes)

    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("goes_on", [True, False])
def test_next_of_the_series_is_in_it_when_wanted(
    session: Session, now: datetime, *, goes_on: bool
) -> None:
    event = make_event(session)
    service.begin(session, event.id, "Monthly circle", now=now, actor="o")

    copy = clone(session, event, now, goes_on=goes_on)

    assert copy.series_id == (event.series_id if goes_on else None)


def test_same_name_is_the_same_series(session: Session, now: datetime) -> None:
    house = make_organisation(session)
    one, other = (make_event(session, organisation=house) for _ in range(2))
    stranger = make_event(session)

    found = [
        service.begin(session, event.id, name, now=now, actor="o")
        for event, name in (
            (one, "Monthly  circle"),
            (other, "monthly circle"),
            (stranger, "Monthly circle"),
        )
    ]

    assert found[0] is found[1]
    assert found[2] is not found[0]
    assert (one.roster_version, other.roster_version) == (1, 1)


def test_series_that_nobody_is_in_goes(session: Session, now: datetime) -> None:
    event = make_event(session)
    first = service.begin(session, event.id, "Monthly circle", now=now, actor="o")
    second = service.begin(session, event.id, "Summer school", now=now, actor="o")

    service.leave(session, event.id, now=now, actor="o")

    assert event.series_id is None
    assert first not in session
    assert second not in session


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_series_has_a_name(session: Session, now: datetime, name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        service.begin(session, make_event(session).id, name, now=now, actor="o")

    assert list(caught.value.fields) == ["name"]


def test_archived_event_keeps_everything(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event)

    archiving.archive(session, event, now=now, actor="o")
    archiving.archive(session, event, now=now + timedelta(days=1), actor="o")
    assert (event.archived_at, event.state) == (now, EventState.OPEN)

    archiving.bring_back(session, event, now=now, actor="o")
    assert event.archived_at is None
