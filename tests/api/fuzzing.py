"""Everything that the document allows, and much that it does not, sent to the application."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema
from werkzeug.serving import WSGIRequestHandler, make_server

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
)
WELL_FORMED_BUT_REFUSED = ["2xx", "3xx", "401", "403", "404", "409", "422", "429", "5xx"]
"""A body can be as the document says and still name a role, a topic or a day that is no good."""
TAG_CANNOT_BE_GUESSED = ["2xx", "3xx", "401", "403", "404", "409", "412", "428", "429", "5xx"]


class FastClock:
    """A clock on which a request takes half a second, so that no minute holds too many."""

    def __init__(self, at: datetime = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=0.1)
        return self.at


class Quiet(WSGIRequestHandler):
    """Answers without a line in the log for each request, on a connection that stays open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing."""


@dataclass(kw_only=True)
class Outcome:
    """What came of it: how many requests by address, and what was wrong, in words."""

    requests: dict[str, int] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    checks: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def run(app: Flask, key: str, *, examples: int, only: str = "", covers: bool = True) -> Outcome:
    """Send `examples` generated requests for each operation, and stories of several.

    With ``covers``, also every boundary and every slip that the document makes possible.
    """
    config = SchemathesisConfig.from_dict(_config(key, examples, covers=covers))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.port}/api/v1/openapi.json"
        schema = schemathesis.openapi.from_url(address, config=config)
        return _execute(schema.include(name=only) if only else schema)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _execute(schema: BaseSchema) -> Outcome:
    outcome = Outcome()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _count(event, outcome)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            outcome.wrong.append(f"error: {event}")
    return outcome


def _count(event: events.ScenarioFinished, outcome: Outcome) -> None:
    recorder = event.recorder
    for case_id, found in recorder.interactions.items():
        case = recorder.cases.get(case_id)
        label = case.value.operation.label if case else "?"
        outcome.requests[label] = outcome.requests.get(label, 0) + 1
        if found.response is not None:
            code = found.response.status_code
            outcome.statuses[code] = outcome.statuses.get(code, 0) + 1
    for checks in recorder.checks.values():
        for check in checks:
            outcome.checks.add(check.name)
            if check.failure_info is not None:
                failure = check.failure_info
                outcome.wrong.append(f"{check.name}: {failure.failure} {failure.code_sample}")


def _config(key: str, examples: int, *, covers: bool) -> dict[str, Any]:
    lenient = {"positive_data_acceptance": {"expected-statuses": WELL_FORMED_BUT_REFUSED}}
    tagged = {
        "positive_data_acceptance": {"expected-statuses": TAG_CANNOT_BE_GUESSED},
        "missing_required_header": {"expected-statuses": ["401", "422", "428"]},
    }
    return {
        "seed": 1,
        "auth": {"openapi": {"key": {"bearer": key}}},
        "generation": {"max-examples": examples, "no-shrink": True, "deterministic": True},
        "checks": {name: {"enabled": True} for name in CHECKS},
        "phases": {
            "coverage": {"enabled": covers},
            "stateful": {"generation": {"max-examples": examples}},
        },
        "operations": [
            {"include-name": f"POST /api/v1/{path}", "checks": lenient}
            for path in ("events", "events/{event_id}/sign-ups")
        ]
        + [{"include-name": "PATCH /api/v1/events/{event_id}", "checks": tagged}],
    }
