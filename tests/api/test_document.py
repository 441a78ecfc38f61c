from __future__ import annotations

import json

from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.blueprints.api import listing

PAGE = "/api/v1/docs"
"""For people; everything else below /api is for programs."""


def served(app: Flask) -> dict[str, dict[str, dict[str, object]]]:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: dict[str, dict[str, dict[str, object]]] = json.loads(answer.data)
    return found


def test_the_document_is_valid_openapi_3_1(app: Flask) -> None:
    document = served(app)

    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_is_in_the_document_and_nothing_else(app: Flask) -> None:
    routes = {
        (str(rule).replace("<row:", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/api/") and str(rule) != PAGE
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    documented = {
        (path, method)
        for path, operations in served(app)["paths"].items()
        for method in operations
        if method != "parameters"
    }

    assert documented == routes
    assert len(routes) == 19


def test_every_operation_says_what_it_needs_and_how_it_may_refuse(app: Flask) -> None:
    document = served(app)
    unsaid = [
        (path, method)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method != "parameters" and path != "/api/v1/openapi.json"
        if not {"401", "429", "503"} <= set(operation["responses"])  # type: ignore[call-overload]
        or not operation["summary"]  # type: ignore[call-overload,index]
    ]

    assert unsaid == []
    assert document["security"] == [{"key": []}]


def test_the_page_shows_every_operation_and_schema_without_a_script(app: Flask) -> None:
    document = served(app)
    answer = app.test_client().get(PAGE)
    page = answer.text

    ids = [row.id for group in listing.groups(document, "http://x") for row in group.operations]
    assert answer.status_code == 200
    assert [id_ for id_ in ids if f'<h3 id="{id_}">' not in page] == []
    names = document["components"]["schemas"]
    assert [name for name in names if f'id="schema-{name}"' not in page] == []
    assert "<script" not in page
    assert len(ids) == 19
