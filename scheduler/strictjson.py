"""JSON read strictly: no double keys, no NaN, no surprise types; every fault names its place."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from operator import itemgetter
from typing import Any, NoReturn, TypeVar

from scheduler.errors import InvalidProblem

_WORDS = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "an object",
}
_Word = TypeVar("_Word", bound=StrEnum)
_EXACT = 2**53
"""Below this every whole float is an exact integer."""
_LARGEST = sys.float_info.max
_STRING, _NUMBER = frozenset({str}), frozenset({int, float})
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(text: str) -> dict[str, Any]:
    """Return the object that a document is.

    Raises
    ------
    InvalidProblem
        For anything but one JSON object of finite numbers, unique keys and whole characters.
    """
    try:
        document = json.loads(text, object_pairs_hook=_unique, parse_constant=_constant)
        halved = _SURROGATE.search(text) or ("\\u" in text and _broken_character(document))
    except json.JSONDecodeError as error:
        expected = f"JSON ({error.msg})"
        raise InvalidProblem(
            place=f"line {error.lineno} column {error.colno}", expected=expected
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise InvalidProblem(place="document", expected="numbers of at most 4300 digits") from error
    if not isinstance(document, dict):
        wrong("document", "an object", document)
    if halved:
        raise InvalidProblem(place="document", expected="whole characters, found half of a pair")
    return document


def canonical(document: dict[str, Any]) -> str:
    """Return a document as one line with sorted keys and no spaces; the digest is taken of it."""
    try:
        return json.dumps(
            document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise InvalidProblem(
            place="document", expected="finite numbers, found one beyond them"
        ) from error


def _too_deep() -> InvalidProblem:
    return InvalidProblem("document", "fewer levels of nesting")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for index, name in enumerate(names) if name in names[:index])
        raise InvalidProblem(
            place="document", expected=f"each key once, found {shown(twice)} again"
        )
    return fields


def _constant(word: str) -> NoReturn:
    raise InvalidProblem(place="document", expected=f"finite numbers, found {word}")


def _broken_character(value: object) -> bool:
    """Whether a string anywhere holds half of a surrogate pair, which UTF-8 cannot write."""
    if isinstance(value, str):
        return _SURROGATE.search(value) is not None
    if isinstance(value, dict):
        return any(_broken_character(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_broken_character(part) for part in value)


def shown(value: object) -> str:
    """Return a value for a message: short, on one line, printable."""
    text = json.dumps(value) if isinstance(value, str | int | float) else _WORDS[type(value)]
    return text if len(text) <= 60 else text[:57] + "..."


def wrong(place: str, expected: str, found: object) -> NoReturn:
    """Refuse what stands at a place."""
    raise InvalidProblem(place=place, expected=f"{expected}, found {shown(found)}")


def record(
    value: object, place: str, required: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, Any]:
    """Return an object after a look at its keys; those that begin with ``x_`` are anybody's."""
    if not isinstance(value, dict):
        wrong(place, "an object", value)
    prefix = f"{place}." if place else ""
    for key in value:
        if key not in required and key not in optional and not key.startswith("x_"):
            known = ", ".join((*required, *optional))
            expected = f"one of the keys {known} or one that begins with x_"
            raise InvalidProblem(prefix + _key(key), expected)
    for key in required:
        if key not in value:
            raise InvalidProblem(place=f"{prefix}{key}", expected="a value, found nothing")
    return value


def _key(key: str) -> str:
    return key if key.isidentifier() and len(key) <= 60 else shown(key)


def string(value: object, place: str) -> str:
    """Return a string."""
    if not isinstance(value, str):
        wrong(place, "a string", value)
    return value


def integer(value: object, place: str) -> int:
    """Return a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        wrong(place, "a whole number", value)
    return value


def number(value: object, place: str) -> float:
    """Return a number; a far too large one is read as infinity and refused."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        wrong(place, "a number", value)
    if not -_LARGEST <= value <= _LARGEST:
        raise InvalidProblem(place, "a finite number")
    return float(value)


def boolean(value: object, place: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        wrong(place, "true or false", value)
    return value


def word(words: type[_Word], value: object, place: str) -> _Word:
    """Return one of the words of an enumeration."""
    if not isinstance(value, str) or value not in set(words):
        wrong(place, "one of " + ", ".join(words), value)
    return words(value)


def plain(value: float) -> float:
    """Return a whole number without its decimal point."""
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def items(value: object, place: str) -> list[Any]:
    """Return a list."""
    if not isinstance(value, list):
        wrong(place, "a list", value)
    return value


def strings(value: object, place: str) -> tuple[str, ...]:
    """Return a list of strings."""
    return tuple(string(item, f"{place}[{i}]") for i, item in enumerate(items(value, place)))


def texts(value: object, place: str, length: int) -> tuple[tuple[str, ...], ...]:
    """Return a list of lists of so many strings each; quick where all is well."""
    rows = items(value, place)
    if not _uniform(rows, [_STRING] * length):
        for index, row in enumerate(rows):
            _row(row, f"{place}[{index}]", length, length)
            strings(row, f"{place}[{index}]")
    return tuple(map(tuple, rows))


def scored(
    value: object, place: str, default: float | None = None
) -> tuple[tuple[str, str, float], ...]:
    """Return a list of two strings and a number each; the number may be left out for a default."""
    rows = items(value, place)
    if default is None and _uniform(rows, [_STRING, _STRING, _NUMBER]):
        amounts = [row[2] for row in rows]
        if not amounts or -_LARGEST <= min(amounts) <= max(amounts) <= _LARGEST:
            return tuple((row[0], row[1], float(row[2])) for row in rows)
    scores = []
    for index, row in enumerate(rows):
        where = f"{place}[{index}]"
        _row(row, where, 3 if default is None else 2, 3)
        first, second = strings(row[:2], where)
        score = default if default is not None and len(row) == 2 else number(row[2], f"{where}[2]")
        scores.append((first, second, score))
    return tuple(scores)


def _row(value: object, place: str, fewest: int, most: int) -> None:
    row = items(value, place)
    if not fewest <= len(row) <= most:
        wanted = f"{most} entries" if fewest == most else f"{fewest} or {most} entries"
        raise InvalidProblem(place, f"{wanted}, found {len(row)}")


def _uniform(rows: list[Any], kinds: Sequence[frozenset[type]]) -> bool:
    """Whether all rows are lists of so many columns, each of the given types."""
    if not set(map(type, rows)) <= {list} or not set(map(len, rows)) <= {len(kinds)}:
        return False
    return all(
        set(map(type, map(itemgetter(column), rows))) <= kind for column, kind in enumerate(kinds)
    )
