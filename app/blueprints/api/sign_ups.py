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
from app.queries import roster_view
from app.queries.api import people as read
from app.queries.api.paging import PageOf
from app.services import invites, roster_edit, signups
from app.services.signups.form import SignUpForm, choices_of

if TYPE_CHECKING:
    from app.models import Event

ALL = f"{ONE}/sign-ups"
_ONE = f"{ALL}/<{ROW}:sign_up_id>"


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
        made = roster_edit.add(
            session, event, _entry(event, body), now=context.now(), actor=g.api.actor
        )
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


def _entry(event: Event, body: Mapping[str, Any]) -> roster_edit.RosterEntry:
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
        rounds=tuple(one for one in choices_of(event).rounds if one not in absent),
        consents=frozenset({ConsentKind.PLAN}),
        own_answers=tuple((one["question_id"], one["value"]) for one in body["answers"]),
    )
    return roster_edit.RosterEntry(
        form=form, consented=body["consented"], sends_link=body["sends_link"]
    )
