"""The roster: who has a place, who waits; a person's link; taking somebody off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import wording
from app.blueprints.organiser.events import actor, blueprint
from app.enums import OrganiserRole
from app.queries import organiser, person_page, roster_view
from app.queries.roster_filter import RosterFilter, Show, Sort
from app.queries.roster_rows import Attention
from app.services import events, invites, roster_edit, signups
from app.services.signups import link_again

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["blueprint"]


def wanted() -> RosterFilter:
    """Return what the address of the page asks for."""
    return RosterFilter(
        show=request.args.get("show", Show.EVERYBODY),
        text=request.args.get("q", "").strip(),
        page=request.args.get("page", 1, type=int),
        role=request.args.get("role", ""),
        stage=request.args.get("stage", ""),
        rounds=request.args.get("rounds", ""),
        sort=request.args.get("sort", Sort.PLACE),
    )


def _asked(chosen: RosterFilter) -> dict[str, str]:
    """Return the filter as the words of an address, without what asks for nothing."""
    words = {
        "show": "" if chosen.show == Show.EVERYBODY else chosen.show,
        "q": chosen.text,
        "role": chosen.role,
        "stage": chosen.stage,
        "rounds": chosen.rounds,
        "sort": "" if chosen.sort == Sort.PLACE else chosen.sort,
    }
    return {name: text for name, text in words.items() if text}


def _address(event_id: int, chosen: RosterFilter) -> str:
    """Return the address of a filter's pages, up to the number at its end."""
    words = urlencode(_asked(chosen) | {"page": ""})
    return f"{url_for('desk.roster', event_id=event_id)}?{words}"


@blueprint.get("/events/<int:event_id>/roster")
@organiser_required
def roster(event_id: int) -> ResponseReturnValue:
    chosen = wanted()
    with context.read_session() as session:
        frame = _frame(session, event_id)
        page = roster_view.read(session, event_id, chosen)
        counts = organiser.role_counts(session, event_id)
    return render_template(
        "organiser/roster.html",
        event=frame,
        page=page,
        wanted=chosen,
        asked=_asked(chosen),
        import_href=url_for("roster_import.upload", event_id=event_id),
        roles=[count.role for count in counts],
        counts=[count for count in counts if count.asked],
        ticks_all=request.args.get("tick") == "all",
        states=wording.SIGN_UP_STATES,
        answers=wording.ANSWERS,
        next_page=_address(event_id, chosen),
    )


@blueprint.get("/events/<int:event_id>/roster/<int:sign_up_id>")
@organiser_required
def person(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    return _person_page(event_id, sign_up_id)


@blueprint.post("/events/<int:event_id>/roster/<int:sign_up_id>/link")
@organiser_required
def show_link(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Show a person's own link, to be handed over; that it was looked at is written down."""
    return _link_page(event_id, sign_up_id, roster_edit.show_link)


@blueprint.post("/events/<int:event_id>/roster/<int:sign_up_id>/new-link")
@organiser_required
def renew_link(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Make a person's link anew, and show it; the old one opens nothing any more."""
    return _link_page(event_id, sign_up_id, roster_edit.renew_link, is_new=True)


def _link_page(
    event_id: int, sign_up_id: int, verb: Callable[..., str], *, is_new: bool = False
) -> ResponseReturnValue:
    with context.write_session() as session:
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        sign_up = roster_view.sign_up_of(session, event_id, sign_up_id)
        token = verb(session, found, sign_up, now=context.now(), actor=actor(), key=context.key())
    link = context.settings().base_url + url_for("participant.home", token=token)
    return _person_page(event_id, sign_up_id, link=link, is_new_link=is_new)


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
    event_id: int,
    sign_up_id: int,
    *,
    template: str = "organiser/person.html",
    link: str = "",
    is_new_link: bool = False,
) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = _frame(session, event_id)
        row = roster_view.person(
            session,
            event_id,
            sign_up_id,
            sees_private=g.organiser.role is OrganiserRole.OWNER,
        )
        is_twice = Attention.TWICE in row.needs_you
        alike = person_page.alike(session, event_id, sign_up_id) if is_twice else ()
    return render_template(
        template,
        event=frame,
        row=row,
        alike=alike,
        link=link,
        is_new_link=is_new_link,
        state=wording.SIGN_UP_STATES[row.state],
        answers=wording.ANSWERS,
    )


def _frame(session: Session, event_id: int) -> organiser.EventFrame:
    return organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
