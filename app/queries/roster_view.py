"""The organiser's roster: everybody who signed up, filtered, searched and counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import OutboxState, Role, SignUpState
from app.errors import NotFound
from app.models import Block, OutboxMessage, Person, Round, SignUp, Stage

PAGE_SIZE = 50


class Show(StrEnum):
    """Quick filters that are no role."""

    EVERYBODY = "everybody"
    WAITING = "waiting"
    HELD = "held"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFilter:
    """What the page was asked to show."""

    show: str = Show.EVERYBODY
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person of the event, without anything confidential."""

    sign_up_id: int
    person_id: int
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
    page: int
    pages: int
    filters: tuple[QuickFilter, ...]


def read(session: Session, event_id: int, wanted: RosterFilter) -> RosterPage:
    """Return a page of the roster: mentors first, then by place and name."""
    rows = _rows(session, event_id)
    staying = [row for row in rows if not row.state.is_over]
    chosen = [row for row in rows if _is_shown(row, wanted.show) and _matches(row, wanted.text)]
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    return RosterPage(
        rows=tuple(chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        found=len(chosen),
        everybody=len(staying),
        placed=sum(row.state is SignUpState.PLACED for row in rows),
        waiting=sum(row.state is SignUpState.WAITING for row in rows),
        page=page,
        pages=pages,
        filters=_filters(rows),
    )


def person(session: Session, event_id: int, sign_up_id: int) -> RosterRow:
    """Return one person of the event; raise `NotFound` for anybody else."""
    for row in _rows(session, event_id):
        if row.sign_up_id == sign_up_id:
            return row
    raise NotFound


def sign_up_of(session: Session, event_id: int, sign_up_id: int) -> SignUp:
    """Return a sign-up of the event for a service to act on; raise `NotFound` for any other."""
    sign_up = session.scalar(
        select(SignUp).where(SignUp.id == sign_up_id, SignUp.event_id == event_id)
    )
    if sign_up is None:
        raise NotFound
    return sign_up


def _rows(session: Session, event_id: int) -> list[RosterRow]:
    found = session.execute(
        select(SignUp, Person, Stage.label)
        .join(Person, Person.id == SignUp.person_id)
        .outerjoin(Stage, (Stage.event_id == SignUp.event_id) & (Stage.key == Person.stage))
        .where(SignUp.event_id == event_id)
        .order_by(SignUp.seq)
    ).all()
    rounds = _round_numbers(session, event_id)
    failed = set(
        session.scalars(
            select(OutboxMessage.person_id).where(
                OutboxMessage.event_id == event_id, OutboxMessage.state == OutboxState.FAILED
            )
        )
    )
    queue = _waitlist([sign_up for sign_up, _somebody, _label in found])
    rows = [
        RosterRow(
            sign_up_id=sign_up.id,
            person_id=somebody.id,
            name=somebody.name,
            email=somebody.email,
            role=sign_up.role,
            stage=label or "",
            affiliation=somebody.affiliation,
            topics=tuple(sign_up.topics),
            needs=tuple(need.replace("_", " ") for need in sign_up.needs),
            rounds=rounds_in_words(rounds, frozenset(sign_up.absent_rounds)),
            state=sign_up.state,
            waiting_number=queue.get(sign_up.id, (None, None))[0],
            waiting_of=queue.get(sign_up.id, (None, None))[1],
            mail_failed=somebody.id in failed,
        )
        for sign_up, somebody, label in found
    ]
    return sorted(rows, key=_place_and_name)


def _round_numbers(session: Session, event_id: int) -> dict[int, int]:
    """Return the number of each round within the event, by id."""
    ids = session.scalars(
        select(Round.id)
        .join(Block, Block.id == Round.block_id)
        .where(Block.event_id == event_id)
        .order_by(Block.position, Round.number)
    )
    return {round_id: number for number, round_id in enumerate(ids, 1)}


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


def rounds_in_words(numbers: dict[int, int], absent: frozenset[int]) -> str:
    """Return which rounds somebody attends: "all", "1 to 4", "from 2", "1, 3"."""
    here = [number for round_id, number in numbers.items() if round_id not in absent]
    if len(here) == len(numbers):
        return "all"
    if not here:
        return "none"
    if here == list(range(here[0], here[-1] + 1)) and len(here) > 1:
        if here[-1] == len(numbers):
            return f"from {here[0]}"
        return f"{here[0]} to {here[-1]}"
    return ", ".join(str(number) for number in here)


def _filters(rows: list[RosterRow]) -> tuple[QuickFilter, ...]:
    roles = tuple(
        QuickFilter(key=role, label=f"{role}s", number=number)
        for role in Role
        if (number := sum(_is_shown(row, role) for row in rows))
    )
    others = tuple(
        QuickFilter(key=show, label=label, number=number)
        for show, label in (
            (Show.WAITING, "waitlist"),
            (Show.HELD, "not confirmed"),
            (Show.GONE, "withdrawn"),
        )
        if (number := sum(_is_shown(row, show) for row in rows))
    )
    everybody = QuickFilter(
        key=Show.EVERYBODY,
        label="everybody",
        number=sum(_is_shown(row, Show.EVERYBODY) for row in rows),
    )
    return (everybody, *roles, *others)


def _is_shown(row: RosterRow, show: str) -> bool:
    if show == Show.GONE:
        return row.state.is_over
    if row.state.is_over:
        return False
    if show in set(Role):
        return row.role == show
    if show == Show.WAITING:
        return row.state in {SignUpState.WAITING, SignUpState.OFFERED}
    if show == Show.HELD:
        return row.state is SignUpState.HELD
    return True


def _matches(row: RosterRow, text: str) -> bool:
    words = text.casefold().split()
    haystack = " ".join((row.name, row.email, row.affiliation, row.stage, *row.topics)).casefold()
    return all(word in haystack for word in words)


_ROLES = (Role.MENTOR, Role.FACILITATOR, Role.MENTEE, Role.PEER)
_STATES = (
    SignUpState.PLACED,
    SignUpState.HELD,
    SignUpState.OFFERED,
    SignUpState.WAITING,
    SignUpState.WITHDRAWN,
    SignUpState.RELEASED,
)


def _place_and_name(row: RosterRow) -> tuple[int, int, int, str]:
    queue = row.waiting_number or 0
    return _STATES.index(row.state) // 2, _ROLES.index(row.role), queue, row.name.casefold()
