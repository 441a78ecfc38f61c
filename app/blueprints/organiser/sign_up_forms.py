"""The forms of sign-up settings and of a question; what is right in them the service says."""

from __future__ import annotations

from datetime import datetime
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional

from app.blueprints.organiser import twice
from app.blueprints.organiser.forms import DATE, END_OF_DAY, TIME, in_our_time
from app.blueprints.organiser.twice import Which
from app.enums import Admission, QuestionKind, Role
from app.services.event_settings import RoleSettings, SignUpSettings
from app.services.event_settings.question_form import QuestionForm
from app.services.signups.admission import rule_of

DAYS = "Write a number of days, like 60"
ADMISSIONS = {
    Admission.FIRST_COME: "In the order of sign-up",
    Admission.PLAN: "Whom the plan lacks most",
}
KINDS = {
    QuestionKind.TEXT: "A text in their own words",
    QuestionKind.CHOICE: "One of several choices",
    QuestionKind.YES_NO: "Yes or no",
}


_ORDER = (
    "asks_approval",
    "confirms_address",
    "closes_date",
    "closes_time",
    "closes_which",
    "changes_date",
    "changes_time",
    "changes_which",
    "contact_email",
    "retention_days",
    "csrf_token",
)


class Whole(IntegerField):  # type: ignore[misc]
    """A whole number; what is none keeps standing there as it was typed."""

    def __init__(self, label: str, *, advice: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.advice = advice

    def process_formdata(self, values: list[str]) -> None:
        try:
            super().process_formdata(values)
        except ValueError as error:
            raise ValueError(self.advice) from error


class Ratio(FloatField):  # type: ignore[misc]
    """A number with a point or a comma."""

    def __init__(self, label: str, *, advice: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.advice = advice

    def process_formdata(self, values: list[str]) -> None:
        try:
            super().process_formdata([text.replace(",", ".") for text in values])
        except ValueError as error:
            raise ValueError(self.advice) from error
        if self.data is not None and not isfinite(self.data):  # "nan" is a float
            raise ValueError(self.advice)


class Day(DateField):  # type: ignore[misc]
    def process_formdata(self, values: list[str]) -> None:
        try:
            super().process_formdata(values)
        except ValueError as error:
            raise ValueError(DATE) from error


class Clock(TimeField):  # type: ignore[misc]
    def process_formdata(self, values: list[str]) -> None:
        try:
            super().process_formdata(values)
        except ValueError as error:
            raise ValueError(TIME) from error


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """What holds for the whole event; `settings_form` adds the fields of each role."""

    asks_approval = BooleanField("We read each sign-up and say yes or no")
    confirms_address = BooleanField("Ask everybody to confirm their address by mail")
    closes_date = Day("Sign-up closes on", validators=[Optional(), in_our_time])
    closes_time = Clock("Closing time", validators=[Optional()])
    closes_which = Which()
    changes_date = Day("Answers can be changed until", validators=[Optional(), in_our_time])
    changes_time = Clock("Time", validators=[Optional()])
    changes_which = Which()
    retention_days = Whole(
        "Days kept after the event", advice=DAYS, validators=[InputRequired(DAYS)]
    )
    contact_email = StringField("Address for questions")

    def wanted(self, zone: str) -> SignUpSettings | None:
        """Return the settings as written; None, with errors at the fields, when there are none."""
        closes_at = self._instant(self.closes_date, self.closes_time, self.closes_which, zone)
        changes_until = self._instant(
            self.changes_date, self.changes_time, self.changes_which, zone
        )
        if self.errors:
            return None
        return SignUpSettings(
            roles=tuple(self._role(role) for role in Role if self[f"asked_{role}"].data),
            asks_approval=self.asks_approval.data,
            confirms_address=self.confirms_address.data,
            signup_closes_at=closes_at,
            changes_until=changes_until,
            retention_days=self.retention_days.data,
            contact_email=(self.contact_email.data or "").strip(),
        )

    def put(self, problems: dict[str, str]) -> None:
        """Write what the service found beside its fields."""
        for name, message in problems.items():
            self[name].errors = [message]

    def found(self, roles: tuple[Role, ...]) -> list[tuple[str, str]]:
        """Return the first message of each field that has one, in the order of the page."""
        kinds = ("asked", "places", "per_mentor", "admission")
        names = [f"{kind}_{role}" for role in roles for kind in kinds]
        names += [name for name in _ORDER if name in self]
        return [(name, self[name].errors[0]) for name in names if self[name].errors]

    def _role(self, role: Role) -> RoleSettings:
        ratio = self[f"per_mentor_{role}"].data if role is not Role.MENTOR else None
        return RoleSettings(
            role=role,
            places=self[f"places_{role}"].data,
            per_mentor=None if ratio is None else round(ratio, 2),
            admission=Admission(self[f"admission_{role}"].data),
        )

    def _instant(self, day: Day, time: Clock, which: Which, zone: str) -> datetime | None:
        if day.errors or time.errors:
            return None
        if day.data is None and time.data is None:
            return None
        if day.data is None:
            day.errors = [DATE]
            return None
        if time.data is None:
            time.data = END_OF_DAY
        return twice.instant(day, time, which, zone)


def settings_form(known: SignUpSettings, zone: str) -> SettingsForm:
    """Return the form of an event, filled with what was posted, else with what is stored."""
    fields: dict[str, object] = {}
    for role in Role:
        fields[f"asked_{role}"] = BooleanField(f"{role.capitalize()}s can sign up")
        fields[f"places_{role}"] = Whole(
            "Places",
            advice=f"Write how many {role}s, like 12, or leave it empty",
            validators=[Optional()],
        )
        fields[f"per_mentor_{role}"] = Ratio(
            f"{role.capitalize()}s for each mentor, at most",
            advice=f"Write how many {role}s for each mentor, like 3 or 2.5, or leave it empty",
            validators=[Optional()],
        )
        fields[f"admission_{role}"] = RadioField(
            "Who gets a place that becomes free", default=Admission.FIRST_COME.value
        )
    form = type("SettingsFormOfEvent", (SettingsForm,), fields)
    start = _start(known, zone)
    found: SettingsForm = form(data=start)
    for rule in (found[f"admission_{role}"] for role in Role):
        rule.choices = [(kind.value, ADMISSIONS[kind]) for kind in Admission]
        rule.smalls = {kind.value: f"People read: {rule_of(kind)}" for kind in Admission}
    return found


def _start(known: SignUpSettings, zone: str) -> dict[str, object]:
    closes, changes = _local(known.signup_closes_at, zone), _local(known.changes_until, zone)
    start: dict[str, object] = {
        "asks_approval": known.asks_approval,
        "confirms_address": known.confirms_address,
        "closes_date": closes,
        "closes_time": closes,
        "closes_which": twice.chosen(closes),
        "changes_which": twice.chosen(changes),
        "changes_date": changes,
        "changes_time": changes,
        "retention_days": known.retention_days,
        "contact_email": known.contact_email,
    }
    for mine in known.roles:
        start |= {
            f"asked_{mine.role}": True,
            f"places_{mine.role}": mine.places,
            f"per_mentor_{mine.role}": mine.per_mentor,
            f"admission_{mine.role}": mine.admission.value,
        }
    return start


def _local(at: datetime | None, zone: str) -> datetime | None:
    return None if at is None else at.astimezone(ZoneInfo(zone))


class AskingForm(FlaskForm):  # type: ignore[misc]
    """One question of the organiser's own."""

    label = StringField("Your question")
    hint = StringField("A line of help below it")
    kind = RadioField("How people answer")
    choices = TextAreaField("Choices")
    roles = SelectMultipleField("Who is asked", validate_choice=False)
    is_required = BooleanField("They have to answer it to sign up")
    is_trait = BooleanField("Use it when planning")
    is_private = BooleanField("Only owners read the answers")

    def question(self) -> QuestionForm:
        """Return the question as written; every role ticked is nobody left out."""
        roles = tuple(Role(text) for text in self.roles.data or () if text in set(Role))
        is_everybody = len(roles) == len(self.roles.choices)
        return QuestionForm(
            kind=QuestionKind(self.kind.data),
            label=self.label.data or "",
            hint=self.hint.data or "",
            choices=tuple((self.choices.data or "").splitlines()),
            roles=() if is_everybody else roles,
            is_required=self.is_required.data,
            is_trait=self.is_trait.data,
            is_private=self.is_private.data,
        )


def asking_form(roles: tuple[Role, ...], known: QuestionForm | None) -> AskingForm:
    """Return the form of a question, filled with what was posted, else with what is stored."""
    known = known or QuestionForm(kind=QuestionKind.CHOICE, label="")
    form = AskingForm(
        data={
            "label": known.label,
            "hint": known.hint,
            "kind": known.kind.value,
            "choices": "\n".join(known.choices),
            "roles": [role.value for role in known.roles or roles],
            "is_required": known.is_required,
            "is_trait": known.is_trait,
            "is_private": known.is_private,
        }
    )
    form.kind.choices = [(kind.value, text) for kind, text in KINDS.items()]
    form.roles.choices = [(role.value, f"{role.capitalize()}s") for role in roles]
    return form
