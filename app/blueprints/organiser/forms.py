"""Forms of the organiser's pages."""

from __future__ import annotations

from datetime import datetime, time

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Form,
    IntegerField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from app.blueprints.organiser import twice
from app.blueprints.organiser.twice import Which
from app.enums import Role
from app.services import zones
from app.services.presets import Preset

DATE = "Write a date, like 2027-03-11"
TIME = "Write a time, like 17:45"
END_OF_DAY = time(23, 59)


def in_our_time(_form: Form, field: DateField) -> None:
    """Refuse a year that is a slip of the pen."""
    if field.data is None or zones.FIRST_YEAR <= field.data.year <= zones.LAST_YEAR:
        return
    message = f"Choose a year between {zones.FIRST_YEAR} and {zones.LAST_YEAR}"
    raise ValidationError(message)


class ZoneField(StringField):  # type: ignore[misc]
    """An IANA name, offered as a list."""

    def pre_validate(self, _form: FlaskForm) -> None:
        if self.data not in zones.known_zones():
            message = "Choose a time zone from the list, like Europe/Berlin"
            raise ValidationError(message)


class NewEventForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        "Name of the event", [InputRequired("Write what it is called"), Length(max=120)]
    )
    date = DateField("Day", [InputRequired(DATE), in_our_time])
    time = TimeField("Start", [InputRequired(TIME)])
    which = Which()
    zone = ZoneField("Time zone", [InputRequired("Write a time zone")])
    venue = StringField("Where", [Length(max=200)])
    contact_email = StringField(
        "Address for questions",
        [Optional(), Email("Write an address with an @, like evening@hospital.org")],
    )
    closes_date = DateField("Sign-up closes on", [Optional(), in_our_time])
    closes_time = TimeField("Closing time", [Optional()])
    closes_which = Which()
    confirms_address = BooleanField("Ask everybody to confirm their address by mail", default=True)

    def starts_at(self) -> datetime | None:
        """Return the instant of the start; None, with an error at the field, when there is none."""
        return self._instant(self.date, self.time, self.which)

    def closes_at(self) -> datetime | None:
        """Return when sign-up closes, None when it stays open until the event begins."""
        if self.closes_date.data is None:
            return None
        if self.closes_time.data is None and not self.closes_time.errors:
            self.closes_time.data = END_OF_DAY
        return self._instant(self.closes_date, self.closes_time, self.closes_which)

    def is_in_order(
        self, starts_at: datetime, closes_at: datetime | None, *, now: datetime
    ) -> bool:
        """Return whether the times follow each other; a field that does not says so."""
        if starts_at <= now:
            self.date.errors = ["Choose a day that is still to come"]
        elif closes_at is not None and closes_at > starts_at:
            self.closes_date.errors = ["Close sign-up before the event begins"]
        return not self.errors

    def _instant(self, day: DateField, time: TimeField, which: Which) -> datetime | None:
        if time.data is None:
            time.errors = [TIME]
            return None
        return twice.instant(day, time, which, self.zone.data)


class MoveForm(Form):  # type: ignore[misc]
    """It only asks to see; moving is a POST, where the application checks for forgery."""

    date = DateField("New day", [InputRequired(DATE), in_our_time])
    time = TimeField("New start", [InputRequired(TIME)])
    which = Which()


def move_form(asked: MultiDict[str, str], starts_at: datetime) -> MoveForm:
    """Return what is asked, else the start as it is, so that one of day and time can stay."""
    known = twice.chosen(starts_at)
    return MoveForm(asked or None, date=starts_at, time=starts_at, which=known)


class OpenForm(FlaskForm):  # type: ignore[misc]
    knows = BooleanField(
        "I know that mail is not being sent",
        [InputRequired("Tick this, or set SMTP first")],
    )


MOST_SEED = 10**9


class PlanForm(FlaskForm):  # type: ignore[misc]
    time_limit_s = IntegerField(
        "Longest time, in seconds",
        [
            InputRequired("Write a number of seconds"),
            NumberRange(2, 900, "Choose 2 to 900 seconds"),
        ],
        default=30,
    )
    seed = IntegerField(
        "Number of this try",
        [InputRequired("Write a whole number"), NumberRange(0, MOST_SEED, "Choose 0 or more")],
        default=1,
    )


def new_event_form(preset: Preset) -> type[NewEventForm]:
    """Return the form with a number of places for each role of a preset."""
    fields: dict[str, object] = {
        places_name(role): IntegerField(
            f"Places for {role}s",
            [Optional(), NumberRange(0, 5000, "Choose 0 to 5000")],
            default=places,
        )
        for role, places in preset.capacities.items()
    }
    if not preset.capacities:
        fields["roles"] = SelectMultipleField(
            "Who signs up",
            [InputRequired("Tick one role at least")],
            default=[Role.MENTOR, Role.MENTEE],
        )
    return type("NewEventFormOfPreset", (NewEventForm,), fields)


def capacities(preset: Preset, form: NewEventForm) -> dict[Role, int | None]:
    """Return the places as written; a blank event takes as many as come of the roles ticked."""
    if not preset.capacities:
        return {Role(role): None for role in form.roles.data}
    return {role: form[places_name(role)].data for role in preset.capacities}


def places_name(role: Role) -> str:
    """Return the name of the field for a role's places."""
    return f"places_{role}"
