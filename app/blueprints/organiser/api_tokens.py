"""Keys of the API: owners make, see once and revoke them; organisers see that there are some."""

from __future__ import annotations

from datetime import UTC, datetime, time

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from app.blueprints import context
from app.blueprints.guards import organiser_required, owner_required
from app.blueprints.organiser.forms import in_our_time
from app.enums import OrganiserRole
from app.errors import InvalidInput
from app.queries import api_tokens as read
from app.services import api_tokens

blueprint = Blueprint("api_tokens", __name__)
READ, WRITE = "read", "write"


class TokenForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        "What uses it",
        [
            InputRequired("Write what uses it, like our website"),
            Length(max=api_tokens.MAX_NAME, message="Write it in 80 characters or fewer"),
        ],
    )
    may = StringField("It may", [AnyOf([READ, WRITE], "Choose read, or read and write")])
    expires_on = DateField("Last day it works", [Optional(), in_our_time])

    def expires_at(self) -> datetime | None:
        """Return the end of the last day, None for a key that does not end."""
        day = self.expires_on.data
        return None if day is None else datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


@blueprint.get("/api-access")
@organiser_required
def page() -> ResponseReturnValue:
    return _page(TokenForm(formdata=None, may=READ))


@blueprint.post("/api-access")
@owner_required
def make() -> ResponseReturnValue:
    """Make a key and show it, this once."""
    form = TokenForm()
    if not form.validate():
        return _page(form)
    try:
        with context.write_session() as database:
            token = api_tokens.make(
                database,
                g.organiser.organisation_id,
                name=form.name.data,
                may_write=form.may.data == WRITE,
                expires_at=form.expires_at(),
                now=context.now(),
                organiser_id=g.organiser.id,
            )
    except InvalidInput as error:
        for name, message in error.fields.items():
            form[name].errors = [message]
        return _page(form)
    return _page(TokenForm(formdata=None, may=READ), token=token, name=form.name.data)


@blueprint.post("/api-access/<int:token_id>/revoke")
@owner_required
def revoke(token_id: int) -> ResponseReturnValue:
    with context.write_session() as database:
        name = api_tokens.revoke(
            database,
            g.organiser.organisation_id,
            token_id,
            now=context.now(),
            organiser_id=g.organiser.id,
        )
    flash(f"The key of {name} is revoked. What used it gets no answer any more.")
    return redirect(url_for("api_tokens.page"), 303)


def _page(form: TokenForm, *, token: str = "", name: str = "") -> ResponseReturnValue:
    with context.read_session() as database:
        rows = read.read(database, g.organiser.organisation_id, now=context.now())
    page = render_template(
        "organiser/api_access.html",
        form=form,
        errors=form.errors,
        rows=rows,
        token=token,
        name=name,
        is_owner=g.organiser.role is OrganiserRole.OWNER,
        base_url=context.settings().base_url,
    )
    return page, 422 if form.errors else 200
