"""Signing in and out, and the one-time link by which an organiser joins."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from app.blueprints import context, guards
from app.blueprints.organiser.account_forms import SignInForm, WelcomeForm, is_good
from app.blueprints.organiser.browser import browser_name
from app.errors import SignInNeeded
from app.services import accounts, passwords

blueprint = Blueprint("account", __name__)
WRONG = "That address and password do not go together"


@blueprint.get("/")
@guards.public_page
def front() -> ResponseReturnValue:
    return redirect(url_for("desk.events" if guards.signed_in() else "account.sign_in"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guards.public_page
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return form_page("organiser/sign_in.html", form)
    source = request.remote_addr or "unknown"
    with context.write_session() as database:
        candidate = accounts.begin_sign_in(
            database, form.email.data, source=source, now=context.now()
        )
    if not accounts.is_genuine(candidate, form.password.data):
        form.password.errors = [WRONG]
        return form_page("organiser/sign_in.html", form)
    renewed = accounts.renewed_hash(candidate, form.password.data)
    with context.write_session() as database:
        token = accounts.complete_sign_in(
            database,
            candidate,
            renewed=renewed,
            now=context.now(),
            browser=browser_name(request.user_agent.string),
            instead_of=_token(),
        )
    remember(token)
    return redirect(safe_next(request.args.get("next", "")))


@blueprint.post("/sign-out")
@guards.public_page
def sign_out() -> ResponseReturnValue:
    if _token():
        with context.write_session() as database:
            accounts.sign_out(database, _token())
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("account.sign_in"))


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@guards.link_page
def accept(token: str) -> ResponseReturnValue:
    """Offer an account; to who has one already, the role alone, once they are signed in."""
    with context.read_session() as database:
        invitation = accounts.find_invitation(database, token, now=context.now())
    if invitation.reader is not accounts.Reader.NEW:
        return _accept_with_account(token, invitation)
    form = WelcomeForm()
    known = (form.name.data or "", invitation.organisation_name)
    if not form.validate_on_submit() or not is_good(
        form.password, email=invitation.email, known=known
    ):
        return form_page("organiser/welcome.html", form, invitation=invitation)
    kept = passwords.hash_password(form.password.data)
    with context.write_session() as database:
        opened = accounts.accept_invitation(
            database,
            token,
            name=form.name.data,
            password_hash=kept,
            now=context.now(),
            browser=browser_name(request.user_agent.string),
            instead_of=_token(),
        )
    remember(opened)
    return redirect(url_for("desk.events"))


def _accept_with_account(token: str, invitation: accounts.InvitationView) -> ResponseReturnValue:
    signed_in = guards.signed_in()
    is_theirs = signed_in is not None and accounts.is_same_address(
        signed_in.email, invitation.email
    )
    if request.method != "POST":  # HEAD reads too
        return render_template(
            "organiser/welcome_again.html", invitation=invitation, is_theirs=is_theirs
        )
    if signed_in is None or not is_theirs:
        raise SignInNeeded
    with context.write_session() as database:
        accounts.accept_as(database, token, signed_in, now=context.now())
    flash(f"You are {invitation.role} of {invitation.organisation_name} now.")
    return redirect(url_for("desk.events"))


def safe_next(target: str) -> str:
    """Return where to go after signing in: a page of ours, never another site."""
    parts = urlsplit(target)
    is_ours = target.startswith("/") and target.isprintable() and not target.startswith("//")
    if is_ours and not parts.scheme and not parts.netloc and "\\" not in target:
        return target
    return url_for("desk.events")


def remember(token: str) -> None:
    """Keep a session's token in the browser."""
    session.clear()  # nothing from before signing in lives on, the form token included
    session[guards.SESSION_KEY] = token
    session.permanent = True


def form_page(template: str, form: FlaskForm, **more: object) -> ResponseReturnValue:
    """Return a page with one form, 422 when something in it wants another look."""
    status = 422 if form.errors else 200
    return render_template(template, form=form, errors=form.errors, **more), status


def _token() -> str:
    found = session.get(guards.SESSION_KEY)
    return found if isinstance(found, str) else ""
