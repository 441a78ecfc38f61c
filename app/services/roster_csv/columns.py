"""Which column of a file is which: headings as spreadsheets and form tools write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.services.roster_csv.text import UnreadableFile

REQUIRED = ("name", "email", "role")
_EXACT = {
    "name": "name|full name|your name|participant|participant name|nom|nombre|nome"
    "|vollstandiger name",
    "first_name": "first name|given name|forename|vorname|prenom",
    "last_name": "last name|surname|family name|nachname|nom de famille",
    "email": "email|e mail|mail|email address|e mail address|your email|your e mail address",
    "role": "role|i come as a|i come as|i am a|i attend as|sign up as|rolle",
    "stage": "stage|career stage|career level|level|grade|stage of career",
    "affiliation": "affiliation|hospital|school|institution|organisation|organization|employer"
    "|university|company|workplace|hospital school",
    "topics": "topics|topic|interests|themes|topics of interest",
    "question": "question|your question|my question|question for the day",
    "available": "available|availability|rounds|attendance|when can you come",
    "wishes": "wishes|wish|would like to meet|want to meet|people to meet",
    "not_with": "not with|please not with|avoid|conflicts|not at a table with",
    "needs": "needs|access needs|accessibility|access|access requirements",
    "consent_share": "consent share|share|may we share your question|share my question",
}
_WORDS = (
    ("consent_share", "share|consent|permission"),
    ("not_with", "not with|not sit|avoid|conflict"),
    ("wishes", "to meet|wish"),
    ("needs", "access|needs|requirement"),
    ("question", "question"),
    ("email", "mail"),
    ("first_name", "first name|given name"),
    ("last_name", "last name|surname|family name"),
    ("stage", "stage|career|seniority"),
    (
        "affiliation",
        "hospital|affiliation|institution|organisation|organization|employer|university",
    ),
    ("topics", "topic|interests"),
    ("available", "availab|which rounds"),
    ("role", "come as|attend as|role|mentor or"),
    ("name", "name"),
)
_NAMES = {text: field for field, texts in _EXACT.items() for text in texts.split("|")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Field to the place of its column; ``ignored`` are the headings that mean nothing to us."""

    places: dict[str, int]
    ignored: tuple[str, ...]
    width: int

    def cell(self, row: Sequence[str], field: str) -> str:
        """Return the cell of a field, empty when the row or the file has none."""
        place = self.places.get(field)
        return row[place] if place is not None and place < len(row) else ""


MAX_HEADING = 1_000
"""What is longer is no heading; a megabyte of it would take a second to compare."""


def plain(text: str) -> str:
    """Return a heading without accents, case and punctuation."""
    letters = unicodedata.normalize("NFKD", text[:MAX_HEADING].casefold())
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters))


def field_of(heading: str) -> str | None:
    """Return the field that a heading names, or None."""
    text = plain(heading)
    if text in _NAMES:
        return _NAMES[text]
    for field, words in _WORDS:
        if any(word in text for word in words.split("|")):
            return field
    return None


def known_headings(cells: list[str]) -> int:
    """Return how many cells name a field."""
    return sum(1 for cell in cells if field_of(cell))


def find_columns(headings: Sequence[str]) -> Columns:
    """Return where each field stands; an exact heading wins over one that only sounds like it."""
    places: dict[str, int] = {}
    ignored: list[str] = []
    for place, heading in enumerate(headings):
        field = field_of(heading)
        if field is None:
            if heading.strip():
                ignored.append(heading.strip())
            continue
        if field in places:
            before = headings[places[field]]
            sure, sure_before = plain(heading) in _NAMES, plain(before) in _NAMES
            if sure == sure_before:
                msg = (
                    f'headings: found "{before.strip()}" and "{heading.strip()}", '
                    f"expected one column for {field}"
                )
                raise UnreadableFile(msg)
            ignored.append((before if sure else heading).strip())
            if not sure:
                continue
        places[field] = place
    _check_required(places, headings)
    return Columns(places=places, ignored=tuple(ignored), width=len(headings))


def _check_required(places: dict[str, int], headings: Sequence[str]) -> None:
    present = set(places)
    if "last_name" in present or "first_name" in present:
        present.add("name")
    missing = [field for field in REQUIRED if field not in present]
    if missing:
        found = ", ".join(heading.strip()[:40] for heading in headings[:20])
        msg = f'headings: found "{found}", expected columns for {" and ".join(missing)}'
        raise UnreadableFile(msg)
