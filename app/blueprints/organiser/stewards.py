"""Links for stewards: made, shown once, listed, ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TimeField
from wtforms.validators import InputRequired, Length

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser.forms import DATE, TIME, in_our_time
from app.errors import InvalidInput
from app.queries import organiser, steward
from app.services import events, stewards, zones

blueprint = Blueprint("stewards", __name__)


class LinkForm(FlaskForm):  # type: ignore[misc]
    label = StringField(
        "Who gets it",
        [InputRequired("Write who gets it, like front desk"), Length(max=stewards.MAX_LABEL)],
    )
    until_date = DateField("Good until", [InputRequired(DATE), in_our_time])
    until_time = TimeField("Time", [InputRequired(TIME)])


@blueprint.get("/events/<int:event_id>/stewards")
@organiser_required
def page(event_id: int) -> ResponseReturnValue:
    return _page(event_id, None)


@blueprint.post("/events/<int:event_id>/stewards")
@organiser_required
def make(event_id: int) -> ResponseReturnValue:
    """Make a link and show it, this once."""
    form = LinkForm()
    token = _make(event_id, form) if form.validate() else ""
    if not token:
        return _page(event_id, form)
    link = context.settings().base_url + url_for("steward.page", token=token)
    return _page(event_id, None, link=link, label=form.label.data)


@blueprint.post("/events/<int:event_id>/stewards/<int:link_id>/revoke")
@organiser_required
def revoke(event_id: int, link_id: int) -> ResponseReturnValue:
    with context.write_session() as database:
        event = events.get_for(database, g.organiser.organisation_id, event_id)
        label = stewards.revoke(
            database, event, link_id, now=context.now(), organiser_id=g.organiser.id
        )
    flash(f"The link of {label} has ended. Whoever used it is out.")
    return redirect(url_for("stewards.page", event_id=event_id))


def _make(event_id: int, form: LinkForm) -> str:
    """Return the token; empty, with what is wrong beside its field, when there is none."""
    try:
        with context.write_session() as database:
            event = events.get_for(database, g.organiser.organisation_id, event_id)
            until = datetime.combine(form.until_date.data, form.until_time.data)
            return stewards.make_link(
                database,
                event,
                label=form.label.data,
                expires_at=zones.instant(until, event.zone, fold=1),
                now=context.now(),
                organiser_id=g.organiser.id,
            )
    except InvalidInput as error:
        for name, message in error.fields.items():
            form[name if name in form else "until_time"].errors = [message]
        return ""


def _page(
    event_id: int, form: LinkForm | None, *, link: str = "", label: str = ""
) -> ResponseReturnValue:
    now = context.now()
    with context.read_session() as database:
        frame = organiser.frame(database, g.organiser.organisation_id, event_id, now=now)
        links = steward.links(database, event_id, now=now)
        event = events.get_for(database, g.organiser.organisation_id, event_id)
        usual = stewards.usual_end(event, now).astimezone(ZoneInfo(event.zone))
    usual += timedelta(minutes=-usual.minute % 5, seconds=-usual.second)
    shown = form or LinkForm(formdata=None, until_date=usual.date(), until_time=usual.time())
    page = render_template(
        "organiser/stewards.html",
        event=frame,
        form=shown,
        errors=shown.errors,
        links=links,
        link=link,
        label=label,
    )
    return page, 422 if shown.errors else 200
