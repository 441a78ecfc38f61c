"""The same sheets as PDF, by typst: the extra ``[pdf]``.

Sheets reach typst as JSON and are set as strings, so nothing that people write is ever read as
markup. The file follows PDF/A-2b, which refuses a letter that no font has: better no file than a
card with boxes for a name.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import MentoringError

if TYPE_CHECKING:
    import typst

_HERE = Path(__file__).parent
_FONTS = Path(__file__).parents[2] / "static" / "fonts" / "ttf"
_SIGNS = ("Overpass Latin", "Overpass Latin Ext", "Overpass Cyrillic")
_TEXT = (
    "Commissioner Latin",
    "Commissioner Latin Ext",
    "Commissioner Cyrillic",
    "Commissioner Greek",
)
"""Our two families; typst takes one font of a family, so each script is a family of its own."""
_OTHERS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Noto Sans Thai",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Ethiopic",
    "DejaVu Sans",
    "Libertinus Serif",
)
"""Preferred for what our own two families have no letters for; after them any font that has."""
_NO_LETTER = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')
_LONG_WORD = re.compile(r"\S{25,}")
"""It may be broken anywhere: it could be wider than its line."""
_NO_EXTRA = (
    "PDF files need the extra: pip install 'roundabout-mentoring[pdf]'. "
    "The print pages give the same sheets."
)
_INVISIBLE = frozenset({"Cc", "Cn", "Co", "Cs"})


class CannotDraw(MentoringError):
    """The PDF cannot be made here. The print pages give the same sheets."""

    status = 409


def is_installed() -> bool:
    """Return whether the extra is there."""
    return find_spec("typst") is not None


def write(bundle: Mapping[str, Any], *, now: datetime, with_system_fonts: bool = True) -> bytes:
    """Return the sheets of a bundle, given as plain values, as one file."""
    if not is_installed():
        raise CannotDraw(_NO_EXTRA)
    import typst  # noqa: PLC0415 -- an extra that need not be there

    fonts = _fonts(with_system_fonts)
    known = set(fonts.families())
    fallback = [name for name in _OTHERS if name in known]
    sheets = _printable(bundle) | {
        "signs": [*_SIGNS, *_TEXT, *fallback],
        "text": [*_TEXT, *fallback],
    }
    try:
        return typst.compile(
            _HERE / "sheets.typ",
            root=_HERE,
            font_paths=fonts,
            format="pdf",
            sys_inputs={"bundle": json.dumps(sheets)},
            pdf_standards=["a-2b"],
            timestamp=int(now.timestamp()),
        )
    except typst.TypstError as error:
        raise _told(error) from error


def _told(error: typst.TypstError) -> CannotDraw:
    found = _NO_LETTER.search(error.message)
    if found is None:
        return CannotDraw()
    return CannotDraw(
        f"The PDF was not made: no font on this computer has letters for "
        f"\u201c{found['text']}\u201d. Install one, such as Noto Sans for its script, "
        "or use the print pages: they take the fonts of your browser."
    )


@lru_cache(maxsize=2)
def _fonts(with_system: bool) -> typst.Fonts:  # noqa: FBT001 -- the cache's one key
    """Return our own fonts, those that typst brings, and those of the computer."""
    import typst  # noqa: PLC0415 -- an extra that need not be there

    return typst.Fonts(include_system_fonts=with_system, font_paths=[_FONTS])


def _printable(value: Any) -> Any:
    """Return values without what no font can draw, such as control characters."""
    if isinstance(value, str):
        text = "".join("?" if unicodedata.category(one) in _INVISIBLE else one for one in value)
        return _LONG_WORD.sub(_breakable, text)
    if isinstance(value, Mapping):
        return {key: one if key == "path" else _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


def _breakable(found: re.Match[str]) -> str:
    """Return a word with places to break, none of them before a mark that belongs to its letter."""
    word = found[0]
    joined = {"Mn", "Me", "Mc", "Cf", "Sk"}
    return word[0] + "".join(
        one
        if unicodedata.category(one) in joined or unicodedata.category(before) == "Cf"
        else f"\u200b{one}"
        for before, one in pairwise(word)
    )
