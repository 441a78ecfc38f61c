"""The tasks: each opens its unit of work and calls one service. They take row ids, nothing else."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from huey import Huey

from app.db import empty_log, unit_of_work
from app.errors import MentoringError
from app.jobs import inbox
from app.jobs.queue import backlog, sender
from app.jobs.runtime import Runtime
from app.services import delivery, event_mail, leases, outbox, planning, privacy, reminders
from app.services.signups import waitlist

log = logging.getLogger(__name__)
FORGETTING = "forgetting"
FORGET_EVERY = timedelta(hours=1)
MOST_WAITING = 50
"""No more wake-up messages than this; the rows are found again at the next tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """What can be sent to the queue."""

    run_plan: Callable[[int], None]
    deliver: Callable[[int], None]
    fetch: Callable[[int], None]


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

    def fetch(_unused: int) -> None:
        inbox.fetch(runtime, owner_name())

    return Tasks(
        run_plan=sender(queue, "run_plan", run_plan),
        deliver=sender(queue, "deliver", deliver),
        fetch=sender(queue, "fetch", fetch),
    )


def send_mail(queue: Huey, tasks: Tasks, runtime: Runtime) -> None:
    """Wake the worker when mail is due."""
    with unit_of_work(runtime.session_factory, write=False) as session:
        due = outbox.count_due(session, now=runtime.clock())
    if due and backlog(queue) < MOST_WAITING:
        tasks.deliver(0)


def fetch_mail(queue: Huey, tasks: Tasks, runtime: Runtime) -> None:
    """Wake the worker to look into the mailbox, where there is one."""
    if runtime.inbox is not None and backlog(queue) < MOST_WAITING:
        tasks.fetch(0)


def resume_plans(queue: Huey, tasks: Tasks, runtime: Runtime) -> None:
    """Queue again what a dead worker left behind, and what no worker was told of."""
    with unit_of_work(runtime.session_factory) as session:
        run_ids = planning.requeue_stale(session, now=runtime.clock())
    for run_id in run_ids:
        if backlog(queue) < MOST_WAITING:
            log.warning("plan run %s is queued again", run_id)
            tasks.run_plan(run_id)


def forget_over(runtime: Runtime) -> None:
    """Forget what is kept long enough, once an hour however often this is asked or started.

    The hour is a lease that ends by itself; it is given back when forgetting fails.
    """
    now = runtime.clock()
    with unit_of_work(runtime.session_factory) as session:
        lasts = FORGET_EVERY
        if not leases.take(session, FORGETTING, owner=owner_name(), now=now, lasts=lasts):
            return
        journal = privacy.journal_path(runtime.settings.data)
        found = privacy.anonymise_due(session, now=now, journal=journal)
    if not found.is_nothing:
        log.info(
            "forgotten: %s events with %s people, %s who never confirmed, %s texts of mails",
            found.events,
            found.people,
            found.unconfirmed,
            found.mails,
        )
    empty_log(runtime.session_factory.kw["bind"])


def free_places(runtime: Runtime) -> None:
    """Release places whose address was never confirmed, and pass on offers that ran out."""
    with unit_of_work(runtime.session_factory) as session:
        waitlist.release_expired(session, runtime.clock())


def tell_failures(runtime: Runtime) -> None:
    """Tell events' contact addresses of mails that came to nothing."""
    with unit_of_work(runtime.session_factory) as session:
        event_mail.tell_failures(session, now=runtime.clock(), settings=runtime.settings)


def remind(runtime: Runtime) -> None:
    """Queue the reminders that are due; the worker is woken for them as for any other mail."""
    told, portion = 0, -1
    while portion:
        with unit_of_work(runtime.session_factory) as session:
            portion = reminders.send_due(session, now=runtime.clock(), settings=runtime.settings)
        told += portion
    if told:
        log.info("%s reminders are on their way", told)


def beat(runtime: Runtime) -> None:
    """Note that a worker lives; a locked database must not stop it."""
    try:
        with unit_of_work(runtime.session_factory) as session:
            leases.take(
                session,
                leases.WORKER,
                owner=leases.WORKER,  # any of them: the question is whether one lives
                now=runtime.clock(),
                lasts=leases.LASTS[leases.WORKER],
            )
    except MentoringError as error:
        log.warning("the worker could not note that it lives: %s", error.message)
