from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.enums import (
    EventState,
    IncomingKind,
    InviteState,
    OutboxState,
    PartStat,
    Role,
    SignUpState,
)
from app.models import Event, IncomingMail, Invite, OutboxMessage, RosterUpload, SignUp
from app.queries import needs, organiser
from app.queries.need import Need, Page
from app.queries.unsettled import Named
from app.services import roster_edit
from app.services.signups import mail as signup_mail
from tests.app.queries.counting import statements
from tests.app.queries.runs import make_hosted, make_planned, make_run
from tests.builders import make_event, make_schedule, make_sign_up, planned_block


def found(session: Session, event: Event, now: datetime) -> tuple[Need, ...]:
    frame = organiser.frame(session, event.organisation_id, event.id, now=now)
    return needs.read(session, frame, organiser.role_counts(session, event.id), now=now)


def said(session: Session, event: Event, now: datetime) -> list[tuple[str, Page]]:
    return [(need.title, need.page) for need in found(session, event, now)]


def test_nothing_waits_for_a_roster_in_order(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_sign_up(session, event)

    assert found(session, event, now) == ()


def test_before_sign_up_opens(session: Session, now: datetime) -> None:
    event = make_event(session, state=EventState.DRAFT)

    assert said(session, event, now) == [("Sign-up is not open yet.", Page.OPEN)]


def test_who_brought_a_list_is_led_to_the_plan(session: Session, now: datetime) -> None:
    event, _mentors, _mentees = make_hosted(session, state=EventState.DRAFT)
    planned, _run, _mentors, _mentees = make_planned(session, now)
    planned.state = EventState.DRAFT

    assert said(session, event, now) == [
        ("5 people have a place, and sign-up is not open.", Page.PLAN)
    ]
    assert said(session, planned, now) == [
        ("A plan is ready. Nobody has been told yet.", Page.PLAN)
    ]


def test_after_sign_up_closed(session: Session, now: datetime) -> None:
    event, _mentors, _mentees = make_hosted(session, state=EventState.CLOSED)
    make_sign_up(session, event, state=SignUpState.HELD)

    assert said(session, event, now) == [
        ("Sign-up is closed and 5 people have a place.", Page.PLAN),
        ("1 address is not confirmed yet.", Page.HELD),
    ]


def test_needs_follow_plan_and_roster(session: Session, now: datetime) -> None:
    event, run, mentors, mentees = make_planned(session, now)

    ready = said(session, event, now)
    seats = {one.id: {1: 1} for one in (*mentors, *mentees)}
    schedule = make_schedule(session, event, seats=seats)
    newer = said(session, event, now)
    for round_ in schedule.rounds:
        round_.plan_run_id = run.id
    session.flush()
    published = said(session, event, now)
    make_sign_up(session, event)
    changed = said(session, event, now)

    assert ready == [("A plan is ready. Nobody has been told yet.", Page.PLAN)]
    assert newer == [("A newer plan is ready. Everybody still has version 1.", Page.PLAN)]
    assert published == []
    assert changed == [
        ("1 person has a place and no seat in version 1.", Page.NO_SEAT),
        ("The roster has changed since the last plan.", Page.PLAN),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(1, "1 sign-up waits for your yes."), (3, "3 sign-ups wait for your yes.")],
)
def test_those_who_wait_for_a_yes(
    session: Session, now: datetime, asked: int, expected: str
) -> None:
    event = make_event(session)
    for _ in range(asked):
        make_sign_up(session, event, state=SignUpState.ASKED)

    assert said(session, event, now) == [(expected, Page.ASKED)]


def queue_mail(session: Session, sign_up: SignUp, state: OutboxState, now: datetime) -> None:
    event = session.get_one(Event, sign_up.event_id)
    signup_mail.queue(session, "welcome", event, sign_up, now=now)
    session.flush()
    row = session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert row is not None
    row.state = state
    session.flush()


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((OutboxState.FAILED,), ("1 mail was not delivered.", Page.FAILED)),
        ((OutboxState.BOUNCED,), ("1 mail was not delivered.", Page.BOUNCED)),
        (
            (OutboxState.FAILED, OutboxState.BOUNCED, OutboxState.SENT),
            ("2 mails were not delivered.", Page.MAIL),
        ),
    ],
)
def test_mail_that_came_to_nothing(
    session: Session,
    now: datetime,
    states: tuple[OutboxState, ...],
    expected: tuple[str, Page],
) -> None:
    event = make_event(session)
    for state in states:
        queue_mail(session, make_sign_up(session, event), state, now)

    assert said(session, event, now) == [expected]


def test_two_who_look_like_one_are_compared_at_once(session: Session, now: datetime) -> None:
    event = make_event(session)
    one = make_sign_up(session, event, name="Lucy Turner")
    other = make_sign_up(session, event, name="lucy turner")

    need = found(session, event, now)[0]
    roster_edit.say_not_same(session, event, one, other, now=now, actor="organiser 1")
    after = found(session, event, now)

    assert (need.title, need.page, need.about) == (
        "Lucy Turner may have signed up twice.",
        Page.COMPARE,
        (one.id, other.id),
    )
    assert after == ()


def test_more_who_look_alike_stand_in_a_list(session: Session, now: datetime) -> None:
    event = make_event(session)
    for name in ("Lucy Turner", "Lucy Turner", "Lucy Turner"):
        make_sign_up(session, event, name=name)

    assert said(session, event, now) == [("3 sign-ups look like fewer people.", Page.TWICE)]


def test_a_need_that_no_table_meets(session: Session, now: datetime) -> None:
    event = make_event(session)
    for table in planned_block(event).tables:
        table.features = []
    make_sign_up(session, event, needs=("step_free",))

    need = found(session, event, now)[0]

    assert need.title == "1 person needs a step free table, and Speed mentoring has none."
    assert (need.kind, need.page, need.about) == (
        "wrong",
        Page.TABLES,
        (planned_block(event).id,),
    )


def test_a_need_that_too_few_tables_meet(session: Session, now: datetime) -> None:
    event = make_event(session)
    for table in planned_block(event).tables[1:]:
        table.features = []
    for _ in range(5):  # a table takes one mentor and three mentees
        make_sign_up(session, event, needs=("quiet",))

    assert said(session, event, now) == [("1 table is quiet, 5 people need one.", Page.TABLES)]


@pytest.mark.parametrize(
    ("role", "having", "told"),
    [
        (Role.MENTEE, 1, ["whoever needs it can sit in 1 of 3 rounds. 2 more of them give"]),
        (Role.MENTEE, 2, ["whoever needs it can sit in 2 of 3 rounds. One more table like that"]),
        (Role.MENTEE, 3, []),
        (Role.MENTOR, 1, []),
    ],
)
def test_a_table_serves_who_moves_once(
    session: Session, now: datetime, role: Role, having: int, told: list[str]
) -> None:
    event = make_event(session)
    for table in planned_block(event).tables[having:]:
        table.features = []
    make_sign_up(session, event, role=role, needs=("quiet",))

    texts = [need.text for need in found(session, event, now)]

    assert [one in text for one, text in zip(told, texts, strict=True)] == [True] * len(told)


def test_absent_people_need_no_table(session: Session, now: datetime) -> None:
    event = make_event(session)
    for table in planned_block(event).tables:
        table.features = []
    sign_up = make_sign_up(session, event, needs=("quiet",))
    roster_edit.mark_absent(session, sign_up, now=now, actor="organiser 1")

    assert found(session, event, now) == ()


@pytest.mark.parametrize(
    ("people", "title"),
    [
        (1, "1 person has not agreed to be planned with yet."),
        (12, "12 people have not agreed to be planned with yet."),
    ],
)
def test_whom_organisers_added_without_their_yes(
    session: Session, now: datetime, people: int, title: str
) -> None:
    event = make_event(session)
    make_sign_up(session, event)
    make_sign_up(session, event, state=SignUpState.WITHDRAWN, consents=())
    names = [f"Ada {letter}" for letter in "abcdefghijkl"[:people]]
    for name in reversed(names):
        make_sign_up(session, event, name=name, email=f"{name[4:]}@other.org", consents=())

    need = next(one for one in found(session, event, now) if one.page is Page.NOT_AGREED)

    assert need.title == title
    assert need.who == Named(names=tuple(names[:10]), number=people)


def test_who_declined(session: Session, now: datetime) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)
    invite = {"state": InviteState.LIVE, "partstat": PartStat.DECLINED}
    session.add(Invite(sign_up_id=sign_up.id, uid="one", **invite))
    session.flush()

    assert said(session, event, now) == [("1 declined: plan again?", Page.DECLINED)]


def make_upload(session: Session, event: Event, now: datetime, **changes: Any) -> RosterUpload:
    upload = RosterUpload(
        event_id=event.id,
        file_name="people.xlsx",
        content=b"",
        created_at=now,
        expires_at=now + timedelta(hours=24),
        **changes,
    )
    session.add(upload)
    session.flush()
    return upload


def test_a_list_that_was_brought_and_not_added(session: Session, now: datetime) -> None:
    event = make_event(session)
    upload = make_upload(session, event, now)
    make_upload(session, event, now, mapping={"done": {"added": 1}})
    make_upload(session, event, now - timedelta(days=2))

    need = found(session, event, now)[0]

    assert len(found(session, event, now)) == 1
    assert need.title == "people.xlsx waits: nobody in it is on the roster yet."
    assert (need.page, need.about) == (Page.IMPORT, (upload.id,))


def make_letter(session: Session, event: Event, now: datetime, digest: bytes) -> None:
    letter = IncomingMail(digest=digest, kind=IncomingKind.TEXT, event_id=event.id, received_at=now)
    session.add(letter)
    session.flush()


def test_letters_nobody_read(session: Session, now: datetime) -> None:
    event = make_event(session)
    make_letter(session, event, now, b"1" * 32)

    assert said(session, event, now) == [("1 letter came in.", Page.MAIL_IN)]


def test_once_it_is_over_only_what_was_written_counts(session: Session, now: datetime) -> None:
    event, _run, _mentors, _mentees = make_planned(session, now)
    make_sign_up(session, event, state=SignUpState.HELD)
    make_letter(session, event, now, b"2" * 32)

    assert said(session, event, event.ends_at) == [("1 letter came in.", Page.MAIL_IN)]


def test_the_most_urgent_comes_first(session: Session, now: datetime) -> None:
    event, _mentors, mentees = make_hosted(session, state=EventState.DRAFT)
    make_run(session, event, now)
    for table in planned_block(event).tables:
        table.features = []
    mentees[0].needs = ["quiet"]
    make_sign_up(session, event, name="Róża Tylus", affiliation="")
    make_sign_up(session, event, state=SignUpState.HELD)
    make_sign_up(session, event, state=SignUpState.ASKED)
    make_letter(session, event, now, b"3" * 32)
    make_upload(session, event, now)
    queue_mail(session, mentees[1], OutboxState.FAILED, now)

    assert [need.page for need in found(session, event, now)] == [
        Page.FAILED,
        Page.IMPORT,
        Page.TABLES,
        Page.ASKED,
        Page.COMPARE,
        Page.MAIL_IN,
        Page.HELD,
        Page.PLAN,
    ]


@pytest.mark.parametrize("people", [1, 6])
def test_needs_send_eight_statements(session: Session, now: datetime, people: int) -> None:
    event = make_event(session, capacities={Role.MENTEE: 10})
    for _ in range(people):
        make_sign_up(session, event, needs=("quiet",))
    frame = organiser.frame(session, event.organisation_id, event.id, now=now)
    counts = organiser.role_counts(session, event.id)

    with statements(session) as sent:
        needs.read(session, frame, counts, now=now)

    assert len(sent) == 8
