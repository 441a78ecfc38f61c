from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, Method, OutboxState, PartStat, SignUpState
from app.models import Invite, OutboxMessage, SignUp
from app.services import invites, publishing, signups
from config import Config
from tests.builders import planned_block
from tests.published import let_mail_leave, make_evening, make_run, publish, tables_in_turn

MOVED = [[0, 1, 3], [1, 2, 3], [2, 3, 0], [3, 0, 1]]
"""In the third round the first mentee goes to the fourth table."""


def queued(session: Session, after: int = 0) -> list[OutboxMessage]:
    return list(
        session.scalars(
            select(OutboxMessage).where(OutboxMessage.id > after).order_by(OutboxMessage.id)
        )
    )


def last_id(session: Session) -> int:
    return max((row.id for row in queued(session)), default=0)


def event_in(row: OutboxMessage) -> tuple[Calendar, Calendar]:
    assert row.calendar is not None
    calendar = Calendar.from_ical(row.calendar)
    [event] = calendar.walk("VEVENT")
    return calendar, event


def invite_of(session: Session, sign_up: SignUp) -> Invite:
    return session.scalars(select(Invite).where(Invite.sign_up_id == sign_up.id)).one()


def test_sync_invites_everybody_once(session: Session, now: datetime, settings: Config) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)

    assert invites.sync(session, evening.event, now=now, settings=settings) == 8
    assert invites.sync(session, evening.event, now=now, settings=settings) == 0

    rows = queued(session)
    assert {row.to_address for row in rows} == {
        one.person.email for one in (*evening.mentors, *evening.mentees)
    }
    assert {(row.kind, row.method, row.sequence) for row in rows} == {("invite", Method.REQUEST, 0)}
    assert len({row.uid for row in rows}) == 8
    assert len({row.order_key for row in rows}) == 8


def test_sync_writes_rounds_with_first_names_of_those_who_agreed(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)

    invites.sync(session, evening.event, now=now, settings=settings)

    by_person = {row.person_id: event_in(row)[1] for row in queued(session)}
    assert str(by_person[evening.mentees[0].person_id]["DESCRIPTION"]).splitlines()[:3] == [
        "18:15 Round 1: Table 1, with Diane",
        "18:27 Round 2: Table 2, with Oskar",
        "18:39 Round 3: Table 3, with Agneta",
    ]
    assert str(by_person[evening.mentors[0].person_id]["DESCRIPTION"]).splitlines()[:3] == [
        "18:15 Round 1: Table 1, with Róża",
        "18:27 Round 2: Table 1, with Wei",
        "18:39 Round 3: Table 1, with Hanna",
    ]


def test_sync_names_nobody_without_consent(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session, consents=())
    publish(session, evening, now=now)

    invites.sync(session, evening.event, now=now, settings=settings)

    texts = [row.calendar or "" for row in queued(session)]
    assert not [text for text in texts if ", with" in text]
    assert not [text for text in texts if "How do I begin" in text]


def test_sync_tells_only_those_whose_own_plan_changed(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session, consents=())
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    told, uid = last_id(session), invite_of(session, evening.mentees[0]).uid
    publish(session, evening, now=now, tables=MOVED)

    count = invites.sync(session, evening.event, now=now, settings=settings)

    rows = queued(session, told)
    assert count == 1
    [mentee] = rows
    assert (mentee.kind, mentee.method, mentee.sequence) == ("update", Method.REQUEST, 0)
    assert mentee.person_id == evening.mentees[0].person_id
    assert mentee.uid == uid
    assert mentee.subject == "Round 3 is now at table 4: An evening"
    assert mentee.text.splitlines()[:2] == [
        "Before: 18:39, table 3, Agneta Dahlqvist",
        "Now:    18:39, table 4, Aurora Moresi",
    ]
    _, event = event_in(mentee)
    assert event["DTSTAMP"].dt == now + timedelta(seconds=1)


def test_sync_tells_hosts_when_the_names_in_their_entry_change(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    told = last_id(session)
    publish(session, evening, now=now, tables=MOVED)

    invites.sync(session, evening.event, now=now, settings=settings)

    assert {row.person_id for row in queued(session, told)} == {
        one.person_id for one in (evening.mentees[0], *evening.mentors[2:])
    }


def move_by(evening_event: object, minutes: int) -> None:
    step = timedelta(minutes=minutes)
    event = evening_event
    event.starts_at += step  # type: ignore[attr-defined]
    event.ends_at += step  # type: ignore[attr-defined]
    for row in planned_block(event).rounds:  # type: ignore[arg-type]
        row.starts_at += step


def test_sync_after_a_move_raises_the_sequence_for_all(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    invite_of(session, evening.mentees[0]).partstat = PartStat.ACCEPTED
    let_mail_leave(session)
    told = last_id(session)
    move_by(evening.event, 30)

    count = invites.sync(session, evening.event, now=now, settings=settings)

    rows = queued(session, told)
    assert count == 8
    assert {row.sequence for row in rows} == {1}
    assert {row.subject for row in rows} == {"New time: An evening"}
    assert rows[0].text.splitlines()[:3] == [
        "Before: Thursday 4 March 2027, 18:00 to 18:56 (Europe/Berlin)",
        "Now:    Thursday 4 March 2027, 18:30 to 19:26 (Europe/Berlin)",
        "",
    ]
    assert rows[0].text.splitlines()[3].startswith("Dear ")
    assert publishing.current(session, evening.event.id).version == 2
    assert invite_of(session, evening.mentees[0]).partstat is PartStat.NEEDS_ACTION


def test_sync_after_a_new_place_raises_the_sequence(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    let_mail_leave(session)
    told = last_id(session)
    evening.event.venue = "Old library"

    invites.sync(session, evening.event, now=now, settings=settings)

    rows = queued(session, told)
    assert {(row.sequence, row.subject) for row in rows} == {(1, "New place: An evening")}
    assert rows[0].text.splitlines()[:2] == ["Before: Atrium", "Now:    Old library"]


def test_sync_says_nothing_of_a_new_title(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    evening.event.name = "An evening of good questions"

    assert invites.sync(session, evening.event, now=now, settings=settings) == 0


def withdraw(sign_up: SignUp, now: datetime) -> None:
    sign_up.state = SignUpState.WITHDRAWN
    sign_up.withdrawn_at = now


def test_cancel_for_takes_out_one_entry_and_writes_to_nobody_else(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    told, gone = last_id(session), evening.mentees[0]
    withdraw(gone, now)

    assert invites.cancel_for(session, gone, now=now, settings=settings)
    assert not invites.cancel_for(session, gone, now=now, settings=settings)

    [row] = queued(session, told)
    calendar, event = event_in(row)
    assert row.to_address == gone.person.email
    assert (row.method, row.sequence, row.kind) == (Method.CANCEL, 1, "cancelled")
    assert calendar["METHOD"] == "CANCEL"
    assert event["SEQUENCE"] == 1
    assert "STATUS" not in event
    assert event["UID"] == invite_of(session, gone).uid


def test_cancel_for_is_the_only_mail_of_a_withdrawal(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    told, gone = last_id(session), evening.mentees[0]
    signups.withdraw(session, gone, now=now)

    invites.cancel_for(session, gone, now=now, settings=settings)

    states = [(row.kind, row.state) for row in queued(session, told)]
    assert states == [
        ("withdrawn", OutboxState.DROPPED),
        ("cancelled", OutboxState.QUEUED),
    ]


def test_cancel_for_somebody_never_invited_is_nothing(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    withdraw(evening.mentees[0], now)

    assert not invites.cancel_for(session, evening.mentees[0], now=now, settings=settings)
    assert queued(session) == []


def test_sync_invites_a_returning_person_under_the_same_uid(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    back = evening.mentees[0]
    uid = invite_of(session, back).uid
    withdraw(back, now)
    invites.cancel_for(session, back, now=now, settings=settings)
    told = last_id(session)
    back.state = SignUpState.PLACED

    invites.sync(session, evening.event, now=now, settings=settings)

    [row] = queued(session, told)
    assert (row.uid, row.method, row.sequence, row.kind) == (uid, Method.REQUEST, 2, "invite")


def test_sync_of_a_cancelled_event_says_so_to_everybody(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    told = last_id(session)
    evening.event.state = EventState.CANCELLED

    invites.sync(session, evening.event, now=now, settings=settings)

    rows = queued(session, told)
    assert len(rows) == 8
    for row in rows:
        calendar, event = event_in(row)
        assert calendar["METHOD"] == "CANCEL"
        assert event["STATUS"] == "CANCELLED"


def test_sync_before_publishing_is_nothing(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)

    assert invites.sync(session, evening.event, now=now, settings=settings) == 0


def test_preview_counts_what_sync_will_tell(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    run = make_run(session, evening, now=now)
    current = publishing.current(session, evening.event.id)
    snapshot = publishing.draft(evening.event, [run], current)

    cases = invites.preview(session, evening.event, snapshot, settings=settings)

    assert len([case for case in cases if case.intent.is_told]) == 8
    assert queued(session) == []


def test_sync_shows_a_round_without_a_seat_as_a_round_to_reflect(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    tables = tables_in_turn(evening)
    tables[0] = [0, None, 2]
    publish(session, evening, now=now, tables=tables)

    invites.sync(session, evening.event, now=now, settings=settings)

    row = next(row for row in queued(session) if row.person_id == evening.mentees[0].person_id)
    lines = str(event_in(row)[1]["DESCRIPTION"]).splitlines()
    assert lines[1] == "18:27 Round 2: a round to reflect"
    assert "18:27  Your round to reflect" in row.text.splitlines()


def test_sync_says_where_rounds_by_video_are(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    tables = planned_block(evening.event).tables
    tables[0].video_link = "https://meet.example.org/one"
    publish(session, evening, now=now)

    invites.sync(session, evening.event, now=now, settings=settings)

    rows = {row.person_id: row for row in queued(session)}
    mentee, host = rows[evening.mentees[0].person_id], rows[evening.mentors[0].person_id]
    _, event = event_in(mentee)
    assert str(event["CONFERENCE"]) == "https://meet.example.org/one"
    assert event["CONFERENCE"].params["LABEL"] == "Round 1: Table 1"
    assert event["LOCATION"] == "Atrium, video links: see the rounds"
    assert "       By video: https://meet.example.org/one" in mentee.text.splitlines()
    assert 'href="https://meet.example.org/one"' in mentee.html
    assert event_in(host)[1]["LOCATION"] == "Atrium, https://meet.example.org/one"


def test_sync_tells_whose_video_link_changed_and_keeps_their_answer(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    told = last_id(session)
    planned_block(evening.event).tables[0].video_link = "https://meet.example.org/one"

    invites.sync(session, evening.event, now=now, settings=settings)

    rows = queued(session, told)
    assert {row.sequence for row in rows} == {0}
    assert {row.person_id for row in rows} == {
        one.person_id for one in (evening.mentors[0], *evening.mentees[:1], *evening.mentees[2:])
    }
