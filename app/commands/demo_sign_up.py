"""What waits for an organiser in the demo's open event: questions, a yes or no, offers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import ConsentKind, LinkPurpose, QuestionKind, Role, SignUpState
from app.models import Answer, Event, SignUp
from app.services import access, signups
from app.services.event_settings import questions
from app.services.event_settings.question_form import QuestionForm
from app.services.roster_csv import CsvPerson
from app.services.signups.form import SignUpForm, choices_of
from config import Config

HOUSES = ("University hospital", "District hospital", "Practice")
MIXED = QuestionForm(
    kind=QuestionKind.CHOICE,
    label="Where you work most",
    hint="Tables are mixed by it, so that you hear how others do it.",
    choices=HOUSES,
    is_trait=True,
)
PRIVATE = QuestionForm(
    kind=QuestionKind.TEXT,
    label="Is there anything we should know to look after you well?",
    hint="An allergy, a pram, leaving on the dot: whatever helps.",
    is_private=True,
)
TOLD = ("I am allergic to nuts.", "I bring my baby.", "I have to catch the 21:10 train.")
TOLD_EVERY = 9
"""One person in so many told something in confidence."""
LEAVE = 2
"""So many with a place cannot come after all; who waits is offered theirs."""


def ask_questions(session: Session, event: Event, *, now: datetime, actor: str) -> None:
    """Add a question by which the plan mixes people, and one that only owners read."""
    for question in (MIXED, PRIVATE):
        questions.add(session, event.id, question, now=now, actor=actor)


def answer_questions(session: Session, event: Event) -> None:
    """Let everybody say where they work, and a few tell something in confidence."""
    mixed, private = event.questions
    for number, sign_up in enumerate(_sign_ups(session, event)):
        sign_up.answers.append(Answer(question_id=mixed.id, value=_house(number)))
        if number % TOLD_EVERY == 0:
            told = TOLD[number // TOLD_EVERY % len(TOLD)]
            sign_up.answers.append(Answer(question_id=private.id, value=told))
    session.flush()


def offer_places(session: Session, event: Event, *, now: datetime) -> None:
    """Let some withdraw; the first on the waitlist are offered their places."""
    mentees = [one for one in _sign_ups(session, event) if one.role is Role.MENTEE]
    placed = [one for one in mentees if one.state is SignUpState.PLACED]
    for sign_up in placed[:LEAVE]:
        signups.withdraw(session, sign_up, now=now)


def ask_for_a_yes(
    session: Session,
    event: Event,
    people: Sequence[CsvPerson],
    *,
    now: datetime,
    key: bytes,
    settings: Config,
) -> None:
    """From now on organisers decide; these people ask, and all but the last confirmed."""
    event.asks_approval = True
    session.flush()
    for number, person in enumerate(people):
        form = _form(event, person, _house(number))
        sign_up = signups.register(session, event.id, form, now=now, key=key, settings=settings)
        if person is not people[-1]:
            token = access.link_for(
                session, sign_up.person_id, LinkPurpose.CONFIRM, key=key, now=now
            )
            signups.confirm(session, token, now=now, key=key)


def _house(number: int) -> str:
    return HOUSES[(number + number // 4) % len(HOUSES)]


def _form(event: Event, person: CsvPerson, house: str) -> SignUpForm:
    choices = choices_of(event)
    return SignUpForm(
        role=person.role,
        name=person.name,
        email=person.email,
        stage=choices.stages[0][0],
        affiliation=person.affiliation,
        question=person.question,
        topics=choices.topics[:2],
        rounds=choices.rounds,
        consents=frozenset({ConsentKind.PLAN, ConsentKind.NAME}),
        own_answers=((choices.questions[0].id, house),),
    )


def _sign_ups(session: Session, event: Event) -> list[SignUp]:
    of_event = select(SignUp).where(SignUp.event_id == event.id).order_by(SignUp.seq)
    return list(session.scalars(of_event))
