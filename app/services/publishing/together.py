"""Which plans go out in one version: the one in hand, and what the other parts have ready."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import PlanRunState
from app.models import Event, PlanRun
from app.services import planning
from app.services.publishing.snapshot import Snapshot


def together(
    session: Session, event: Event, run: PlanRun, current: Snapshot
) -> tuple[PlanRun, ...]:
    """Return a run and the newest sound plan of each other part that is not out yet.

    A plan that only tries a way out, answers a question, or was made from an older roster is not
    what anybody waits for; nor is one that the checker refuses.
    """
    out = {fact.block_id: fact.plan_run_id for fact in current.rounds}
    found = [run]
    for block in event.blocks:
        if not block.kind.is_planned or block.id == run.block_id:
            continue
        ready = _newest(session, event, block.id)
        if ready is not None and ready.id > out.get(block.id, 0) and not planning.verify_run(ready):
            found.append(ready)
    order = {block.id: at for at, block in enumerate(event.all_blocks)}
    return tuple(sorted(found, key=lambda one: order[one.block_id]))


def _newest(session: Session, event: Event, block_id: int) -> PlanRun | None:
    runs = session.scalars(
        select(PlanRun)
        .where(
            PlanRun.block_id == block_id,
            PlanRun.state.in_((PlanRunState.DONE, PlanRunState.STOPPED)),
            PlanRun.status.in_(("optimal", "feasible")),
            PlanRun.roster_version == event.roster_version,
        )
        .order_by(PlanRun.id.desc())
        .limit(20)
    )
    return next((one for one in runs if not {"relax", "want"} & one.options.keys()), None)
