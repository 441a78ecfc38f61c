"""Whether mail leaves: the page that says why it stands still, and the owner's button."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required, owner_required
from app.enums import OrganiserRole
from app.queries import outbox
from app.services import event_mail, pauses
from app.services.pauses import PauseView

blueprint = Blueprint("mail", __name__)


@blueprint.get("/mail")
@organiser_required
def index() -> ResponseReturnValue:
    with context.read_session() as session:
        house = g.organiser.organisation_id
        waiting = outbox.count_waiting(session, house)
        pause = outbox_pause()
        older = outbox.count_waiting(session, house, before=pause.since) if pause else 0
    is_owner = g.organiser.role is OrganiserRole.OWNER
    return render_template("organiser/mail.html", waiting=waiting, older=older, is_owner=is_owner)


@blueprint.post("/mail/go-on")
@owner_required
def go_on() -> ResponseReturnValue:
    """Let mail go out again."""
    with context.write_session() as session:
        was_paused = pauses.lift(
            session,
            pauses.OUTBOX,
            now=context.now(),
            actor=f"organiser {g.organiser.id}",
            organisation_id=g.organiser.organisation_id,
        )
    flash("Mail goes out again." if was_paused else "Mail was going out already.")
    return redirect(url_for("mail.index"))


@blueprint.post("/mail/drop")
@owner_required
def drop() -> ResponseReturnValue:
    """Drop what waits from before the restore: it has left, as the backup cannot know."""
    with context.write_session() as session:
        number = event_mail.drop_restored(
            session,
            g.organiser.organisation_id,
            now=context.now(),
            actor=f"organiser {g.organiser.id}",
        )
    flash(f"Dropped {number} that waited. Mail stands still until you let it go out again.")
    return redirect(url_for("mail.index"))


@blueprint.app_context_processor
def tell_templates() -> dict[str, object]:
    """Let the organiser's pages ask; the others do not, and so cost no query."""
    return {"outbox_pause": outbox_pause}


def outbox_pause() -> PauseView | None:
    """Return since when and why no mail leaves, asked once a request."""
    if "outbox_pause" not in g:
        with context.read_session() as session:
            g.outbox_pause = pauses.standing(session)
    found: PauseView | None = g.outbox_pause
    return found
