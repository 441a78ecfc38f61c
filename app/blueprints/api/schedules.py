"""Schedules: the published versions, and publishing the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from app.blueprints import context
from app.blueprints.api.answered import ScheduleFull, ScheduleList
from app.blueprints.api.asked import NewSchedule, PageQuery
from app.blueprints.api.base import ROW, operation
from app.blueprints.api.events import ONE
from app.blueprints.api.reading import asked, own_event
from app.queries.api import schedules as read
from app.queries.api.paging import PageOf
from app.services import invites, planning, publishing

ALL = f"{ONE}/schedules"


@operation("GET", ALL, tag="schedules", answers=ScheduleList, query=PageQuery)
def list_schedules(query: Mapping[str, Any], event_id: int) -> PageOf[read.ScheduleRow]:
    """List the published versions of an event."""
    with context.read_session() as session:
        return read.rows(session, own_event(session, event_id), asked(query))


@operation(
    "POST",
    ALL,
    tag="schedules",
    answers=ScheduleFull,
    status=201,
    body=NewSchedule,
    problems=(409,),
)
def publish_schedule(body: Mapping[str, Any], event_id: int) -> read.SchedulePage:
    """Publish plans as the next version.

    expected_version is what you saw as published: when somebody published meanwhile, nothing
    happens and the answer is 409. So is a plan that breaks a rule, or whose roster is another now.
    """
    now = context.now()
    with context.write_session() as session:
        event = own_event(session, event_id)
        schedule = publishing.publish(
            session,
            event,
            [planning.get_run(session, event, id_) for id_ in dict.fromkeys(body["plan_ids"])],
            expected_version=body["expected_version"],
            now=now,
            actor=g.api.actor,
        )
        if body["tell"]:
            settings = context.settings()
            invites.sync(session, event, now=now, settings=settings, actor=g.api.actor)
        return read.page(session, event, schedule.version)


@operation("GET", f"{ALL}/<{ROW}:version>", tag="schedules", answers=ScheduleFull)
def get_schedule(event_id: int, version: int) -> read.SchedulePage:
    """Read a version: when each round begins, and who sits where."""
    with context.read_session() as session:
        return read.page(session, own_event(session, event_id), version)
