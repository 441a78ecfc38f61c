"""Parts and tables that were closed because a version names them: opened again."""

from __future__ import annotations

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.agenda_desk import blueprint
from app.blueprints.organiser.events import actor
from app.errors import InvalidInput, TooLate
from app.services import agenda, events

__all__ = ["blueprint"]

_BASE = "/events/<int:event_id>/agenda/<int:block_id>"
PLAN_AGAIN = "Plans made before are old now: plan again."


@blueprint.post(f"{_BASE}/open")
@organiser_required
def reopen(event_id: int, block_id: int) -> ResponseReturnValue:
    """Put a closed part back; a reason against it is said where it stands."""
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            agenda.reopen(session, event_id, block_id, now=context.now(), actor=actor())
    except (InvalidInput, TooLate) as error:
        flash(error.message)
    else:
        flash(f"It is open again. What comes later follows. {PLAN_AGAIN}")
    return redirect(url_for("agenda_desk.page", event_id=event_id), 303)


@blueprint.post(f"{_BASE}/tables/<int:table_id>/open")
@organiser_required
def reopen_table(event_id: int, block_id: int, table_id: int) -> ResponseReturnValue:
    """Let people be seated at a closed table again."""
    now, who = context.now(), actor()
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            agenda.reopen_table(session, event_id, block_id, table_id, now=now, actor=who)
    except InvalidInput as error:
        flash(error.message)
    else:
        flash(f"It is open again. {PLAN_AGAIN}")
    return redirect(url_for("agenda_desk.tables", event_id=event_id, block_id=block_id), 303)
