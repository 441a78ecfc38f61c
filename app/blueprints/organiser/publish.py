"""Publishing: what changes for whom, then one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor
from app.blueprints.organiser.outbox import MAIL_POLICY
from app.errors import NotFound, StaleVersion
from app.queries import organiser, unsettled, versions
from app.queries import publishing as publishing_page
from app.queries.publish_mail import DraftMail, draft_mail
from app.services import events, invites, planning, publishing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Event, PlanRun

blueprint = Blueprint("publish", __name__)
PUBLISHABLE = {"optimal", "feasible"}


@blueprint.get("/events/<int:event_id>/publish/<int:run_id>")
@organiser_required
def preview(event_id: int, run_id: int) -> ResponseReturnValue:
    """Show the draft against what everybody has now; changes nothing."""
    organisation_id = g.organiser.organisation_id
    with context.read_session() as session:
        event = events.get_for(session, organisation_id, event_id)
        run = planning.get_run(session, event, run_id)
        if run.status not in PUBLISHABLE:
            return redirect(url_for("plans.run", event_id=event_id, run_id=run_id))
        frame = organiser.frame(session, organisation_id, event_id, now=context.now())
        runs = _runs(session, event, run)
        page = publishing_page.read(session, event, runs, settings=context.settings())
        to_ask = unsettled.unsettled(session, event_id)
    return render_template(
        "organiser/publish.html",
        event=frame,
        page=page,
        to_ask=to_ask,
        run_id=run_id,
        is_alone="alone" in request.args,
    )


@blueprint.post("/events/<int:event_id>/publish/<int:run_id>")
@organiser_required
def publish(event_id: int, run_id: int) -> ResponseReturnValue:
    """Freeze the next version and, unless asked not to, tell those whose plan changes."""
    expected = request.form.get("expected_version", type=int)
    if expected is None:
        raise StaleVersion
    try:
        version, told = _publish(event_id, run_id, expected)
    except StaleVersion:
        other = _published_meanwhile(event_id, expected)
        if not other:
            raise
        flash(other, "care")
        return redirect(url_for("publish.preview", event_id=event_id, run_id=run_id), 303)
    flash(f"Version {version} is out. {wording.people(told).capitalize()} will be told.")
    return redirect(url_for("desk.event", event_id=event_id), 303)


def _publish(event_id: int, run_id: int, expected: int) -> tuple[int, int]:
    """Return the version that is out, and how many people are told of it."""
    now, settings = context.now(), context.settings()
    with context.write_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        schedule = publishing.publish(
            session,
            event,
            [planning.get_run(session, event, one) for one in _shown(run_id)],
            expected_version=expected,
            now=now,
            actor=actor(),
            organiser_id=g.organiser.id,
        )
        told = 0
        if request.form.get("tell") == "yes":
            told = invites.sync(session, event, now=now, settings=settings, actor=actor())
        return schedule.version, told


def _published_meanwhile(event_id: int, expected: int) -> str:
    """Return what another organiser published since the page was opened; empty: nothing."""
    with context.read_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        newest = versions.newest(session, event)
    if newest is None or newest.version == expected:
        return ""
    by = f"{newest.by} published" if newest.by else "Meanwhile somebody published"
    return (
        f"{by} version {newest.version} at {newest.published_at:%H:%M}, after you opened this "
        "page. Yours was not published. Below is what it would change against theirs."
    )


@blueprint.get("/events/<int:event_id>/publish/<int:run_id>/mail")
@organiser_required
def mail(event_id: int, run_id: int) -> ResponseReturnValue:
    """Show the mail that one person would get; changes nothing."""
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
    found = _draft_mail(event_id, run_id)
    return render_template("organiser/publish_mail.html", event=frame, mail=found, run_id=run_id)


@blueprint.get("/events/<int:event_id>/publish/<int:run_id>/mail.html")
@organiser_required
def mail_html(event_id: int, run_id: int) -> ResponseReturnValue:
    """Give the mail's own page, for the frame on ours."""
    found = _draft_mail(event_id, run_id)
    html = "" if found is None else found.html
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = MAIL_POLICY
    return response


def _runs(session: Session, event: Event, run: PlanRun) -> tuple[PlanRun, ...]:
    """Return what would go out: with this plan, those that the other parts have ready."""
    if "alone" in request.args:
        return (run,)
    return publishing.together(session, event, run, publishing.current(session, event.id))


def _shown(run_id: int) -> list[int]:
    """Return the runs that the page showed, so that no other goes out with them."""
    return list(dict.fromkeys([run_id, *request.form.getlist("with", type=int)]))


def _draft_mail(event_id: int, run_id: int) -> DraftMail | None:
    """Return the mail to whom the address names, to the first where it names nobody."""
    person = request.args.get("person", type=int)
    if person is None and "person" in request.args:
        raise NotFound
    with context.read_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        run = planning.get_run(session, event, run_id)
        if run.status not in PUBLISHABLE:
            return None
        runs = _runs(session, event, run)
        return draft_mail(session, event, runs, person, settings=context.settings())
