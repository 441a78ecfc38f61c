"""The spelling in which names are looked for: without accents and case, in any script."""

from __future__ import annotations

import unicodedata


class _Letters(dict[int, int | str | None]):
    """What becomes of each sign; found once a sign, for rosters hold thousands of names."""

    def __missing__(self, sign: int) -> int | None:
        found = self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return found


_TYPED = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
_LETTERS = _Letters({ord(sign): typed for sign, typed in _TYPED.items()})
"""At first the letters that no normal form takes apart, and that people type without."""


def folded(text: str) -> str:
    """Return a text as it is compared when somebody searches: "Łucja MÜLLER" is "lucja muller"."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
