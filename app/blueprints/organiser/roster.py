"""The roster: who has a place, who waits; a person's link; taking somebody off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor, blueprint
from app.enums import LinkPurpose, OrganiserRole
from app.queries import organiser, roster_view
from app.services import (
    access,
    audit,
    events,
    invites,
    signups,
)
from app.services.signups import link_again

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["blueprint"]


@blueprint.get("/events/<int:event_id>/roster")
@organiser_required
def roster(event_id: int) -> ResponseReturnValue:
    wanted = roster_view.RosterFilter(
        show=request.args.get("show", roster_view.Show.EVERYBODY),
        text=request.args.get("q", "").strip(),
        page=request.args.get("page", 1, type=int),
    )
    with context.read_session() as session:
        frame = _frame(session, event_id)
        page = roster_view.read(session, event_id, wanted)
        counts = organiser.role_counts(session, event_id) if page.asked else ()
    return render_template(
        "organiser/roster.html",
        event=frame,
        page=page,
        wanted=wanted,
        counts=[count for count in counts if count.asked],
        ticks_all=request.args.get("tick") == "all",
        states=wording.SIGN_UP_STATES,
        answers=wording.ANSWERS,
        next_page=url_for("desk.roster", event_id=event_id, show=wanted.show, q=wanted.text)
        + "&page=",
    )


@blueprint.get("/events/<int:event_id>/roster/<int:sign_up_id>")
@organiser_required
def person(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    return _person_page(event_id, sign_up_id)


@blueprint.post("/events/<int:event_id>/roster/<int:sign_up_id>/link")
@organiser_required
def show_link(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Show a person's own link, to be handed over; that it was looked at is written down."""
    with context.write_session() as session:
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        row = roster_view.person(session, event_id, sign_up_id)
        token = access.link_for(
            session, row.person_id, LinkPurpose.ACCESS, key=context.key(), now=context.now()
        )
        audit.record(
            session,
            actor=actor(),
            what="personal link shown",
            now=context.now(),
            organisation_id=found.organisation_id,
            event_id=event_id,
            sign_up_id=sign_up_id,
        )
    link = context.settings().base_url + url_for("participant.home", token=token)
    return _person_page(event_id, sign_up_id, link=link)


@blueprint.post("/events/<int:event_id>/roster/<int:sign_up_id>/resend")
@organiser_required
def resend(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    with context.write_session() as session:
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        sign_up = roster_view.sign_up_of(session, event_id, sign_up_id)
        link_again.send(session, found, sign_up, now=context.now())
        name = sign_up.person.name
    flash(f"The link is on its way to {name}.")
    return redirect(url_for("desk.person", event_id=event_id, sign_up_id=sign_up_id))


@blueprint.route("/events/<int:event_id>/roster/<int:sign_up_id>/cancel", methods=["GET", "POST"])
@organiser_required
def cancel_sign_up(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Say on GET what it means; withdraw the person on POST."""
    if request.method != "POST":  # HEAD reads too
        return _person_page(event_id, sign_up_id, template="organiser/cancel_sign_up.html")
    with context.write_session() as session:
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        sign_up = roster_view.sign_up_of(session, event_id, sign_up_id)
        signups.withdraw(session, sign_up, now=context.now(), actor=actor())
        invites.cancel_for(session, sign_up, now=context.now(), settings=context.settings())
        name = sign_up.person.name
    flash(f"{name} no longer has a place at {found.name}.")
    return redirect(url_for("desk.roster", event_id=event_id))


def _person_page(
    event_id: int, sign_up_id: int, *, template: str = "organiser/person.html", link: str = ""
) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = _frame(session, event_id)
        row = roster_view.person(
            session,
            event_id,
            sign_up_id,
            sees_private=g.organiser.role is OrganiserRole.OWNER,
        )
    return render_template(
        template,
        event=frame,
        row=row,
        link=link,
        state=wording.SIGN_UP_STATES[row.state],
        answers=wording.ANSWERS,
    )


def _frame(session: Session, event_id: int) -> organiser.EventFrame:
    return organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
