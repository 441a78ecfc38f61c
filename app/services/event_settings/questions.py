"""The organiser's own questions: added, changed, put in order, removed.

What people answered binds what can be changed: nobody's answer becomes one they never gave, and
what was asked in private stays private.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import InvalidInput, NotFound
from app.models import Answer, CustomQuestion, Event, SignUp
from app.services import audit
from app.services.event_settings.form import fingerprint
from app.services.event_settings.question_form import (
    Given,
    QuestionForm,
    cleaned,
    find_problems,
    form_of,
)
from app.services.signups import places, waitlist


class AnswersChanged(InvalidInput):
    """Somebody answered meanwhile. Read again what would be lost, then decide."""

    def __init__(self, answers: int) -> None:
        self.answers = answers
        super().__init__({"main": (type(self).__doc__ or "").strip()})


class QuestionGone(NotFound):
    """This question is gone already. The list of your questions shows those that are left."""


CHANGED_MEANWHILE = (
    "Somebody else changed this question while you wrote. Look at it in another tab; saving once "
    "more overwrites what they saved."
)


def mark_of(form: QuestionForm) -> str:
    """Return a mark that is another once somebody changed the question."""
    return fingerprint(form)


def add(
    session: Session, event_id: int, form: QuestionForm, *, now: datetime, actor: str
) -> CustomQuestion:
    """Add a question at the end; the same one sent twice is one question."""
    event = _lock(session, event_id)
    form = cleaned(form)
    for known in event.questions:
        if form_of(known) == form:
            return known
    _check(form, event, None, Given())
    question = CustomQuestion(position=len(event.questions), key="", **_columns(form))
    event.questions.append(question)
    _number(event)
    session.flush()
    question.key = f"q{question.id}"
    session.flush()
    _record(session, event, question, "question added", now=now, actor=actor)
    return question


def change(
    session: Session,
    event_id: int,
    question_id: int,
    form: QuestionForm,
    *,
    seen: str = "",
    now: datetime,
    actor: str,
) -> bool:
    """Change a question; return whether anything is another now.

    ``seen`` is the mark of the question as the organiser read it. Raises ``InvalidInput`` for what
    would make an answer another than was given.
    """
    event = _lock(session, event_id)
    question = _find(event, question_id)
    form = cleaned(form)
    if form_of(question) == form:
        return False
    given = given_to(session, event.id).get(question.id, Given())
    _check(form, event, question, given)
    if seen and seen != mark_of(form_of(question)):
        raise InvalidInput({"main": CHANGED_MEANWHILE})
    was_trait = question.is_trait
    for name, value in _columns(form).items():
        setattr(question, name, value)
    if given.answers and (was_trait or question.is_trait):
        waitlist.count_roster_change(event)
    session.flush()
    _record(session, event, question, "question changed", now=now, actor=actor)
    return True


def move(
    session: Session,
    event_id: int,
    question_id: int,
    *,
    up: bool,
    position: int,
    now: datetime,
    actor: str,
) -> bool:
    """Swap a question with its neighbour; nothing happens when it is not at that place any more."""
    event = _lock(session, event_id)
    _number(event)
    question = _find(event, question_id)
    other = question.position + (-1 if up else 1)
    if question.position != position or not 0 <= other < len(event.questions):
        return False
    event.questions[other].position = question.position
    question.position = other
    session.flush()
    session.refresh(event, ["questions"])
    _record(session, event, question, "question moved", now=now, actor=actor)
    return True


def remove(
    session: Session, event_id: int, question_id: int, *, answers: int, now: datetime, actor: str
) -> None:
    """Remove a question with its answers; ``answers`` is how many the organiser was told of.

    Raises ``AnswersChanged`` when there are others by now.
    """
    event = _lock(session, event_id)
    question = _find(event, question_id)
    given = given_to(session, event.id).get(question.id, Given())
    if given.answers != answers:
        raise AnswersChanged(given.answers)
    _record(session, event, question, "question removed", now=now, actor=actor, answers=answers)
    event.questions.remove(question)
    _number(event)
    if question.is_trait and answers:
        waitlist.count_roster_change(event)
    session.flush()


def given_to(session: Session, event_id: int) -> dict[int, Given]:
    """Return what was answered to each question of an event that anybody answered."""
    totals: Counter[int] = Counter()
    chosen: dict[int, Counter[str]] = {}
    rows = session.execute(
        select(Answer.question_id, Answer.value, SignUp.state)
        .join(SignUp, SignUp.id == Answer.sign_up_id)
        .where(SignUp.event_id == event_id)
    )
    state: SignUpState
    for question_id, value, state in rows:
        totals[question_id] += 1
        if not state.is_over:
            chosen.setdefault(question_id, Counter())[value] += 1
    return {
        id_: Given(answers=number, chosen=chosen.get(id_, Counter()))
        for id_, number in totals.items()
    }


def _check(form: QuestionForm, event: Event, question: CustomQuestion | None, given: Given) -> None:
    problems = find_problems(form, event, question, given)
    if problems:
        raise InvalidInput(problems)


def _lock(session: Session, event_id: int) -> Event:
    event = places.lock_event(session, event_id)
    session.refresh(event, ["questions", "capacities"])
    return event


def _find(event: Event, question_id: int) -> CustomQuestion:
    for question in event.questions:
        if question.id == question_id:
            return question
    raise QuestionGone


def _number(event: Event) -> None:
    for position, question in enumerate(event.questions):
        question.position = position


def _columns(form: QuestionForm) -> dict[str, object]:
    return {
        "kind": form.kind,
        "label": form.label,
        "hint": form.hint,
        "choices": list(form.choices),
        "roles": [role.value for role in form.roles],
        "is_required": form.is_required,
        "is_trait": form.is_trait,
        "is_private": form.is_private,
    }


def _record(
    session: Session,
    event: Event,
    question: CustomQuestion,
    what: str,
    *,
    now: datetime,
    actor: str,
    **detail: object,
) -> None:
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        question_id=question.id,
        kind=question.kind,
        is_trait=question.is_trait,
        is_private=question.is_private,
        **detail,
    )
