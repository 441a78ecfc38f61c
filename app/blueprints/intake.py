"""What every request must be before a view sees it: row numbers and texts that a database takes."""

from __future__ import annotations

from flask import Flask, abort, current_app, request, session
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

from app.blueprints.guards import SESSION_KEY
from app.errors import NotFound

MOST_ROWS = 2**31 - 1
"""The largest number a row can have; beyond it the databases raise instead of finding nothing."""

MOST_FIELDS = 2_000


class RowNumber(IntegerConverter):
    """A row's number in an address; one that no row can have is not found."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=MOST_ROWS)


def wire(app: Flask) -> None:
    """Attach the checks to an application, before its routes are made."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(refuse_flood)
    app.before_request(refuse_nul)


def refuse_flood() -> None:
    """Refuse what is larger, or has more fields, than any page of ours sends, before a view reads.

    Flask itself looks only when a form is read, and never at the size and fields of a plain one.
    """
    _make_room()
    is_plain = request.mimetype == "application/x-www-form-urlencoded"
    most = request.max_form_memory_size if is_plain else request.max_content_length
    if most is not None and (request.content_length or 0) > most:
        abort(413)
    if len(_all(request.form)) > MOST_FIELDS:
        abort(413)


def _make_room() -> None:
    """Let who is signed in send a file where a page takes one."""
    view = current_app.view_functions.get(request.endpoint or "")
    most: int | None = getattr(view, "takes_bytes", None)
    if most is not None and SESSION_KEY in session:
        request.max_content_length = most
        request.max_form_memory_size = most


def refuse_nul() -> None:
    """Refuse the one sign that PostgreSQL keeps in no text; no keyboard writes it."""
    if "\x00" in request.path:
        raise NotFound
    if any("\x00" in text for text in (*_all(request.args), *_all(request.form))):
        abort(400)


def _all(fields: MultiDict[str, str]) -> tuple[str, ...]:
    return tuple(text for _, text in fields.items(multi=True))
