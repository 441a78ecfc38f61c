"""What an organiser decided about a file, as it is kept with the upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.services.roster_import.fields import Field

SKIP, EMPTY, KEEP = "!skip", "!empty", "!keep"
"""What a word can become besides one of ours: no row, nothing, or itself."""
MOST_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a field comes from: a column by its place, or one value for everybody."""

    column: int | None = None
    fixed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Columns and words of a file, and what was put right in single rows, by row number.

    ``columns`` is None until somebody looked at them.
    """

    sheet: str = ""
    columns: Mapping[Field, Source] | None = None
    words: Mapping[Field, Mapping[str, str]] = field(default_factory=dict)
    fixes: Mapping[int, Mapping[Field, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        columns = None
        if self.columns is not None:
            columns = {
                name.value: {"column": source.column, "fixed": source.fixed}
                for name, source in self.columns.items()
            }
        return {
            "sheet": self.sheet,
            "columns": columns,
            "words": {name.value: dict(words) for name, words in self.words.items()},
            "fixes": {
                str(row): {name.value: text for name, text in texts.items()}
                for row, texts in self.fixes.items()
            },
            "left_out": sorted(self.left_out),
        }


def decisions_from(kept: Any) -> Decisions:
    """Return what was kept; whatever is unknown in it is nobody's decision."""
    if not isinstance(kept, dict):
        return Decisions()
    columns = kept.get("columns")
    return Decisions(
        sheet=str(kept.get("sheet", "")),
        columns=None
        if not isinstance(columns, dict)
        else {name: _source(value) for name, value in _by_field(columns)},
        words={
            name: {str(word): str(choice) for word, choice in words.items()}
            for name, words in _by_field(kept.get("words"))
            if isinstance(words, dict)
        },
        fixes={
            int(row): {name: str(text) for name, text in _by_field(texts)}
            for row, texts in _items(kept.get("fixes"))
            if row.isdecimal()
        },
        left_out=frozenset(row for row in kept.get("left_out") or () if isinstance(row, int)),
    )


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _by_field(value: Any) -> list[tuple[Field, Any]]:
    return [(Field(name), one) for name, one in _items(value) if name in set(Field)]


def _source(value: Any) -> Source:
    column = value.get("column") if isinstance(value, dict) else None
    fixed = value.get("fixed", "") if isinstance(value, dict) else ""
    return Source(column=column if isinstance(column, int) else None, fixed=str(fixed))
