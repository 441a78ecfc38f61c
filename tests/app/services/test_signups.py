from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import ConsentKind, EventState, LinkPurpose, Role, SignUpState, WishKind
from app.errors import InvalidInput, LinkExpired, NotFound, SignUpClosed, TooLate, TooManyTries
from app.models import Event, OutboxMessage, Person, SignUp
from app.services import access, limits, signups
from app.services.signups import registering
from app.services.signups.form import SignUpForm
from config import Config
from tests.builders import make_event, make_sign_up, planned_block


@pytest.fixture
def how(now: datetime, key: bytes, settings: Config) -> dict[str, Any]:
    return {"now": now, "key": key, "settings": settings}


def make_form(event: Event, **changes: Any) -> SignUpForm:
    form = SignUpForm(
        role=Role.MENTEE,
        name="Róża Tylus",
        email="roza.tylus@example.org",
        stage="student",
        affiliation="University Hospital",
        question="My first paper was rejected twice. What now?",
        topics=("Career planning", "Research methods"),
        needs=("quiet",),
        rounds=tuple(round_.id for round_ in planned_block(event).rounds),
        wishes=("Oskar Lind",),
        not_with=("boss@example.org",),
        consents=frozenset({ConsentKind.PLAN, ConsentKind.QUESTION}),
    )
    return replace(form, **changes)


def mails(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.kind, row.to_address) for row in rows]


def confirm_token(session: Session, sign_up: SignUp, how: dict[str, Any]) -> str:
    return access.link_for(
        session, sign_up.person_id, LinkPurpose.CONFIRM, key=how["key"], now=how["now"]
    )


def test_register_holds_a_place_until_confirmed(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)

    sign_up = signups.register(session, event.id, make_form(event), **how)

    assert sign_up.state is SignUpState.HELD
    assert sign_up.held_until == how["now"] + timedelta(hours=48)
    assert sign_up.seq == 1
    assert event.roster_version == 0
    assert mails(session) == [("confirm_address", "roza.tylus@example.org")]


def test_register_keeps_every_answer(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    first, *others = [round_.id for round_ in planned_block(event).rounds]

    sign_up = signups.register(session, event.id, make_form(event, rounds=tuple(others)), **how)

    assert sign_up.person.name == "Róża Tylus"
    assert sign_up.person.stage == "student"
    assert sign_up.topics == ["Career planning", "Research methods"]
    assert sign_up.needs == ["quiet"]
    assert sign_up.absent_rounds == [first]
    assert [(wish.kind, wish.target_canonical) for wish in sign_up.wishes] == [
        (WishKind.WISH, "oskar lind"),
        (WishKind.NOT_WITH, "boss@example.org"),
    ]
    assert {consent.kind for consent in sign_up.consents} == {
        ConsentKind.PLAN,
        ConsentKind.QUESTION,
    }


def test_register_without_confirming_places_at_once(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, confirms_address=False)

    sign_up = signups.register(session, event.id, make_form(event), **how)

    assert sign_up.state is SignUpState.PLACED
    assert event.roster_version == 1
    assert mails(session) == [("welcome", "roza.tylus@example.org")]


def test_register_waits_when_all_places_are_taken(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, confirms_address=False, capacities={Role.MENTEE: 1})
    signups.register(session, event.id, make_form(event), **how)

    second = signups.register(session, event.id, make_form(event, email="b@example.org"), **how)

    assert second.state is SignUpState.WAITING
    assert second.seq == 2
    assert event.roster_version == 1


@pytest.mark.parametrize(
    "spelling",
    ["Roza.Tylus@Example.ORG", "  roza.tylus@example.org ", "ROZA.TYLUS@EXAMPLE.ORG"],
)
def test_register_again_in_another_spelling_sends_the_link_again(
    session: Session, how: dict[str, Any], spelling: str
) -> None:
    event = make_event(session, confirms_address=False)
    first = signups.register(session, event.id, make_form(event), **how)
    how["now"] += timedelta(minutes=1)

    form = make_form(event, email=spelling, name="Somebody else")
    second = signups.register(session, event.id, form, **how)

    assert second is first
    assert second.person.name == "Róża Tylus"
    assert [kind for kind, _ in mails(session)] == ["welcome", "link_again"]


def test_register_twice_by_double_click_sends_one_mail(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_event(session)

    for _ in range(5):
        signups.register(session, event.id, make_form(event), **how)

    assert session.scalar(select(func.count()).select_from(SignUp)) == 1
    assert mails(session) == [("confirm_address", "roza.tylus@example.org")]


def test_register_again_unconfirmed_asks_to_confirm_again(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_event(session)
    signups.register(session, event.id, make_form(event), **how)
    how["now"] += timedelta(minutes=1)

    signups.register(session, event.id, make_form(event), **how)

    assert [kind for kind, _ in mails(session)] == ["confirm_address", "confirm_address"]


def test_nobody_can_flood_a_mailbox(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)

    for _ in range(30):
        signups.register(session, event.id, make_form(event), **how)
        signups.resend_link(session, event, "roza.tylus@example.org", now=how["now"])
        how["now"] += timedelta(minutes=1)

    assert len(mails(session)) == 1 + 5


def test_mail_to_an_unconfirmed_address_holds_nothing_the_sender_wrote(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_event(session)
    form = make_form(event, name="Win at evil.example", affiliation="CANARY", question="CANARY")

    signups.register(session, event.id, form, **how)

    (mail,) = session.scalars(select(OutboxMessage)).all()
    whole = mail.subject + mail.text + mail.html + mail.to_name
    assert "CANARY" not in whole
    assert "evil" not in whole


def test_register_after_withdrawing_starts_afresh(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, confirms_address=True)
    first = signups.register(session, event.id, make_form(event), **how)
    old_token = confirm_token(session, first, how)
    signups.confirm(session, old_token, now=how["now"], key=how["key"])
    signups.withdraw(session, first, now=how["now"])
    how["now"] += timedelta(minutes=1)

    again = signups.register(session, event.id, make_form(event, question="Another"), **how)

    assert again.state is SignUpState.HELD
    assert again.confirmed_at is None
    assert again.seq == 2
    assert again.question == "Another"
    with pytest.raises(NotFound):
        signups.confirm(session, old_token, now=how["now"], key=how["key"])
    new_token = confirm_token(session, again, how)
    assert signups.confirm(session, new_token, now=how["now"], key=how["key"]).state is (
        SignUpState.PLACED
    )


@pytest.mark.parametrize("state", [EventState.CLOSED, EventState.CANCELLED])
def test_register_is_refused_when_sign_up_is_not_open(
    session: Session, how: dict[str, Any], state: EventState
) -> None:
    event = make_event(session, state=state)

    with pytest.raises(SignUpClosed):
        signups.register(session, event.id, make_form(event), **how)


def test_register_is_refused_after_the_window(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, signup_closes_at=how["now"])

    with pytest.raises(SignUpClosed):
        signups.register(session, event.id, make_form(event), **how)


def test_register_names_every_field_at_once(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    form = SignUpForm(role=Role.MENTEE, name=" ", email="not-an-address")

    with pytest.raises(InvalidInput) as caught:
        signups.register(session, event.id, form, **how)

    assert list(caught.value.fields) == [
        "name",
        "email",
        "stage",
        "question",
        "topics",
        "rounds",
        "consent_plan",
    ]
    assert caught.value.fields["email"] == "Write an address with an @, like name@hospital.org"


@pytest.mark.parametrize("email", ["a@host.test", "a@localhost", "a@b@c.org", ""])
def test_register_refuses_what_is_no_address(
    session: Session, how: dict[str, Any], email: str
) -> None:
    event = make_event(session)

    with pytest.raises(InvalidInput) as caught:
        signups.register(session, event.id, make_form(event, email=email), **how)

    assert list(caught.value.fields) == ["email"]


def test_register_counts_tries_of_one_client(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    for _ in range(registering.BY_CLIENT.tries):
        limits.is_allowed(session, registering.BY_CLIENT, event.id, "10.0.0.9", now=how["now"])

    with pytest.raises(TooManyTries):
        signups.register(session, event.id, make_form(event), client="10.0.0.9", **how)


def test_confirm_takes_the_held_place(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    token = confirm_token(session, sign_up, how)

    signups.confirm(session, token, now=how["now"], key=how["key"])

    assert sign_up.state is SignUpState.PLACED
    assert sign_up.confirmed_at == how["now"]
    assert event.roster_version == 1
    assert [kind for kind, _ in mails(session)] == ["confirm_address", "welcome"]


def test_confirm_works_once(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    token = confirm_token(session, sign_up, how)
    signups.confirm(session, token, now=how["now"], key=how["key"])

    with pytest.raises(LinkExpired, match="confirmed already"):
        signups.confirm(session, token, now=how["now"], key=how["key"])


def test_confirm_is_too_late_after_48_hours(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    token = confirm_token(session, sign_up, how)

    with pytest.raises(LinkExpired):
        signups.confirm(session, token, now=how["now"] + timedelta(hours=48), key=how["key"])


def test_confirm_from_the_waitlist_keeps_waiting(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1})
    make_sign_up(session, event)
    sign_up = signups.register(session, event.id, make_form(event), **how)

    signups.confirm(session, confirm_token(session, sign_up, how), now=how["now"], key=how["key"])

    assert sign_up.state is SignUpState.WAITING
    assert [kind for kind, _ in mails(session)] == ["confirm_address", "waiting"]


def test_confirm_from_the_waitlist_gets_a_place_freed_meanwhile(
    session: Session, how: dict[str, Any]
) -> None:
    event = make_event(session, capacities={Role.MENTEE: 1})
    other = make_sign_up(session, event)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    signups.withdraw(session, other, now=how["now"])
    assert sign_up.state is SignUpState.WAITING

    signups.confirm(session, confirm_token(session, sign_up, how), now=how["now"], key=how["key"])

    assert sign_up.state is SignUpState.PLACED
    assert event.roster_version == 3
    assert [kind for kind, _ in mails(session)] == ["confirm_address", "withdrawn", "welcome"]


def test_edit_changes_answers_and_the_roster(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, confirms_address=False)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    form = make_form(event, question="A new one", not_with=(), consents=frozenset({"plan"}))

    is_changed = signups.edit(session, sign_up, form, now=how["now"])

    assert is_changed
    assert sign_up.question == "A new one"
    assert [wish.target for wish in sign_up.wishes] == ["Oskar Lind"]
    assert [consent.kind for consent in sign_up.consents if not consent.withdrawn_at] == [
        ConsentKind.PLAN
    ]
    assert event.roster_version == 2


def test_edit_without_a_change_leaves_the_roster(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, confirms_address=False)
    sign_up = signups.register(session, event.id, make_form(event), **how)

    is_changed = signups.edit(session, sign_up, make_form(event), now=how["now"])

    assert not is_changed
    assert event.roster_version == 1


def test_edit_changes_neither_address_nor_role(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, confirms_address=False)
    sign_up = signups.register(session, event.id, make_form(event), **how)
    form = make_form(event, role=Role.MENTOR, email="other@example.org")

    signups.edit(session, sign_up, form, now=how["now"])

    assert sign_up.role is Role.MENTEE
    assert session.scalars(select(Person.email)).all() == ["roza.tylus@example.org"]


def test_edit_is_refused_after_closing(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session, state=EventState.CLOSED)
    sign_up = make_sign_up(session, event)

    with pytest.raises(SignUpClosed):
        signups.edit(session, sign_up, make_form(event), now=how["now"])


def test_withdraw_frees_the_place_once(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)

    first = signups.withdraw(session, sign_up, now=how["now"])
    second = signups.withdraw(session, sign_up, now=how["now"])

    assert (first, second) == (SignUpState.PLACED, SignUpState.WITHDRAWN)
    assert event.roster_version == 2
    assert [kind for kind, _ in mails(session)] == ["withdrawn"]


def test_withdraw_is_too_late_after_the_start(session: Session) -> None:
    event = make_event(session)
    sign_up = make_sign_up(session, event)

    with pytest.raises(TooLate):
        signups.withdraw(session, sign_up, now=event.starts_at)


def test_resend_link_to_nobody_writes_no_mail(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)

    signups.resend_link(session, event, "nobody@example.org", now=how["now"])

    assert mails(session) == []


def test_resend_link_sends_what_the_person_needs(session: Session, how: dict[str, Any]) -> None:
    event = make_event(session)
    make_sign_up(session, event, email="placed@example.org")
    make_sign_up(session, event, email="held@example.org", state=SignUpState.HELD)

    signups.resend_link(session, event, "Placed@example.org", now=how["now"])
    signups.resend_link(session, event, "held@example.org", now=how["now"])

    assert mails(session) == [
        ("link_again", "placed@example.org"),
        ("confirm_address", "held@example.org"),
    ]
