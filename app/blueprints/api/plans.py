"""Plans: asked for, watched, stopped, and read as the planner's own documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, g, jsonify

from app.blueprints import context
from app.blueprints.api.answered import PlanFull, PlanList, PlannerDocument
from app.blueprints.api.asked import NewPlan, PageQuery
from app.blueprints.api.base import ROW, operation
from app.blueprints.api.events import ONE
from app.blueprints.api.reading import asked, own_event
from app.errors import NotFound
from app.queries.api import plans as read
from app.queries.api.paging import PageOf
from app.services import planning
from app.services.planning import shown

if TYPE_CHECKING:
    from app.models import Block, Event

ALL = f"{ONE}/plans"
_ONE = f"{ALL}/<{ROW}:run_id>"


@operation("GET", ALL, tag="plans", answers=PlanList, query=PageQuery)
def list_plans(query: Mapping[str, Any], event_id: int) -> PageOf[read.PlanRow]:
    """List the plans of an event, the oldest first."""
    with context.read_session() as session:
        return read.rows(session, own_event(session, event_id), asked(query))


@operation("POST", ALL, tag="plans", answers=PlanFull, status=202, body=NewPlan, problems=(409,))
def ask_for_plan(body: Mapping[str, Any], event_id: int) -> read.PlanPage:
    """Ask for a plan of the roster as it is now.

    It is made by a worker: read it again until its state is done, stopped or failed. The same
    asked for twice while it is on its way is one plan.
    """
    with context.write_session() as session:
        event = own_event(session, event_id)
        run = planning.start_run(
            session,
            event,
            _block(event, body["block_id"]),
            time_limit_s=float(body["time_limit_s"]),
            seed=body["seed"],
            now=context.now(),
            actor=g.api.actor,
            options=planning.PlanOptions(near_published=body["near_published"]),
        )
        page = read.page(event, run)
    context.wake_worker(page.id)
    return page


@operation("GET", _ONE, tag="plans", answers=PlanFull)
def get_plan(event_id: int, run_id: int) -> read.PlanPage:
    """Read a plan: its state, its goals, its progress, and what is in the way."""
    with context.read_session() as session:
        event = own_event(session, event_id)
        return read.page(event, planning.get_run(session, event, run_id))


@operation("POST", f"{_ONE}/stop", tag="plans", answers=PlanFull)
def stop_plan(event_id: int, run_id: int) -> read.PlanPage:
    """Stop planning and keep the best plan so far.

    One that is over stays as it is.
    """
    with context.write_session() as session:
        event = own_event(session, event_id)
        run = planning.get_run(session, event, run_id)
        planning.request_stop(session, run, now=context.now(), actor=g.api.actor)
        return read.page(event, run)


@operation("GET", f"{_ONE}/problem", tag="plans", answers=PlannerDocument)
def get_problem_document(event_id: int, run_id: int) -> Response:
    """Read what the planner was asked, in the format roundabout-problem/1.

    Ids of people are p and the number of their sign-up. What is confidential is not in it;
    x_withheld names those parts.
    """
    with context.read_session() as session:
        event = own_event(session, event_id)
        return jsonify(shown.shown_problem(planning.get_run(session, event, run_id)))


@operation("GET", f"{_ONE}/document", tag="plans", answers=PlannerDocument)
def get_plan_document(event_id: int, run_id: int) -> Response:
    """Read the planner's answer, in the format roundabout-plan/1.

    There is none before the plan is made.
    """
    with context.read_session() as session:
        event = own_event(session, event_id)
        found = shown.shown_plan(planning.get_run(session, event, run_id))
    if found is None:
        raise NotFound
    return jsonify(found)


def _block(event: Event, block_id: int | None) -> Block:
    planned = [block for block in event.blocks if block.kind.is_planned]
    for block in planned:
        if block_id in {None, block.id}:
            return block
    raise NotFound
