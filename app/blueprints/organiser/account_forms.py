"""Forms of organisers' own accounts."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from app.errors import InvalidInput
from app.services import passwords
from app.services.addresses import clean_line


def has_text(_form: Form, field: Field) -> None:
    """Refuse a name of which nothing can be seen."""
    if not clean_line(field.data or ""):
        message = "Write your name"
        raise ValidationError(message)


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = StringField("E-mail", [InputRequired("Write your e-mail address"), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Write your password")])


class WelcomeForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Your name", [has_text, Length(max=200)])
    password = PasswordField("Password", [InputRequired("Choose a password")])


class ForgotForm(FlaskForm):  # type: ignore[misc]
    email = StringField("E-mail", [InputRequired("Write your e-mail address"), Length(max=254)])


class ResetForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField("New password", [InputRequired("Choose a password")])


class NameForm(FlaskForm):  # type: ignore[misc]
    name = StringField("Your name", [has_text, Length(max=200)])


class ChangeForm(FlaskForm):  # type: ignore[misc]
    old = PasswordField("Password you have now", [InputRequired("Write the password you have now")])
    password = PasswordField("New password", [InputRequired("Choose a new password")])


def is_good(field: Field, *, email: str, known: tuple[str, ...]) -> bool:
    """Return whether a new password may be used; the field says why not."""
    try:
        passwords.check_new_password(field.data or "", email=email, known=known)
    except InvalidInput as error:
        field.errors = [error.fields["password"]]
    return not field.errors
