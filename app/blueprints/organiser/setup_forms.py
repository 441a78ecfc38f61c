"""The forms of an event's set-up; what is right in them the services say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.blueprints.organiser import twice
from app.blueprints.organiser.forms import DATE, TIME, in_our_time
from app.blueprints.organiser.sign_up_forms import Clock, Day
from app.blueprints.organiser.twice import Which
from app.enums import TopicKind
from app.services.asked_lists import ListEdit
from app.services.details import Details

TOPIC_KINDS = {
    TopicKind.CANONICAL: "Canonical: what is known",
    TopicKind.CONTEXTUAL: "Contextual: using it at work",
    TopicKind.PERSONAL: "Personal: how one lives with it",
}
_DOINGS = ("up", "down", "remove")


class DetailsFields(FlaskForm):  # type: ignore[misc]
    name = StringField("Name of the event")
    tagline = StringField("One line about it")
    description = TextAreaField("More about it")
    venue = StringField("Where")
    zone = StringField("Time zone")
    contact_email = StringField("Address for questions")

    def details(self) -> Details:
        """Return the details as written."""
        return Details(
            name=self.name.data or "",
            tagline=self.tagline.data or "",
            description=self.description.data or "",
            venue=self.venue.data or "",
            zone=self.zone.data or "",
            contact_email=self.contact_email.data or "",
        )


class CloneFields(FlaskForm):  # type: ignore[misc]
    name = StringField("Name of the new event")
    date = Day("Day", validators=[InputRequired(DATE), in_our_time])
    time = Clock("Start", validators=[InputRequired(TIME)])
    which = Which()
    goes_on = BooleanField("It goes on with the same people")

    def starts_at(self, zone: str) -> datetime | None:
        """Return the instant of the start; None, with an error at the field, when there is none."""
        return twice.instant(self.date, self.time, self.which, zone)


class SeriesFields(FlaskForm):  # type: ignore[misc]
    series = SelectField("Series", coerce=int)
    name = StringField("Name of a new series")


def series_form(others: tuple[tuple[int, str], ...]) -> SeriesFields:
    """Return the form with the series there are; 0 is a new one."""
    form = SeriesFields()
    form.series.choices = [(0, "A new one"), *others]
    return form


def put(form: FlaskForm, problems: Mapping[str, str]) -> None:
    """Write what a service found beside its fields; "main" is said of the whole form."""
    for name, message in problems.items():
        if name == "main":
            form.form_errors = [*form.form_errors, message]
        else:
            form[name].errors = [message]


def seen(form: FlaskForm, mark: str) -> str:
    """Return the mark to send along: what was read at first, until its staleness was said."""
    if request.method != "POST" or form.form_errors:
        return mark
    return request.form.get("seen", "")


def _written(posted: MultiDict[str, str], name: str, ids: tuple[int, ...]) -> dict[int, str]:
    """Return the fields of a list that hold another text than they were shown with."""
    typed = {id_: posted.get(f"{name}-{id_}") for id_ in ids}
    return {
        id_: text
        for id_, text in typed.items()
        if text is not None and text != posted.get(f"was-{name}-{id_}")
    }


def read_list(posted: MultiDict[str, str], ids: tuple[int, ...]) -> ListEdit:
    """Return what was written for a list; the button pressed says what is done besides saving.

    What stands as the page showed it was not written: somebody else may have changed it since.
    """
    doing, _, number = posted.get("do", "").partition("-")
    target = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None
    is_known = doing in _DOINGS and target in ids
    words, kinds = (_written(posted, name, ids) for name in ("word", "kind"))
    new_kind = posted.get("new_kind", "")
    return ListEdit(
        words=words,
        kinds={id_: TopicKind(kind) for id_, kind in kinds.items() if kind in set(TopicKind)},
        new=posted.get("new", ""),
        new_kind=TopicKind(new_kind) if new_kind in set(TopicKind) else TopicKind.CONTEXTUAL,
        move=(target, -1 if doing == "up" else 1)
        if is_known and target is not None and doing != "remove"
        else None,
        remove=target if is_known and doing == "remove" else None,
    )
