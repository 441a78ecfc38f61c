"""The organiser's own questions: added, changed, put in order, removed.

What people answered binds what can be changed: nobody's answer becomes one they never gave, and
what was asked in private stays private.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import QuestionKind, Role, SignUpState
from app.errors import InvalidInput, NotFound
from app.models import Answer, CustomQuestion, Event, SignUp
from app.services import addresses, audit
from app.services.signups import places, waitlist

MOST_QUESTIONS = 12
MOST_CHOICES = 20
LONGEST_LABEL = 200
LONGEST_HINT = 300
LONGEST_CHOICE = 100


class AnswersChanged(InvalidInput):
    """Somebody answered meanwhile. Read again what would be lost, then decide."""

    def __init__(self, answers: int) -> None:
        self.answers = answers
        super().__init__({"main": (type(self).__doc__ or "").strip()})


class QuestionGone(NotFound):
    """This question is gone already. The list of your questions shows those that are left."""


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
    now: datetime,
    actor: str,
) -> bool:
    """Change a question; return whether anything is another now.

    Raises ``InvalidInput`` for what would make an answer another than was given.
    """
    event = _lock(session, event_id)
    question = _find(event, question_id)
    form = cleaned(form)
    if form_of(question) == form:
        return False
    given = given_to(session, event.id).get(question.id, Given())
    _check(form, event, question, given)
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
