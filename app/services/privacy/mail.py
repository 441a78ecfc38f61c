"""Mails to, from and about people who are forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, aliased

from app.enums import Method, OutboxState
from app.models import Event, OutboxMessage, Person, ScheduledSeat, SignUp
from app.services import blanking
from app.services.privacy.portions import portions

FAREWELLS = frozenset({"withdrawn", "cancelled"})
"""Mails that tell somebody they have no place any more."""
FREE_TEXT = "message"
"""What an organiser wrote to participants: it may name anybody."""
WHY_DROPPED = "the person was erased"


def farewells_of(session: Session, person: Person) -> frozenset[int]:
    """Return the mails on their way that take a person's place and calendar entry back."""
    rows = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.person_id == person.id, OutboxMessage.state.in_(blanking.ON_ITS_WAY)
        )
    )
    return frozenset(row.id for row in rows if row.method is Method.CANCEL or row.kind in FAREWELLS)


def forget(
    session: Session,
    event: Event,
    people: Sequence[Person],
    sign_up_ids: Collection[int],
    *,
    farewells: Collection[int],
) -> None:
    """Drop what waits for these people but their farewells, and blank what says who they were.

    Their partners' invites name them: those that left are blanked now, those on their way after.
    """
    for ids in portions(person.id for person in people):
        _forget_own(session, ids, farewells)
    for ids in portions(_partners(session, sign_up_ids)):
        theirs = (OutboxMessage.person_id.in_(ids), OutboxMessage.method.is_not(None))
        blanking.blank_texts(session, *theirs, blanking.is_over())
        session.execute(
            update(OutboxMessage).where(*theirs, ~blanking.is_over()).values(forget_after=True)
        )
    _forget_in_organisers_mail(session, event, people)


def _forget_own(session: Session, ids: list[int], farewells: Collection[int]) -> None:
    own = OutboxMessage.person_id.in_(ids)
    waits = OutboxMessage.state == OutboxState.QUEUED
    blanking.blank_all(session, own, blanking.is_over())
    blanking.blank_all(session, own, waits, OutboxMessage.id.not_in(farewells))
    session.execute(
        update(OutboxMessage)
        .where(own, waits, OutboxMessage.id.not_in(farewells))
        .values(state=OutboxState.DROPPED, last_error=WHY_DROPPED)
    )
    session.execute(
        update(OutboxMessage).where(OutboxMessage.id.in_(farewells)).values(forget_after=True)
    )


def _partners(session: Session, sign_up_ids: Collection[int]) -> set[int]:
    """Return who ever shared a published table with these sign-ups, as ids of people."""
    own, other = aliased(ScheduledSeat), aliased(ScheduledSeat)
    found: set[int] = set()
    for ids in portions(sign_up_ids):
        found |= set(
            session.scalars(
                select(SignUp.person_id)
                .join(other, other.sign_up_id == SignUp.id)
                .join(
                    own,
                    (own.schedule_id == other.schedule_id)
                    & (own.round_id == other.round_id)
                    & (own.table_id == other.table_id),
                )
                .where(own.sign_up_id.in_(ids), other.sign_up_id.not_in(ids))
                .distinct()
            )
        )
    return found


def _forget_in_organisers_mail(session: Session, event: Event, people: Iterable[Person]) -> None:
    """Blank the mails that name one of these people: to the organisers, and of the organisers."""
    words = {word for person in people for word in (person.name, person.email)}
    rows = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.event_id == event.id,
            or_(OutboxMessage.person_id.is_(None), OutboxMessage.kind == FREE_TEXT),
        )
    )
    naming = [row.id for row in rows if any(word in _said(row) for word in words)]
    for ids in portions(naming):
        which = OutboxMessage.id.in_(ids)
        blanking.blank_texts(session, which, blanking.is_over())
        session.execute(
            update(OutboxMessage).where(which, ~blanking.is_over()).values(forget_after=True)
        )


def _said(row: OutboxMessage) -> str:
    return f"{row.subject}\n{row.reply_to}\n{row.text}\n{row.html}"
