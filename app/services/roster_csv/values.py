"""What the cells of a roster mean: rounds, needs, yes and no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.services.roster_csv.columns import plain

FORMULA_SIGNS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, the full-width forms included."""

_NEEDS = {
    "step_free": "step free|step free access|wheelchair|wheelchair access|no stairs|no steps|lift"
    "|rollstuhl|rollstuhlgerecht|barrierefrei|stufenlos",
    "quiet": "quiet|quiet table|quiet place|low noise|quiet room|ruhig|ruhiger tisch",
    "hearing_loop": "hearing loop|induction loop|loop|hearing aid loop|t coil"
    "|horschleife|induktionsschleife",
}
NEEDS = {text: feature for feature, texts in _NEEDS.items() for text in texts.split("|")}
_NONE = frozenset({"", "none", "no", "n a", "nothing", "nil", "keine", "nein", "aucun"})
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "si", "on", "agreed", "i agree"})
_NO = frozenset({"", "no", "n", "false", "0", "nein", "non", "off", "not"})
_ALL = frozenset({"", "all", "all rounds", "always", "every round", "whole event"})
_FROM = re.compile(r"from round (\d{1,6})(?: on)?")
_UNTIL = re.compile(r"until round (\d{1,6})")
_LISTED = re.compile(r"round (\d{1,6}(?:(?: ?[,+&] ?| and | )\d{1,6})*)")


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What is wrong, or worth knowing, in one cell; rows count from 1 after the headings."""

    level: Level
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        found = "".join(sign if sign.isprintable() else "?" for sign in self.found)
        found = found if len(found) <= 80 else f"{found[:77]}..."
        return f'{self.level} row {self.row} {self.column}: found "{found}", {self.expected}'


def clean_cell(text: str) -> str:
    """Return a cell in NFC, on one line, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def has_control_signs(text: str) -> bool:
    """Return whether anything stands in a cell that is neither text nor a line break."""
    return any(
        unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n\r\v\f\x85" for sign in text
    )


def begins_like_a_formula(text: str) -> bool:
    """Return whether a spreadsheet might compute this cell."""
    return text.lstrip(" \u00a0'\"").startswith(FORMULA_SIGNS) or text.startswith(FORMULA_SIGNS)


def is_escaped(text: str) -> bool:
    """Return whether an apostrophe keeps a spreadsheet from computing this cell, as in our own."""
    return text.startswith("'") and text[1:].lstrip().startswith(FORMULA_SIGNS)


def either(words: Sequence[str]) -> str:
    """Return "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def split_list(text: str) -> tuple[str, ...]:
    """Return the entries of a ranked list, in order, none twice."""
    parts = [clean_cell(part) for part in re.split(r"[;\n]", text)]
    return tuple(dict.fromkeys(part for part in parts if part))


def read_rounds(text: str, count: int) -> tuple[frozenset[int] | None, str]:
    """Return the numbers of the rounds somebody attends (None: all), and what was expected.

    The second is empty when the cell could be read.
    """
    words = " ".join(text.casefold().replace("rounds", "round").split())
    every = frozenset(range(1, count + 1))
    expected = f"expected a round from 1 to {count}"
    chosen: frozenset[int] = frozenset()
    if plain(text) in _ALL:
        chosen = every
    elif match := _FROM.fullmatch(words):
        chosen = frozenset(range(int(match[1]), count + 1)) if int(match[1]) else chosen
    elif match := _UNTIL.fullmatch(words):
        chosen = frozenset(range(1, min(int(match[1]), count) + 1))
    elif match := _LISTED.fullmatch(words):
        listed = frozenset(int(number) for number in re.findall(r"\d+", match[1]))
        chosen = listed if listed <= every else chosen
    else:
        expected = 'expected "all", "from round N", "until round N" or "rounds 1,3"'
    return (None if chosen in {every, frozenset()} else chosen), ("" if chosen else expected)


def read_needs(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the table features that are needed, and the needs that no feature stands for."""
    features: set[str] = set()
    others: list[str] = []
    for part in re.split(r"[;,\n]", text):
        words = plain(part)
        if words in _NONE:
            continue
        if words in NEEDS:
            features.add(NEEDS[words])
        else:
            others.append(clean_cell(part))
    return frozenset(features), tuple(others)


def read_yes(text: str) -> bool | None:
    """Return yes, no, or None for neither."""
    words = plain(text)
    if words in _YES:
        return True
    return False if words in _NO else None
