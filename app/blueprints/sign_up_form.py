"""The sign-up form as fields; what is right or wrong in it is the service's to say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

from wtforms import (
    BooleanField,
    EmailField,
    Form,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from app.enums import QuestionKind, Role
from app.queries.participant import Answers, need_label, option_label
from app.services.signups.form import MAX_TOPICS_RANKED, FormChoices, OwnQuestion, consents_for

OWN = "own_"
BLOCK_ROLE = "block_role_"
NOT_THERE = "none"
"""What is posted by somebody who does not take part in a block."""
ONLY_OWNERS = "Only you and the owners of this event read this."
RANKS = tuple(f"topic{rank + 1}" for rank in range(MAX_TOPICS_RANKED))


class Asked(Protocol):
    """What the form needs to know of an event."""

    @property
    def choices(self) -> FormChoices: ...
    @property
    def round_times(self) -> tuple[tuple[int, str], ...]: ...
    @property
    def retention_days(self) -> int: ...


class AskForm(Form):  # type: ignore[misc]
    """Every field of every role; `build` leaves out what a role is not asked."""

    website = StringField("Leave this empty")  # a trap: machines fill whatever they find
    name = StringField("Your name")
    email = EmailField("E-mail")
    stage = SelectField("Where you are in training", validate_choice=False)
    affiliation = StringField("Hospital or school")
    question = TextAreaField("One question you will bring to every table")
    goals = TextAreaField("What you want to take home")
    topic1 = SelectField("Choice 1", validate_choice=False)
    topic2 = SelectField("Choice 2", validate_choice=False)
    topic3 = SelectField("Choice 3", validate_choice=False)
    topics = SelectMultipleField("Topics you can speak to", validate_choice=False)
    rounds = SelectMultipleField("Rounds you can be there for", validate_choice=False)
    needs = SelectMultipleField("What helps you take part", validate_choice=False)
    wishes = TextAreaField("Their name or address")
    not_with = TextAreaField("Their name or address")
    forget_not_with = BooleanField("Forget whom I named before")
    consent_plan = BooleanField()
    consent_question = BooleanField()
    consent_name = BooleanField()
    consent_listed = BooleanField()


class Present(Protocol):
    """What the form about one's rounds needs to know."""

    @property
    def answers(self) -> Answers: ...
    @property
    def round_times(self) -> tuple[tuple[int, str], ...]: ...
    @property
    def past_rounds(self) -> frozenset[int]: ...


class PresenceForm(Form):  # type: ignore[misc]
    """When somebody is there; rounds that are over are not asked any more."""

    rounds = SelectMultipleField("Rounds you can be there for", validate_choice=False)


def build_presence(page: Present, posted: Any = None) -> PresenceForm:
    """Return the form about one's rounds, with what is known or was posted."""
    form = PresenceForm(posted, data={"rounds": [str(id_) for id_ in page.answers.rounds]})
    form.rounds.choices = [
        (str(id_), at) for id_, at in page.round_times if id_ not in page.past_rounds
    ]
    return form


def build(
    asked: Asked,
    role: Role,
    *,
    posted: Any = None,
    known: Mapping[str, object] | None = None,
) -> AskForm:
    """Return the form of a role, filled with what was posted or is known."""
    rounds = [str(id_) for id_, _ in asked.round_times]
    start: dict[str, object] = {"rounds": rounds} if known is None else dict(known)
    choices = asked.choices
    form = _empty(choices, role)(posted, data=start)
    _offer_own(form, choices, role)
    form.stage.choices = [("", "Choose one"), *choices.stages]
    for rank, name in enumerate(RANKS):
        first = "Choose a topic" if rank == 0 else "No more"
        form[name].choices = [("", first), *((topic, topic) for topic in choices.topics)]
    form.topics.choices = [(topic, topic) for topic in choices.topics]
    form.rounds.choices = [(str(id_), at) for id_, at in asked.round_times]
    form.needs.choices = [(feature, need_label(feature)) for feature in choices.features]
    _leave_out(form, asked, role, is_edit=known is not None)
    return form


def _empty(choices: FormChoices, role: Role) -> type[AskForm]:
    return _form_class(_asked_of(choices, role), choices.blocks)


def _asked_of(choices: FormChoices, role: Role) -> tuple[OwnQuestion, ...]:
    return tuple(one for one in choices.questions if role in one.roles)


def _offer_own(form: AskForm, choices: FormChoices, role: Role) -> None:
    """Give the organiser's own questions and the parts of the event what can be chosen."""
    for question in _asked_of(choices, role):
        if question.options:
            form[f"{OWN}{question.id}"].choices = _own_choices(question)
    for id_, _ in choices.blocks:
        form[f"{BLOCK_ROLE}{id_}"].choices = _block_choices(role, choices.roles)


@lru_cache(maxsize=128)
def _form_class(
    questions: tuple[OwnQuestion, ...], blocks: tuple[tuple[int, str], ...]
) -> type[AskForm]:
    """Return the form with the organiser's own questions, and a role for each of some blocks."""
    own = {f"{OWN}{question.id}": _own_field(question) for question in questions}
    parts = {
        f"{BLOCK_ROLE}{id_}": SelectField(title, validate_choice=False) for id_, title in blocks
    }
    return type("AskFormOfEvent", (AskForm,), own | parts)


def _own_field(question: OwnQuestion) -> Any:
    ours = ONLY_OWNERS if question.is_private else ""
    if question.kind is QuestionKind.TEXT:
        return TextAreaField(question.label, description=ours)
    return SelectField(question.label, description=ours, validate_choice=False)


def _own_choices(question: OwnQuestion) -> list[tuple[str, str]]:
    first = "Choose one" if question.is_required else "No answer"
    options = question.options
    return [("", first), *((one, option_label(question.kind, one)) for one in options)]


def _block_choices(role: Role, roles: tuple[Role, ...]) -> list[tuple[str, str]]:
    others = [(one.value, f"As {one}") for one in roles if one is not role]
    return [("", f"As {role}, as above"), *others, (NOT_THERE, "Not in this part")]


def _leave_out(form: AskForm, asked: Asked, role: Role, *, is_edit: bool) -> None:
    """Delete what this role, or somebody who changes their answers, is not asked."""
    unasked: set[str] = {"website"} if is_edit else set()
    if role is not Role.MENTEE:
        unasked.add("question")
    if role not in {Role.MENTEE, Role.PEER}:
        unasked.add("goals")
    unasked |= set(RANKS) if role is Role.MENTOR or not asked.choices.topics else {"topics"}
    if not asked.choices.topics:
        unasked.add("topics")
    if not asked.choices.stages:
        unasked.add("stage")
    if not asked.choices.features:
        unasked.add("needs")
    unasked.add("email" if is_edit else "forget_not_with")
    texts = {f"consent_{text.kind}": text for text in consents_for(role)}
    for name in ("consent_plan", "consent_question", "consent_name", "consent_listed"):
        if name not in texts:
            unasked.add(name)
            continue
        text = texts[name]
        form[name].label.text = text.text
        form[name].description = text.small.format(retention_days=asked.retention_days)
    for name in unasked:
        del form[name]
