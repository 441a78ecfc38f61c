"""What anybody may open: an event's page with its sign-up form, and the way back to one's link."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context, parsing, sign_up_form
from app.blueprints.guards import public_page
from app.errors import InvalidInput
from app.queries.public_event import event_page
from app.queries.public_form import public_form
from app.services import events, signups
from app.services.privacy import entries, entries_organisers, inventory
from app.services.privacy.consents import TEXTS
from app.services.signups.form import check

blueprint = Blueprint("public", __name__)


@blueprint.route("/e/<slug>", methods=["GET", "POST"])
@public_page
def event(slug: str) -> ResponseReturnValue:
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _sign_up(slug)
        if not problems:
            return redirect(url_for("public.thanks", slug=slug), 303)
    with context.read_session() as session:
        found = event_page(session, slug, now=context.now())
    role = parsing.chosen_role(request.args.get("role"), found.choices.roles)
    form = sign_up_form.build(found, role, posted=request.form if problems else None)
    parsing.put_right(form, problems)
    page = render_template(
        "public/event.html", event=found, form=form, role=role, errors=form.errors
    )
    return page, 422 if problems else 200


def _sign_up(slug: str) -> dict[str, str]:
    """Ask for a place with what was posted; return what is wrong with it, by field."""
    with context.read_session() as session:
        asked = public_form(session, slug)
    role = parsing.chosen_role(request.args.get("role"), asked.choices.roles)
    if request.form.get("website"):
        return {"website": "Leave this empty: it is there to find machines."}
    answers = parsing.read_answers(request.form, role, asked.choices)
    try:
        checked = check(answers, asked.choices)  # before anybody is held up by the lock
    except InvalidInput as error:
        return error.fields
    with context.write_session() as session:
        signups.ask(
            session,
            asked.event_id,
            checked,
            choices=asked.choices,
            now=context.now(),
            key=context.key(),
            client=request.remote_addr or "",
        )
    return {}


@blueprint.get("/e/<slug>/thanks")
@public_page
def thanks(slug: str) -> ResponseReturnValue:
    with context.read_session() as session:
        found = event_page(session, slug, now=context.now())
    return render_template("public/thanks.html", event=found)


@blueprint.route("/e/<slug>/link", methods=["GET", "POST"])
@public_page
def resend(slug: str) -> ResponseReturnValue:
    with context.read_session() as session:
        found = event_page(session, slug, now=context.now())
    email, problem = request.form.get("email", ""), ""
    if request.method == "POST":
        try:
            with context.write_session() as session:
                signups.resend_link(
                    session,
                    events.by_slug(session, slug),
                    email,
                    now=context.now(),
                    client=request.remote_addr or "",
                )
        except InvalidInput as error:
            problem = error.fields["email"]
        else:
            return render_template("public/sent.html", event=found)
    page = render_template(
        "public/resend.html", event=found, email=email, problem=problem, errors=problem
    )
    return page, 422 if problem else 200


@blueprint.get("/privacy")
@public_page
def privacy() -> ResponseReturnValue:
    return render_template(
        "public/privacy.html",
        participants=entries.PARTICIPANTS,
        organisers=entries_organisers.ORGANISERS_OWN,
        texts=TEXTS,
        until=inventory.NAMES_GO,
    )
