"""My account: name, password, and where I am signed in."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context, guards
from app.blueprints.organiser.account import blueprint, remember
from app.blueprints.organiser.account_forms import ChangeForm, NameForm, is_good
from app.blueprints.organiser.browser import browser_name
from app.queries import team
from app.services import accounts, passwords

__all__ = ["blueprint"]


@blueprint.get("/account")
@guards.organiser_required
def mine() -> ResponseReturnValue:
    return _page(NameForm(name=g.organiser.name), ChangeForm())


@blueprint.post("/account/name")
@guards.organiser_required
def rename() -> ResponseReturnValue:
    form = NameForm()
    if not form.validate():
        return _page(form, ChangeForm(formdata=None))
    with context.write_session() as database:
        accounts.rename(database, g.organiser.id, form.name.data)
    flash("Your name is changed.")
    return redirect(url_for("account.mine"))


@blueprint.post("/account/password")
@guards.organiser_required
def change_password() -> ResponseReturnValue:
    """Ask for the old password: an unlocked screen is not enough. All other sessions end."""
    form, me = ChangeForm(), g.organiser
    if not form.validate() or not is_good(form.password, email=me.email, known=(me.name,)):
        return _page(NameForm(formdata=None, name=me.name), form)
    with context.write_session() as database:
        candidate = accounts.begin_password_change(database, me, now=context.now())
    if not accounts.is_genuine(candidate, form.old.data):
        form.old.errors = ["This is not the password you have now"]
        return _page(NameForm(formdata=None, name=me.name), form)
    kept = passwords.hash_password(form.password.data)
    with context.write_session() as database:
        token = accounts.complete_password_change(
            database, candidate, password_hash=kept, now=context.now(), browser=_browser()
        )
    remember(token)
    flash("Your password is changed. Everywhere else you are signed out.")
    return redirect(url_for("account.mine"))


@blueprint.post("/account/sign-out-everywhere")
@guards.organiser_required
def sign_out_everywhere() -> ResponseReturnValue:
    with context.write_session() as database:
        accounts.sign_out_everywhere(database, g.organiser.id)
    session.clear()
    flash("You are signed out everywhere.")
    return redirect(url_for("account.sign_in"))


def _page(name_form: NameForm, change_form: ChangeForm) -> ResponseReturnValue:
    token = str(session.get(guards.SESSION_KEY, ""))
    with context.read_session() as database:
        rows = team.sessions(database, g.organiser.id, token, now=context.now())
    errors = {**name_form.errors, **change_form.errors}
    page = render_template(
        "organiser/mine.html",
        name_form=name_form,
        change_form=change_form,
        sessions=rows,
        errors=errors,
    )
    return page, 422 if errors else 200


def _browser() -> str:
    return browser_name(request.user_agent.string)
