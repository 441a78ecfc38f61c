"""Between the JSON of a problem and the frozen ``Problem``, field by field."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from scheduler.errors import InvalidProblem
from scheduler.problem import (
    Composition,
    Count,
    Distinct,
    Goal,
    GoalName,
    Limit,
    NotAlone,
    Person,
    Picker,
    Problem,
    RepeatLimit,
    Role,
    Round,
    Seat,
    Table,
)
from scheduler.strictjson import (
    integer,
    items,
    number,
    plain,
    record,
    scored,
    string,
    strings,
    texts,
    word,
    wrong,
)

_T = TypeVar("_T")

_LISTS = (
    "composition",
    "keep_apart",
    "keep_apart_same",
    "together",
    "must_meet",
    "repeats",
    "past_meetings",
    "fit",
    "table_fit",
    "wishes",
    "pins",
    "previous",
    "frozen_rounds",
    "goals",
)
_PERSON = (
    "stage",
    "affiliations",
    "rounds",
    "table",
    "needs",
    "traits",
    "max_rounds",
    "min_rounds",
)


def problem_from(document: dict[str, Any], source: str) -> Problem:
    """Return the problem that a parsed document describes; ``source`` is its canonical text."""
    required = ("format", "rounds", "tables", "people")
    record(document, "", required, ("name", *_LISTS))
    lists = {key: document.get(key, []) for key in _LISTS}
    seats = texts(lists["previous"], "previous", 3)
    return Problem(
        name=string(document.get("name", ""), "name"),
        rounds=_each(document["rounds"], "rounds", _round),
        tables=_each(document["tables"], "tables", _table),
        people=_each(document["people"], "people", _person),
        composition=_each(lists["composition"], "composition", _composition),
        keep_apart=_pairs(lists, "keep_apart"),
        keep_apart_same=strings(lists["keep_apart_same"], "keep_apart_same"),
        together=_pairs(lists, "together"),
        must_meet=_pairs(lists, "must_meet"),
        repeats=_each(lists["repeats"], "repeats", _repeat),
        past_meetings=_pairs(lists, "past_meetings"),
        fit=scored(lists["fit"], "fit"),
        table_fit=scored(lists["table_fit"], "table_fit"),
        wishes=scored(lists["wishes"], "wishes", default=1.0),
        pins=tuple(Seat(*row) for row in texts(lists["pins"], "pins", 3)),
        previous=tuple(Seat(*row) for row in seats) if "previous" in document else None,
        frozen_rounds=strings(lists["frozen_rounds"], "frozen_rounds"),
        goals=_each(lists["goals"], "goals", _goal),
        source=source,
    )


def _each(value: object, place: str, read: Callable[[Any, str], _T]) -> tuple[_T, ...]:
    rows = items(value, place)
    return tuple(read(row, f"{place}[{index}]") for index, row in enumerate(rows))


def _pairs(lists: dict[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in texts(lists[key], key, 2))


def _optional(
    fields: dict[str, Any], key: str, place: str, read: Callable[[Any, str], _T]
) -> _T | None:
    return read(fields[key], f"{place}.{key}") if key in fields else None


def _set(fields: dict[str, Any], key: str, place: str) -> frozenset[str]:
    return frozenset(strings(fields[key], f"{place}.{key}")) if key in fields else frozenset()


def _some(value: object, place: str) -> frozenset[str]:
    return frozenset(strings(value, place))


def _round(value: object, place: str) -> Round:
    fields = record(value, place, ("id",), ("starts_at", "minutes"))
    return Round(
        id=string(fields["id"], f"{place}.id"),
        starts_at=_optional(fields, "starts_at", place, string),
        minutes=_optional(fields, "minutes", place, number),
    )


def _table(value: object, place: str) -> Table:
    fields = record(value, place, ("id",), ("features", "rounds", "seats"))
    return Table(
        id=string(fields["id"], f"{place}.id"),
        features=_set(fields, "features", place),
        rounds=_optional(fields, "rounds", place, _some),
        seats=_optional(fields, "seats", place, integer),
    )


def _person(value: object, place: str) -> Person:
    fields = record(value, place, ("id", "role"), _PERSON)
    return Person(
        id=string(fields["id"], f"{place}.id"),
        role=word(Role, fields["role"], f"{place}.role"),
        stage=_optional(fields, "stage", place, string),
        affiliations=_set(fields, "affiliations", place),
        rounds=_optional(fields, "rounds", place, _some),
        table=_optional(fields, "table", place, string),
        needs=_set(fields, "needs", place),
        traits=_traits(fields.get("traits", {}), f"{place}.traits"),
        max_rounds=_optional(fields, "max_rounds", place, integer),
        min_rounds=_optional(fields, "min_rounds", place, integer),
    )


def _traits(value: object, place: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        wrong(place, "an object", value)
    return tuple(sorted((name, string(text, f"{place}.{name}")) for name, text in value.items()))


def _composition(value: object, place: str) -> Composition:
    fields = value if isinstance(value, dict) else wrong(place, "an object", value)
    kinds = [kind for kind in ("count", "distinct", "not_alone") if kind in fields]
    if len(kinds) != 1:
        raise InvalidProblem(place, "one of the keys count, distinct, not_alone")
    kind = kinds[0]
    bounds = () if kind == "not_alone" else ("min", "max")
    record(fields, place, (kind,), (*bounds, "tables"))
    where = f"{place}.{kind}"
    tables = _optional(fields, "tables", place, _some)
    if kind == "not_alone":
        return NotAlone(not_alone=_picker(fields[kind], where), tables=tables)
    low = integer(fields.get("min", 0), f"{place}.min")
    high = _optional(fields, "max", place, integer)
    if kind == "distinct":
        return Distinct(distinct=string(fields[kind], where), min=low, max=high, tables=tables)
    return Count(count=_picker(fields[kind], where), min=low, max=high, tables=tables)


def _picker(value: object, place: str) -> Picker:
    fields = record(value, place, (), ("role", "stage", "trait", "value"))
    return Picker(
        role=_optional(fields, "role", place, string),
        stage=_optional(fields, "stage", place, string),
        trait=_optional(fields, "trait", place, string),
        value=_optional(fields, "value", place, string),
    )


def _repeat(value: object, place: str) -> RepeatLimit:
    fields = record(value, place, ("between", "limit"))
    (pair,) = texts([fields["between"]], f"{place}.between", 2)
    first, second = (word(Role, name, f"{place}.between") for name in pair)
    limit = word(Limit, fields["limit"], f"{place}.limit")
    return RepeatLimit(between=(first, second), limit=limit)


def _goal(value: object, place: str) -> Goal:
    if isinstance(value, str):
        return Goal(goal=word(GoalName, value, place))
    fields = record(value, place, ("goal",), ("slack",))
    return Goal(
        goal=word(GoalName, fields["goal"], f"{place}.goal"),
        slack=number(fields.get("slack", 0.0), f"{place}.slack"),
    )


def problem_to(problem: Problem) -> dict[str, Any]:
    """Return the fields of a problem's document, without ``format`` and what is default."""
    fields = _plain_fields(problem)
    fields["wishes"] = [
        [person, other] if weight == 1 else [person, other, plain(weight)]
        for person, other, weight in problem.wishes
    ]
    fields["goals"] = [
        _plain_value(entry) if entry.slack else entry.goal.value for entry in problem.goals
    ]
    return {
        name: fields[name]
        for name in ("name", "rounds", "tables", "people", *_LISTS)
        if fields.get(name) or (name == "previous" and problem.previous is not None)
    }


def _plain_fields(item: Any) -> dict[str, Any]:
    """Return the fields of a frozen value that differ from their defaults, as JSON values."""
    plain_fields = {}
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if field.name == "traits" and value:
            plain_fields[field.name] = dict(value)
        elif value != field.default and field.name != "source":
            plain_fields[field.name] = _plain_value(value)
    return plain_fields


def _plain_value(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _plain_fields(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain_value(part) for part in value]
    return plain(value) if isinstance(value, float) else value
