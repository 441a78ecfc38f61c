"""The roster for a spreadsheet: the people that the page shows, and the rest of its pages."""

from __future__ import annotations

from flask import Response, g
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.events import blueprint
from app.blueprints.organiser.roster import wanted
from app.errors import NotFound
from app.queries import organiser, roster_export
from app.services.roster_export import write_csv, write_xlsx

__all__ = ["blueprint"]

KINDS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@blueprint.get("/events/<int:event_id>/roster/export.<ending>")
@organiser_required
def export(event_id: int, ending: str) -> ResponseReturnValue:
    if ending not in KINDS:
        raise NotFound
    write, mimetype = KINDS[ending]
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        lines, questions = roster_export.lines(session, event_id, wanted())
    name = f'attachment; filename="{frame.slug}-roster.{ending}"'
    return Response(
        write(lines, questions), mimetype=mimetype, headers={"Content-Disposition": name}
    )
