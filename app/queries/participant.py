"""A participant's own page: their place, their answers, what others see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.enums import (
    Admission,
    ConsentKind,
    EventState,
    PartStat,
    QuestionKind,
    Role,
    SignUpState,
    WishKind,
)
from app.errors import NotFound
from app.models import Event, Invite, Organisation, SignUp
from app.queries import times
from app.queries.itinerary import Itinerary, itinerary_of
from app.queries.public_event import AGENDA, AgendaStop, agenda_of, round_times_of
from app.services import replies
from app.services.publishing.itinerary import first_name
from app.services.signups import can_change, is_open
from app.services.signups.admission import rule_of
from app.services.signups.form import FormChoices, choices_of
from app.services.signups.opening import changes_end, is_past, planned_rounds

LEFT = (SignUpState.WITHDRAWN, SignUpState.RELEASED)
"""Who left may come again; who was refused hears from the organisers."""
NEED_LABELS = {
    "step_free": "Step-free table",
    "quiet": "Quiet table",
    "hearing_loop": "Table inside the hearing loop",
}


def need_label(feature: str) -> str:
    """Return what a table feature is called."""
    return NEED_LABELS.get(feature, feature.replace("_", " ").capitalize())


def option_label(kind: QuestionKind, option: str) -> str:
    """Return an option of an own question as people read it."""
    return option.capitalize() if kind is QuestionKind.YES_NO else option


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """An answer to a question of the organiser's own; ``shown`` is what people read."""

    question_id: int
    label: str
    value: str
    shown: str
    is_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRole:
    """Another role in one block; None for not taking part in it."""

    block_id: int
    title: str
    role: Role | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the person told us; whom they would rather not sit with is never read back."""

    name: str
    email: str
    stage: str | None
    stage_label: str
    affiliation: str
    question: str
    goals: str
    topics: tuple[str, ...]
    needs: tuple[str, ...]
    rounds: tuple[int, ...]
    wishes: tuple[str, ...]
    own: tuple[OwnAnswer, ...]
    block_roles: tuple[OtherRole, ...]
    consents: frozenset[ConsentKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyAnswer:
    """What the person said to their invite, and when; at first nothing."""

    partstat: PartStat
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPage:
    """A participant's own page."""

    event_id: int
    person_id: int
    sign_up_id: int
    slug: str
    event_name: str
    organisation: str
    day: str
    hours: str
    starts: str
    venue: str
    contact: str
    retention_days: int
    role: Role
    state: SignUpState
    is_confirmed: bool
    is_cancelled: bool  # the whole event
    offered_until: str
    position: int
    rule: str
    can_edit: bool
    can_sign_up_again: bool
    can_withdraw: bool
    can_change_rounds: bool
    edit_until: str
    first_name: str
    answers: Answers
    choices: FormChoices
    round_times: tuple[tuple[int, str], ...]
    past_rounds: frozenset[int]
    answer: MyAnswer | None  # None: there is nothing to answer
    agenda: tuple[AgendaStop, ...]
    itinerary: Itinerary | None
    reminders_off: bool


def my_page(session: Session, person_id: int, *, now: datetime) -> MyPage:
    """Return a person's page."""
    row = session.execute(
        select(SignUp, Event, Organisation.name)
        .join(Event, Event.id == SignUp.event_id)
        .join(Organisation, Organisation.id == Event.organisation_id)
        .where(SignUp.person_id == person_id)
        .options(
            selectinload(SignUp.person),
            selectinload(SignUp.wishes),
            selectinload(SignUp.consents),
            selectinload(SignUp.answers),
            selectinload(SignUp.block_roles),
            AGENDA,
            selectinload(Event.stages),
            selectinload(Event.topics),
            selectinload(Event.capacities),
            selectinload(Event.questions),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    sign_up, event, organisation = row
    return _page(session, sign_up, event, organisation, now=now)


def _page(
    session: Session, sign_up: SignUp, event: Event, organisation: str, *, now: datetime
) -> MyPage:
    zone = event.zone
    is_cancelled, is_over = event.state is EventState.CANCELLED, sign_up.state.is_over
    return MyPage(
        event_id=event.id,
        person_id=sign_up.person_id,
        sign_up_id=sign_up.id,
        slug=event.slug,
        event_name=event.name,
        organisation=organisation,
        day=times.day(event.starts_at, zone),
        hours=f"{times.clock(event.starts_at, zone)} to {times.clock(event.ends_at, zone)}",
        starts=times.day_and_clock(event.starts_at, zone),
        venue=event.venue,
        contact=event.contact_email,
        retention_days=event.retention_days,
        role=sign_up.role,
        state=sign_up.state,
        is_confirmed=sign_up.confirmed_at is not None or not event.confirms_address,
        is_cancelled=is_cancelled,
        offered_until=_until(sign_up.offered_until, zone),
        position=_position(session, sign_up, event),
        rule=rule_of(_admission(sign_up, event)),
        can_edit=can_change(event, now) and not is_over,
        can_sign_up_again=is_open(event, now) and sign_up.state in LEFT,
        can_withdraw=now < event.starts_at and not is_over,
        can_change_rounds=now < event.ends_at and not is_over and not is_cancelled,
        edit_until=times.day_and_clock(changes_end(event), zone),
        first_name=first_name(sign_up.person.name),
        answers=_answers(sign_up, event),
        choices=choices_of(event),
        round_times=round_times_of(event),
        past_rounds=frozenset(one.id for one in planned_rounds(event) if is_past(one, now)),
        answer=_answer_of(session, sign_up, event, now=now),
        agenda=agenda_of(event),
        itinerary=_itinerary(session, sign_up, event),
        reminders_off=sign_up.person.reminders_off_at is not None,
    )


def _itinerary(session: Session, sign_up: SignUp, event: Event) -> Itinerary | None:
    has_seats = sign_up.state is SignUpState.PLACED and event.state is not EventState.CANCELLED
    return itinerary_of(session, sign_up, event) if has_seats else None


def _answer_of(
    session: Session, sign_up: SignUp, event: Event, *, now: datetime
) -> MyAnswer | None:
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id))
    if invite is None or not replies.can_answer(sign_up, event, invite, now=now):
        return None
    at = invite.replied_at
    return MyAnswer(
        partstat=invite.partstat, at="" if at is None else times.day_and_clock(at, event.zone)
    )


def _until(at: datetime | None, zone: str) -> str:
    return "" if at is None else times.day_and_clock(at, zone)


def _answers(sign_up: SignUp, event: Event) -> Answers:
    person = sign_up.person
    stages = {stage.key: stage.label for stage in event.stages}
    absent = set(sign_up.absent_rounds)
    return Answers(
        name=person.name,
        email=person.email,
        stage=person.stage,
        stage_label=stages.get(person.stage or "", ""),
        affiliation=person.affiliation,
        question=sign_up.question,
        goals=sign_up.goals,
        topics=tuple(sign_up.topics),
        needs=tuple(sign_up.needs),
        rounds=tuple(id_ for id_ in choices_of(event).rounds if id_ not in absent),
        wishes=tuple(wish.target for wish in sign_up.wishes if wish.kind is WishKind.WISH),
        own=_own_answers(sign_up, event),
        block_roles=_other_roles(sign_up, event),
        consents=frozenset(
            consent.kind for consent in sign_up.consents if consent.withdrawn_at is None
        ),
    )


def _admission(sign_up: SignUp, event: Event) -> Admission:
    """Return by which rule free places of a person's role are given."""
    found = (one.admission for one in event.capacities if one.role is sign_up.role)
    return next(found, Admission.FIRST_COME)


def _own_answers(sign_up: SignUp, event: Event) -> tuple[OwnAnswer, ...]:
    """Return the answers to the organiser's own questions, in the order of the form."""
    given = {answer.question_id: answer.value for answer in sign_up.answers}
    return tuple(
        OwnAnswer(
            question_id=question.id,
            label=question.label,
            value=given[question.id],
            shown=option_label(question.kind, given[question.id]),
            is_private=question.is_private,
        )
        for question in event.questions
        if question.id in given
    )


def _other_roles(sign_up: SignUp, event: Event) -> tuple[OtherRole, ...]:
    own = {row.block_id: row.role for row in sign_up.block_roles}
    return tuple(
        OtherRole(block_id=block.id, title=block.title, role=own[block.id])
        for block in event.blocks
        if block.id in own
    )


def _position(session: Session, sign_up: SignUp, event: Event) -> int:
    """Return the place in the queue, from 1; 0 for who does not wait, or where no queue tells."""
    if sign_up.state is not SignUpState.WAITING:
        return 0
    if _admission(sign_up, event) is not Admission.FIRST_COME:
        return 0
    statement = select(func.count()).where(
        SignUp.event_id == sign_up.event_id,
        SignUp.role == sign_up.role,
        SignUp.state == SignUpState.WAITING,
        SignUp.seq < sign_up.seq,
    )
    if event.confirms_address:
        statement = statement.where(SignUp.confirmed_at.is_not(None))
    return 1 + (session.scalar(statement) or 0)
