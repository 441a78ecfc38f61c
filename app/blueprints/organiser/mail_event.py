"""What became of an event's mails, and what an organiser does about those that came to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.outbox import STATES
from app.enums import OutboxState
from app.errors import TooManyTries
from app.queries import event_mail as mails
from app.queries import organiser
from app.services import event_mail, events, limits

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event

blueprint = Blueprint("event_mail", __name__)


@blueprint.get("/events/<int:event_id>/mail")
@organiser_required
def page(event_id: int) -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    search = request.args.get("q", "").strip()
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        found = mails.read(
            session,
            event_id,
            zone=frame.zone,
            page=request.args.get("page", 1, type=int),
            state=OutboxState(wanted) if wanted in set(OutboxState) else None,
            search=search,
        )
    return render_template(
        "organiser/event_mail.html",
        event=frame,
        mails=found,
        states=STATES,
        wanted=wanted,
        search=search,
        is_over=context.now() >= frame.ends_at,
    )


@blueprint.post("/events/<int:event_id>/mail/retry")
@organiser_required
def retry_all(event_id: int) -> ResponseReturnValue:
    return _retry(event_id, None)


@blueprint.post("/events/<int:event_id>/mail/<int:message_id>/retry")
@organiser_required
def retry(event_id: int, message_id: int) -> ResponseReturnValue:
    return _retry(event_id, message_id)


@blueprint.post("/events/<int:event_id>/mail/<int:message_id>/aside")
@organiser_required
def set_aside(event_id: int, message_id: int) -> ResponseReturnValue:
    """Ask for nothing more about one mail."""
    with context.write_session() as session:
        event = _event(session, event_id)
        event_mail.set_aside(session, event, message_id, now=context.now(), actor=_actor())
    flash("Set aside. It stays in the list and asks for nothing more.")
    return redirect(url_for("event_mail.page", event_id=event_id))


@blueprint.post("/events/<int:event_id>/mail/test")
@organiser_required
def test(event_id: int) -> ResponseReturnValue:
    """Send an example of the invite to whoever asks for it."""
    me, now = g.organiser, context.now()
    with context.write_session() as session:
        event = _event(session, event_id)
        if not limits.is_allowed(session, event_mail.TESTS, me.id, now=now):
            raise TooManyTries
        event_mail.send_test(
            session,
            event,
            to_name=me.name,
            to_address=me.email,
            now=now,
            settings=context.settings(),
        )
    flash(f"An example of the invite is on its way to {me.email}.")
    return redirect(url_for("event_mail.page", event_id=event_id))


def _retry(event_id: int, message_id: int | None) -> ResponseReturnValue:
    with context.write_session() as session:
        event = _event(session, event_id)
        number = event_mail.retry(session, event, message_id, now=context.now(), actor=_actor())
    flash(f"{'1 mail is' if number == 1 else f'{number} mails are'} tried again now.")
    return redirect(url_for("event_mail.page", event_id=event_id))


def _event(session: Session, event_id: int) -> Event:
    return events.get_for(session, g.organiser.organisation_id, event_id)


def _actor() -> str:
    return f"organiser {g.organiser.id}"
