"""What anybody may open: an event's page with its sign-up form, and the way back to one's link."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context, parsing, sign_up_form
from app.blueprints.guards import public_page
from app.errors import InvalidInput
from app.queries.public_event import event_page
from app.services import events, signups
from app.services.privacy import entries, entries_organisers, inventory
from app.services.privacy.consents import TEXTS
from app.services.signups.form import SignUpForm

blueprint = Blueprint("public", __name__)


@blueprint.route("/e/<slug>", methods=["GET", "POST"])
@public_page
def event(slug: str) -> ResponseReturnValue:
    with context.read_session() as session:
        found = event_page(session, slug, now=context.now())
    role = parsing.chosen_role(request.args.get("role"), found.choices.roles)
    is_sent = request.method == "POST"
    form = sign_up_form.build(found, role, posted=request.form if is_sent else None)
    if not is_sent:
        return render_template("public/event.html", event=found, form=form, role=role)
    answers = parsing.to_sign_up_form(form, role)
    if not parsing.put_right(form, answers, found.choices):
        page = render_template(
            "public/event.html", event=found, form=form, role=role, errors=form.errors
        )
        return page, 422
    _register(found.id, answers)
    return redirect(url_for("public.thanks", slug=slug), 303)


def _register(event_id: int, answers: SignUpForm) -> None:
    with context.write_session() as session:
        signups.register(
            session,
            event_id,
            answers,
            now=context.now(),
            key=context.key(),
            settings=context.settings(),
            client=request.remote_addr or "",
        )


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
        until=inventory.EVENTS_OWN_TIME,
    )
