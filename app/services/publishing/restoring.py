"""An earlier version taken up again: a draft of its seats for the people who are here now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import PlanOrigin
from app.errors import NotFound
from app.models import Event, PlanRun
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
    made = [_draft(session, event, snapshot, block_id, now) for block_id in _blocks(snapshot)]
    broken = tuple(one for one in made if one.violations)
    given_up = sum(len(one.unknown) for one in made) + len(snapshot.given_up)
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


def _blocks(snapshot: Snapshot) -> list[int]:
    return list(dict.fromkeys(fact.block_id for fact in snapshot.rounds))


def _draft(
    session: Session, event: Event, snapshot: Snapshot, block_id: int, now: datetime
) -> Handmade:
    block = next((one for one in event.blocks if one.id == block_id), None)
    if block is None:
        raise NotFound
    rounds = {fact.round_id for fact in snapshot.rounds if fact.block_id == block_id}
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
