"""An evening that things happen to, and the calendars of everybody in it, as programs keep them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, EventState, InviteState, Role, SignUpState
from app.errors import MentoringError
from app.ical.invite import describe
from app.ical.told import read_span
from app.models import Event, Invite, Organisation, SignUp
from app.services import (
    cancelling,
    delivery,
    details,
    events,
    invites,
    privacy,
    publishing,
    roster_edit,
    signups,
)
from app.services.invites.content import content_of, frame_of
from app.services.publishing.itinerary import attendees, itineraries
from app.services.roster_edit import RosterEntry
from app.services.signups.form import SignUpForm
from config import Config
from tests.builders import planned_block
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.published import Evening, publish, tables_in_turn

Mailbox = tuple[str, str]
"""Whose address, and the UID."""
_ROUND = re.compile(r"^\d\d:\d\d Round \d+: [^,\n]+", re.MULTILINE)
_BEFORE = re.compile(r"^Before: (\d\d:\d\d), ([^,\n]+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an entry says; its rounds with time and table."""

    starts_at: datetime
    place: str
    rounds: tuple[str, ...]


@dataclass(kw_only=True)
class World:
    """An evening with four mentors and four mentees; things happen to the first of these."""

    factory: SessionFactory
    clock: Clock
    settings: Config
    key: bytes
    event_id: int
    sign_ups: tuple[int, ...]
    entries: dict[Mailbox, Said] = field(default_factory=dict)
    marks: dict[Mailbox, tuple[int, datetime]] = field(default_factory=dict)

    def do(self, change: Change) -> None:
        """Let something happen, unless it is refused after what happened before."""
        self.clock.advance(minutes=1)
        try:
            with unit_of_work(self.factory) as session:
                change(self, session)
        except MentoringError:
            return

    def event(self, session: Session) -> Event:
        return session.get_one(Event, self.event_id)

    def mentee(self, session: Session, at: int = 0) -> SignUp:
        return session.get_one(SignUp, self.sign_ups[4 + at])

    def sync(self, session: Session) -> int:
        return invites.sync(
            session, self.event(session), now=self.clock(), settings=self.settings, actor="test"
        )

    def deliver(self) -> None:
        """Send what waits, and put it into the calendars as their programs do."""
        self.clock.advance(minutes=1)
        transport = MemoryTransport()
        while delivery.deliver_due(
            self.factory,
            transport,
            clock=self.clock,
            settings=self.settings,
            key=self.key,
            owner="test",
        ):
            pass
        for mail in transport.delivered:
            if mail.calendar is not None:
                self._take(mail.to_address, mail.text, mail.calendar.content.decode())

    def _take(self, address: str, text: str, calendar: str) -> None:
        [entry] = Calendar.from_ical(calendar).walk("VEVENT")
        box = (address, str(entry["UID"]))
        mark = (int(entry.decoded("SEQUENCE")), entry.decoded("DTSTAMP"))
        assert box not in self.marks or self.marks[box] < mark
        self.marks[box] = mark
        had = self.entries.pop(box, None)
        if "METHOD:REQUEST" not in calendar:
            return
        span = read_span(calendar)
        said = Said(
            starts_at=span.starts_at,
            place=span.place,
            rounds=tuple(_ROUND.findall(str(entry["DESCRIPTION"]))),
        )
        _assert_tells(text.split("Dear ", maxsplit=1)[0], had, said)
        self.entries[box] = said

    def wanted(self, session: Session) -> dict[Mailbox, Said]:
        """Return what the calendars have to say now."""
        event = self.event(session)
        people = attendees(session, event.id)
        paths = itineraries(event, publishing.current(session, event.id), people)
        house = session.get_one(Organisation, event.organisation_id)
        frame = frame_of(
            event,
            house.name,
            base_url=self.settings.base_url,
            mail_from=self.settings.mail_from,
        )
        found = {}
        for row in session.scalars(select(Invite)):
            person = people[row.sign_up_id]
            path = paths.get(row.sign_up_id)
            is_in = person.state is SignUpState.PLACED and event.state is not EventState.CANCELLED
            if is_in and (path is not None or row.state is InviteState.LIVE):
                said = content_of(frame, person, path, uid=row.uid, partstat=row.partstat)
                found[person.address, row.uid] = Said(
                    starts_at=said.starts_at,
                    place=said.place,
                    rounds=tuple(_ROUND.findall(describe(said))),
                )
        return found


Change = Callable[[World, Session], object]


def _assert_tells(head: str, had: Said | None, said: Said) -> None:
    """Check what stands before the greeting: what was, by what its reader had in the calendar."""
    assert had is not None or not head.strip(), "a change of what is not there"
    if had is None:
        return
    for time, table in _BEFORE.findall(head):
        spots = {line.replace("Table", "table").split(": ", 1)[1] for line in had.rounds}
        assert table in spots
        assert any(line.startswith(f"{time} Round") for line in had.rounds)
    assert ("Before: Thursday" in head) == (had.starts_at != said.starts_at)
    assert (f"Before: {had.place}\n" in head) == (had.place != said.place)


def move(world: World, session: Session) -> None:
    event = world.event(session)
    to = event.starts_at + timedelta(hours=1)
    events.move(session, event, to, now=world.clock(), actor="test")
    world.sync(session)


def meet_elsewhere(world: World, session: Session) -> None:
    wanted = replace(details.of_event(world.event(session)), venue=f"Hall {world.clock().minute}")
    for agreed in range(9):  # whoever has a calendar entry is told, and that was agreed to
        outcome = details.save(
            session,
            world.event_id,
            wanted,
            agreed=agreed,
            now=world.clock(),
            actor="test",
            settings=world.settings,
        )
        if outcome.is_saved:
            return


def plan_anew(world: World, session: Session) -> None:
    rows = [session.get_one(SignUp, id_) for id_ in world.sign_ups]
    evening = Evening(event=world.event(session), mentors=tuple(rows[:4]), mentees=tuple(rows[4:]))
    tables: list[list[int | None]] = [
        list(reversed(own))
        if one.state is SignUpState.PLACED and one.absent_at is None
        else [None] * 3
        for one, own in zip(evening.mentees, tables_in_turn(evening), strict=True)
    ]
    publish(session, evening, now=world.clock(), tables=tables)
    world.sync(session)


def take_up(world: World, session: Session) -> None:
    event, now = world.event(session), world.clock()
    taken = publishing.take_up(session, event, 1, now=now, actor="test")
    if taken.runs:
        known = publishing.current(session, event.id).version
        publishing.publish(
            session, event, taken.runs, expected_version=known, now=now, actor="test"
        )
        world.sync(session)


def withdraw(world: World, session: Session) -> None:
    who = world.mentee(session)
    signups.withdraw(session, who, now=world.clock())
    invites.cancel_for(session, who, now=world.clock(), settings=world.settings)


def come_again(world: World, session: Session) -> None:
    person, event = world.mentee(session).person, world.event(session)
    form = SignUpForm(
        role=Role.MENTEE,
        name=person.name,
        email=person.email,
        stage="student",
        question="Why?",
        topics=("Career planning",),
        rounds=tuple(one.id for one in planned_block(event).rounds),
        consents=frozenset({ConsentKind.PLAN, ConsentKind.NAME}),
    )
    entry = RosterEntry(form=form, consented=True)
    roster_edit.add(session, event, entry, now=world.clock(), actor="test")


def stay_away(world: World, session: Session) -> None:
    roster_edit.mark_absent(session, world.mentee(session), now=world.clock(), actor="test")


def erase(world: World, session: Session) -> None:
    privacy.erase(
        session,
        world.mentee(session).person,
        now=world.clock(),
        actor="test",
        journal=privacy.journal_path(world.settings.data),
        settings=world.settings,
    )


def merge(world: World, session: Session) -> None:
    roster_edit.merge(
        session,
        world.mentee(session),
        world.mentee(session, 1),
        ("email", "name"),
        now=world.clock(),
        actor="test",
        settings=world.settings,
        key=world.key,
    )


def call_off(world: World, session: Session) -> None:
    cancelling.cancel_event(
        session,
        world.event(session),
        now=world.clock(),
        actor="test",
        settings=world.settings,
    )


def put_back_on(world: World, session: Session) -> None:
    cancelling.reinstate_event(
        session,
        world.event(session),
        now=world.clock(),
        actor="test",
        settings=world.settings,
    )


CHANGES: tuple[Change, ...] = (
    move, meet_elsewhere, plan_anew, take_up, withdraw, come_again, stay_away, erase, merge,
    call_off, put_back_on,
)  # fmt: skip
