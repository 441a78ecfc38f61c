"""The document as rows for its page."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Doc = Mapping[str, Any]
_EXAMPLES: dict[str, Any] = {
    "create_event": {
        "preset": "conference-hour",
        "name": "Evening of questions",
        "starts_at": "2027-03-04T18:00:00+01:00",
        "zone": "Europe/Berlin",
    },
    "change_event": {"sign_up": "open"},
    "add_sign_up": {
        "name": "Mia Example",
        "email": "hanna@example.org",
        "role": "mentee",
        "stage": "student",
        "question": "How do I begin?",
        "topics": ["Career planning"],
    },
    "ask_for_plan": {"time_limit_s": 30},
    "publish_schedule": {"plan_ids": [7], "expected_version": 0},
}
_ABOUT = {
    "event_id": "The event's id.",
    "sign_up_id": "The sign-up's id.",
    "run_id": "The plan's id.",
    "version": "The number of the version, from 1.",
}
_IDS = {"event_id": "1", "sign_up_id": "12", "run_id": "7", "version": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field or a parameter; ``links`` is the schema that its type leads to."""

    name: str
    type: str
    links: str
    about: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRow:
    id: str
    method: str
    path: str
    title: str
    about: str
    parameters: tuple[FieldRow, ...]
    body: str
    answers: tuple[tuple[str, str, str], ...]  # status, words, schema
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    name: str
    about: str
    operations: tuple[OperationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaRow:
    name: str
    fields: tuple[FieldRow, ...]


def groups(document: Doc, base_url: str) -> tuple[Group, ...]:
    """Return the operations by tag."""
    rows = list(_operations(document, base_url))
    return tuple(
        Group(
            name=tag["name"],
            about=tag["description"],
            operations=tuple(row for tags, row in rows if tag["name"] in tags),
        )
        for tag in document["tags"]
    )


def schemas(document: Doc) -> tuple[SchemaRow, ...]:
    """Return the schemas by name."""
    return tuple(
        SchemaRow(
            name=name,
            fields=tuple(
                _field(field, found, is_required=field in schema.get("required", ()))
                for field, found in schema.get("properties", {}).items()
            ),
        )
        for name, schema in sorted(document["components"]["schemas"].items())
    )


def _operations(document: Doc, base_url: str) -> Iterator[tuple[list[str], OperationRow]]:
    for path, operations in document["paths"].items():
        shared = operations.get("parameters", [])
        for method, one in operations.items():
            if method == "parameters":
                continue
            parameters = [*shared, *one.get("parameters", [])]
            yield (
                one["tags"],
                OperationRow(
                    id=one["operationId"],
                    method=method.upper(),
                    path=path,
                    title=one["summary"],
                    about=one.get("description", ""),
                    parameters=tuple(
                        _field(
                            found["name"],
                            found["schema"]
                            | {"description": found.get("description") or _ABOUT[found["name"]]},
                            is_required=found.get("required", False),
                        )
                        for found in parameters
                    ),
                    body=_named(_schema_of(one.get("requestBody", {}))),
                    answers=tuple(_answers(document, one["responses"])),
                    example=_curl(base_url, method.upper(), path, one["operationId"]),
                ),
            )


def _answers(document: Doc, responses: Doc) -> Iterator[tuple[str, str, str]]:
    for status, found in sorted(responses.items()):
        name = found.get("$ref", "").rpartition("/")[2]
        answer = document["components"]["responses"][name] if name else found
        yield status, answer["description"], _named(_schema_of(answer))


def _schema_of(holder: Doc) -> Doc:
    for media in holder.get("content", {}).values():
        found: Doc = media.get("schema", {})
        return found
    return {}


def _named(schema: Doc) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _field(name: str, schema: Doc, *, is_required: bool) -> FieldRow:
    inner = schema.get("items", schema)
    links = _named(inner) or next(
        (_named(one) for one in (*inner.get("allOf", ()), *inner.get("anyOf", ())) if _named(one)),
        "",
    )
    return FieldRow(
        name=name,
        type=_type(schema, links),
        links=links,
        about=" ".join(filter(None, (schema.get("description", ""), _limits(schema)))),
        is_required=is_required,
    )


def _type(schema: Doc, links: str) -> str:
    if schema.get("type") == "array":
        inner = schema.get("items", {})
        return f"list of {links or _type(inner, '')}"
    kinds = schema.get("type", links or "object")
    words = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    return f"{words} ({schema['format']})" if schema.get("format") == "date-time" else words


def _limits(schema: Doc) -> str:
    found = []
    if "enum" in schema:
        found.append("One of " + ", ".join(str(one) for one in schema["enum"] if one) + ".")
    if "maximum" in schema and schema["maximum"] < 1_000_000:
        found.append(f"{schema.get('minimum', 0)} to {schema['maximum']}.")
    if "maxLength" in schema:
        found.append(f"At most {schema['maxLength']} characters.")
    if schema.get("default") not in {None, ""} if _is_plain(schema.get("default")) else False:
        found.append(f"Left out: {json.dumps(schema['default'])}.")
    return " ".join(found)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _curl(base_url: str, method: str, path: str, operation_id: str) -> str:
    for name, value in _IDS.items():
        path = path.replace("{" + name + "}", value)
    lines = ["curl" if method == "GET" else f"curl -X {method}"]
    if operation_id != "openapi_document":
        lines.append('-H "Authorization: Bearer $KEY"')
    if operation_id == "change_event":
        lines.append("-H 'If-Match: \"the-etag-you-read\"'")
    if operation_id in _EXAMPLES:
        lines.append("-H 'Content-Type: application/json'")
        lines.append("-d " + shlex.quote(json.dumps(_EXAMPLES[operation_id], ensure_ascii=False)))
    lines.append(base_url + path)
    return " \\\n  ".join(lines)
