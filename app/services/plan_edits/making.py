"""Changes by hand kept as plan runs of their own: made, taken back, made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import PlanOrigin, PlanRunState
from app.errors import MentoringError, NotFound
from app.models import Event, PlanRun, ScheduledRound
from app.services import audit, planning
from app.services.plan_edits.names import read_names
from app.services.plan_edits.reasons import reasons
from app.services.planning import redaction
from app.services.planning.edits import Edit, Scene, edited, read_scene, weigh
from app.services.signups import places

UNDONE = "undone"
"""Status of an edited plan that was taken back: nobody takes it for the newest any more."""
OUT = "out"
"""Where somebody goes who sits the round out."""
_WITH_SEATS = frozenset({"optimal", "feasible"})


class CannotEdit(MentoringError):
    """This plan cannot be changed by hand: somebody in it was erased since. Plan again."""

    status = 409


class EditRefused(MentoringError):
    """This change is not possible."""

    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Where somebody is to go in a round: to a table, to another's seat, or out; ids of a problem.

    A table's id begins with t, a person's with p.
    """

    person: str
    round: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The plan an edit made; ``is_beside_another`` when somebody else changed its parent too."""

    run: PlanRun
    is_beside_another: bool


def scene_of(session: Session, run: PlanRun) -> Scene:
    """Return a run's plan laid out for edits, with the pins as they stand.

    Raises ``CannotEdit`` when there is no plan in it, or somebody in it was erased.
    """
    if run.plan is None or run.status not in _WITH_SEATS or redaction.is_redacted(run.problem):
        raise CannotEdit
    return read_scene(run.problem, run.plan, planning.pinned(session, run.block_id))


def edit_for(scene: Scene, wanted: Wanted) -> Edit:
    """Return what is wanted as an edit; ``NotFound`` for ids that the plan does not know."""
    if wanted.person not in scene.people or wanted.round not in scene.rounds:
        raise NotFound
    own = scene.table_of[wanted.person].get(wanted.round)
    if wanted.to == OUT:
        return Edit(round=wanted.round, moves=((wanted.person, None),))
    if wanted.to in scene.tables:
        return Edit(round=wanted.round, moves=((wanted.person, wanted.to),))
    if wanted.to not in scene.people or wanted.to == wanted.person:
        raise NotFound
    theirs = scene.table_of[wanted.to].get(wanted.round)
    return Edit(round=wanted.round, moves=((wanted.person, theirs), (wanted.to, own)))


def make(
    session: Session,
    event: Event,
    run: PlanRun,
    wanted: Wanted,
    *,
    newest_child: int,
    is_owner: bool,
    now: datetime,
    actor: str,
) -> Made:
    """Keep a change to a plan as a plan of its own, checked as a whole; its parent stays.

    ``newest_child`` is the newest change to the plan that the organiser knew of, 0 for none. Raises
    ``EditRefused``, with the reason, for what a rule forbids.
    """
    event = places.lock_event(session, event.id)
    scene = scene_of(session, run)
    edit = edit_for(scene, wanted)
    outcome = weigh(scene, edit)
    if outcome.broken:
        why = reasons(outcome.broken, scene, read_names(session, event), is_owner=is_owner)
        msg = f"{'. '.join(why)}. Nothing was changed."
        raise EditRefused(msg)
    child = _child(session, run, scene, edit, now)
    child.edit = _document(scene, edit)
    known = [one.id for one in children(session, run)]
    session.add(child)
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="plan changed by hand",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        plan_run=child.id,
        parent=run.id,
    )
    return Made(run=child, is_beside_another=max(known, default=0) > newest_child)


def _child(session: Session, run: PlanRun, scene: Scene, edit: Edit, now: datetime) -> PlanRun:
    assert run.plan is not None  # noqa: S101 -- the scene was read from it
    pins = planning.pinned(session, run.block_id)
    found = edited(run.problem, run.plan, scene, edit, pins)
    if found.violations:
        raise EditRefused
    return PlanRun(
        event_id=run.event_id,
        block_id=run.block_id,
        state=PlanRunState.DONE,
        origin=PlanOrigin.EDITED,
        parent_id=run.id,
        options=run.options,
        problem=found.problem,
        problem_digest=found.problem_digest,
        roster_version=run.roster_version,
        seed=run.seed,
        time_limit_s=run.time_limit_s,
        plan=found.plan,
        status=found.status,
        findings=run.findings,
        progress=[],
        created_at=now,
        started_at=now,
        finished_at=now,
    )


def _document(scene: Scene, edit: Edit) -> dict[str, Any]:
    """Return what was done, in ids of the problem: who went from where to where."""
    return {
        "round": edit.round,
        "moves": [
            [person, scene.table_of[person].get(edit.round), table] for person, table in edit.moves
        ],
    }


def children(session: Session, run: PlanRun, *, undone: bool = False) -> Sequence[PlanRun]:
    """Return the plans edited from this one, oldest first: those that hold, or those taken back."""
    return session.scalars(
        select(PlanRun)
        .where(PlanRun.parent_id == run.id, PlanRun.origin == PlanOrigin.EDITED)
        .where(PlanRun.status == UNDONE if undone else PlanRun.status.in_(_WITH_SEATS))
        .order_by(PlanRun.id)
    ).all()


def undo(session: Session, event: Event, run: PlanRun, *, now: datetime, actor: str) -> PlanRun:
    """Take a change back, and those made on top of it; return the plan before it.

    What was published stays as it is: going back from there only opens the plan before.
    """
    event = places.lock_event(session, event.id)
    if run.origin is not PlanOrigin.EDITED or run.parent_id is None:
        raise NotFound
    waiting = [run]
    while waiting:
        one = waiting.pop()
        waiting.extend(children(session, one))
        if one.status in _WITH_SEATS and not _is_published(session, one):
            one.status = UNDONE
    session.flush()
    _record(session, event, run, "change by hand taken back", now=now, actor=actor)
    return session.get_one(PlanRun, run.parent_id)


def redo(session: Session, event: Event, run: PlanRun, *, now: datetime, actor: str) -> PlanRun:
    """Make the change again that was last taken back from this plan; return the plan with it."""
    event = places.lock_event(session, event.id)
    undone = children(session, run, undone=True)
    if not undone:
        raise NotFound
    again = undone[-1]
    again.status = "feasible"
    session.flush()
    _record(session, event, again, "change by hand made again", now=now, actor=actor)
    return again


def _is_published(session: Session, run: PlanRun) -> bool:
    found = select(ScheduledRound.id).where(ScheduledRound.plan_run_id == run.id).limit(1)
    return session.scalar(found) is not None


def _record(
    session: Session, event: Event, run: PlanRun, what: str, *, now: datetime, actor: str
) -> None:
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        plan_run=run.id,
    )
