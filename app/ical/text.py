"""Values as every parser reads them back: no control characters, no parameter that breaks a line."""

from __future__ import annotations

import unicodedata

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('"^;:,\\', " "))


def clean_text(text: str) -> str:
    r"""Return text for a TEXT value: one line break sign (``\n``), nothing that cannot be shown.

    Parsers that split lines the way Python's ``str.splitlines`` does would otherwise find a new
    content line behind U+2028, U+0085 or a form feed.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_shown(sign) for sign in unified)


def clean_name(text: str) -> str:
    r"""Return a name for a CN parameter: without ``"``, ``^`` and line breaks.

    RFC 6868 has escapes for those, but node-ical, vobject and ics.py show the escape itself.
    """
    line = clean_text(text).replace("\n", " ").translate(_NOT_IN_NAMES)
    return " ".join(line.split())


def clean_uri(text: str) -> str:
    """Return an address for a URI value: without anything that could end the line."""
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


def _shown(sign: str) -> str:
    if sign == "\n":
        return sign
    kind = unicodedata.category(sign)
    if kind == "Cs":
        return ""
    return " " if kind in {"Cc", "Zl", "Zp"} else sign
