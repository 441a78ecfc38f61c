"""Planning a block: the only door to ``scheduler``, with its ``planning_*`` siblings."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import PlanRunState
from app.errors import NotFound
from app.models import Block, Event, Pin, PlanRun, Schedule, ScheduledSeat
from app.services import audit
from app.services.past_meetings import past_meetings
from app.services.planning.execution import execute, verify_run
from app.services.planning.forecast import Feasibility, feasibility
from app.services.planning.options import (
    PlanOptions,
    after_way,
    asking_for,
    block_of,
    goals_of,
    read_options,
)
from app.services.planning.past import met_before
from app.services.planning.problem import (
    LeftOut,
    Prepared,
    Rules,
    RulesDoNotFit,
    pins_within,
    prepare,
)
from app.services.planning.redaction import redact
from app.services.planning.relaxing import can_keep, is_open, is_rule_of_block, keep, way_of
from app.services.planning.runs import check_room, requeue_stale
from app.services.planning.view import (
    FindingView,
    GoalView,
    PlanView,
    SeatView,
    WayView,
    view_finding,
    view_plan,
)
from app.services.roster import Roster, close_roster
from app.services.signups import places
from scheduler import jsonio
from scheduler.problem import Problem

__all__ = [
    "Decoded",
    "Feasibility",
    "FindingView",
    "GoalView",
    "LeftOut",
    "PlanOptions",
    "PlanView",
    "Prepared",
    "RowSeat",
    "RulesDoNotFit",
    "SeatView",
    "WayView",
    "after_way",
    "asking_for",
    "block_of",
    "build_problem",
    "can_keep",
    "decode",
    "execute",
    "feasibility",
    "goals_of",
    "is_open",
    "is_rule_of_block",
    "keep",
    "latest_plan",
    "pinned",
    "read_options",
    "redact",
    "request_stop",
    "requeue_stale",
    "start_run",
    "verify_run",
    "way_of",
]

ANYTHING = PlanOptions()
LEFT_OUT = "left_out"
"""Rule under which a finding names somebody no plan can seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSeat:
    """A seat, as ids of rows."""

    sign_up_id: int
    round_id: int
    table_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What a run found, with ids of rows; ``left_out`` maps sign-ups to reasons for owners."""

    run_id: int
    state: PlanRunState
    plan: PlanView | None
    seats: tuple[RowSeat, ...]
    findings: tuple[FindingView, ...]
    left_out: dict[int, str]


def build_problem(roster: Roster, rules: Rules) -> Problem:
    """Return the problem of a block."""
    return prepare(roster, rules).problem


def start_run(
    session: Session,
    event: Event,
    block: Block,
    *,
    time_limit_s: float = 60.0,
    seed: int = 1,
    now: datetime,
    actor: str,
    options: PlanOptions = ANYTHING,
) -> PlanRun:
    """Queue a plan of the roster as it is now; the same already on its way is returned instead.

    Once something is published, few changes come before every other goal, unless the options say
    not to. Raises ``NothingToPlan`` when nobody can be seated, ``TooManyPlans`` when the
    organisation has enough on the way.
    """
    event = places.lock_event(session, event.id)
    pins = pinned(session, block.id)
    waiting = _on_its_way(session, event, block, options, pins)
    if waiting is not None:
        return waiting
    check_room(session, event.organisation_id)
    run = _queued(_prepared(session, event, block, options, pins, now), event, block, now)
    run.options = options.document()
    run.seed = seed
    run.time_limit_s = time_limit_s
    session.add(run)
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="plan asked for",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        plan_run=run.id,
        seed=seed,
    )
    return run


def _prepared(  # noqa: PLR0917 -- the middle of ``start_run``, nobody else calls it
    session: Session,
    event: Event,
    block: Block,
    options: PlanOptions,
    pins: tuple[SeatView, ...],
    now: datetime,
) -> Prepared:
    """Return the problem of this moment, as the options ask for it."""
    found = prepare(
        close_roster(session, event, block, now=now),
        options.rules(block.rules),
        _published(session, event, block) if options.near_published else (),
        past=past_meetings(session, event, block),
        pins=pins,
    )
    return replace(found, problem=options.applied(found.problem))


def pinned(session: Session, block_id: int) -> tuple[SeatView, ...]:
    """Return the seats that every plan of a block keeps, as ids of a problem."""
    return tuple(
        SeatView(
            person_id=f"p{pin.sign_up_id}",
            round_id=f"r{pin.round_id}",
            table_id=f"t{pin.table_id}",
        )
        for pin in session.scalars(select(Pin).where(Pin.block_id == block_id).order_by(Pin.id))
    )


def _on_its_way(
    session: Session,
    event: Event,
    block: Block,
    options: PlanOptions,
    pins: tuple[SeatView, ...],
) -> PlanRun | None:
    """Return a run that asks for the same: the same people, options and pins."""
    wanted = options.document()
    found = session.scalars(
        select(PlanRun)
        .where(PlanRun.block_id == block.id)
        .where(PlanRun.state.in_((PlanRunState.QUEUED, PlanRunState.RUNNING)))
        .where(PlanRun.roster_version == event.roster_version)
        .where(PlanRun.stop_requested.is_(False))
        .order_by(PlanRun.id)
    )
    return next((run for run in found if run.options == wanted and _has_pins(run, pins)), None)


def _has_pins(run: PlanRun, pins: tuple[SeatView, ...]) -> bool:
    document = json.loads(run.problem)
    return bool(document.get("pins", []) == pins_within(pins, document))


def _queued(prepared: Prepared, event: Event, block: Block, now: datetime) -> PlanRun:
    return PlanRun(
        event_id=event.id,
        block_id=block.id,
        state=PlanRunState.QUEUED,
        problem=jsonio.write_problem(prepared.problem),
        problem_digest=jsonio.digest(prepared.problem),
        roster_version=event.roster_version,
        findings=[
            {"rule": LEFT_OUT, "message": one.reason, "people": [one.person_id]}
            for one in prepared.left_out
        ],
        progress=[],
        created_at=now,
    )


def _published(session: Session, event: Event, block: Block) -> tuple[SeatView, ...]:
    """Return the seats of the newest schedule in this block's rounds."""
    newest = session.scalar(
        select(Schedule.id)
        .where(Schedule.event_id == event.id)
        .order_by(Schedule.version.desc())
        .limit(1)
    )
    seats = session.scalars(
        select(ScheduledSeat)
        .where(ScheduledSeat.schedule_id == newest)
        .where(ScheduledSeat.round_id.in_([one.id for one in block.rounds]))
        .order_by(ScheduledSeat.id)
    )
    return tuple(
        SeatView(
            person_id=f"p{seat.sign_up_id}",
            round_id=f"r{seat.round_id}",
            table_id=f"t{seat.table_id}",
        )
        for seat in seats
    )


def request_stop(session: Session, run: PlanRun, *, now: datetime, actor: str) -> None:
    """Ask a run to end and keep the best plan so far; one not yet begun ends at once."""
    if run.state.is_over:
        return
    run.stop_requested = True
    if run.state is PlanRunState.QUEUED:
        run.state = PlanRunState.STOPPED
        run.finished_at = now
    audit.record(
        session, actor=actor, what="plan stopped", now=now, event_id=run.event_id, plan_run=run.id
    )


def latest_plan(session: Session, block_id: int) -> PlanRun | None:
    """Return the newest run of a block that ended with seats, None when there is none."""
    return session.scalar(
        select(PlanRun)
        .where(PlanRun.block_id == block_id)
        .where(PlanRun.state.in_((PlanRunState.DONE, PlanRunState.STOPPED)))
        .where(PlanRun.status.in_(("optimal", "feasible")))
        .order_by(PlanRun.id.desc())
        .limit(1)
    )


def decode(run: PlanRun) -> Decoded:
    """Return what a run found, as rows of the event and words for its pages."""
    findings = tuple(view_finding(entry) for entry in run.findings)
    plan = None if run.plan is None else view_plan(jsonio.read_plan(run.plan), findings)
    return Decoded(
        run_id=run.id,
        state=run.state,
        plan=plan,
        seats=tuple(
            RowSeat(
                sign_up_id=row_id(seat.person_id),
                round_id=row_id(seat.round_id),
                table_id=row_id(seat.table_id),
            )
            for seat in (plan.seats if plan is not None else ())
        ),
        findings=tuple(finding for finding in findings if finding.rule != LEFT_OUT),
        left_out={
            row_id(person): finding.message
            for finding in findings
            if finding.rule == LEFT_OUT
            for person in finding.people
        },
    )


def row_id(problem_id: str) -> int:
    """Return the row behind an id of a problem: ``p17`` is sign-up 17."""
    return int(problem_id[1:])


def kept_for_later(session: Session, event: Event, block: Block, *, now: datetime) -> int:
    """Return how many pairs have met before, so that the next plan of a block keeps them apart.

    Counted without planning anything; takes no statement where nobody can have met.
    """
    past = past_meetings(session, event, block)
    if not past:
        return 0
    roster = close_roster(session, event, block, now=now)
    hosting = set(block.rules.get("hosts", ()))
    hosts = {person.id: "" for person in roster.people if person.role in hosting}
    return len(met_before(past, roster.people, hosts, block.rules))


def block_of_run(event: Event, run: PlanRun) -> Block:
    """Return the block that a run plans."""
    return next(block for block in event.all_blocks if block.id == run.block_id)


def get_run(session: Session, event: Event, run_id: int) -> PlanRun:
    """Return a run of this event."""
    run = session.get(PlanRun, run_id)
    if run is None or run.event_id != event.id:
        raise NotFound
    return run
