"""One line a request on a server: what was asked and answered, never a secret, name or address."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

from app.blueprints.headers import redacted

log = logging.getLogger("app.access")


def wire(app: Flask) -> None:
    """Attach the log to an application."""
    app.before_request(_begin)
    app.after_request(_note)


def _begin() -> None:
    g.begun = time.perf_counter()


def _note(response: Response) -> Response:
    """Write the line; what stands behind the question mark may hold what somebody searched for."""
    seconds = time.perf_counter() - g.get("begun", time.perf_counter())
    path = redacted(request.path).encode("unicode_escape").decode("ascii")
    milliseconds = round(seconds * 1000)
    log.info("%s %s %s %s ms", request.method, path, response.status_code, milliseconds)
    return response
