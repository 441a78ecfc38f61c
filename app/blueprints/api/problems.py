"""What went wrong, as ``application/problem+json`` (RFC 9457): what, where, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, json, request
from werkzeug.exceptions import HTTPException

from app.blueprints import context
from app.errors import InvalidInput, MentoringError

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: ("not-readable", "That could not be read"),
    401: ("no-key", "A key is needed"),
    403: ("not-allowed", "This key may not do that"),
    404: ("not-found", "There is nothing here"),
    405: ("no-such-method", "That cannot be done here"),
    409: ("conflict", "As things stand, that cannot be done"),
    412: ("changed-meanwhile", "It was changed meanwhile"),
    413: ("too-large", "That is too large"),
    415: ("not-json", "The body has to be JSON"),
    422: ("not-as-expected", "Something is not as expected"),
    428: ("say-which-version", "Say which version you mean"),
    429: ("too-many", "Too much at once"),
    500: ("our-fault", "Something broke on our side"),
    503: ("not-now", "Not just now"),
}
ADVICE = {
    400: "Send valid JSON in UTF-8.",
    401: "Send the header Authorization: Bearer with a key. Owners make keys at /api-access.",
    403: "Ask an owner for a key that may write.",
    404: "Look at the address, and at the ids in it. A key sees its own organisation only.",
    405: "Use one of the methods that the header Allow names.",
    409: "Read the resource again, then decide.",
    412: "Read it again; its new ETag goes into If-Match.",
    413: "Send less at once.",
    415: "Send the header Content-Type: application/json.",
    422: "Put right what errors names, then send it again.",
    428: "Read the resource; its ETag goes into If-Match.",
    429: "Wait as many seconds as the header Retry-After says.",
    500: "Tell the people who run this server the number in detail.",
    503: "Nothing was lost. Wait as many seconds as the header Retry-After says.",
}
DETAILS = {
    400: "The body is not JSON in UTF-8.",
    404: "This address names nothing that there is, or nothing of the key's organisation.",
    405: "This address does not take this method.",
    413: "The body is larger than this server takes.",
    415: "The body is something else than JSON.",
}
_KEPT = frozenset({"Allow", "Retry-After"})
_WAIT_S = {429: 60, 503: 5}


def is_api() -> bool:
    """Return whether a program asks, not a browser."""
    return request.path.startswith("/api/")


def answer(
    status: int,
    detail: str,
    *,
    errors: tuple[Mapping[str, str], ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem document."""
    slug, title = TITLES.get(status, ("problem", "That did not work"))
    body: dict[str, Any] = {
        "type": f"{context.settings().base_url}/api/v1/docs#{slug}",
        "title": title,
        "status": status,
        "detail": detail,
        "advice": ADVICE.get(status, "Look at the documentation, then try again."),
        "errors": list(errors),
    }
    response = Response(json.dumps(body), status, content_type=MEDIA_TYPE)
    response.headers.extend(headers or {})
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Roundabout"'
    if status in _WAIT_S:
        response.headers.setdefault("Retry-After", str(_WAIT_S[status]))
    return response


def known(error: MentoringError) -> Response:
    """Answer one of our own errors."""
    wait_s = getattr(error, "retry_after_s", None)
    return answer(
        error.status,
        error.message,
        errors=_of_fields(error.fields) if isinstance(error, InvalidInput) else (),
        headers=None if wait_s is None else {"Retry-After": str(wait_s)},
    )


def standard(error: HTTPException) -> Response:
    """Answer what the web framework refused, with the headers it gave."""
    status = error.code or 500
    data = getattr(error, "data", None) or {}
    if status == 422 and "messages" in data:
        return unreadable(data["messages"])
    kept = {name: value for name, value in error.get_headers() if name in _KEPT}
    return answer(status, DETAILS.get(status, error.name + "."), headers=kept)


def unreadable(messages: Mapping[str, Any]) -> Response:
    """Answer what does not fit the document, as its reader found it: by place, field, index."""
    return answer(
        422,
        "What was sent is not what the documentation says.",
        errors=tuple(
            {"where": where, "expected": text}
            for place, found in messages.items()
            for where, text in _walk("" if place == "json" else f"{place} ", found)
        ),
    )


def _walk(where: str, found: Any) -> Iterator[tuple[str, str]]:
    if isinstance(found, Mapping):
        for name, inner in found.items():
            is_schema = name == "_schema"
            yield from _walk(where if is_schema else f"{where}/{name}", inner)
    elif isinstance(found, list):
        for text in found:
            yield where or "/", str(text)
    else:
        yield where or "/", str(found)


def _of_fields(fields: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    return tuple({"where": f"/{name}", "expected": text} for name, text in fields.items())
