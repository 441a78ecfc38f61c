"""The one table from what went wrong to what the browser is told."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from app.blueprints.api import problems
from app.errors import Busy, CannotStore, Erased, MentoringError, NotFound, SignInNeeded

log = logging.getLogger(__name__)

TITLES = {
    400: "That did not arrive whole",
    401: "Sign in first",
    403: "This is not yours to open",
    404: "There is no page here",
    405: "That cannot be done this way",
    409: "Not any more",
    410: "This link is no longer good",
    413: "That is too large",
    415: "That kind is not taken here",
    422: "Something wants another look",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "Not just now",
}
HINTS = {
    400: "Go back, load the page again and send it once more. What you typed is still there.",
    405: "Open the page again and use its buttons.",
    413: "Send a smaller file or a shorter text.",
    415: "Send one message as it is, with Content-Type: message/rfc822.",
}


def register(app: Flask) -> None:
    """Attach the table to an application."""
    app.register_error_handler(MentoringError, known)
    app.register_error_handler(Erased, erased)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(SecurityError, strange_host)
    app.register_error_handler(HTTPException, standard)
    app.register_error_handler(500, unexpected)


def page(status: int, message: str, *, retry_after_s: int | None = None) -> ResponseReturnValue:
    """Return an error page that says what happened and what to do."""
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    title = TITLES.get(status, "That did not work")
    return render_template("errors/error.html", title=title, message=message), status, headers


def known(error: MentoringError) -> ResponseReturnValue:
    if problems.is_api():
        return problems.known(error)
    if isinstance(error, SignInNeeded) and request.method == "GET":
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    wait_s = error.retry_after_s if isinstance(error, Busy | CannotStore) else None
    if wait_s is not None:
        log.warning("answered 503: %s", getattr(error.__cause__, "orig", error.__cause__))
    return page(error.status, error.message, retry_after_s=wait_s)


def erased(_error: Erased) -> ResponseReturnValue:
    """Answer a link of somebody who was erased; nothing on the page says who it was."""
    if problems.is_api():
        return problems.known(_error)
    return render_template("participant/erased.html"), 404


def forged(_error: CSRFError) -> ResponseReturnValue:
    return page(400, HINTS[400])


def strange_host(_error: SecurityError) -> Response:
    """Answer without a page: no address of ours can be written for a host that is not ours."""
    return Response("This server does not answer to that name.\n", 400, mimetype="text/plain")


def standard(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if problems.is_api():
        return problems.standard(error)
    if status == 404:
        return page(404, NotFound().message)
    return page(status, HINTS.get(status, "Go back and try again."))


def unexpected(error: Exception) -> ResponseReturnValue:
    """Say that it is our fault, with a number under which the log tells more."""
    number = secrets.token_hex(4)
    log.error("request %s failed", number, exc_info=error)
    if problems.is_api():
        return problems.answer(500, f"Nothing was half-written. The number of this is {number}.")
    return page(
        500, f"Nothing you sent was half-written. Tell the organiser this number: {number}."
    )
