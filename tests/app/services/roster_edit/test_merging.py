from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import (
    ConsentKind,
    InviteState,
    Method,
    OutboxState,
    QuestionKind,
    Role,
    SignUpState,
    WishKind,
)
from app.errors import InvalidInput, StaleVersion, TooLate
from app.models import AuditEntry, Invite, OutboxMessage, Pin, SignUp
from app.services import invites, roster_edit
from app.services.roster import close_roster
from app.services.roster_edit import Merged
from config import Config
from tests.builders import make_event, make_sign_up, planned_block
from tests.published import make_evening, publish
from tests.questions import answer, make_question


class Merger:
    def __init__(self, session: Session, now: datetime, settings: Config, key: bytes) -> None:
        self.session = session
        self.now = now
        self.common: dict[str, Any] = {"actor": "organiser 1", "settings": settings, "key": key}

    def merge(self, one: SignUp, other: SignUp, *taken: str, **more: Any) -> Merged:
        common = self.common | {"now": self.now} | more
        return roster_edit.merge(self.session, one, other, taken, **common)


@pytest.fixture
def merger(session: Session, now: datetime, settings: Config, key: bytes) -> Merger:
    return Merger(session, now, settings, key)


def waiting(session: Session) -> list[OutboxMessage]:
    rows = select(OutboxMessage).where(OutboxMessage.state == OutboxState.QUEUED)
    return list(session.scalars(rows.order_by(OutboxMessage.id)))


def mails(session: Session) -> list[tuple[str, Method | None]]:
    rows = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == OutboxState.QUEUED)
        .order_by(OutboxMessage.id)
    )
    return [(row.to_address, row.method) for row in rows]


def test_the_one_nearer_to_a_place_stays(session: Session, merger: Merger) -> None:
    event = make_event(session)
    waits = make_sign_up(session, event, state=SignUpState.WAITING)
    placed = make_sign_up(session, event)
    before = event.roster_version

    done = merger.merge(waits, placed)

    assert (done.kept.id, done.state, waits.state) == (
        placed.id,
        SignUpState.PLACED,
        SignUpState.WITHDRAWN,
    )
    assert event.roster_version > before
    assert mails(session) == []  # nobody is told that they left
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.detail == {"sign_up_id": placed.id, "left_sign_up_id": waits.id, "taken": []}


def test_what_was_chosen_is_taken_and_nothing_else(session: Session, merger: Merger) -> None:
    event = make_event(session)
    field = make_question(session, event)
    food = make_question(session, event, kind=QuestionKind.TEXT, is_private=True)
    one = make_sign_up(session, event, name="Lucy Turner", affiliation="North", needs=("quiet",))
    other = make_sign_up(
        session,
        event,
        name="Dr Lucy Turner",
        affiliation="South",
        topics=("Research methods",),
        consents=(ConsentKind.PLAN, ConsentKind.NAME),
    )
    answer(session, one, field, "Surgery")
    answer(session, other, field, "Paediatrics")
    answer(session, one, food, "No nuts")
    answer(session, other, food, "Nuts only")

    merger.merge(one, other, "affiliation", "topics", "consents", f"own_{field.id}")

    assert (one.person.name, one.person.affiliation) == ("Lucy Turner", "South")
    assert (one.topics, one.needs) == (["Research methods"], ["quiet"])
    assert {consent.kind for consent in one.consents} == {ConsentKind.PLAN, ConsentKind.NAME}
    assert [row.value for row in one.answers] == ["Paediatrics", "No nuts"]


def test_private_answers_are_never_chosen(session: Session, merger: Merger) -> None:
    event = make_event(session)
    food = make_question(session, event, kind=QuestionKind.TEXT, is_private=True)
    one, other = make_sign_up(session, event), make_sign_up(session, event)
    answer(session, one, food, "No nuts")
    answer(session, other, food, "Nuts only")

    merger.merge(one, other, f"own_{food.id}")

    assert [row.value for row in one.answers] == ["No nuts"]


def test_wishes_are_joined_and_those_about_either_follow(
    session: Session, merger: Merger, now: datetime
) -> None:
    event = make_event(session)
    one = make_sign_up(session, event, email="one@example.org", wishes=("Dr Finch",))
    other = make_sign_up(
        session,
        event,
        email="other@example.org",
        wishes=("Dr Finch",),
        not_with=("Dr Crow", "one@example.org"),
    )
    third = make_sign_up(session, event, not_with=("other@example.org",))

    merger.merge(one, other)

    assert [(wish.kind, wish.target) for wish in one.wishes] == [
        (WishKind.WISH, "Dr Finch"),
        (WishKind.NOT_WITH, "Dr Crow"),
    ]
    people = close_roster(session, event, planned_block(event), now).people
    assert {person.id: person.not_with for person in people} == {
        f"p{one.id}": (),
        f"p{third.id}": (f"p{one.id}",),
    }


def test_a_place_chosen_with_its_role_is_not_given_away(session: Session, merger: Merger) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1, Role.MENTOR: 1})
    mentor = make_sign_up(session, event, role=Role.MENTOR)
    mentee = make_sign_up(session, event)
    waits = make_sign_up(session, event, role=Role.MENTEE, state=SignUpState.WAITING)
    mentor_waits = make_sign_up(session, event, role=Role.MENTOR, state=SignUpState.WAITING)

    done = merger.merge(mentor, mentee, "role")

    assert (done.kept.id, mentor.role, mentor.state) == (
        mentor.id,
        Role.MENTEE,
        SignUpState.PLACED,
    )
    assert (waits.state, mentor_waits.state) == (SignUpState.WAITING, SignUpState.OFFERED)


def test_the_entry_of_who_leaves_is_taken_out_of_their_calendar(
    session: Session, merger: Merger, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    for row in session.scalars(select(OutboxMessage)):
        row.state = OutboxState.SENT
    one, other = evening.mentees[:2]
    round_, table = planned_block(evening.event).rounds[0], planned_block(evening.event).tables[0]
    pin = {"block_id": round_.block_id, "round_id": round_.id, "table_id": table.id}
    session.add(Pin(sign_up_id=other.id, created_at=now, **pin))
    session.flush()

    done = merger.merge(one, other)

    states = {
        row.sign_up_id: row.state
        for row in session.scalars(select(Invite).where(Invite.sign_up_id.in_((one.id, other.id))))
    }
    assert done.takes_entry_out
    assert states == {one.id: InviteState.LIVE, other.id: InviteState.CANCELLED}
    assert mails(session) == [(other.person.email, Method.CANCEL)]
    assert session.scalars(select(Pin)).all() == []
    [mail] = waiting(session)
    assert mail.subject == "Your two sign-ups are one now: An evening"
    assert "are one now, under the other address you gave" in mail.text
    assert one.person.email not in mail.text + mail.html  # it may be a stranger's
    assert "no longer have a place" not in mail.text + mail.html


def test_the_other_address_may_be_the_better_one(
    session: Session, merger: Merger, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    for row in session.scalars(select(OutboxMessage)):
        row.state = OutboxState.SENT
    kept = evening.mentees[0]
    before = kept.person.email
    newer = make_sign_up(session, evening.event, email="new@example.org")

    merger.merge(kept, newer, "email")

    assert (kept.person.email, kept.person.email_canonical) == ("new@example.org",) * 2
    assert mails(session) == [(before, Method.CANCEL), ("new@example.org", Method.REQUEST)]
    assert waiting(session)[0].subject == "Your sign-up has another address now: An evening"
    assert "new@example.org" not in waiting(session)[0].text
    assert newer.person.email.endswith("@merged.invalid")


def test_two_are_needed_who_are_both_there(session: Session, merger: Merger) -> None:
    event = make_event(session)
    one = make_sign_up(session, event)
    gone = make_sign_up(session, event, state=SignUpState.WITHDRAWN)

    with pytest.raises(InvalidInput):
        merger.merge(one, one)
    with pytest.raises(InvalidInput):
        merger.merge(one, make_sign_up(session, make_event(session)))
    with pytest.raises(StaleVersion):
        merger.merge(one, gone)


def test_nothing_is_merged_once_the_event_has_begun(session: Session, merger: Merger) -> None:
    event = make_event(session)
    one, other = make_sign_up(session, event), make_sign_up(session, event)

    with pytest.raises(TooLate):
        merger.merge(one, other, now=event.starts_at)


def test_two_people_are_told_apart_once(session: Session, now: datetime) -> None:
    event = make_event(session)
    one, other = make_sign_up(session, event), make_sign_up(session, event)

    roster_edit.say_not_same(session, event, other, one, now=now, actor="organiser 1")

    assert roster_edit.told_apart(session, event.id) == {frozenset({one.id, other.id})}


def test_who_leaves_reads_that_the_one_that_stays_has_their_address(
    session: Session, merger: Merger, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    for row in session.scalars(select(OutboxMessage)):
        row.state = OutboxState.SENT
    one, other = evening.mentees[:2]
    theirs, before = other.person.email, one.person.email

    merger.merge(one, other, "email")

    told = [(row.to_address, row.method, row.subject) for row in waiting(session)]
    assert told == [
        (theirs, Method.CANCEL, "Your two sign-ups are one now: An evening"),
        (before, Method.CANCEL, "Your sign-up has another address now: An evening"),
        (theirs, Method.REQUEST, "Your plan for An evening"),
    ]
    assert "are one now, under this address" in waiting(session)[0].text
