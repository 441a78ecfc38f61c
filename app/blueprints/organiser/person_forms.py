"""Forms about one person on the roster: the questions of sign-up, asked of an organiser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, EmailField, Form, RadioField
from wtforms.fields import SelectChoice

from app.blueprints import parsing, sign_up_form
from app.blueprints.sign_up_form import OWN, RANKS, Asked, AskForm
from app.enums import Role
from app.queries.participant import Answers, MyPage
from app.services.signups.form import FormChoices

_LABELS = {
    "name": "Name",
    "stage": "Career stage",
    "question": "The question they bring to every table",
    "goals": "What they want to take home",
    "topics": "Topics they can speak to",
    "rounds": "Rounds they can be there for",
    "needs": "What helps them take part",
    "wishes": "Names or addresses",
    "not_with": "Names or addresses",
    "consent_question": "Their mentors may see their question beforehand",
    "consent_listed": "They may be listed among the mentors on the public page",
    "consent_name": "Their first name may stand in other people's calendar entries",
}
_THEIRS = ("goals", "wishes", "not_with", "forget_not_with")
"""What a person wrote for nobody's eyes but the planner's, or their own."""
_OF_THEM = {
    "Write your name as it should stand on your card.": (
        "Write their name as it should stand on their card."
    ),
    "Choose where you are in training.": "Choose where they are in training.",
    "Write the question you want to bring. A half sentence is enough.": (
        "Write the question they bring. A half sentence is enough."
    ),
}
"""What the public form says to the person themselves, as said about somebody else."""


class ConsentForm(Form):  # type: ignore[misc]
    """Whether the person agreed outside the product, and whether they hear of it."""

    consented = RadioField(
        "You may plan their time with these answers",
        choices=[
            SelectChoice("yes", "They agreed, on paper, by mail or in person"),
            SelectChoice("no", "Not yet"),
        ],
        validate_choice=False,
    )
    sends_link = BooleanField("Send them a mail with their place and the link to their page")


class AddressForm(Form):  # type: ignore[misc]
    """The address of somebody who is on the roster already."""

    email = EmailField("E-mail")


def build_new(asked: Asked, role: Role, posted: Any = None) -> AskForm:
    """Return the form for somebody new."""
    form = sign_up_form.build(asked, role, posted=posted)
    del form["website"]
    return _relabelled(form)


def build_change(
    asked: Asked, role: Role, answers: Answers, choices: FormChoices, posted: Any = None
) -> AskForm:
    """Return the form with what an organiser may change of somebody."""
    known = parsing.known_answers(answers)
    form = sign_up_form.build(asked, role, posted=posted, known=known)
    private = (f"{OWN}{one.id}" for one in choices.questions if one.is_private)
    consents = (name for name in list(form._fields) if name.startswith("consent_"))
    for name in (*_THEIRS, *private, *consents):
        if name in form:
            del form[name]
    return _relabelled(form)


def changing(page: MyPage, posted: Any, problems: Mapping[str, str]) -> tuple[AskForm, AddressForm]:
    """Return both forms of a person's page for changes, with what is wrong in its place."""
    form = build_change(page, page.role, page.answers, page.choices, posted)
    address = AddressForm(posted, data={"email": page.answers.email})
    put_right(problems, form, address)
    return form, address


def put_right(problems: Mapping[str, str], *forms: Form) -> None:
    """Write what is wrong beside its field, in whichever form has it."""
    for name, said in problems.items():
        message = _OF_THEM.get(said, said)
        wanted = RANKS[0] if name == "topics" and "topics" not in forms[0] else name
        form = next((one for one in forms if wanted in one), None)
        if form is None:
            forms[0].form_errors = [*forms[0].form_errors, message]
        else:
            form[wanted].errors = [message]


def summary(*forms: Form) -> list[tuple[str, str]]:
    """Return where something is to put right, and what, in the order of the page."""
    found = [(item.id, item.errors[0]) for form in forms for item in form if item.errors]
    return found + [("main", message) for form in forms for message in form.form_errors]


def _relabelled(form: AskForm) -> AskForm:
    for name, label in _LABELS.items():
        if name in form:
            form[name].label.text = label
    return form
