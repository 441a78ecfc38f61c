"""A file's rows in our order and our words: columns placed, words understood, fixes put in."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.services.roster_csv.columns import Columns, plain
from app.services.roster_csv.values import clean_cell, is_escaped
from app.services.roster_files import Sheet, SourceRow
from app.services.roster_import.fields import FIELDS, Field
from app.services.roster_import.mapping import EMPTY, KEEP, SKIP, Decisions, Source

COLUMNS = Columns(
    places={name.value: place for place, name in enumerate(FIELDS)}, ignored=(), width=len(FIELDS)
)
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks that turn or hide text: they come along when names are copied, and nobody sees them."""
LISTS = {Field.TOPICS: re.compile(r"[;\n]"), Field.NEEDS: re.compile(r"[;,\n]")}
_OWN_WORDS = (Field.ROLE, Field.STAGE, Field.AVAILABLE, Field.CONSENT_SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One row in our order. ``skipped`` says why it stays out by somebody's choice."""

    number: int
    texts: tuple[str, ...]
    raw: tuple[str, ...]
    extra: int
    faults: tuple[tuple[Field, str, str], ...]
    skipped: str = ""

    def text(self, name: Field) -> str:
        """Return the cell of a field as it will be read."""
        return self.texts[FIELDS.index(name)]

    @property
    def who(self) -> str:
        """The name as far as there is one, else the address."""
        first, last = self.text(Field.FIRST_NAME), self.text(Field.LAST_NAME)
        name = self.text(Field.NAME) or f"{first} {last}"
        return clean_cell(name)[:200] or clean_cell(self.text(Field.EMAIL))[:200]


def make_drafts(
    sheet: Sheet,
    columns: Mapping[Field, Source],
    decisions: Decisions,
    topics: Sequence[str],
) -> tuple[Draft, ...]:
    """Return every row of a sheet in our order."""
    by_place = {
        source.column: name for name, source in columns.items() if source.column is not None
    }
    reading = _Reading(
        width=len(sheet.headings),
        columns=columns,
        by_place=by_place,
        decisions=decisions,
        topics={plain(topic): topic for topic in topics},
    )
    return tuple(_draft(row, reading) for row in sheet.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What every row of a sheet is read by."""

    width: int
    columns: Mapping[Field, Source]
    by_place: Mapping[int, Field]
    decisions: Decisions
    topics: Mapping[str, str]


def cell(row: SourceRow, source: Source | None) -> str:
    """Return what a row says for a field, before any word of it is understood."""
    if source is None:
        return ""
    if source.column is None:
        return source.fixed
    text = row.cells[source.column] if source.column < len(row.cells) else ""
    return text[1:] if is_escaped(text) else text


def _draft(row: SourceRow, reading: _Reading) -> Draft:
    decisions, by_place = reading.decisions, reading.by_place
    fixes = decisions.fixes.get(row.number, {})
    raw = tuple(fixes.get(name, cell(row, reading.columns.get(name))) for name in FIELDS)
    texts: list[str] = []
    skipped = "left out by your choice" if row.number in decisions.left_out else ""
    for name, text in zip(FIELDS, raw, strict=True):
        said = _UNSEEN.sub("", text)
        chosen = decisions.words.get(name, {}) if name not in fixes else {}
        said, is_skipped = _understood(name, said, chosen, reading.topics)
        texts.append(said)
        if is_skipped and not skipped:
            skipped = "left out by your choice for its words"
    faults = tuple(
        (by_place[place], found, expected)
        for place, found, expected in row.faults
        if place in by_place and by_place[place] not in fixes
    )
    beyond = row.cells[reading.width :]
    return Draft(
        number=row.number,
        texts=tuple(texts),
        raw=raw,
        extra=len(row.cells) if any(text.strip() for text in beyond) else 0,
        faults=faults,
        skipped=skipped,
    )


def parts_of(name: Field, text: str, topics: Container[str]) -> Iterator[str]:
    """Give the words of a cell that holds a list; ``topics`` are plain.

    Semicolons stand between topics, because a topic may hold a comma; where a comma stands between
    words of which one is a topic of the event, it was meant to.
    """
    for part in LISTS[name].split(text):
        words = part.split(",")
        is_list = name is Field.TOPICS and plain(part) not in topics
        if is_list and any(plain(word) in topics for word in words):
            yield from words
        else:
            yield part


def _understood(
    name: Field, text: str, chosen: Mapping[str, str], topics: Mapping[str, str]
) -> tuple[str, bool]:
    """Return a cell in our words, and whether its row is to stay out."""
    if name in LISTS and text:
        parts: list[str] = []
        for part in parts_of(name, text, topics):
            known = topics.get(plain(part)) if name is Field.TOPICS else None
            choice = chosen.get(plain(part), KEEP) if known is None else known
            if choice == SKIP:
                return "", True
            if choice != EMPTY:
                parts.append(part if choice == KEEP else choice)
        return ";".join(parts), False
    if name not in _OWN_WORDS or not chosen:
        return text, False
    choice = chosen.get(plain(text), KEEP)
    if choice in {SKIP, EMPTY}:
        return "", choice == SKIP
    return (text if choice == KEEP else choice), False
