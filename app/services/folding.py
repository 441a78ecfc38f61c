"""The spelling in which names are looked for: without accents and case, in any script."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
"""Letters that no normal form takes apart, and that people type without."""


def folded(text: str) -> str:
    """Return a text as it is compared when somebody searches: "Łucja MÜLLER" is "lucja muller"."""
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)).translate(_LETTERS)
