"""The API's blueprint, and the one way an address of it is declared: route, key, body, answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Request, abort
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser
from werkzeug.routing import IntegerConverter, Map

from app.blueprints.guards import api_key

PREFIX = "/api/v1"
View = Callable[..., Any]
ROW = "row"
"""The converter of ids in addresses."""
MOST_ROW = 2_147_483_647


class RowConverter(IntegerConverter):
    """A row's number. One that no row can have is taken as the last one, and so is not found.

    Were it refused here, the web framework would say that the method is wrong.
    """

    regex = "[0-9]+"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=MOST_ROW)

    def to_python(self, value: str) -> int:
        """Return the number; the longest are not even read."""
        digits = value.lstrip("0") or "0"
        return min(int(digits), MOST_ROW) if len(digits) <= len(str(MOST_ROW)) else MOST_ROW


class Parser(FlaskParser):
    """Reads requests to the letter: nothing unknown, no body that says it is something else."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {
        "query": RAISE,
        "json": RAISE,
    }

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Return the body; what is no JSON is said to be none instead of being left aside."""
        if not req.is_json:
            abort(415)
        return super().load_json(req, schema)


class ApiBlueprint(Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = Parser()


blueprint = ApiBlueprint("api", __name__, url_prefix=PREFIX)


def operation(
    method: str,
    rule: str,
    *,
    tag: str,
    answers: type[Schema],
    status: int = 200,
    query: type[Schema] | None = None,
    body: type[Schema] | None = None,
    problems: tuple[int, ...] = (),
    headers: Mapping[str, Any] | None = None,
    documented: Mapping[str, Any] | None = None,
) -> Callable[[View], View]:
    """Declare what an address takes and answers; its docstring is its text in the document."""
    writes = method != "GET"
    codes = _problems(rule, problems, writes=writes, has_body=body is not None)

    def declare(view: View) -> View:
        made = _asking(blueprint.response(status, answers, headers=headers)(view), body, query)
        for code in codes:
            made = blueprint.alt_response(code, NAMES[code])(made)
        made = blueprint.doc(operationId=view.__name__, **(documented or {}))(made)
        return _at(method, rule, tag, api_key(made, writes=writes))

    return declare


def _asking(view: View, body: type[Schema] | None, query: type[Schema] | None) -> View:
    made = view if body is None else blueprint.arguments(body)(view)
    if query is not None:
        made = blueprint.arguments(query, location="query")(made)
    return cast("View", made)


def _at(method: str, rule: str, tag: str, view: View) -> View:
    return cast("View", blueprint.route(rule, methods=[method], tags=[tag])(view))


NAMES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    412: "PRECONDITION_FAILED",
    413: "REQUEST_ENTITY_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "UNPROCESSABLE_ENTITY",
    428: "PRECONDITION_REQUIRED",
    429: "TOO_MANY_REQUESTS",
    503: "SERVICE_UNAVAILABLE",
}
"""What the answers are called in the document."""


def _problems(rule: str, own: tuple[int, ...], *, writes: bool, has_body: bool) -> list[int]:
    """Return with which statuses an address may refuse."""
    codes = {401, 429, 503, *own}
    codes |= {400, 413, 415} if has_body else set()
    codes |= {403} if writes else set()
    codes |= {404} if "<" in rule else set()
    return sorted(codes)
