from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import (
    InviteState,
    LinkPurpose,
    Method,
    OutboxState,
    QuestionKind,
    Role,
    SignUpState,
    WishKind,
)
from app.errors import InvalidInput, NotFound, StaleVersion
from app.models import Event, Invite, OutboxMessage, SignUp
from app.services import access, invites, roster_edit
from app.services.roster import close_roster
from app.services.signups import mail as signup_mail
from app.services.signups.form import SignUpForm, choices_of
from config import Config
from tests.builders import make_event, make_sign_up, planned_block
from tests.published import make_evening, publish
from tests.questions import answer, make_question


def form_of(sign_up: SignUp, **changes: Any) -> SignUpForm:
    """Return what the edit page of somebody would send if nothing were changed."""
    person = sign_up.person
    form = SignUpForm(
        role=sign_up.role,
        name=person.name,
        email=person.email,
        stage=person.stage,
        affiliation=person.affiliation,
        question=sign_up.question,
        topics=tuple(sign_up.topics),
        needs=tuple(sign_up.needs),
        not_with=None,
    )
    return replace(form, **changes)


class Editor:
    """Edits as an organiser does."""

    def __init__(self, session: Session, now: datetime, settings: Config, key: bytes) -> None:
        self.session = session
        self.common: dict[str, Any] = {
            "now": now, "actor": "organiser 1", "settings": settings, "key": key,
        }  # fmt: skip

    def edit(self, sign_up: SignUp, **changes: Any) -> bool:
        rounds = choices_of(self.session.get_one(Event, sign_up.event_id)).rounds
        form = form_of(sign_up, **({"rounds": rounds} | changes))
        return roster_edit.edit(self.session, sign_up, form, **self.common)


@pytest.fixture
def editor(session: Session, now: datetime, settings: Config, key: bytes) -> Editor:
    return Editor(session, now, settings, key)


def test_an_edit_counts_as_another_roster(session: Session, editor: Editor) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event, wishes=("Finch",), not_with=("Crow",))
    before = event.roster_version

    did = editor.edit(sign_up, affiliation="Charité Mitte", needs=("quiet",))
    again = editor.edit(sign_up)

    assert (did, again, event.roster_version - before) == (True, False, 1)
    assert (sign_up.person.affiliation, sign_up.needs) == ("Charité Mitte", ["quiet"])
    assert [(one.kind, one.target) for one in sign_up.wishes] == [
        (WishKind.WISH, "Finch"),
        (WishKind.NOT_WITH, "Crow"),
    ]


def test_what_is_private_stays_as_it_was(session: Session, editor: Editor) -> None:
    event = make_event(session)
    food = make_question(session, event, kind=QuestionKind.TEXT, is_private=True)
    field = make_question(session, event)
    sign_up = make_sign_up(session, event)
    sign_up.goals = "A mentor for life"
    answer(session, sign_up, food, "No nuts")
    answer(session, sign_up, field, "Surgery")

    editor.edit(sign_up, goals="", own_answers=((food.id, "Anything"), (field.id, "Paediatrics")))

    assert sign_up.goals == "A mentor for life"
    assert {one.question_id: one.value for one in sign_up.answers} == {
        food.id: "No nuts",
        field.id: "Paediatrics",
    }


def test_what_an_import_left_open_may_stay_open(session: Session, editor: Editor) -> None:
    event = make_event(session)
    make_question(session, event, is_required=True)
    sign_up = make_sign_up(session, event, question="", topics=())
    sign_up.person.stage = None

    assert editor.edit(sign_up, name="Róża Tylus")
    with pytest.raises(InvalidInput) as caught:
        editor.edit(sign_up, name="")

    assert set(caught.value.fields) == {"name"}


def test_a_wish_by_name_follows_a_new_name(session: Session, editor: Editor, now: datetime) -> None:
    event = make_event(session)
    lucy = make_sign_up(session, event, name="Lucy Turnor")
    make_sign_up(session, event, not_with=("lucy turnor",))

    editor.edit(lucy, name="Lucy Turner")

    people = close_roster(session, event, planned_block(event), now).people
    assert [person.not_with for person in people] == [(), (f"p{lucy.id}",)]


def test_a_taken_address_is_refused(session: Session, editor: Editor) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Lucy Turner", email="lucy@example.org")
    sign_up = make_sign_up(session, event)

    with pytest.raises(InvalidInput) as caught:
        editor.edit(sign_up, email="LUCY@example.org")

    assert set(caught.value.fields) == {"email"}


def test_with_a_new_address_old_links_die_and_waiting_mail_is_dropped(
    session: Session, editor: Editor, now: datetime, key: bytes
) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event, email="typo@example.org")
    make_sign_up(session, event, not_with=("typo@example.org",))
    old = access.link_for(session, sign_up.person_id, LinkPurpose.ACCESS, key=key, now=now)
    signup_mail.queue(session, "welcome", event, sign_up, now=now)

    assert editor.edit(sign_up, email="right@example.org")

    with pytest.raises(NotFound):
        access.person_of(session, old, key=key, now=now)
    assert session.scalars(select(OutboxMessage.state)).all() == [OutboxState.DROPPED]
    people = close_roster(session, event, planned_block(event), now).people
    assert people[1].not_with == (f"p{sign_up.id}",)


def published(session: Session, now: datetime, settings: Config) -> SignUp:
    """Return a mentee who was sent an entry at wrong@example.org."""
    evening = make_evening(session)
    publish(session, evening, now=now)
    mentee = evening.mentees[0]
    mentee.person.email = mentee.person.email_canonical = "wrong@example.org"
    session.flush()
    invites.sync(session, evening.event, now=now, settings=settings)
    return mentee


def letters(session: Session, sign_up: SignUp) -> list[tuple[str, Method | None, int | None]]:
    rows = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.person_id == sign_up.person_id,
            OutboxMessage.state == OutboxState.QUEUED,
        )
        .order_by(OutboxMessage.id)
    )
    return [(row.to_address, row.method, row.sequence) for row in rows]


def test_the_entry_moves_to_the_new_mailbox(
    session: Session, editor: Editor, now: datetime, settings: Config
) -> None:
    mentee = published(session, now, settings)
    for row in session.scalars(select(OutboxMessage)):
        row.state = OutboxState.SENT
    session.flush()

    editor.edit(mentee, email="right@example.org")

    assert letters(session, mentee) == [
        ("wrong@example.org", Method.CANCEL, 1),
        ("right@example.org", Method.REQUEST, 2),
    ]
    last = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert last is not None
    assert last.calendar is not None
    [entry] = Calendar.from_ical(last.calendar).walk("VEVENT")
    assert str(entry["ATTENDEE"]) == "mailto:right@example.org"
    assert len(session.scalars(select(OutboxMessage)).all()) == 10  # nobody else is told


def test_a_mailbox_that_got_nothing_hears_of_no_end(
    session: Session, editor: Editor, now: datetime, settings: Config
) -> None:
    mentee = published(session, now, settings)
    for row in session.scalars(select(OutboxMessage)):
        row.state = OutboxState.SENT
    session.flush()
    editor.edit(mentee, email="strangers@example.org")

    editor.edit(mentee, email="right@example.org")

    assert letters(session, mentee) == [
        ("wrong@example.org", Method.CANCEL, 1),
        ("right@example.org", Method.REQUEST, 4),
    ]


def test_another_spelling_is_the_same_mailbox(
    session: Session, editor: Editor, now: datetime, settings: Config
) -> None:
    mentee = published(session, now, settings)
    for row in session.scalars(select(OutboxMessage)):
        row.state = OutboxState.SENT
    session.flush()
    editor.edit(mentee, email="Wrong@Example.org")

    editor.edit(mentee, email="right@example.org")

    assert [(method, number) for _, method, number in letters(session, mentee)] == [
        (Method.CANCEL, 1),
        (Method.REQUEST, 2),
    ]


def test_an_entry_that_never_arrived_is_not_taken_out(
    session: Session, editor: Editor, now: datetime, settings: Config
) -> None:
    mentee = published(session, now, settings)
    for row in session.scalars(select(OutboxMessage)):
        row.state = OutboxState.BOUNCED
    session.flush()

    editor.edit(mentee, email="right@example.org")

    assert letters(session, mentee) == [("right@example.org", Method.REQUEST, 2)]


def test_another_role_keeps_the_place_while_there_is_one(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1, Role.MENTOR: 1})
    sign_up = make_sign_up(session, event)
    waits = make_sign_up(session, event, state=SignUpState.WAITING)

    state = roster_edit.change_role(
        session, sign_up, Role.MENTOR, now=now, actor="organiser 1", settings=settings
    )

    assert (state, sign_up.role) == (SignUpState.PLACED, Role.MENTOR)
    assert waits.state is SignUpState.OFFERED


def test_another_role_that_is_full_means_its_waitlist(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)  # four mentors, and no more places for mentors
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    mentee = evening.mentees[0]

    state = roster_edit.change_role(
        session, mentee, Role.MENTOR, now=now, actor="organiser 1", settings=settings
    )

    entry = session.scalars(select(Invite).where(Invite.sign_up_id == mentee.id)).one()
    assert (state, mentee.role) == (SignUpState.WAITING, Role.MENTOR)
    assert (entry.state, mentee.seq) == (InviteState.CANCELLED, 9)


def test_a_role_nobody_is_asked_for_is_refused(
    session: Session, now: datetime, settings: Config
) -> None:
    sign_up = make_sign_up(session, make_event(session))

    with pytest.raises(InvalidInput):
        roster_edit.change_role(
            session, sign_up, Role.PEER, now=now, actor="organiser 1", settings=settings
        )


def test_who_left_is_not_changed(session: Session, editor: Editor) -> None:
    sign_up = make_sign_up(session, make_event(session), state=SignUpState.WITHDRAWN)

    with pytest.raises(StaleVersion):
        editor.edit(sign_up, name="Somebody")
