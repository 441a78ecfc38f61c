"""An earlier version taken up again: a draft of its seats for the people who are here now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import PlanOrigin
from app.errors import NotFound, NothingToPlan
from app.models import Block, Event, PlanRun
from app.services import audit
from app.services.planning.handmade import Handmade, from_seats
from app.services.planning.view import SeatView
from app.services.publishing.snapshot import Snapshot, load
from app.services.signups import places


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """The drafts, one a block; none when a rule of today stands against the old seats.

    ``given_up`` counts seats of people, rounds or tables that are not there any more.
    """

    version: int
    runs: tuple[PlanRun, ...]
    broken: tuple[Handmade, ...]
    given_up: int


def take_up(session: Session, event: Event, version: int, *, now: datetime, actor: str) -> TakenUp:
    """Make drafts with the seats of a version; raises ``NotFound`` where there is none such.

    Whoever left since has no seat in them, and whoever joined has none yet. They are checked
    against the rules of today and published like every other plan.
    """
    event = places.lock_event(session, event.id)
    if version < 1:
        raise NotFound
    snapshot = load(session, event.id, version)
    blocks = _blocks(event, snapshot)
    if not blocks:
        raise NothingToPlan(ALL_CLOSED)
    made = [_draft(session, event, snapshot, block, now) for block in blocks]
    broken = tuple(one for one in made if one.violations)
    given_up = sum(len(one.unknown) for one in made) + len(snapshot.given_up)
    given_up += _in_closed(snapshot, blocks)
    if broken:
        return TakenUp(version=version, runs=(), broken=broken, given_up=given_up)
    for one in made:
        one.run.options = {RESTORES: version}
        session.add(one.run)
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="version taken up",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        version=version,
        plan_runs=[one.run.id for one in made],
    )
    return TakenUp(
        version=version, runs=tuple(one.run for one in made), broken=(), given_up=given_up
    )


RESTORES = "version"
"""Where the options of a run say which version it takes up."""


def restored_from(runs: list[PlanRun]) -> int | None:
    """Return which version a set of runs takes up again, None when it is no such set."""
    versions = {run.options.get(RESTORES) for run in runs if run.origin is PlanOrigin.RESTORED}
    is_whole = all(run.origin is PlanOrigin.RESTORED for run in runs)
    return versions.pop() if is_whole and len(versions) == 1 else None


ALL_CLOSED = "The parts that this version seats people in are closed. Open one again first."


def _blocks(event: Event, snapshot: Snapshot) -> list[Block]:
    """Return the parts of a version that still take place, in its order."""
    held = {one.id: one for one in event.blocks}
    named = dict.fromkeys(fact.block_id for fact in snapshot.rounds)
    return [held[id_] for id_ in named if id_ in held]


def _in_closed(snapshot: Snapshot, held: list[Block]) -> int:
    """Return how many of its seats are in parts that are closed."""
    known = {one.id for one in held}
    rounds = {fact.round_id for fact in snapshot.rounds if fact.block_id not in known}
    return sum(seat.round_id in rounds for seat in snapshot.seats)


def _draft(
    session: Session, event: Event, snapshot: Snapshot, block: Block, now: datetime
) -> Handmade:
    rounds = {fact.round_id for fact in snapshot.rounds if fact.block_id == block.id}
    seats = [
        SeatView(
            person_id=f"p{seat.sign_up_id}",
            round_id=f"r{seat.round_id}",
            table_id=f"t{seat.table_id}",
        )
        for seat in snapshot.seats
        if seat.round_id in rounds
    ]
    return from_seats(session, event, block, seats, origin=PlanOrigin.RESTORED, now=now)


__all__ = ["RESTORES", "TakenUp", "restored_from", "take_up"]
