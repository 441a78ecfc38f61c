"""How much room text takes on paper, told on the safe side, and how it is dealt out over sheets.

Browsers and the PDF set the same text a little differently, and names fall back to fonts that
nobody can know beforehand. So sheets are not left to flow: text is measured here with letters that
are never narrower than the real ones, and whatever does not fit begins another card or sheet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

MM_PER_PT = 25.4 / 72
_NARROW = frozenset("iljtfrI.,:;'!|()[]{}-/ \u00a0\u00ad\u2018\u2019\u00b7")
_WIDE = frozenset("mwMWQO@%&\u00c6\u0152\u0153\u00e6\u2014\u2026")
_EM = {"narrow": 0.45, "lower": 0.62, "digit": 0.67, "upper": 0.8, "wide": 1.05, "other": 1.0}
"""Widths in em, at least those of our two families at their boldest (Overpass 800)."""
_UNMARKED = frozenset({"Mn", "Me", "Cf", "Cc"})
_LAST_LATIN = 0x24F
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Signs that turn what follows them, beyond the name they stand in."""
T = TypeVar("T")


def apart(name: str) -> str:
    """Return a name as it stands in a line of others: its direction turns nothing but itself."""
    return f"\u2068{name.translate(_TURNING)}\u2069"


def width_mm(text: str, size_pt: float) -> float:
    """Return how wide a text is at most, on one line."""
    return sum(map(_em, text)) * size_pt * MM_PER_PT


def lines(text: str, *, size_pt: float, width: float) -> int:
    """Return how many lines a text takes at most; a word wider than a line is broken anywhere."""
    count, used = 0, 0.0
    for word, space in _words(text):
        needed = width_mm(word, size_pt)
        gap = width_mm(space, size_pt)
        if count and used + gap + needed <= width:
            used += gap + needed
            continue
        rows = _rows(word, size_pt, width) if needed > width else 1
        count, used = count + rows, width if rows > 1 else needed
    return count


def deal(
    items: Sequence[T], height: Callable[[T], float], *, first: float, others: float
) -> list[list[T]]:
    """Return items in order on as many sheets as they need; one taller than a sheet stands alone.

    ``first`` and ``others`` are the room on the first sheet and on each further one.
    """
    sheets: list[list[T]] = []
    left = 0.0
    for item in items:
        needed = height(item)
        if not sheets or needed > left:
            left = others if sheets else first
            sheets.append([])
        sheets[-1].append(item)
        left -= needed
    return sheets


def in_turn(items: Iterable[T], size: int) -> list[list[T]]:
    """Return items in portions of one size; the last may be smaller."""
    listed = list(items)
    return [listed[at : at + size] for at in range(0, len(listed), size)]


@lru_cache(maxsize=4096)
def _em(sign: str) -> float:
    category = unicodedata.category(sign)
    if category in _UNMARKED and sign not in _NARROW:
        return 0.0
    if sign in _NARROW:
        return _EM["narrow"]
    if sign in _WIDE or unicodedata.east_asian_width(sign) in {"W", "F"}:
        return _EM["wide"]
    if ord(sign) > _LAST_LATIN and category != "Ll":
        return _EM["wide"] if category == "Lu" else _EM["other"]
    kinds = {"Ll": "lower", "Nd": "digit", "Lu": "upper"}
    em = _EM[kinds.get(category, "other")]
    return em if ord(sign) <= _LAST_LATIN else max(em, 0.78)


def _words(text: str) -> list[tuple[str, str]]:
    """Return what a line may break between, each with the space before it.

    Those are words, and each sign of scripts that are written without spaces.
    """
    if text.isascii():
        return [(word, " ") for word in text.split()]
    words: list[tuple[str, str]] = []
    for word in text.split():
        space, begun = " ", ""
        for sign in word:
            if unicodedata.east_asian_width(sign) not in {"W", "F"}:
                begun += sign
                continue
            if begun:
                words.append((begun, space))
                space, begun = "", ""
            words.append((sign, space))
            space = ""
        if begun:
            words.append((begun, space))
    return words


def _rows(word: str, size_pt: float, width: float) -> int:
    """Return the rows of a word that is broken anywhere; the last sign of a row may not fit."""
    widest = size_pt * MM_PER_PT * _EM["wide"]
    return -int(-width_mm(word, size_pt) // max(1.0, width - widest))
