"""Everybody of an event as one row each, read as plain columns: thousands of them stay quick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import InviteState, OutboxState, PartStat, Role, SignUpState
from app.models import Event, Invite, OutboxMessage, Person, Schedule, ScheduledSeat, SignUp, Stage
from app.queries import duplicates, roster_answers, roster_rounds, unsettled
from app.queries.roster_answers import ShownAnswer
from app.services.roster_edit.not_same import told_apart


class Attention(StrEnum):
    """Why somebody on the roster wants a decision."""

    MAIL = "mail"  # came back
    TWICE = "twice"  # may have signed up twice
    ASKED = "asked"
    DECLINED = "declined"
    NO_SEAT = "no_seat"  # has a place, and no seat in what is published
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person of the event, without anything confidential.

    ``question`` is what they would bring to every table, for who is to say yes or no; ``parts``
    says in which parts of the agenda they have another role; ``presence`` whether they come late
    or leave early; ``answer`` what they say to their invite, None while none is out.
    """

    sign_up_id: int
    person_id: int
    seq: int
    name: str
    email: str
    role: Role
    stage: str
    stage_at: int  # its place on the ladder, -1 for none
    affiliation: str
    topics: tuple[str, ...]
    needs: tuple[str, ...]
    rounds: str
    state: SignUpState
    waiting_number: int | None  # place on the waitlist of the role
    waiting_of: int | None
    is_absent: bool
    is_unconfirmed: bool = False
    has_agreed: bool = True  # that the event is planned with their answers
    presence: str = ""
    question: str = ""
    parts: tuple[str, ...] = ()
    answers: tuple[ShownAnswer, ...] = ()
    answer: PartStat | None = None
    answered_at: datetime | None = None
    needs_you: frozenset[Attention] = frozenset()

    @property
    def mail_failed(self) -> bool:
        """Whether a mail to them came back."""
        return Attention.MAIL in self.needs_you


def everybody(session: Session, event_id: int) -> list[RosterRow]:
    """Return all sign-ups of an event, in the order in which they came."""
    found = session.execute(_COLUMNS.where(SignUp.event_id == event_id)).all()
    numbers = roster_rounds.round_numbers(session, event_id)
    queue = _waitlist(found)
    words: dict[tuple[int, ...], tuple[str, str]] = {}
    rows = []
    for one in found:
        absent = tuple(one.absent_rounds)
        if absent not in words:
            words[absent] = _rounds(numbers, frozenset(absent))
        rows.append(_row(one, words[absent], queue.get(one.sign_up_id, (None, None))))
    return _with_attention(session, event_id, rows)


def with_answers(
    session: Session, rows: Sequence[RosterRow], *, sees_private: bool = False
) -> tuple[RosterRow, ...]:
    """Return some rows with what their people answered, and their other roles."""
    ids = [row.sign_up_id for row in rows]
    answers = roster_answers.answers(session, ids, sees_private=sees_private)
    parts = roster_answers.parts(session, ids)
    return tuple(
        replace(row, answers=answers.get(row.sign_up_id, ()), parts=parts.get(row.sign_up_id, ()))
        for row in rows
    )


_COLUMNS = (
    select(
        SignUp.id.label("sign_up_id"),
        SignUp.person_id,
        SignUp.seq,
        SignUp.role,
        SignUp.state,
        SignUp.topics,
        SignUp.needs,
        SignUp.absent_rounds,
        SignUp.absent_at,
        SignUp.held_until,
        SignUp.question,
        Person.name,
        Person.email,
        Person.affiliation,
        Stage.label.label("stage"),
        Stage.position.label("stage_at"),
        Invite.partstat,
        Invite.replied_at,
        Event.zone,
        unsettled.has_agreed().label("has_agreed"),
    )
    .join(Person, Person.id == SignUp.person_id)
    .join(Event, Event.id == SignUp.event_id)
    .outerjoin(Invite, (Invite.sign_up_id == SignUp.id) & (Invite.state == InviteState.LIVE))
    .outerjoin(Stage, (Stage.event_id == SignUp.event_id) & (Stage.key == Person.stage))
    .order_by(SignUp.seq)
)


def _row(one: Any, rounds: tuple[str, str], queue: tuple[int | None, int | None]) -> RosterRow:
    return RosterRow(
        sign_up_id=one.sign_up_id,
        person_id=one.person_id,
        seq=one.seq,
        name=one.name,
        email=one.email,
        role=one.role,
        stage=one.stage or "",
        stage_at=-1 if one.stage_at is None else one.stage_at,
        affiliation=one.affiliation,
        topics=tuple(one.topics),
        needs=tuple(need.replace("_", " ") for need in one.needs),
        rounds=rounds[0],
        state=one.state,
        waiting_number=queue[0],
        waiting_of=queue[1],
        is_absent=one.absent_at is not None and one.state is SignUpState.PLACED,
        is_unconfirmed=one.held_until is not None,
        has_agreed=bool(one.has_agreed),
        presence=rounds[1],
        question=one.question if one.state is SignUpState.ASKED else "",
        answer=one.partstat,
        answered_at=None
        if one.replied_at is None
        else one.replied_at.astimezone(ZoneInfo(one.zone)),
    )


def _rounds(numbers: dict[int, int], absent: frozenset[int]) -> tuple[str, str]:
    return (
        roster_rounds.rounds_in_words(numbers, absent),
        roster_rounds.presence_in_words(numbers, absent),
    )


def _waitlist(found: Iterable[Any]) -> dict[int, tuple[int, int]]:
    """Return place and length of the waitlist by sign-up; each role has a list of its own."""
    queues: dict[Role, list[int]] = {}
    for one in found:
        if one.state is SignUpState.WAITING:
            queues.setdefault(one.role, []).append(one.sign_up_id)
    return {
        sign_up_id: (number, len(queue))
        for queue in queues.values()
        for number, sign_up_id in enumerate(queue, 1)
    }


def _with_attention(session: Session, event_id: int, rows: list[RosterRow]) -> list[RosterRow]:
    """Return the rows, each with why it wants a decision."""
    failed, seated = _failed(session, event_id), _seated(session, event_id)
    staying = [row for row in rows if not row.state.is_over]
    pairs = duplicates.find(staying, told_apart(session, event_id))
    twice = {id_ for pair in pairs for id_ in (pair.one, pair.other)}
    whys = ((row, frozenset(_whys(row, failed, seated, twice))) for row in rows)
    return [replace(row, needs_you=why) if why else row for row, why in whys]


def _whys(
    row: RosterRow, failed: set[int | None], seated: set[int] | None, twice: set[int]
) -> Iterable[Attention]:
    if row.state.is_over:
        return
    if row.person_id in failed:
        yield Attention.MAIL
    if row.sign_up_id in twice:
        yield Attention.TWICE
    if row.state is SignUpState.ASKED:
        yield Attention.ASKED
    if row.state is SignUpState.HELD:
        yield Attention.HELD
    if row.state is not SignUpState.PLACED or row.is_absent:
        return
    if row.answer is PartStat.DECLINED:
        yield Attention.DECLINED
    if seated is not None and row.sign_up_id not in seated and row.rounds != "none":
        yield Attention.NO_SEAT


def _failed(session: Session, event_id: int) -> set[int | None]:
    """Return to whom a mail came back."""
    return set(
        session.scalars(
            select(OutboxMessage.person_id).where(
                OutboxMessage.event_id == event_id,
                OutboxMessage.state.in_((OutboxState.FAILED, OutboxState.BOUNCED)),
            )
        )
    )


def _seated(session: Session, event_id: int) -> set[int] | None:
    """Return who has a seat in what is published; None before anything is."""
    newest = select(func.max(Schedule.id)).where(Schedule.event_id == event_id).scalar_subquery()
    found = set(
        session.scalars(
            select(ScheduledSeat.sign_up_id).where(ScheduledSeat.schedule_id == newest).distinct()
        )
    )
    return found or None
