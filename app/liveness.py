"""Whether a kept PostgreSQL connection still stands, without asking the server each time.

A server that ends a connection says so on it, and so does its machine when the server died: then
something waits to be read on a line on which nothing was asked. Only such a line is asked, and one
that was idle for long, whose end a firewall may have swallowed.
"""

from __future__ import annotations

import select
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

ASK_AFTER_S = 30.0
"""How long a connection may lie idle and be taken at its silence."""
_SINCE = "idle since"


def watch(engine: Engine) -> None:
    """Replace a connection that ended while nobody used it, before somebody gets it."""

    @event.listens_for(engine, "checkin")
    def _lay_down(_driver: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _look(driver: Any, record: Any, _proxy: Any) -> None:
        since = record.info.pop(_SINCE, None)
        if since is None:  # it was made just now
            return
        is_long_idle = time.monotonic() - since > ASK_AFTER_S
        if (is_long_idle or _has_word(driver)) and not _answers(engine, driver):
            raise DisconnectionError


def _has_word(driver: Any) -> bool:
    """Return whether the server said something unasked."""
    if driver.closed:
        return True
    waiting = select.poll()
    waiting.register(driver.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


def _answers(engine: Engine, driver: Any) -> bool:
    dialect = engine.dialect
    try:
        return bool(dialect.do_ping(driver))
    except dialect.loaded_dbapi.Error:
        return False
