"""Mails that wait when a newer one replaces them: what that one says was before did arrive."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import Method
from app.models import Invite, OutboxMessage
from app.services import events, invites, roster_edit
from config import Config
from tests.builders import planned_block
from tests.published import Evening, let_mail_leave, make_evening, publish

MOVED: list[list[int | None]] = [[0, 1, 3], [1, 2, 3], [2, 3, 0], [3, 0, 1]]
"""In the third round the first mentee goes to the fourth table."""
HOUR = timedelta(hours=1)


class Desk:
    """An evening that was published and told, and what its organiser does to it."""

    def __init__(self, session: Session, now: datetime, settings: Config) -> None:
        self.session, self.now, self.settings = session, now, settings
        self.evening: Evening = make_evening(session)
        self.publish()

    def sync(self) -> None:
        self.now += timedelta(minutes=1)
        invites.sync(self.session, self.evening.event, now=self.now, settings=self.settings)

    def publish(self, tables: list[list[int | None]] | None = None) -> None:
        self.now += timedelta(minutes=1)
        publish(self.session, self.evening, now=self.now, tables=tables)
        self.sync()

    def move(self, by: timedelta) -> None:
        event = self.evening.event
        events.move(self.session, event, event.starts_at + by, now=self.now, actor="test")
        self.sync()

    def meet_in(self, venue: str) -> None:
        self.evening.event.venue = venue
        self.sync()

    def last_mail(self) -> OutboxMessage:
        """Return the newest mail to the first mentee."""
        rows = select(OutboxMessage).where(
            OutboxMessage.person_id == self.evening.mentees[0].person_id
        )
        return max(self.session.scalars(rows), key=lambda row: row.id)


@pytest.fixture
def desk(session: Session, now: datetime, settings: Config) -> Desk:
    return Desk(session, now, settings)


def head(mail: OutboxMessage) -> list[str]:
    return [line for line in mail.text.split("Dear ")[0].splitlines() if line]


WHEN = [
    "Before: Thursday 4 March 2027, 18:00 to 18:56 (Europe/Berlin)",
    "Now:    Thursday 4 March 2027, 19:00 to 19:56 (Europe/Berlin)",
]
WHERE = ["Before: Atrium", "Now:    Old library"]


def test_a_new_place_says_the_new_time_that_was_never_read(desk: Desk) -> None:
    let_mail_leave(desk.session)
    desk.move(HOUR)

    desk.meet_in("Old library")

    mail = desk.last_mail()
    assert (mail.subject, mail.sequence) == ("New time and place: An evening", 2)
    assert head(mail) == WHEN + WHERE


def test_a_new_time_says_the_round_that_changed_in_between(desk: Desk) -> None:
    let_mail_leave(desk.session)
    desk.publish(MOVED)

    desk.move(HOUR)

    assert head(desk.last_mail()) == [
        *WHEN,
        "Before: 18:39, table 3, Agneta Dahlqvist",
        "Now:    19:39, table 4, Aurora Moresi",
    ]


def test_what_left_is_not_said_again(desk: Desk) -> None:
    let_mail_leave(desk.session)
    desk.move(HOUR)
    let_mail_leave(desk.session)

    desk.meet_in("Old library")

    assert head(desk.last_mail()) == WHERE


def test_a_move_of_an_invite_that_never_left_is_an_invite(desk: Desk) -> None:
    desk.move(HOUR)

    mail = desk.last_mail()
    assert (mail.method, mail.sequence) == (Method.REQUEST, 1)
    assert mail.subject == "Your plan for An evening"
    assert "\nyour seats at An evening are set.\n" in mail.text


def test_a_move_after_a_return_that_never_left_says_that_the_end_no_longer_holds(
    desk: Desk, settings: Config
) -> None:
    let_mail_leave(desk.session)
    invites.cancel_for(desk.session, desk.evening.mentees[0], now=desk.now, settings=settings)
    let_mail_leave(desk.session)
    desk.sync()

    desk.move(HOUR)

    mail = desk.last_mail()
    assert mail.sequence == 3
    assert "that no longer holds" in mail.text


def test_what_was_changed_and_back_before_anybody_heard_is_said_to_be_so(desk: Desk) -> None:
    let_mail_leave(desk.session)
    desk.move(HOUR)

    desk.move(-HOUR)

    mail = desk.last_mail()
    assert (mail.subject, mail.sequence) == ("Nothing changes for you: An evening", 2)
    assert head(mail) == []
    assert "what changed in between was changed back" in mail.text
    assert "what changed in between was changed back" in mail.html


def test_another_mailbox_never_had_what_the_old_one_had(
    desk: Desk, settings: Config, key: bytes
) -> None:
    let_mail_leave(desk.session)
    one, other = desk.evening.mentees[:2]
    roster_edit.merge(
        desk.session, one, other, ("email",), now=desk.now, actor="t", settings=settings, key=key
    )

    desk.move(HOUR)

    kept = desk.session.scalars(select(Invite).where(Invite.sign_up_id == one.id)).one()
    rows = desk.session.scalars(select(OutboxMessage).where(OutboxMessage.uid == kept.uid)).all()
    last = max(rows, key=lambda row: row.id)
    assert (last.to_address, last.subject) == (one.person.email, "Your plan for An evening")


def test_once_its_text_was_removed_nothing_is_said_of_before(desk: Desk) -> None:
    let_mail_leave(desk.session)
    for row in desk.session.scalars(select(OutboxMessage)):
        row.calendar = None
    desk.move(HOUR)

    desk.meet_in("Old library")

    assert desk.last_mail().subject == "Your plan for An evening"


def test_by_video_the_place_is_told_without_its_link(desk: Desk) -> None:
    for table in planned_block(desk.evening.event).tables:
        table.video_link = "https://meet.example.org/room"
    desk.sync()
    let_mail_leave(desk.session)
    desk.move(HOUR)

    desk.meet_in("Old library")

    assert head(desk.last_mail()) == WHEN + WHERE
