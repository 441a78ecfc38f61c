"""A kept feed is what would be written now, whatever changed since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Enum,
    Float,
    Integer,
    LargeBinary,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import Base, UtcDateTime
from app.enums import ConsentKind, EventState
from app.models import Consent, SignUp
from app.queries import calendar, kept_feeds
from app.queries.kept_feeds import FeedCache, Kept
from app.services import events, invites, publishing, signups
from config import Config
from tests.conftest import Clock
from tests.published import Evening, make_evening, publish, tables_in_turn

MOVED = [[0, 1, 3], [1, 2, 3], [2, 3, 0], [3, 0, 1]]
NEVER_CHANGED = {"schedule", "scheduled_round", "scheduled_seat", "plan_run"}
"""A version is written once, and of the plan it came from only the making counts."""
NEVER_OTHER = {"consent.kind"}
Values = dict[int, object]
SAID = {
    "event.name",
    "event.agenda_changed_at",
    "event.slug",
    "event.zone",
    "event.starts_at",
    "event.ends_at",
    "event.venue",
    "event.state",
    "block.kind",
    "block.rules",
    "seating_table.number",
    "seating_table.label",
    "seating_table.video_link",
    "seating_table.closed_at",
    "round.closed_at",
    "block.closed_at",
    "person.name",
    "person.erased_at",
    "sign_up.role",
    "sign_up.state",
    "sign_up.created_at",
    "sign_up.withdrawn_at",
    "sign_up.absent_rounds",
    "consent.withdrawn_at",
    "invite.uid",
    "invite.sequence",
}
"""The columns of which a change shows in somebody's feed, in this evening."""
ALL = {
    str(column)
    for table in Base.metadata.sorted_tables
    for column in table.c
    if table.name not in NEVER_CHANGED
    if not (str(column) in NEVER_OTHER or column.primary_key or column.foreign_keys)
}


@pytest.fixture
def evening(session: Session, settings: Config, clock: Clock) -> Evening:
    """Return an evening published twice, at tables that have only numbers."""
    evening = make_evening(session)
    tables = tables_in_turn(evening)
    tables[0] = [0, None, 2]
    publish(session, evening, now=clock(), tables=tables)
    invites.sync(session, evening.event, now=clock(), settings=settings)
    clock.advance(hours=1)
    publish(session, evening, now=clock(), tables=[[0, None, 3], *MOVED[1:]])
    invites.sync(session, evening.event, now=clock(), settings=settings)
    for table in evening.event.blocks[1].tables:
        table.label = ""
    session.flush()
    clock.advance(hours=1)
    return evening


class Feeds:
    """The feeds of a mentor and two mentees, from memory and from scratch."""

    def __init__(self, session: Session, evening: Evening, settings: Config, clock: Clock) -> None:
        self.session, self.settings, self.clock = session, settings, clock
        readers = (evening.mentors[0], evening.mentees[0], evening.mentees[3])
        self.people = [one.person_id for one in readers]
        self.cache = FeedCache()

    def kept(self) -> list[Kept]:
        self.session.flush()
        return [
            kept_feeds.of_person(
                self.session,
                person_id,
                settings=self.settings,
                now=self.clock(),
                cache=self.cache,
            )
            for person_id in self.people
        ]

    def remember(self, kept: list[Kept]) -> None:
        for person_id, one in zip(self.people, kept, strict=True):
            self.cache.keep(("person", person_id), one)

    def fresh(self) -> list[bytes]:
        self.session.flush()
        return [
            calendar.person_feed(
                self.session, person_id, settings=self.settings, now=self.clock()
            ).content
            for person_id in self.people
        ]


@pytest.fixture
def feeds(session: Session, evening: Evening, settings: Config, clock: Clock) -> Feeds:
    return Feeds(session, evening, settings, clock)


def others(column: Column[Any], value: Any, now: datetime, round_id: int) -> Iterator[object]:
    """Return values that a column might have instead."""
    if isinstance(column.type, Enum):
        yield from (one for one in reversed(column.type.enum_class or ()) if one is not value)
    elif isinstance(column.type, UtcDateTime):
        yield now
        if value is not None and column.nullable:
            yield None
    elif isinstance(column.type, JSON):
        yield [round_id] if isinstance(value, list) else {"hosts": ["mentee"]}
    elif isinstance(column.type, Boolean):
        yield not value
    elif isinstance(column.type, Integer | Float):
        yield (value or 0) + 100
    elif isinstance(column.type, LargeBinary):
        yield bytes(reversed(value))
    elif column.name == "zone":
        yield "America/Santiago"
    elif column.name == "video_link":
        yield "https://meet.example.org/1"
    else:
        yield f"X{value or ''}"


def changes(
    session: Session, feeds: Feeds, round_id: int, names: Collection[str]
) -> Iterator[tuple[Column[Any], Values]]:
    """Return new values for columns that may change, of all rows and of other people's."""
    own = {
        "person": set(feeds.people),
        "sign_up": set(select_ids(session, SignUp.person_id.in_(feeds.people))),
    }
    for table in Base.metadata.sorted_tables:
        rows = session.execute(select(table)).mappings().all()
        for column in (one for one in table.c if str(one) in names):
            ways = {
                row["id"]: list(others(column, row[column.name], feeds.clock(), round_id))
                for row in rows
            }
            most = max((len(one) for one in ways.values()), default=0)
            for turn in range(most if names is ALL else min(1, most)):
                values = {id_: one[turn] for id_, one in ways.items() if len(one) > turn}
                yield column, values
                if table.name in own:
                    yield column, {id_: values[id_] for id_ in values.keys() - own[table.name]}


def select_ids(session: Session, condition: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(SignUp.id).where(condition)))


def apply(session: Session, column: Column[Any], values: Values) -> None:
    """Write new values past the models; those that a constraint forbids stay as they are."""
    for id_, value in values.items():
        update = column.table.update().where(column.table.c.id == id_)
        with suppress(IntegrityError), session.begin_nested():
            session.execute(update.values({column.name: value}))
    session.expire_all()


@pytest.mark.parametrize("names", [SAID, pytest.param(ALL, marks=pytest.mark.night)], ids=len)
def test_a_kept_feed_changes_exactly_when_one_from_scratch_does(
    session: Session, evening: Evening, feeds: Feeds, clock: Clock, names: Collection[str]
) -> None:
    signups.withdraw(session, evening.mentees[3], now=clock())
    clock.advance(hours=1)
    round_id = evening.event.blocks[1].rounds[1].id
    before, first = feeds.fresh(), feeds.kept()
    wrong, said = [], set()
    for column, values in changes(session, feeds, round_id, names):
        feeds.remember(first)
        trial = session.begin_nested()
        apply(session, column, values)
        now = feeds.fresh()
        if [one.content for one in feeds.kept()] != now:
            wrong.append(str(column))
        if now != before:
            said.add(str(column))
        trial.rollback()
        session.expire_all()

    assert wrong == []
    assert said == SAID


def test_kept_feeds_follow_everything_that_happens(
    session: Session, evening: Evening, feeds: Feeds, clock: Clock, settings: Config
) -> None:
    """Each step changes somebody's feed; in memory and from scratch it is the same."""
    mentor, mentee = evening.mentors[0], evening.mentees[0]
    steps: dict[str, Callable[[], object]] = {
        "somebody else's name": lambda: setattr(mentor.person, "name", "Zoë Other"),
        "a yes taken back": lambda: _take_back(session, mentor, clock()),
        "a table's name": lambda: setattr(evening.event.blocks[1].tables[1], "label", "Piano"),
        "the event's name": lambda: setattr(evening.event, "name", "Another evening"),
        "the place": lambda: setattr(evening.event, "venue", "Orangery"),
        "the time": lambda: _move(session, evening, settings, clock()),
        "a new version": lambda: _publish(session, evening, settings, clock()),
        "somebody leaves": lambda: signups.withdraw(session, mentee, now=clock()),
        "thirty days": lambda: clock.advance(days=31),
        "the event falls": lambda: _cancel(session, evening, settings, clock()),
        "thirty more": lambda: clock.advance(days=31),
    }
    seen, unchanged = [one.etag for one in feeds.kept()], []

    for name, step in steps.items():
        clock.advance(minutes=1)
        step()
        now = feeds.kept()
        assert [one.content for one in now] == feeds.fresh(), name
        if [one.etag for one in now] == seen:
            unchanged.append(name)
        seen = [one.etag for one in now]

    assert unchanged == []


def _take_back(session: Session, sign_up: SignUp, now: datetime) -> None:
    for consent in session.scalars(
        select(Consent).where(Consent.sign_up_id == sign_up.id, Consent.kind == ConsentKind.NAME)
    ):
        consent.withdrawn_at = now


def _move(session: Session, evening: Evening, settings: Config, now: datetime) -> None:
    later = evening.event.starts_at + timedelta(hours=1)
    events.move(session, evening.event, later, now=now, actor="test")
    publishing.follow_times(session, evening.event, now=now, actor="test")
    invites.sync(session, evening.event, now=now, settings=settings)


def _publish(session: Session, evening: Evening, settings: Config, now: datetime) -> None:
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)


def _cancel(session: Session, evening: Evening, settings: Config, now: datetime) -> None:
    evening.event.state = EventState.CANCELLED
    session.flush()
    invites.sync(session, evening.event, now=now, settings=settings)


def test_a_feed_is_written_once_while_nothing_changes(feeds: Feeds, clock: Clock) -> None:
    first = feeds.kept()
    clock.advance(days=1)

    again = feeds.kept()

    assert [one is other for one, other in zip(first, again, strict=True)] == [True] * len(first)


def test_the_cache_forgets_what_was_not_asked_for_longest(feeds: Feeds) -> None:
    [kept, *_] = feeds.kept()
    cache = FeedCache(most=2)

    for key in ("a", "b"):
        cache.keep(key, kept)
    cache.find("a")
    cache.keep("c", kept)

    assert [cache.find(key) is not None for key in ("a", "b", "c")] == [True, False, True]
    assert len(cache) == 2
