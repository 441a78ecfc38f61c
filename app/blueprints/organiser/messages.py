"""Messages to participants: written, looked at, tried on oneself, sent once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor
from app.enums import Role
from app.errors import InvalidInput, NotFound
from app.queries import messages as messages_page
from app.queries import organiser
from app.services import events, messages
from app.services.messages import Audience, Draft, Group

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event

blueprint = Blueprint("messages", __name__)


def _choices(said: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in said.items()]


class MessageForm(FlaskForm):  # type: ignore[misc]
    """What to say, to whom; ``key`` makes that one form is sent once."""

    group = RadioField("Who gets it", choices=_choices(messages_page.GROUPS), validate_choice=False)
    roles = SelectMultipleField("Only these roles", choices=_choices({role: role for role in Role}))
    named = TextAreaField("Names or addresses, one a line")
    subject = StringField("Subject")
    text = TextAreaField("Text")
    key = HiddenField()

    def offer(self, counts: Mapping[Group, int], roles: Sequence[Role]) -> None:
        """Say beside each group how many it is; ask for the event's own roles only."""
        offered = {
            group: said if group is Group.CHOSEN else f"{said}: {counts[group]}"
            for group, said in messages_page.GROUPS.items()
            if counts[group] or group in {Group.PLACED, Group.CHOSEN, self.group.data}
        }
        self.group.choices = _choices(offered)
        self.roles.choices = _choices({role: f"{role.capitalize()}s" for role in roles})

    def draft(self) -> Draft:
        """Return what the form says; its words are not checked yet."""
        if self.group.data not in set(Group):
            raise InvalidInput({"group": "Choose who gets it"})
        lines = (self.named.data or "").splitlines()
        return Draft(
            subject=self.subject.data or "",
            text=self.text.data or "",
            audience=Audience(
                group=Group(self.group.data),
                roles=frozenset(Role(role) for role in self.roles.data or ()),
                named=tuple(line.strip() for line in lines if line.strip()),
            ),
            key=(self.key.data or "")[:64] or uuid4().hex,
        )

    def blame(self, error: InvalidInput) -> None:
        """Put what the service found wrong beside its field."""
        for name, message in error.fields.items():
            self[name].errors = [*self[name].errors, message]


@blueprint.get("/events/<int:event_id>/messages")
@organiser_required
def index(event_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        rows = messages_page.list_messages(session, _event(session, event_id))
    return render_template("organiser/messages.html", event=frame, rows=rows)


@blueprint.get("/events/<int:event_id>/messages/<int:message_id>")
@organiser_required
def one(event_id: int, message_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        row = messages_page.get_message(session, _event(session, event_id), message_id)
    return render_template("organiser/message.html", event=frame, row=row)


@blueprint.route("/events/<int:event_id>/messages/new", methods=["GET", "POST"])
@organiser_required
def new(event_id: int) -> ResponseReturnValue:
    """Ask for a message; show how it reads; try it on oneself; send it."""
    form = MessageForm(group=request.args.get("group", Group.PLACED), key=uuid4().hex)
    step = request.form.get("step", "change")
    if request.method != "POST":
        form.named.data = _named_in_address(event_id)
        return _write(event_id, form)
    if step == "change" or not form.validate():
        return _write(event_id, form)
    try:
        return {"send": _send, "test": _test}.get(step, _look)(event_id, form)
    except InvalidInput as error:
        form.blame(error)
        return _write(event_id, form)


def _write(event_id: int, form: MessageForm) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        event = _event(session, event_id)
        counts = messages.count(session, event)
        form.offer(counts, [capacity.role for capacity in event.capacities])
    page = render_template(
        "organiser/message_new.html",
        event=frame,
        form=form,
        errors=form.errors,
        placeholders=messages.PLACEHOLDERS,
    )
    return page, 422 if form.errors else 200


def _look(event_id: int, form: MessageForm) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        event = _event(session, event_id)
        found = messages_page.look(
            session, event, messages.check(form.draft()), base_url=context.settings().base_url
        )
    if found is None:
        raise InvalidInput({"group": "Nobody is in this group now"})
    return render_template("organiser/message_look.html", event=frame, form=form, page=found)


def _test(event_id: int, form: MessageForm) -> ResponseReturnValue:
    me = g.organiser
    with context.write_session() as session:
        event = _event(session, event_id)
        draft = messages.check(form.draft())
        readers = messages.readers(session, event, draft.audience)
        if not readers:
            raise InvalidInput({"group": "Nobody is in this group now"})
        messages.send_test(
            session,
            event,
            draft,
            to=readers[0],
            address=me.email,
            now=context.now(),
            settings=context.settings(),
        )
    flash(f"A test is on its way to {me.email}. Nobody else got anything.")
    return _look(event_id, form)


def _send(event_id: int, form: MessageForm) -> ResponseReturnValue:
    with context.write_session() as session:
        message = messages.send(
            session,
            _event(session, event_id),
            form.draft(),
            organiser_id=g.organiser.id,
            now=context.now(),
            settings=context.settings(),
            actor=actor(),
        )
        message_id, told = message.id, message.told_people
    flash(f"On its way to {wording.people(told)}.")
    return redirect(url_for("messages.one", event_id=event_id, message_id=message_id), 303)


def _named_in_address(event_id: int) -> str:
    """Return the address of whom a link on a person's page means."""
    sign_up_id = request.args.get("to", type=int)
    if sign_up_id is None:
        return ""
    with context.read_session() as session:
        found = organiser.address_of(session, _event(session, event_id).id, sign_up_id)
    if found is None:
        raise NotFound
    return found


def _event(session: Session, event_id: int) -> Event:
    return events.get_for(session, g.organiser.organisation_id, event_id)
