"""The team: who runs the organisation's events. Organisers see it, owners change it."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, InputRequired, Length

from app.blueprints import context
from app.blueprints.guards import organiser_required, owner_required
from app.enums import OrganiserRole
from app.errors import InvalidInput, LastOwner
from app.queries import team
from app.services import accounts

blueprint = Blueprint("team", __name__)
A_ROLE = AnyOf([role.value for role in OrganiserRole], "Choose organiser or owner")


class InviteForm(FlaskForm):  # type: ignore[misc]
    email = StringField("E-mail", [InputRequired("Write an e-mail address"), Length(max=254)])
    role = StringField("Role", [A_ROLE], default=OrganiserRole.ORGANISER.value)


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Name of the organisation")


class RoleForm(FlaskForm):  # type: ignore[misc]
    role = StringField("Role", [A_ROLE])


@blueprint.get("/team")
@organiser_required
def page() -> ResponseReturnValue:
    return _page(InviteForm(formdata=None))


@blueprint.post("/team/invite")
@owner_required
def invite() -> ResponseReturnValue:
    form = InviteForm()
    if not form.validate():
        return _page(form)
    try:
        with context.write_session() as database:
            found = accounts.invite(
                database,
                g.organiser,
                form.email.data,
                role=OrganiserRole(form.role.data),
                now=context.now(),
                key=context.key(),
            )
            address = found.email
    except InvalidInput as error:
        form.email.errors = [error.fields["email"]]
        return _page(form)
    flash(f"An invitation is on its way to {address}.")
    return redirect(url_for("team.page"))


@blueprint.post("/team/name")
@owner_required
def rename() -> ResponseReturnValue:
    naming = NameForm()
    try:
        with context.write_session() as database:
            name = accounts.rename_organisation(
                database, g.organiser, naming.name.data or "", now=context.now()
            )
    except InvalidInput as error:
        naming.name.errors = [error.fields["name"]]
        return _page(InviteForm(formdata=None), naming)
    flash(f"Your organisation is called {name} now, on its pages and in mail from here on.")
    return redirect(url_for("team.page"))


@blueprint.post("/team/invitations/<int:invitation_id>/resend")
@owner_required
def resend(invitation_id: int) -> ResponseReturnValue:
    with context.write_session() as database:
        address = accounts.resend(
            database, g.organiser, invitation_id, now=context.now(), key=context.key()
        )
    flash(f"A new link is on its way to {address}. The one before no longer works.")
    return redirect(url_for("team.page"))


@blueprint.post("/team/invitations/<int:invitation_id>/revoke")
@owner_required
def revoke(invitation_id: int) -> ResponseReturnValue:
    with context.write_session() as database:
        address = accounts.revoke(database, g.organiser, invitation_id, now=context.now())
    flash(f"The invitation of {address} is taken back.")
    return redirect(url_for("team.page"))


@blueprint.post("/team/<int:organiser_id>/role")
@owner_required
def change_role(organiser_id: int) -> ResponseReturnValue:
    form = RoleForm()
    if not form.validate():
        _read().member(organiser_id)  # a stranger is not found, whatever was sent
        raise InvalidInput({"role": A_ROLE.message})
    role = OrganiserRole(form.role.data)
    with context.write_session() as database:
        name = accounts.change_role(database, g.organiser, organiser_id, role, now=context.now())
    flash(f"{name} is an {role.value} now.")
    return redirect(url_for("team.page"))


@blueprint.route("/team/<int:organiser_id>/close", methods=["GET", "POST"])
@owner_required
def close(organiser_id: int) -> ResponseReturnValue:
    """Say on GET what it means; close the account on POST."""
    if request.method != "POST":  # HEAD reads too
        found = _read()
        member = found.member(organiser_id)
        if member.is_last_owner:
            raise LastOwner
        return render_template("organiser/close_account.html", team=found, member=member)
    with context.write_session() as database:
        name = accounts.close_account(database, g.organiser, organiser_id, now=context.now())
    if organiser_id == g.organiser.id:
        session.clear()
        flash("Your account is closed.")
        return redirect(url_for("account.sign_in"))
    flash(f"The account of {name} is closed.")
    return redirect(url_for("team.page"))


def _page(form: InviteForm, naming: NameForm | None = None) -> ResponseReturnValue:
    found = _read()
    errors = form.errors or (naming.errors if naming else {})
    page = render_template(
        "organiser/team.html",
        team=found,
        form=form,
        naming=naming or NameForm(formdata=None, data={"name": found.organisation_name}),
        errors=errors,
        is_owner=g.organiser.role is OrganiserRole.OWNER,
    )
    return page, 422 if errors else 200


def _read() -> team.TeamPage:
    with context.read_session() as database:
        return team.read(database, g.organiser.organisation_id, g.organiser.id, now=context.now())
