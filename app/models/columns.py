"""Column shapes shared by the models."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum
from sqlalchemy.orm import MappedColumn, mapped_column


def enum_column(kind: type[StrEnum], **options: Any) -> MappedColumn[Any]:
    """Return a column that stores an enum's value as text, refused when unknown."""
    column_type = Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,  # a new state must not need a table rebuilt
        length=32,
        validate_strings=True,
    )
    return mapped_column(column_type, **options)
