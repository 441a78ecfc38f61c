"""Reminders stopped and started again by whoever gets them: from a mail, or on their page."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from app.blueprints import context
from app.blueprints.guards import link_page
from app.enums import LinkPurpose
from app.queries.reminders import choice
from app.services import access, reminders

blueprint = Blueprint("unsubscribe", __name__)
ONE_CLICK = "One-Click"


@blueprint.get("/u/<token>")
@link_page
def page(token: str) -> ResponseReturnValue:
    return _page(token)


@blueprint.post("/u/<token>")
@link_page
def change(token: str) -> ResponseReturnValue:
    """Stop reminders for a mail program, which comes without cookies (RFC 8058), or as asked."""
    if request.form.get("List-Unsubscribe") == ONE_CLICK:
        _switch(token, LinkPurpose.UNSUBSCRIBE, is_on=False)
        return _page(token)
    _check_form()
    _switch(token, LinkPurpose.UNSUBSCRIBE, is_on=request.form.get("reminders") == "on")
    return redirect(url_for("unsubscribe.page", token=token), 303)


@blueprint.post("/me/<token>/reminders")
@link_page
def mine(token: str) -> ResponseReturnValue:
    """Stop or start reminders on one's own page."""
    _switch(token, LinkPurpose.ACCESS, is_on=request.form.get("reminders") == "on")
    return redirect(url_for("participant.home", token=token, _anchor="reminders"), 303)


@blueprint.record_once
def take_one_click(state: BlueprintSetupState) -> None:
    """Let the one view decide itself whether a form's token is needed."""
    _csrf(state.app.extensions).exempt(change)


def _check_form() -> None:
    """Ask a form of ours for its token, as every other view does by itself."""
    if current_app.config["WTF_CSRF_ENABLED"]:
        _csrf(current_app.extensions).protect()


def _csrf(extensions: dict[str, object]) -> CSRFProtect:
    found = extensions["csrf"]
    assert isinstance(found, CSRFProtect)  # noqa: S101 -- set by the factory
    return found


def _page(token: str) -> ResponseReturnValue:
    with context.read_session() as session:
        link = access.resolve(
            session, token, LinkPurpose.UNSUBSCRIBE, key=context.key(), now=context.now()
        )
        found = choice(session, link.person_id)
    return render_template("participant/unsubscribe.html", choice=found, token=token)


def _switch(token: str, purpose: LinkPurpose, *, is_on: bool) -> None:
    now = context.now()
    with context.write_session() as session:
        person_id = access.resolve(session, token, purpose, key=context.key(), now=now).person_id
        if is_on:
            reminders.take_again(session, person_id)
        else:
            reminders.stop(session, person_id, now=now)
