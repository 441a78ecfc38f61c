"""Pins as their page lists them, and seats of a plan to pin."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Event, Person, Pin, PlanRun, Round, SignUp, Table
from app.services import planning
from app.services.pins import PinnedSeat


@dataclass(frozen=True, slots=True, kw_only=True)
class PinRow:
    """A pinned seat; ``is_kept`` when this plan keeps it."""

    person: str
    name: str
    table: int
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedRound:
    """A round with its pins."""

    id: str
    number: int
    pins: tuple[PinRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PinsPage:
    """All pins of a plan's block, and what could be pinned as a whole."""

    rounds: tuple[PinnedRound, ...]
    all_rounds: tuple[tuple[str, int], ...]  # id and number
    tables: tuple[tuple[str, int], ...]
    count: int
    elsewhere: int


def read(session: Session, event: Event, run: PlanRun) -> PinsPage:
    """Return the pins of a run's block, round by round; one statement beside the event's own."""
    block = planning.block_of_run(event, run)
    seated = {
        (seat.sign_up_id, seat.round_id): seat.table_id for seat in planning.decode(run).seats
    }
    found = session.execute(
        select(Pin, Person.name, Round.number.label("round"), Table.number.label("table"))
        .join(SignUp, SignUp.id == Pin.sign_up_id)
        .join(Person, Person.id == SignUp.person_id)
        .join(Round, Round.id == Pin.round_id)
        .join(Table, Table.id == Pin.table_id)
        .where(Pin.block_id == block.id)
        .order_by(Round.number, Table.number, Person.name, Pin.id)
    ).all()
    rounds = tuple(
        PinnedRound(
            id=f"r{key[0]}",
            number=key[1],
            pins=tuple(
                PinRow(
                    person=f"p{one.Pin.sign_up_id}",
                    name=one.name,
                    table=one.table,
                    is_kept=seated.get((one.Pin.sign_up_id, one.Pin.round_id)) == one.Pin.table_id,
                )
                for one in group
            ),
        )
        for key, group in groupby(found, key=lambda one: (one.Pin.round_id, one.round))
    )
    used = {seat.table_id for seat in planning.decode(run).seats}
    return PinsPage(
        rounds=rounds,
        all_rounds=tuple((f"r{one.id}", one.number) for one in block.rounds),
        tables=tuple((f"t{one.id}", one.number) for one in block.tables if one.id in used),
        count=len(found),
        elsewhere=sum(not pin.is_kept for one in rounds for pin in one.pins),
    )


def seats_of(
    run: PlanRun, *, round_id: str, person: str = "", table: str = ""
) -> tuple[PinnedSeat, ...]:
    """Return the seats of a plan in a round: a person's, a table's, or all of movers and hosts.

    ``NotFound`` where there is none.
    """
    number = row(round_id)
    found = tuple(
        PinnedSeat(sign_up_id=seat.sign_up_id, round_id=seat.round_id, table_id=seat.table_id)
        for seat in planning.decode(run).seats
        if seat.round_id == number
        and (not person or seat.sign_up_id == row(person))
        and (not table or seat.table_id == row(table))
    )
    if not found:
        raise NotFound
    return found


def row(problem_id: str) -> int:
    """Return the row behind an id that a form sent."""
    if not problem_id[1:].isdecimal() or len(problem_id) > 18:
        raise NotFound
    return int(problem_id[1:])
