"""The clock: looks at the rows every so often and wakes whoever is concerned.

APScheduler only ticks here, with its memory store; every fact is a row. One process ticks at a
time, whoever holds the lease; the others stand by.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler
from huey import Huey

from app.db import unit_of_work
from app.errors import Busy, CannotStore
from app.jobs.runtime import Runtime
from app.jobs.tasks import (
    Tasks,
    fetch_mail,
    forget_over,
    free_places,
    owner_name,
    remind,
    resume_plans,
    send_mail,
    tell_failures,
)
from app.services import leases

log = logging.getLogger(__name__)
LEASE = leases.TICKER
LEASE_FOR = leases.LASTS[LEASE]
EVERY_S = {
    "send_mail": 1.0,
    "resume_plans": 5.0,
    "free_places": 30.0,
    "remind": 30.0,
    "fetch_mail": 60.0,
    "tell_failures": 60.0,
    "forget_over": 60.0,
}


def jobs(queue: Huey, tasks: Tasks, runtime: Runtime) -> dict[str, Callable[[], None]]:
    """Return what is done at each tick, by name; the names are those of ``EVERY_S``."""
    return {
        "send_mail": lambda: send_mail(queue, tasks, runtime),
        "resume_plans": lambda: resume_plans(queue, tasks, runtime),
        "free_places": lambda: free_places(runtime),
        "remind": lambda: remind(runtime),
        "fetch_mail": lambda: fetch_mail(queue, tasks, runtime),
        "tell_failures": lambda: tell_failures(runtime),
        "forget_over": lambda: forget_over(runtime),
    }


def tick(name: str, job: Callable[[], None], runtime: Runtime, owner: str) -> bool:
    """Do one job if this process holds the lease; return whether it did.

    A tick that fails is logged and the next one tries again: a locked database must not stop the
    clock, and is no fault either.
    """
    try:
        with unit_of_work(runtime.session_factory) as session:
            leads = leases.take(session, LEASE, owner=owner, now=runtime.clock(), lasts=LEASE_FOR)
        if leads:
            job()
    except (Busy, CannotStore) as error:
        log.warning("tick %s waits for the next one: %s", name, error.message)
        return False
    except Exception:
        log.exception("tick %s failed; the next one tries again", name)
        return False
    return leads


def run(queue: Huey, tasks: Tasks, runtime: Runtime, stopped: threading.Event) -> None:
    """Tick until ``stopped`` is set, for the first time at once: what is late waits no longer."""
    owner = owner_name()
    scheduler = BackgroundScheduler(timezone="UTC")
    for name, job in jobs(queue, tasks, runtime).items():
        scheduler.add_job(
            tick,
            "interval",
            args=(name, job, runtime, owner),
            id=name,
            seconds=EVERY_S[name],
            next_run_time=runtime.clock(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    log.info("ticker ready")
    stopped.wait()
    scheduler.shutdown(wait=True)
    with unit_of_work(runtime.session_factory) as session:
        leases.give_back(session, LEASE, owner=owner)
