"""Fields that take what the document says and nothing that merely resembles it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.validate import Length, Range

from app.services import zones

MOST_ID = 2_147_483_647
"""The largest number that a row can have on PostgreSQL."""
_WHOLE = re.compile(r"0|[1-9][0-9]{0,9}")
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_LONE = re.compile("[\ud800-\udfff]")


class Strict(Schema):
    """A schema that refuses what it does not know, by name."""

    class Meta:
        """What happens to the rest."""

        unknown = RAISE

    error_messages = {"unknown": "is not known here; leave it out"}  # noqa: RUF012 -- their name


class Text(fields.String):
    """A text that can be stored as UTF-8."""

    def __init__(self, *, most: int, least: int = 0, **kwargs: Any) -> None:
        super().__init__(validate=Length(min=least, max=most), **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is not None and (_LONE.search(text) or "\0" in text):
            message = "expected text; half of a surrogate pair and NUL are none"
            raise ValidationError(message)
        return text


class Whole(fields.Integer):
    """A whole number: a JSON number, or its digits in an address."""

    def __init__(self, *, least: int = 0, most: int = MOST_ID, **kwargs: Any) -> None:
        super().__init__(validate=Range(min=least, max=most), **kwargs)

    def _validated(self, value: Any) -> int:
        if isinstance(value, str) and _WHOLE.fullmatch(value):
            return int(value)
        if isinstance(value, float) and value.is_integer():
            return int(value)  # to JSON, 1.0 is the same number as 1
        if not isinstance(value, int) or isinstance(value, bool):
            message = "expected a whole number"
            raise ValidationError(message)
        return value


class Number(Whole):
    """A whole number in a body, where digits in quotes are no number."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, str):
            message = "expected a whole number"
            raise ValidationError(message)
        return super()._validated(value)


class YesNo(fields.Boolean):
    """True or false; not 1, "yes" or what else might mean it."""

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002 -- marshmallow calls it so
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **_kwargs: Any,
    ) -> Any:
        if not isinstance(value, bool):
            message = "expected true or false"
            raise ValidationError(message)
        return value


class Instant(fields.DateTime):
    """A date with time and offset, as RFC 3339 writes it."""

    def _deserialize(
        self,
        value: Any,
        attr: str | None,  # noqa: ARG002 -- marshmallow calls it so
        data: Mapping[str, Any] | None,  # noqa: ARG002
        **_kwargs: Any,
    ) -> Any:
        message = "expected a time with its offset, like 2027-03-04T18:00:00+01:00"
        if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
            raise ValidationError(message)
        try:
            found = datetime.fromisoformat(value.upper())
        except ValueError as error:
            raise ValidationError(message) from error
        if not zones.FIRST_YEAR <= found.year <= zones.LAST_YEAR:
            message = f"expected a year between {zones.FIRST_YEAR} and {zones.LAST_YEAR}"
            raise ValidationError(message)
        return found
