"""The job queue, chosen by URL: a SQLite file of its own, or the PostgreSQL database.

Messages carry row ids only. The rows are the truth: a message that is lost with its worker is sent
again by the ticker when the row's lease has run out.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from huey import Huey, MemoryHuey, PostgresHuey, SqliteHuey
from sqlalchemy import make_url

from config import Config

log = logging.getLogger(__name__)
WORKER_THREADS = 4
STOP_WITHIN_S = 3.0
BEAT_EVERY_S = 20.0


def make_queue(settings: Config, *, create_tables: bool = False) -> Huey:
    """Return the installation's queue; on a server only the migrate command creates its tables."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("roundabout", dsn=dsn, results=False, create_tables=create_tables)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    # A rollback journal: this file is opened by Python's own SQLite, whose WAL mode may be unsound.
    return SqliteHuey(
        "roundabout",
        filename=str(settings.queue_path),
        journal_mode="delete",
        results=False,
        timeout=30,
    )


def make_immediate_queue() -> Huey:
    """Return a queue that runs each task at once, in the caller's thread."""
    return MemoryHuey("roundabout", immediate=True, results=False)


def consume(queue: Huey, stopped: threading.Event, beat: Callable[[], None]) -> None:
    """Run tasks until ``stopped`` is set, then give those under way a moment to end.

    ``beat`` is called every so often, also while every thread is busy planning.
    """
    consumer = queue.create_consumer(
        workers=WORKER_THREADS,
        periodic=False,
        max_delay=0.5,
        scheduler_interval=1,
        shutdown_timeout=STOP_WITHIN_S,
        check_worker_health=False,
    )
    consumer._set_signal_handlers = _leave_signals_alone  # noqa: SLF001 -- the command has its own
    consumer.start()
    log.info("worker ready")
    beat()
    while not stopped.wait(BEAT_EVERY_S):
        beat()
    consumer.stop(graceful=True)


def _leave_signals_alone() -> None:
    """Take no signal: the command that runs the worker handles them."""


def sender(queue: Huey, name: str, work: Callable[[int], None]) -> Callable[[int], None]:
    """Register a task and return the function that sends a row id to it."""
    return queue.task(name=name)(work)  # type: ignore[no-any-return]


def backlog(queue: Huey) -> int:
    """Return how many messages wait."""
    return int(queue.pending_count())
