"""The local outbox: read here what would have been sent, or was."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.enums import Mode, OrganiserRole, OutboxState
from app.errors import NotFound
from app.loopback import is_loopback
from app.queries import outbox
from app.queries.outbox import MailView

blueprint = Blueprint("outbox", __name__)
STATES = {
    OutboxState.QUEUED: ("waiting", "care"),
    OutboxState.SENDING: ("sending", "info"),
    OutboxState.SENT: ("sent", "good"),
    OutboxState.FAILED: ("failed", "wrong"),
    OutboxState.BOUNCED: ("came back", "wrong"),
    OutboxState.DROPPED: ("not sent", ""),
}
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A mail alone carries a style element; nothing in it may run, load or be framed elsewhere."""


@blueprint.before_request
def only_here() -> None:
    """Personal links are in these mails: no server shows them, and a local one only to itself."""
    settings = context.settings()
    if settings.mode is Mode.SERVER:
        raise NotFound
    if settings.mode is Mode.LOCAL and not is_loopback(request.remote_addr or ""):
        raise NotFound


@blueprint.get("/outbox")
@organiser_required
def index() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    state = OutboxState(wanted) if wanted in set(OutboxState) else None
    search = request.args.get("q", "").strip()
    with context.read_session() as session:
        mails = outbox.read_list(
            session,
            g.organiser.organisation_id,
            page=request.args.get("page", 1, type=int),
            state=state,
            search=search,
            is_owner=g.organiser.role is OrganiserRole.OWNER,
        )
    return render_template(
        "organiser/outbox.html", mails=mails, states=STATES, wanted=wanted, search=search
    )


@blueprint.get("/outbox/<int:message_id>")
@organiser_required
def message(message_id: int) -> ResponseReturnValue:
    return render_template("organiser/outbox_message.html", mail=_read(message_id), states=STATES)


@blueprint.get("/outbox/<int:message_id>/html")
@organiser_required
def html(message_id: int) -> ResponseReturnValue:
    """Give the mail's own page, for the frame on ours; its links open beside it."""
    page = _read(message_id).html.replace("<head>", '<head><base target="_blank">', 1)
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/outbox/<int:message_id>/invite.ics")
@organiser_required
def calendar(message_id: int) -> ResponseReturnValue:
    """Give the calendar part as the file that comes with the mail."""
    content = _read(message_id).calendar
    if not content:
        raise NotFound
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="invite.ics"'
    return response


def _read(message_id: int) -> MailView:
    with context.read_session() as session:
        return outbox.read_message(
            session,
            g.organiser.organisation_id,
            message_id,
            now=context.now(),
            settings=context.settings(),
            key=context.key(),
            is_owner=g.organiser.role is OrganiserRole.OWNER,
        )
