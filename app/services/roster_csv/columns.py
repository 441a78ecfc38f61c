"""Which column of a file is which: headings as spreadsheets and form tools write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.services.roster_csv.text import UnreadableFile

REQUIRED = ("name", "email", "role")
_EXACT = {
    "name": "name|full name|your name|your full name|participant|participant name|attendee name"
    "|nom|nombre|nome|vollstandiger name|vor und nachname|vorname und nachname|ihr name|dein name"
    "|teilnehmer|teilnehmerin|nom complet",
    "first_name": "first name|given name|forename|vorname|prenom|attendee first name",
    "last_name": "last name|surname|family name|nachname|familienname|zuname|nom de famille"
    "|attendee surname|attendee last name",
    "email": "email|e mail|mail|email address|e mail address|your email|your e mail address"
    "|your email address|attendee email|emailadresse|e mail adresse|email adresse|mailadresse"
    "|mail adresse|ihre e mail adresse|deine e mail adresse|courriel|adresse e mail|correo",
    "role": "role|comes as|i come as a|i come as|i am a|i attend as|sign up as|rolle|ticket type"
    "|ich komme als|ich nehme teil als|teilnahme als|ich bin|role at the event",
    "stage": "stage|career stage|career level|level|grade|stage of career|karrierestufe|stufe"
    "|ausbildungsstand|ausbildungsstufe|weiterbildungsstand|berufsstufe|position|seniority",
    "affiliation": "affiliation|hospital|school|institution|organisation|organization|employer"
    "|university|company|workplace|hospital school|klinik|krankenhaus|einrichtung|arbeitsort"
    "|arbeitgeber|arbeitsstatte|universitat|hochschule|place of work",
    "topics": "topics|topic|interests|themes|topics of interest|themen|thema|interessen"
    "|themenwunsche",
    "question": "question|your question|my question|question they bring|question for the day"
    "|frage|ihre frage"
    "|deine frage|meine frage",
    "available": "available|rounds they can come to|availability|rounds|attendance"
    "|when can you come|runden|verfugbarkeit"
    "|anwesenheit|verfugbar|wann sind sie da",
    "wishes": "wishes|wish|would like to meet|want to meet|people to meet|wunsche|wunschpersonen"
    "|wunschpartner|mochte treffen|ich mochte treffen|wen mochten sie treffen",
    "not_with": "not with|please not with|avoid|conflicts|not at a table with|nicht mit"
    "|bitte nicht mit|nicht an einen tisch mit",
    "needs": "needs|access needs|accessibility|access|access requirements|barrierefreiheit|bedarf"
    "|bedurfnisse|unterstutzungsbedarf|besondere bedurfnisse",
    "consent_share": "consent share|share|may we share the question|may we share your question"
    "|share my question"
    "|frage teilen|durfen wir ihre frage teilen|einwilligung",
}
_WORDS = (
    ("consent_share", "share|consent|permission|einwillig"),
    ("not_with", "not with|not sit|avoid|conflict|nicht mit"),
    ("wishes", "to meet|wish|mochte treffen|mochten sie treffen"),
    ("needs", "access|needs|requirement|barrierefrei"),
    ("question", "question"),
    ("email", "mail"),
    ("first_name", "first name|given name|vorname"),
    ("last_name", "last name|surname|family name|nachname"),
    ("stage", "stage|career|seniority|karriere"),
    (
        "affiliation",
        "hospital|affiliation|institution|organisation|organization|employer|university|klinik",
    ),
    ("topics", "topic|interests|themen"),
    ("available", "availab|which rounds|verfugbar|welche runden"),
    ("role", "come as|attend as|role|mentor or|komme als|nehme teil als"),
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
    letters = text[:MAX_HEADING].casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", letters)
        letters = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", letters))


def is_exact(heading: str) -> bool:
    """Return whether a heading is the very word for a field, and no longer sentence."""
    return plain(heading) in _NAMES


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
