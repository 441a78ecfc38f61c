"""What people and servers sent to the event's address, kept for thirty days."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.enums import IncomingKind
from app.queries import mail_in, organiser
from app.services import events, replies

blueprint = Blueprint("mail_in", __name__)
KINDS = {
    IncomingKind.TEXT: ("Letter", "info"),
    IncomingKind.AUTOMATIC: ("Away", "rest"),
    IncomingKind.REPLY: ("Answer", "good"),
    IncomingKind.BOUNCE: ("Came back", "wrong"),
    IncomingKind.IGNORED: ("Set aside", ""),
}


@blueprint.get("/events/<int:event_id>/mail-in")
@organiser_required
def page(event_id: int) -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        mails = mail_in.read(session, event_id, frame.zone, page=number)
    return render_template(
        "organiser/mail_in.html",
        event=frame,
        mails=mails,
        kinds=KINDS,
        takes_replies=context.settings().takes_replies,
    )


@blueprint.post("/events/<int:event_id>/mail-in/seen")
@organiser_required
def seen(event_id: int) -> ResponseReturnValue:
    """Note that the named mails were looked at; what came since stays new."""
    ids = [
        int(text) for text in request.form.getlist("mail") if text.isdecimal() and len(text) < 10
    ]
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        number = replies.mark_seen(session, event, ids, now=context.now())
    if number:
        flash("Marked as seen.")
    return redirect(url_for("mail_in.page", event_id=event_id), 303)
