"""A message reaches whom it is for, filled in for each, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import InviteState, OutboxState, PartStat, Role, SignUpState
from app.errors import InvalidInput, TooManyTries
from app.models import Event, Invite, Message, OutboxMessage
from app.services import messages, privacy
from app.services.messages import Audience, Draft, Group
from config import Config
from tests.builders import make_event, make_organiser, make_sign_up
from tests.published import make_evening, publish

TEXT = "Dear {first name},\n\nyou begin at {first table}. Bring {nothing}.".replace(
    " Bring {nothing}.", ""
)


def make_draft(
    group: Group = Group.PLACED,
    *,
    subject: str = "The entrance has moved",
    text: str = "Use the door on the north side.",
    roles: tuple[Role, ...] = (),
    named: tuple[str, ...] = (),
    key: str = "a form",
) -> Draft:
    audience = Audience(group=group, roles=frozenset(roles), named=named)
    return Draft(subject=subject, text=text, audience=audience, key=key)


def names(session: Session, event: Event, draft: Draft) -> list[str]:
    return [reader.name for reader in messages.readers(session, event, draft.audience)]


def send(
    session: Session, event: Event, draft: Draft, *, now: datetime, settings: Config
) -> Message:
    organiser = session.scalar(select(Message.sent_by)) or make_organiser(session).id
    return messages.send(
        session,
        event,
        draft,
        organiser_id=organiser,
        now=now,
        settings=settings,
        actor="test",
    )


def mails(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_everybody_with_a_place_gets_one_mail(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session)
    for state in SignUpState:
        make_sign_up(session, event, name=state.value, state=state)
    make_sign_up(session, event, name="second", role=Role.MENTOR)

    message = send(session, event, make_draft(), now=now, settings=settings)

    assert [mail.to_name for mail in mails(session)] == ["placed", "second"]
    assert (message.told_people, message.subject) == (2, "The entrance has moved")
    assert {mail.reply_to for mail in mails(session)} == {"evening@example.org"}


def test_groups_are_who_they_say(session: Session, now: datetime) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    for name, state in (("Wait", SignUpState.WAITING), ("Ask", SignUpState.ASKED)):
        make_sign_up(session, evening.event, name=name, state=state)
    make_sign_up(session, evening.event, name="New")
    for at, partstat in ((0, PartStat.DECLINED), (1, PartStat.NEEDS_ACTION)):
        invite = session.scalars(
            select(Invite).where(Invite.sign_up_id == evening.mentees[at].id)
        ).one()
        invite.state, invite.partstat = InviteState.LIVE, partstat
    session.flush()

    found = {
        group: names(session, evening.event, make_draft(group))
        for group in Group
        if group is not Group.CHOSEN
    }

    assert found[Group.WAITING] == ["Wait"]
    assert found[Group.ASKED] == ["Ask"]
    assert found[Group.UNSEATED] == ["New"]
    assert found[Group.DECLINED] == ["Róża Tylus"]
    assert found[Group.UNANSWERED] == ["Jip van der Stael"]
    assert len(found[Group.SEATED]) == 8
    assert len(found[Group.PLACED]) == 9
    counts = messages.count(session, evening.event)
    assert {group: counts[group] for group in found} == {
        group: len(people) for group, people in found.items()
    }


def test_roles_narrow_a_group(session: Session) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Mia", role=Role.MENTEE)
    make_sign_up(session, event, name="Max", role=Role.MENTOR)

    assert names(session, event, make_draft(roles=(Role.MENTOR,))) == ["Max"]


def test_people_are_named_by_address_or_by_a_name_that_one_of_them_has(session: Session) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Mia Lind", email="mia@example.org")
    make_sign_up(session, event, name="Max Berg")

    draft = make_draft(Group.CHOSEN, named=("MIA@example.org", "max  berg", "Mia Lind"))

    assert names(session, event, draft) == ["Max Berg", "Mia Lind"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Nobody", "Nobody here with a confirmed address is called “Nobody”"),
        ("Twin", "2 people are called “Twin”: write the address"),
        ("held@example.org", "Nobody here with a confirmed address is called “held@example.org”"),
    ],
)
def test_a_line_that_names_nobody_or_several_is_said(
    session: Session, line: str, said: str
) -> None:
    event = make_event(session)
    for _ in range(2):
        make_sign_up(session, event, name="Twin")
    make_sign_up(session, event, state=SignUpState.HELD, email="held@example.org")

    with pytest.raises(InvalidInput) as caught:
        names(session, event, make_draft(Group.CHOSEN, named=(line,)))

    assert caught.value.fields == {"named": said}


def test_placeholders_are_filled_in_for_each_reader(
    session: Session, now: datetime, settings: Config
) -> None:
    evening = make_evening(session)
    publish(session, evening, now=now)
    draft = make_draft(Group.CHOSEN, named=("Róża Tylus",), subject="{Name}: {date}", text=TEXT)

    send(session, evening.event, draft, now=now, settings=settings)

    [mail] = [mail for mail in mails(session) if mail.kind == messages.MESSAGE]
    assert mail.subject == "Róża Tylus: Thursday 4 March 2027"
    assert mail.text.startswith("Dear Róża,\n\nyou begin at Table 1.\n\n")
    assert "<p>Dear Róża,</p>" in mail.html
    assert "{{link:access}}" in mail.text


def test_who_has_no_seat_reads_that_a_table_will_be_told(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Mia")

    send(session, event, make_draft(text=TEXT), now=now, settings=settings)

    assert "you begin at a table that you will be told." in mails(session)[0].text


def test_the_name_of_a_reader_brings_no_link_and_no_placeholder(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="http://evil.example {{link:confirm}} <b>")

    send(session, event, make_draft(text="Dear {name}"), now=now, settings=settings)

    [mail] = mails(session)
    assert mail.text.startswith("Dear http: //evil. example { {link:confirm}} <b>\n")
    assert "&lt;b&gt;" in mail.html


@pytest.mark.parametrize(
    ("subject", "text", "wrong"),
    [
        (" ", "Hello", {"subject": "Write what it is about"}),
        ("Hello", " \n ", {"text": "Write what you want to say"}),
        ("a" * 151, "Hello", {"subject": "Say it in 150 letters or fewer"}),
        (
            "Hello",
            "a" * 10_001,
            {"text": "Say it in 10,000 letters or fewer; now it has 10,001"},
        ),
        (
            "Hello {firstname}",
            "Hello",
            {
                "subject": (
                    "Nothing is known for {firstname}. You can use {first name}, {name}, {role}, "
                    "{event}, {date}, {time}, {venue}, {first table}"
                )
            },
        ),
    ],
)
def test_what_is_wrong_is_said_before_anything_goes(  # noqa: PLR0917 -- fixtures
    session: Session,
    now: datetime,
    settings: Config,
    subject: str,
    text: str,
    wrong: dict[str, str],
) -> None:
    event = make_event(session)
    make_sign_up(session, event)

    with pytest.raises(InvalidInput) as caught:
        send(session, event, make_draft(subject=subject, text=text), now=now, settings=settings)

    assert caught.value.fields == wrong
    assert mails(session) == []


def test_one_form_is_sent_once(session: Session, now: datetime, settings: Config) -> None:
    event = make_event(session)
    make_sign_up(session, event)

    first = send(session, event, make_draft(), now=now, settings=settings)
    again = send(session, event, make_draft(), now=now, settings=settings)
    other = send(session, event, make_draft(key="another form"), now=now, settings=settings)

    assert (first.id == again.id, first.id == other.id, len(mails(session))) == (True, False, 2)


def test_nobody_floods_participants(session: Session, now: datetime, settings: Config) -> None:
    event = make_event(session)
    make_sign_up(session, event)

    for at in range(20):
        send(session, event, make_draft(key=str(at)), now=now, settings=settings)

    with pytest.raises(TooManyTries):
        send(session, event, make_draft(key="one more"), now=now, settings=settings)
    tomorrow = now + timedelta(days=1, minutes=1)
    assert send(session, event, make_draft(key="next"), now=tomorrow, settings=settings).id == 21


def test_a_group_of_nobody_is_refused(session: Session, now: datetime, settings: Config) -> None:
    event = make_event(session)

    with pytest.raises(InvalidInput) as caught:
        send(session, event, make_draft(), now=now, settings=settings)

    assert caught.value.fields == {"group": "Nobody is in this group now"}


def test_a_test_goes_to_the_organiser_only(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Mia")
    draft = make_draft(text="Dear {name}")
    [reader] = messages.readers(session, event, draft.audience)

    messages.send_test(
        session,
        event,
        draft,
        to=reader,
        address="olivia@example.org",
        now=now,
        settings=settings,
    )

    [mail] = mails(session)
    assert (mail.to_address, mail.subject) == (
        "olivia@example.org",
        "Test: The entrance has moved",
    )
    assert mail.text.startswith("Dear Mia\n")


def test_after_an_erasure_no_message_names_the_person(
    session: Session, now: datetime, settings: Config, tmp_path: Path
) -> None:
    event = make_event(session)
    gone = make_sign_up(session, event, name="Mia Lind", email="mia@example.org")
    make_sign_up(session, event, name="Max")
    text = "Mia Lind (mia@example.org) brings the bell."
    message = send(session, event, make_draft(text=text), now=now, settings=settings)
    sent = [mail for mail in mails(session) if mail.to_name == "Max"]
    sent[0].state = OutboxState.SENT
    session.flush()

    privacy.erase(
        session,
        gone.person,
        now=now,
        actor="test",
        journal=tmp_path / "erasures.jsonl",
        settings=settings,
    )

    session.refresh(message)
    session.refresh(sent[0])
    assert message.text == "somebody (somebody) brings the bell."
    assert "Mia" not in sent[0].text + sent[0].html
