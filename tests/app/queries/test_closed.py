"""What everybody reads between the closing of a table or round and the next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Block, OutboxMessage, SignUp, Table
from app.queries import (
    calendar,
    closed_seats,
    host_sheet,
    organiser,
    public_event,
    roster_rounds,
    stations,
    steward,
)
from app.queries.api import events as api_events
from app.queries.api import schedules as api_schedules
from app.queries.closed_seats import ClosedSeats
from app.queries.itinerary import Itinerary, Stop
from app.queries.participant import my_page
from app.services import agenda, invites
from app.services.agenda import tables
from app.services.agenda.traces import closing_mark
from app.services.paper import facts, names
from app.services.signups.form import choices_of
from config import Config
from tests.app.queries.counting import statements
from tests.builders import planned_block
from tests.conftest import Clock
from tests.published import Evening, let_mail_leave, make_evening, publish


@pytest.fixture
def evening(session: Session, settings: Config, clock: Clock) -> Evening:
    """Return a published evening of which everybody was told; the first table has Diane."""
    evening = make_evening(session)
    publish(session, evening, now=clock())
    invites.sync(session, evening.event, now=clock(), settings=settings)
    let_mail_leave(session)
    clock.advance(hours=1)
    return evening


def close_table(session: Session, evening: Evening, now: datetime) -> Table:
    """Close the table where the first mentor and, in round 1, the first mentee sit."""
    block = planned_block(evening.event)
    table = block.tables[0]
    tables.change(
        session,
        block.event_id,
        block.id,
        {},
        remove=(table.id,),
        closes=f"1-{table.id}",
        now=now,
        actor="o",
    )
    session.flush()
    return table


def close_round(session: Session, evening: Evening, now: datetime) -> Block:
    """Close the last of the three rounds."""
    block = planned_block(evening.event)
    form = replace(agenda.form_of(block), rounds=2)
    mark, closes = agenda.mark_of(block), f"1-{block.rounds[2].id}"
    agenda.change(
        session, block.event_id, block.id, form, seen=mark, closes=closes, now=now, actor="o"
    )
    session.flush()
    return block


def close_part(session: Session, evening: Evening, now: datetime) -> None:
    block = planned_block(evening.event)
    mark = closing_mark(1, [one.id for one in block.all_rounds])
    agenda.close(session, block.event_id, block.id, closes=mark, now=now, actor="o")
    session.flush()


def way_of(session: Session, sign_up: SignUp, now: datetime) -> Itinerary:
    found = my_page(session, sign_up.person_id, now=now).itinerary
    assert found is not None
    return found


def rounds(way: Itinerary) -> list[Stop]:
    return [stop for stop in way.stops if stop.label]


def feed_of(session: Session, sign_up: SignUp, settings: Config, now: datetime) -> list[str]:
    """Return the titles of the entries, a cancelled one in brackets."""
    content = calendar.person_feed(session, sign_up.person_id, settings=settings, now=now).content
    found = []
    for entry in Calendar.from_ical(content).walk("VEVENT"):
        is_off = entry.get("STATUS") == "CANCELLED"
        found.append(f"({entry['SUMMARY']})" if is_off else str(entry["SUMMARY"]))
    return found


def test_nobody_is_led_to_a_closed_table(session: Session, evening: Evening, clock: Clock) -> None:
    close_table(session, evening, clock())

    way = way_of(session, evening.mentees[0], clock())
    first, second, _third = rounds(way)
    host = way_of(session, evening.mentors[0], clock())

    assert (first.kind, first.title, first.table, first.link) == (
        "closed",
        "Your table is closed",
        None,
        "",
    )
    assert first.why.startswith("Table 1 is not used any more.")
    assert (second.kind, second.table) == ("seat", 2)
    assert way.summary == "Two mentors, one round at a closed table."
    assert (host.summary, host.has_seat) == ("Three rounds at a closed table.", True)


def test_closed_rounds_and_parts_are_said_to_be_off(
    session: Session, evening: Evening, clock: Clock
) -> None:
    close_round(session, evening, clock())
    after_round = rounds(way_of(session, evening.mentees[0], clock()))
    close_part(session, evening, clock())
    way = way_of(session, evening.mentees[0], clock())
    after_part = rounds(way)

    assert [stop.kind for stop in after_round] == ["seat", "seat", "off"]
    assert after_round[2].title == "This round does not take place"
    assert [stop.kind for stop in after_part] == ["off", "off", "off"]
    assert way.summary == "None of your rounds takes place any more."


def test_whom_the_version_still_sends_there_is_counted(
    session: Session, evening: Evening, clock: Clock
) -> None:
    event_id = evening.event.id
    before = closed_seats.read(session, event_id)
    close_table(session, evening, clock())
    tables_only = closed_seats.read(session, event_id)
    close_round(session, evening, clock())
    with statements(session) as sent:
        both = closed_seats.read(session, event_id)
    evening.mentors[0].absent_at = clock()
    session.flush()
    without_diane = closed_seats.read(session, event_id)

    assert before == ClosedSeats()
    assert tables_only == ClosedSeats(at_tables=4, in_rounds=0)
    assert both == ClosedSeats(at_tables=3, in_rounds=8)
    assert without_diane == ClosedSeats(at_tables=2, in_rounds=7)
    assert len(sent) == 1


def test_feed_calls_a_closed_table_closed_and_cancels_closed_rounds(
    session: Session, evening: Evening, settings: Config, clock: Clock
) -> None:
    wei = evening.mentees[0]
    before = feed_of(session, wei, settings, clock())
    close_table(session, evening, clock())
    close_round(session, evening, clock())

    after = feed_of(session, wei, settings, clock())

    assert before == [
        "Round 1: Table 1, with Diane",
        "Round 2: Table 2, with Oskar",
        "Round 3: Table 3, with Agneta",
    ]
    assert after == [
        "Round 1: Table 1 (closed), with Diane",
        "Round 2: Table 2, with Oskar",
        "(Round 3: Table 3, with Agneta)",
    ]


def test_file_for_a_calendar_has_no_closed_round(
    session: Session, evening: Evening, settings: Config, clock: Clock
) -> None:
    close_round(session, evening, clock())

    person_id = evening.mentees[0].person_id
    [entry] = Calendar.from_ical(calendar.person_file(session, person_id, settings=settings)).walk(
        "VEVENT"
    )

    assert "Round 2" in entry["DESCRIPTION"]
    assert "Round 3" not in entry["DESCRIPTION"]


def test_closing_sends_nothing_by_itself_and_telling_says_what_is_off(
    session: Session, evening: Evening, settings: Config, clock: Clock
) -> None:
    last = max(session.scalars(select(OutboxMessage.id)))
    close_round(session, evening, clock())
    after_closing = max(session.scalars(select(OutboxMessage.id)))

    told = invites.sync(session, evening.event, now=clock(), settings=settings)
    again = invites.sync(session, evening.event, now=clock(), settings=settings)

    mails = session.scalars(select(OutboxMessage).where(OutboxMessage.id > last)).all()
    assert (after_closing, told, again) == (last, 8, 0)
    assert all("no seat in this round" in mail.text for mail in mails)
    assert all(
        "Round 3" not in Calendar.from_ical(mail.calendar or b"").to_ical().decode()
        for mail in mails
    )


def test_mail_about_a_closed_table_says_so_until_there_is_another(
    session: Session, evening: Evening, settings: Config, clock: Clock
) -> None:
    close_table(session, evening, clock())
    last = max(session.scalars(select(OutboxMessage.id)))

    told = invites.sync(session, evening.event, now=clock(), settings=settings)

    mails = session.scalars(select(OutboxMessage).where(OutboxMessage.id > last)).all()
    assert told == len(mails) == 4
    assert all("Table 1 (closed)" in mail.text for mail in mails)
    assert all("Your table is closed" in mail.subject for mail in mails)


def test_paper_sends_nobody_to_a_closed_table(
    session: Session, evening: Evening, clock: Clock
) -> None:
    wei = evening.mentees[0]
    close_table(session, evening, clock())
    close_round(session, evening, clock())
    known = facts.read(session, evening.event)
    paths = facts.paths_now(session, known)

    badge = names.badge_of(known.people[wei.id], known, paths)

    assert [visit.spot.place or visit.spot.sign for visit in paths[wei.id] if visit.spot] == [
        "Table 1 (closed)",
        "2",
    ]
    assert (badge.sign, badge.at) == ("2", "18:27")


def test_lists_leave_out_what_is_closed(session: Session, evening: Evening, clock: Clock) -> None:
    close_table(session, evening, clock())
    close_round(session, evening, clock())
    event_id, mentor = evening.event.id, evening.mentors[0]

    door = steward.door_list(session, event_id, clock())
    sheet = host_sheet.host_sheet(session, mentor.person_id)
    numbers = roster_rounds.round_numbers(session, event_id)
    asked = choices_of(evening.event)
    page = public_event.event_page(session, evening.event.slug, now=clock())

    assert {row.table for row in door.rows if row.name == mentor.person.name} == {None}
    assert [one.table for one in sheet.rounds] == ["Table 1 (closed)"] * 2
    assert (len(numbers), len(asked.rounds)) == (2, 2)
    assert [stop.title for stop in page.agenda][1] == "Two rounds of ten minutes"


def test_the_day_leads_to_no_closed_part(session: Session, evening: Evening, clock: Clock) -> None:
    event = evening.event
    close_part(session, evening, clock())
    frame = organiser.frame(session, event.organisation_id, event.id, now=clock())

    assert stations.day(session, frame, now=clock()).tables_of == ()


def test_programs_read_what_is_open_and_versions_whole(
    session: Session, evening: Evening, clock: Clock
) -> None:
    event = evening.event
    close_table(session, evening, clock())
    close_round(session, evening, clock())

    page = api_events.page(session, event.organisation_id, event.id)
    version = api_schedules.page(session, event, 1)

    assert [(len(one.rounds), len(one.tables)) for one in page.blocks] == [(0, 0), (2, 3), (0, 0)]
    assert (len(version.rounds), len(version.seats)) == (3, 24)
