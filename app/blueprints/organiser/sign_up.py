"""Sign-up settings of an event: what happens is said before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import sign_up_forms, wording
from app.blueprints.organiser.events import actor
from app.blueprints.organiser.sign_up_forms import ADMISSIONS, SettingsForm
from app.enums import Admission
from app.errors import InvalidInput
from app.queries import event_settings as read
from app.queries import organiser
from app.services import event_settings, events
from app.services.event_settings import Change, Outcome, Saving, SignUpSettings

blueprint = Blueprint("sign_up", __name__)

_STATUSES = {Saving.ASKS: 200, Saving.STALE: 409}
_FIELDS = {
    "asks_approval": "We say yes or no",
    "confirms_address": "Addresses are confirmed",
    "signup_closes_at": "Sign-up closes",
    "changes_until": "Answers can be changed until",
    "retention_days": "Days kept after the event",
    "contact_email": "Address for questions",
    "asked": "Sign-up for {}s",
    "places": "Places for {}s",
    "per_mentor": "{}s for each mentor",
    "admission": "Free places for {}s go",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """One setting that somebody else has stored otherwise than it is written here."""

    label: str
    stored: str
    written: str


@blueprint.route("/events/<int:event_id>/sign-up", methods=["GET", "POST"])
@organiser_required
def settings(event_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        page = read.settings_page(session, event_id)
    form = sign_up_forms.settings_form(page.settings, frame.zone)
    outcome = None
    if form.validate_on_submit() and (wanted := form.wanted(frame.zone)) is not None:
        outcome = _save(event_id, wanted, form)
        if outcome is not None and outcome.state in {Saving.SAVED, Saving.SAME}:
            return _saved(event_id, outcome)
    elif request.method == "POST":
        form.wanted(frame.zone)  # name a date without its time, too
    return _page(frame, page, form, outcome)


def _save(event_id: int, wanted: SignUpSettings, form: SettingsForm) -> Outcome | None:
    """Try to save; None, with errors at the fields, when something is wrong."""
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            return event_settings.save(
                session,
                event_id,
                wanted,
                seen=request.form.get("seen", ""),
                agreed=request.form.get("agreed", ""),
                now=context.now(),
                actor=actor(),
            )
    except InvalidInput as error:
        form.put(error.fields)
        return None


def _saved(event_id: int, outcome: Outcome) -> ResponseReturnValue:
    if outcome.state is Saving.SAME:
        flash("Nothing was changed.")
    elif outcome.told:
        told = "is" if outcome.told == 1 else "are"
        flash(f"The settings are saved. {wording.people(outcome.told)} {told} told.")
    else:
        flash("The settings are saved.")
    return redirect(url_for("sign_up.settings", event_id=event_id), 303)


def _page(
    frame: organiser.EventFrame,
    page: read.SettingsPage,
    form: SettingsForm,
    outcome: Outcome | None,
) -> ResponseReturnValue:
    is_stale = outcome is not None and outcome.state is Saving.STALE
    seen = page.seen if is_stale or request.method != "POST" else request.form.get("seen", "")
    body = render_template(
        "organiser/sign_up.html",
        event=frame,
        page=page,
        form=form,
        errors=form.errors or is_stale,
        seen=seen,
        asks=outcome if outcome is not None and outcome.state is Saving.ASKS else None,
        differing=_differing(outcome.changes, frame.zone) if outcome and is_stale else (),
    )
    if outcome is None:
        return body, 422 if form.errors else 200
    return body, _STATUSES[outcome.state]


def _differing(changes: tuple[Change, ...], zone: str) -> tuple[Differing, ...]:
    return tuple(
        Differing(
            label=_label(change.field),
            stored=_words(change.old, zone),
            written=_words(change.new, zone),
        )
        for change in changes
    )


def _label(field: str) -> str:
    if field in _FIELDS:
        return _FIELDS[field]
    name, _, role = field.rpartition("_")
    text = _FIELDS[name].format(role)
    return text[0].upper() + text[1:]


def _words(value: object, zone: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return wording.day_and_time(value.astimezone(ZoneInfo(zone)))
    if isinstance(value, float):
        return wording.figure(value)
    if isinstance(value, Admission):
        return ADMISSIONS[value].lower()
    return "empty" if value in {None, ""} else str(value)
