"""Signing in and out, and the one-time link that makes somebody an owner."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.blueprints import context, guards
from app.errors import InvalidInput
from app.services import accounts, passwords

blueprint = Blueprint("account", __name__)
WRONG = "That address and password do not go together"


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = StringField("E-mail", [InputRequired("Write your e-mail address"), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Write your password")])


class WelcomeForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Your name", [InputRequired("Write your name"), Length(max=200)])
    password = PasswordField("Password", [InputRequired("Choose a password")])


@blueprint.get("/")
@guards.public_page
def front() -> ResponseReturnValue:
    return redirect(url_for("desk.events" if guards.signed_in() else "account.sign_in"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@guards.public_page
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return _page("organiser/sign_in.html", form)
    source = request.remote_addr or "unknown"
    with context.write_session() as database:
        candidate = accounts.begin_sign_in(
            database, form.email.data, source=source, now=context.now()
        )
    if not accounts.is_genuine(candidate, form.password.data):
        form.password.errors = [WRONG]
        return _page("organiser/sign_in.html", form)
    with context.write_session() as database:
        token = accounts.complete_sign_in(
            database, candidate, form.password.data, now=context.now()
        )
    _remember(token)
    return redirect(safe_next(request.args.get("next", "")))


@blueprint.post("/sign-out")
@guards.public_page
def sign_out() -> ResponseReturnValue:
    token = session.get(guards.SESSION_KEY)
    if isinstance(token, str):
        with context.write_session() as database:
            accounts.sign_out(database, token)
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("account.sign_in"))


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@guards.link_page
def accept(token: str) -> ResponseReturnValue:
    with context.read_session() as database:
        invitation = accounts.find_invitation(database, token, now=context.now())
    form = WelcomeForm()
    if not form.validate_on_submit():
        return _page("organiser/welcome.html", form, invitation=invitation)
    try:
        passwords.check_new_password(form.password.data, email=invitation.email)
    except InvalidInput as error:
        form.password.errors = [error.fields["password"]]
        return _page("organiser/welcome.html", form, invitation=invitation)
    kept = passwords.hash_password(form.password.data)
    with context.write_session() as database:
        opened = accounts.accept_owner_invitation(
            database, token, name=form.name.data, password_hash=kept, now=context.now()
        )
    _remember(opened)
    return redirect(url_for("desk.events"))


def safe_next(target: str) -> str:
    """Return where to go after signing in: a page of ours, never another site."""
    parts = urlsplit(target)
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    if is_ours and not parts.scheme and not parts.netloc and "\\" not in target:
        return target
    return url_for("desk.events")


def _remember(token: str) -> None:
    session.clear()  # nothing from before signing in lives on, the form token included
    session[guards.SESSION_KEY] = token
    session.permanent = True


def _page(template: str, form: FlaskForm, **more: object) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    return render_template(template, form=form, errors=form.errors, **more), status
