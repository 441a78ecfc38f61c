"""Sign-ups: listed, read, added by hand, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import g

from app.blueprints import context
from app.blueprints.api.answered import SignUp, SignUpList
from app.blueprints.api.asked import NewSignUp, SignUpsQuery
from app.blueprints.api.base import ROW, operation
from app.blueprints.api.events import ONE
from app.blueprints.api.reading import asked, own_event
from app.enums import ConsentKind, Role, SignUpState
from app.errors import InvalidInput
from app.queries import roster_view
from app.queries.api import people as read
from app.queries.api.paging import PageOf
from app.services import invites, roster_edit, signups
from app.services.signups.form import FormChoices, SignUpForm, choices_of

if TYPE_CHECKING:
    from app.models import Event

ALL = f"{ONE}/sign-ups"
_ONE = f"{ALL}/<{ROW}:sign_up_id>"
_OWN = "own_"
"""How the form's fields for the event's own questions begin."""


@operation("GET", ALL, tag="sign-ups", answers=SignUpList, query=SignUpsQuery)
def list_sign_ups(query: Mapping[str, Any], event_id: int) -> PageOf[read.SignUpRow]:
    """List who signed up, in the order they came."""
    state = SignUpState(query["state"]) if "state" in query else None
    with context.read_session() as session:
        return read.sign_ups(session, own_event(session, event_id).id, asked(query), state)


@operation("POST", ALL, tag="sign-ups", answers=SignUp, status=201, body=NewSignUp, problems=(409,))
def add_sign_up(body: Mapping[str, Any], event_id: int) -> read.SignUpRow:
    """Add somebody to an event.

    They get a place while there is one, else the next number on the waitlist, as when an organiser
    adds them by hand. An address that is on the roster already is refused, so sending it twice
    makes nobody twice.
    """
    with context.write_session() as session:
        event = own_event(session, event_id)
        entry = _entry(event, body)
        try:
            made = roster_edit.add(session, event, entry, now=context.now(), actor=g.api.actor)
        except InvalidInput as error:
            raise InvalidInput(_by_sent_field(error.fields)) from error
        return read.sign_up(session, event_id, made.id)


@operation("GET", _ONE, tag="sign-ups", answers=SignUp)
def get_sign_up(event_id: int, sign_up_id: int) -> read.SignUpRow:
    """Read one sign-up."""
    with context.read_session() as session:
        return read.sign_up(session, own_event(session, event_id).id, sign_up_id)


@operation("POST", f"{_ONE}/withdraw", tag="sign-ups", answers=SignUp, problems=(409,))
def withdraw_sign_up(event_id: int, sign_up_id: int) -> read.SignUpRow:
    """Give somebody's place back.

    The next in line moves up; the person is told, and their calendar entry is taken out. A second
    time changes nothing.
    """
    now = context.now()
    with context.write_session() as session:
        event = own_event(session, event_id)
        found = roster_view.sign_up_of(session, event.id, sign_up_id)
        signups.withdraw(session, found, now=now, actor=g.api.actor)
        invites.cancel_for(session, found, now=now, settings=context.settings())
        return read.sign_up(session, event_id, sign_up_id)


def _by_sent_field(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong by the names that programs send, where the form's are others."""
    found: dict[str, str] = {}
    for name, message in fields.items():
        if name.startswith(_OWN):
            said = f"question {name.removeprefix(_OWN)}: {message}"
            found["answers"] = f"{found['answers']} {said}" if "answers" in found else said
        else:
            found["absent_rounds" if name == "rounds" else name] = message
    return found


def _check_ids(body: Mapping[str, Any], choices: FormChoices) -> None:
    """Refuse what names nothing of this event: left aside, it would be lost without a word."""
    answered = [one["question_id"] for one in body["answers"]]
    wrong: dict[str, str] = {}
    if not set(body["absent_rounds"]) <= set(choices.rounds):
        wrong["absent_rounds"] = "ids of rounds of this event"
    if not set(answered) <= {one.id for one in choices.questions}:
        wrong["answers"] = "ids of questions of this event"
    elif len(set(answered)) < len(answered):
        wrong["answers"] = "one answer to each question"
    if wrong:
        raise InvalidInput(wrong)


def _entry(event: Event, body: Mapping[str, Any]) -> roster_edit.RosterEntry:
    choices = choices_of(event)
    _check_ids(body, choices)
    absent = set(body["absent_rounds"])
    form = SignUpForm(
        role=Role(body["role"]),
        name=body["name"],
        email=body["email"],
        stage=body["stage"],
        affiliation=body["affiliation"],
        question=body["question"],
        goals=body["goals"],
        topics=tuple(body["topics"]),
        needs=tuple(body["needs"]),
        rounds=tuple(one for one in choices.rounds if one not in absent),
        consents=frozenset({ConsentKind.PLAN}),
        own_answers=tuple((one["question_id"], one["value"]) for one in body["answers"]),
    )
    return roster_edit.RosterEntry(
        form=form, consented=body["consented"], sends_link=body["sends_link"]
    )
