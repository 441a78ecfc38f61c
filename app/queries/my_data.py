"""What a participant's page says about their data: who reads what, until when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.enums import ConsentKind, Role, WishKind
from app.errors import NotFound
from app.models import Answer, CustomQuestion, Event, SignUp
from app.queries import times
from app.services.privacy import names_kept_until
from app.services.privacy.consents import yeses_of
from app.services.privacy.entries import PARTICIPANTS
from app.services.privacy.inventory import (
    Basis,
    Entry,
    Kept,
    OwnEntry,
    own_entries,
    own_entry,
    readers_of_answer,
)
from app.services.signups.form import consents_for

HOSTING = frozenset({Role.MENTOR, Role.FACILITATOR})
OWN_ANSWERS = "answer.value"


@dataclass(frozen=True, slots=True, kw_only=True)
class YesRow:
    """Something the person said yes to; ``taken_back`` is empty while it holds."""

    kind: ConsentKind
    text: str
    version: int
    given: str
    taken_back: str
    can_go_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MyData:
    """What is held about one person, and on which yes."""

    entries: tuple[OwnEntry, ...]
    yeses: tuple[YesRow, ...]
    until: str
    hosts: bool
    has_confidences: bool  # named somebody they would rather not sit with
    can_get_mail: bool


def my_data(session: Session, person_id: int) -> MyData:
    """Return what one person's page says about their data."""
    sign_up = session.scalar(
        select(SignUp)
        .where(SignUp.person_id == person_id)
        .options(
            selectinload(SignUp.consents),
            selectinload(SignUp.wishes),
            selectinload(SignUp.answers),
            selectinload(SignUp.block_roles),
        )
    )
    if sign_up is None:
        raise NotFound
    event = session.get_one(Event, sign_up.event_id)
    until = times.date(names_kept_until(event), event.zone)
    return MyData(
        entries=_entries(session, sign_up, event, until),
        yeses=_yeses(sign_up, event.zone),
        until=until,
        hosts=is_host(sign_up),
        has_confidences=any(wish.kind is WishKind.NOT_WITH for wish in sign_up.wishes),
        can_get_mail=sign_up.confirmed_at is not None,
    )


def is_host(sign_up: SignUp) -> bool:
    """Return whether people come to this person's table, in some part of the event."""
    return sign_up.role in HOSTING or any(one.role in HOSTING for one in sign_up.block_roles)


def _entries(session: Session, sign_up: SignUp, event: Event, until: str) -> tuple[OwnEntry, ...]:
    """Return the inventory as it holds for one person, own questions one by one."""
    agreed = {one.kind for one in sign_up.consents if one.withdrawn_at is None}
    asked = {text.kind for text in consents_for(sign_up.role)}
    general = [entry for entry in PARTICIPANTS if OWN_ANSWERS not in entry.columns]
    questions = _questions(session, event, sign_up.answers)
    return (
        *own_entries(general, role=sign_up.role, asked=asked, agreed=agreed, until=until),
        *(
            own_entry(_question_entry(one), asked=asked, agreed=agreed, until=until)
            for one in questions
        ),
    )


def _questions(session: Session, event: Event, answers: list[Answer]) -> list[CustomQuestion]:
    ids = [answer.question_id for answer in answers]
    return list(
        session.scalars(
            select(CustomQuestion)
            .where(CustomQuestion.event_id == event.id, CustomQuestion.id.in_(ids))
            .order_by(CustomQuestion.position)
        )
    )


def _question_entry(question: CustomQuestion) -> Entry:
    return Entry(
        what=f"Your answer to “{question.label}”",
        columns=(OWN_ANSWERS,),
        why=question.hint or "The organisers ask it for this event",
        basis=Basis.CONSENT,
        kept=Kept.EVENT,
        readers=readers_of_answer(is_private=question.is_private),
    )


def _yeses(sign_up: SignUp, zone: str) -> tuple[YesRow, ...]:
    return tuple(
        YesRow(
            kind=yes.kind,
            text=yes.text,
            version=yes.version,
            given=times.day_and_clock(yes.given_at, zone),
            taken_back=times.day_and_clock(yes.withdrawn_at, zone) if yes.withdrawn_at else "",
            can_go_alone=yes.can_go_alone,
        )
        for yes in yeses_of(sign_up)
    )
