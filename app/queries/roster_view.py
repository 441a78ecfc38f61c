"""The organiser's roster: everybody who signed up, filtered, searched and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import InviteState, OutboxState, PartStat, Role, SignUpState
from app.errors import NotFound
from app.models import Event, Invite, OutboxMessage, Person, SignUp, Stage
from app.queries import roster_answers, roster_rounds
from app.queries.roster_answers import ShownAnswer

PAGE_SIZE = 50


class Show(StrEnum):
    """Quick filters that are no role."""

    EVERYBODY = "everybody"
    ASKED = "asked"
    WAITING = "waiting"
    HELD = "held"
    GONE = "gone"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MAYBE = "maybe"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFilter:
    """What the page was asked to show."""

    show: str = Show.EVERYBODY
    text: str = ""
    page: int = 1


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
    affiliation: str
    topics: tuple[str, ...]
    needs: tuple[str, ...]
    rounds: str
    state: SignUpState
    waiting_number: int | None  # place on the waitlist of the role
    waiting_of: int | None
    mail_failed: bool
    is_unconfirmed: bool = False
    presence: str = ""
    question: str = ""
    parts: tuple[str, ...] = ()
    answers: tuple[ShownAnswer, ...] = ()
    answer: PartStat | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickFilter:
    """One of the counted filters above the list."""

    key: str
    label: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPage:
    """The rows of one page, and the numbers of all."""

    rows: tuple[RosterRow, ...]
    found: int
    everybody: int
    placed: int
    waiting: int
    asked: int
    page: int
    pages: int
    filters: tuple[QuickFilter, ...]


def read(session: Session, event_id: int, wanted: RosterFilter) -> RosterPage:
    """Return a page of the roster: who waits for a yes, then mentors first, by place and name.

    Private answers are not in it, whoever reads it: lists get printed and shown around.
    """
    rows = _rows(session, event_id)
    staying = [row for row in rows if not row.state.is_over]
    chosen = [row for row in rows if _is_shown(row, wanted.show) and _matches(row, wanted.text)]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    return RosterPage(
        rows=_with_answers(session, chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        found=len(chosen),
        everybody=len(staying),
        placed=sum(row.state is SignUpState.PLACED for row in rows),
        waiting=sum(row.state is SignUpState.WAITING for row in rows),
        asked=sum(row.state is SignUpState.ASKED for row in rows),
        page=page,
        pages=pages,
        filters=_filters(rows),
    )


def person(
    session: Session, event_id: int, sign_up_id: int, *, sees_private: bool = False
) -> RosterRow:
    """Return one person of the event; raise `NotFound` for anybody else."""
    for row in _rows(session, event_id):
        if row.sign_up_id == sign_up_id:
            return _with_answers(session, [row], sees_private=sees_private)[0]
    raise NotFound


def people(session: Session, event_id: int, sign_up_ids: list[int]) -> tuple[RosterRow, ...]:
    """Return some people of the event, in the roster's order; `NotFound` when it has none."""
    wanted = set(sign_up_ids)
    rows = tuple(row for row in _rows(session, event_id) if row.sign_up_id in wanted)
    if not rows:
        raise NotFound
    return rows


def sign_up_of(session: Session, event_id: int, sign_up_id: int) -> SignUp:
    """Return a sign-up of the event for a service to act on; raise `NotFound` for any other."""
    sign_up = session.scalar(
        select(SignUp).where(SignUp.id == sign_up_id, SignUp.event_id == event_id)
    )
    if sign_up is None:
        raise NotFound
    return sign_up


def _with_answers(
    session: Session, rows: list[RosterRow], *, sees_private: bool = False
) -> tuple[RosterRow, ...]:
    ids = [row.sign_up_id for row in rows]
    answers = roster_answers.answers(session, ids, sees_private=sees_private)
    parts = roster_answers.parts(session, ids)
    return tuple(
        replace(row, answers=answers.get(row.sign_up_id, ()), parts=parts.get(row.sign_up_id, ()))
        for row in rows
    )


def _rows(session: Session, event_id: int) -> list[RosterRow]:
    found = session.execute(
        select(SignUp, Person, Stage.label, Invite, Event.zone)
        .join(Person, Person.id == SignUp.person_id)
        .join(Event, Event.id == SignUp.event_id)
        .outerjoin(Invite, (Invite.sign_up_id == SignUp.id) & (Invite.state == InviteState.LIVE))
        .outerjoin(Stage, (Stage.event_id == SignUp.event_id) & (Stage.key == Person.stage))
        .where(SignUp.event_id == event_id)
        .order_by(SignUp.seq)
    ).all()
    rounds = roster_rounds.round_numbers(session, event_id)
    failed = _failed(session, event_id)
    queue = _waitlist([row[0] for row in found])
    rows = [
        RosterRow(
            sign_up_id=sign_up.id,
            person_id=somebody.id,
            seq=sign_up.seq,
            name=somebody.name,
            email=somebody.email,
            role=sign_up.role,
            stage=label or "",
            affiliation=somebody.affiliation,
            topics=tuple(sign_up.topics),
            needs=tuple(need.replace("_", " ") for need in sign_up.needs),
            rounds=roster_rounds.rounds_in_words(rounds, frozenset(sign_up.absent_rounds)),
            state=sign_up.state,
            waiting_number=queue.get(sign_up.id, (None, None))[0],
            waiting_of=queue.get(sign_up.id, (None, None))[1],
            mail_failed=somebody.id in failed,
            is_unconfirmed=sign_up.held_until is not None,
            presence=roster_rounds.presence_in_words(rounds, frozenset(sign_up.absent_rounds)),
            question=sign_up.question if sign_up.state is SignUpState.ASKED else "",
            answer=None if invite is None else invite.partstat,
            answered_at=_answered_at(invite, zone),
        )
        for sign_up, somebody, label, invite, zone in found
    ]
    return sorted(rows, key=_place_and_name)


def _answered_at(invite: Invite | None, zone: str) -> datetime | None:
    if invite is None or invite.replied_at is None:
        return None
    return invite.replied_at.astimezone(ZoneInfo(zone))


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


def _waitlist(sign_ups: list[SignUp]) -> dict[int, tuple[int, int]]:
    """Return place and length of the waitlist by sign-up; each role has a list of its own."""
    queues: dict[Role, list[int]] = {}
    for sign_up in sign_ups:
        if sign_up.state is SignUpState.WAITING:
            queues.setdefault(sign_up.role, []).append(sign_up.id)
    return {
        sign_up_id: (number, len(queue))
        for queue in queues.values()
        for number, sign_up_id in enumerate(queue, 1)
    }


def _filters(rows: list[RosterRow]) -> tuple[QuickFilter, ...]:
    roles = tuple(
        QuickFilter(key=role, label=f"{role}s", number=number)
        for role in Role
        if (number := sum(_is_shown(row, role) for row in rows))
    )
    to_answer = sum(_is_shown(row, Show.ASKED) for row in rows)
    asked = (QuickFilter(key=Show.ASKED, label="to answer", number=to_answer),)
    others = tuple(
        QuickFilter(key=show, label=label, number=number)
        for show, label in (
            (Show.WAITING, "waitlist"),
            (Show.HELD, "not confirmed"),
            (Show.GONE, "not coming"),
            (Show.ACCEPTED, "accepted"),
            (Show.MAYBE, "maybe"),
            (Show.DECLINED, "declined"),
            (Show.SILENT, "no answer yet"),
        )
        if (number := sum(_is_shown(row, show) for row in rows))
    )
    everybody = QuickFilter(
        key=Show.EVERYBODY,
        label="everybody",
        number=sum(_is_shown(row, Show.EVERYBODY) for row in rows),
    )
    return (everybody, *(asked if to_answer else ()), *roles, *others)


_SHOWN: dict[str, set[SignUpState]] = {
    Show.ASKED: {SignUpState.ASKED},
    Show.WAITING: {SignUpState.WAITING, SignUpState.OFFERED},
    Show.HELD: {SignUpState.HELD},
}
_ANSWERED = {
    Show.ACCEPTED: PartStat.ACCEPTED,
    Show.DECLINED: PartStat.DECLINED,
    Show.MAYBE: PartStat.TENTATIVE,
    Show.SILENT: PartStat.NEEDS_ACTION,
}


def _is_shown(row: RosterRow, show: str) -> bool:
    if show == Show.GONE:
        return row.state.is_over
    if row.state.is_over:
        return False
    if show in set(Role):
        return row.role == show
    if show in _ANSWERED:
        return row.answer is _ANSWERED[Show(show)]
    states = _SHOWN.get(show)
    return states is None or row.state in states


def _matches(row: RosterRow, text: str) -> bool:
    words = text.casefold().split()
    haystack = " ".join((row.name, row.email, row.affiliation, row.stage, *row.topics)).casefold()
    return all(word in haystack for word in words)


_ROLES = (Role.MENTOR, Role.FACILITATOR, Role.MENTEE, Role.PEER)
_RANKS = {
    SignUpState.ASKED: 0,
    SignUpState.PLACED: 1,
    SignUpState.HELD: 1,
    SignUpState.OFFERED: 2,
    SignUpState.WAITING: 2,
    SignUpState.WITHDRAWN: 3,
    SignUpState.RELEASED: 3,
    SignUpState.REFUSED: 3,
}


def _place_and_name(row: RosterRow) -> tuple[int, int, int, str]:
    queue = row.seq if row.state is SignUpState.ASKED else row.waiting_number or 0
    return _RANKS[row.state], _ROLES.index(row.role), queue, row.name.casefold()
