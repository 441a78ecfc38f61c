"""A password that was forgotten: the link by mail, and the page it opens."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context, guards
from app.blueprints.organiser.account import blueprint, form_page
from app.blueprints.organiser.account_forms import ForgotForm, ResetForm, is_good
from app.errors import InvalidInput
from app.services import accounts, passwords

__all__ = ["blueprint"]
ON_ITS_WAY = (
    "If somebody signs in with this address, a mail with a link is on its way there. "
    "It works once, within 10 minutes."
)


@blueprint.route("/forgot", methods=["GET", "POST"])
@guards.public_page
def forgot() -> ResponseReturnValue:
    """Answer the same, and as fast, whether or not anybody has the address."""
    form = ForgotForm()
    if not form.validate_on_submit():
        return form_page("organiser/forgot.html", form)
    try:
        with context.write_session() as database:
            accounts.ask_for_link(
                database,
                form.email.data,
                source=request.remote_addr or "unknown",
                now=context.now(),
                key=context.key(),
            )
    except InvalidInput as error:
        form.email.errors = [error.fields["email"]]
        return form_page("organiser/forgot.html", form)
    flash(ON_ITS_WAY)
    return redirect(url_for("account.sign_in"))


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@guards.link_page
def reset(token: str) -> ResponseReturnValue:
    """Set a new password; nobody is signed in by it, because a link can go astray."""
    with context.read_session() as database:
        link = accounts.find_password_link(database, token, now=context.now())
    form = ResetForm()
    known = (link.name, link.organisation_name)
    if not form.validate_on_submit() or not is_good(form.password, email=link.email, known=known):
        return form_page("organiser/reset.html", form, link=link)
    kept = passwords.hash_password(form.password.data)
    with context.write_session() as database:
        accounts.set_password(database, token, password_hash=kept, now=context.now())
    flash("You have a new password. Sign in with it; everywhere else you are signed out.")
    return redirect(url_for("account.sign_in"))
