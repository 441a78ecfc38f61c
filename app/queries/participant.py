"""A participant's own page: their place, their answers, what others see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.enums import ConsentKind, Role, SignUpState, WishKind
from app.errors import NotFound
from app.models import Event, Organisation, SignUp
from app.queries import times
from app.queries.itinerary import Itinerary, itinerary_of
from app.queries.public_event import AGENDA, AgendaStop, agenda_of, round_times_of
from app.services.signups import can_change, is_open
from app.services.signups.form import FormChoices, choices_of
from app.services.signups.opening import changes_end

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
    consents: frozenset[ConsentKind]


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
    offered_until: str
    position: int
    can_edit: bool
    can_sign_up_again: bool
    can_withdraw: bool
    edit_until: str
    first_name: str
    answers: Answers
    choices: FormChoices
    round_times: tuple[tuple[int, str], ...]
    agenda: tuple[AgendaStop, ...]
    itinerary: Itinerary | None


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
    is_placed = sign_up.state is SignUpState.PLACED
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
        offered_until=(
            times.day_and_clock(sign_up.offered_until, zone) if sign_up.offered_until else ""
        ),
        position=_position(session, sign_up, event),
        can_edit=can_change(event, now) and not sign_up.state.is_over,
        can_sign_up_again=is_open(event, now) and sign_up.state in LEFT,
        can_withdraw=now < event.starts_at and not sign_up.state.is_over,
        edit_until=times.day_and_clock(changes_end(event), zone),
        first_name=sign_up.person.name.split(" ")[0],
        answers=_answers(sign_up, event),
        choices=choices_of(event),
        round_times=round_times_of(event),
        agenda=agenda_of(event),
        itinerary=itinerary_of(session, sign_up, event) if is_placed else None,
    )


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
        consents=frozenset(
            consent.kind for consent in sign_up.consents if consent.withdrawn_at is None
        ),
    )


def _position(session: Session, sign_up: SignUp, event: Event) -> int:
    """Return the place in the queue, from 1; 0 for who does not wait."""
    if sign_up.state is not SignUpState.WAITING:
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
