"""A question as the organiser writes it, and what of it cannot stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.enums import QuestionKind, Role
from app.models import CustomQuestion, Event
from app.services import addresses

MOST_QUESTIONS = 12
MOST_CHOICES = 20
LONGEST_LABEL = 200
LONGEST_HINT = 300
LONGEST_CHOICE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionForm:
    """A question as the organiser wrote it; no ``roles`` means everybody."""

    kind: QuestionKind
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    is_required: bool = False
    is_trait: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What people answered to one question: how many, and how many chose what.

    ``chosen`` counts those who are still there; ``answers`` counts everybody.
    """

    answers: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict)


def form_of(question: CustomQuestion) -> QuestionForm:
    """Return a stored question as it would be written."""
    return QuestionForm(
        kind=question.kind,
        label=question.label,
        hint=question.hint,
        choices=tuple(question.choices),
        roles=tuple(Role(role) for role in question.roles),
        is_required=question.is_required,
        is_trait=question.is_trait,
        is_private=question.is_private,
    )


def cleaned(form: QuestionForm) -> QuestionForm:
    """Return a question in the spelling that is kept."""
    is_choice = form.kind is QuestionKind.CHOICE
    lines = [addresses.clean_line(text) for text in form.choices] if is_choice else []
    return QuestionForm(
        kind=form.kind,
        label=addresses.clean_line(form.label),
        hint=addresses.clean_line(form.hint),
        choices=tuple(dict.fromkeys(line for line in lines if line)),
        roles=tuple(role for role in Role if role in form.roles),
        is_required=form.is_required,
        is_trait=form.is_trait,
        is_private=form.is_private,
    )


def find_problems(
    form: QuestionForm, event: Event, question: CustomQuestion | None, given: Given
) -> dict[str, str]:
    """Return what to put right, by field."""
    found: dict[str, str] = {}
    others = [one for one in event.questions if one is not question]
    if len(others) >= MOST_QUESTIONS:
        found["label"] = (
            f"This event has {MOST_QUESTIONS} questions, and a form that is longer loses people. "
            "Remove one first."
        )
    elif not form.label:
        found["label"] = "Write what you want to ask."
    elif len(form.label) > LONGEST_LABEL:
        found["label"] = f"Write it in {LONGEST_LABEL} characters or fewer."
    elif addresses.canonical_name(form.label) in {
        addresses.canonical_name(one.label) for one in others
    }:
        found["label"] = "The form asks this already. Write another question."
    if len(form.hint) > LONGEST_HINT:
        found["hint"] = f"Write it in {LONGEST_HINT} characters or fewer."
    if not set(form.roles) <= {row.role for row in event.capacities}:
        found["roles"] = "Choose from the roles this event asks for."
    if form.kind is QuestionKind.CHOICE:
        found |= _choice_problems(form)
    if form.is_trait and form.kind is QuestionKind.TEXT:
        found["is_trait"] = (
            "The planner compares answers, and no two texts are alike. "
            "Let people choose from a list, or leave this out."
        )
    return found | (_bound_by_answers(form, question, given) if question else {})


def _choice_problems(form: QuestionForm) -> dict[str, str]:
    if len(form.choices) < 2:
        return {"choices": "Write at least two choices, each on a line of its own."}
    if len(form.choices) > MOST_CHOICES:
        return {"choices": f"Write {MOST_CHOICES} choices at most."}
    if any(len(text) > LONGEST_CHOICE for text in form.choices):
        return {"choices": f"Write each choice in {LONGEST_CHOICE} characters or fewer."}
    return {}


def _bound_by_answers(form: QuestionForm, question: CustomQuestion, given: Given) -> dict[str, str]:
    """Return what answers that were given do not allow."""
    if not given.answers:
        return {}
    found: dict[str, str] = {}
    who = "1 person has" if given.answers == 1 else f"{given.answers} people have"
    if form.kind is not question.kind:
        found["kind"] = f"{who} answered, so the kind stays. Add another question instead."
    elif form.kind is QuestionKind.CHOICE:
        lost = [text for text in question.choices if text not in form.choices]
        counts = [(text, number) for text in lost if (number := given.chosen.get(text, 0))]
        if counts:
            said = "; ".join(f"“{text}”: {number}" for text, number in counts)
            found["choices"] = f"Somebody chose what you took out ({said}). Put it back."
    if question.is_private and not form.is_private:
        found["is_private"] = (
            f"{who} answered on the word that only owners read it, so it stays private."
        )
    return found
