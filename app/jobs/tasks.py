"""The tasks: each opens its unit of work and calls one service. They take row ids, nothing else."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from huey import Huey

from app.db import unit_of_work
from app.jobs.queue import backlog, sender
from app.jobs.runtime import Runtime
from app.services import delivery, outbox, planning
from app.services.signups import waitlist

log = logging.getLogger(__name__)
MOST_WAITING = 50
"""No more wake-up messages than this; the rows are found again at the next tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """What can be sent to the queue."""

    run_plan: Callable[[int], None]
    deliver: Callable[[int], None]


def owner_name() -> str:
    """Return a name for whoever holds a lease, different for each process and start."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def register(queue: Huey, runtime: Runtime) -> Tasks:
    """Make the tasks known to a queue."""
    owner = owner_name()

    def run_plan(run_id: int) -> None:
        planning.execute(runtime.session_factory, run_id, owner=owner, clock=runtime.clock)

    def deliver(_unused: int) -> None:
        delivery.deliver_due(
            runtime.session_factory,
            runtime.transport,
            clock=runtime.clock,
            settings=runtime.settings,
            key=runtime.key,
            owner=owner_name(),
        )

    return Tasks(
        run_plan=sender(queue, "run_plan", run_plan), deliver=sender(queue, "deliver", deliver)
    )


def send_mail(queue: Huey, tasks: Tasks, runtime: Runtime) -> None:
    """Wake the worker when mail is due."""
    with unit_of_work(runtime.session_factory, write=False) as session:
        due = outbox.count_due(session, now=runtime.clock())
    if due and backlog(queue) < MOST_WAITING:
        tasks.deliver(0)


def resume_plans(queue: Huey, tasks: Tasks, runtime: Runtime) -> None:
    """Queue again what a dead worker left behind, and what no worker was told of."""
    with unit_of_work(runtime.session_factory) as session:
        run_ids = planning.requeue_stale(session, now=runtime.clock())
    for run_id in run_ids:
        if backlog(queue) < MOST_WAITING:
            log.warning("plan run %s is queued again", run_id)
            tasks.run_plan(run_id)


def free_places(runtime: Runtime) -> None:
    """Release places whose address was never confirmed, and pass on offers that ran out."""
    with unit_of_work(runtime.session_factory) as session:
        waitlist.release_expired(session, runtime.clock())
