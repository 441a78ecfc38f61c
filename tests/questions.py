"""Builders of the organiser's own questions and what people answered."""

from __future__ import annotations

from itertools import count

from sqlalchemy.orm import Session

from app.enums import QuestionKind, Role
from app.models import Answer, CustomQuestion, Event, SignUp

_numbers = count(1)


def make_question(
    session: Session,
    event: Event,
    *,
    label: str = "Specialty",
    hint: str = "",
    kind: QuestionKind = QuestionKind.CHOICE,
    choices: tuple[str, ...] = ("Surgery", "Paediatrics"),
    roles: tuple[Role, ...] = (),
    is_required: bool = False,
    is_trait: bool = False,
    is_private: bool = False,
) -> CustomQuestion:
    """Return a question at the end of the event's own."""
    question = CustomQuestion(
        position=len(event.questions),
        key=f"made{next(_numbers)}",
        label=label,
        hint=hint,
        kind=kind,
        choices=list(choices) if kind is QuestionKind.CHOICE else [],
        roles=[role.value for role in roles],
        is_required=is_required,
        is_trait=is_trait,
        is_private=is_private,
    )
    event.questions.append(question)
    session.flush()
    return question


def answer(session: Session, sign_up: SignUp, question: CustomQuestion, value: str) -> None:
    """Write what somebody answered."""
    sign_up.answers.append(Answer(question_id=question.id, value=value))
    session.flush()
