"""The organiser's own questions on the form, and what may be answered to them."""

from __future__ import annotations

from dataclasses import dataclass

from app.enums import QuestionKind, Role
from app.models import Event
from app.services import addresses

MAX_ANSWER = 500
YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnQuestion:
    """A question of the organiser's own; ``roles`` are those it is asked of.

    A private one is read by the person and by owners of the event, and by nobody else.
    """

    id: int
    key: str
    label: str
    hint: str
    kind: QuestionKind
    choices: tuple[str, ...]
    roles: tuple[Role, ...]
    is_required: bool
    is_private: bool

    @property
    def options(self) -> tuple[str, ...]:
        """What can be chosen; nothing for a text."""
        if self.kind is QuestionKind.TEXT:
            return ()
        return YES_NO if self.kind is QuestionKind.YES_NO else self.choices


def own_questions(event: Event) -> tuple[OwnQuestion, ...]:
    """Return an event's own questions, in order; a question without roles is for everybody."""
    return tuple(
        OwnQuestion(
            id=row.id,
            key=row.key,
            label=row.label,
            hint=row.hint,
            kind=row.kind,
            choices=tuple(row.choices),
            roles=tuple(Role(role) for role in row.roles) or tuple(Role),
            is_required=row.is_required,
            is_private=row.is_private,
        )
        for row in event.questions
    )


def cleaned_answers(
    answers: tuple[tuple[int, str], ...], questions: tuple[OwnQuestion, ...], role: Role
) -> tuple[tuple[int, str], ...]:
    """Return what was answered to the questions that a role is asked, in their order."""
    typed = dict(answers)
    asked = [question for question in questions if role in question.roles]
    found = [(one.id, _cleaned(typed.get(one.id, ""), one)) for one in asked]
    return tuple((id_, text) for id_, text in found if text)


def answer_problems(
    answers: tuple[tuple[int, str], ...], questions: tuple[OwnQuestion, ...], role: Role
) -> dict[str, str]:
    """Return what to write where, by field."""
    kept = dict(cleaned_answers(answers, questions, role))
    found: dict[str, str] = {}
    for question in questions:
        if role not in question.roles:
            continue
        message = _problem(kept.get(question.id, ""), question)
        if message:
            found[f"own_{question.id}"] = message
    return found


def _cleaned(text: str, question: OwnQuestion) -> str:
    if question.kind is QuestionKind.TEXT:
        return addresses.clean_text(text)
    return text


def _problem(text: str, question: OwnQuestion) -> str:
    if not text:
        return _missing(question) if question.is_required else ""
    if question.kind is QuestionKind.TEXT:
        too_long = len(text) > MAX_ANSWER
        return f"Write it in {MAX_ANSWER} characters or fewer." if too_long else ""
    return "" if text in question.options else f"Choose one of: {', '.join(question.options)}."


def _missing(question: OwnQuestion) -> str:
    if question.kind is QuestionKind.TEXT:
        return f"Write an answer: {question.label}"
    return f"Choose an answer: {question.label}"
