"""What somebody wrote, out of what their mail program made of it: plain text, without quotes."""

from __future__ import annotations

import re
from html import unescape

MAX_TEXT = 10_000
MAX_HTML = 400_000
CUT = "\n[The rest was left out.]"
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}")
_BLANKS = re.compile(r"\n{3,}")
_UNSEEN = ("style", "script", "head", "title", "blockquote")
_ORIGINAL = re.compile(
    r"^(?:-{2,}\s?(?:Original Message|Ursprüngliche Nachricht|Message d'origine"
    r"|Mensaje original|Messaggio originale|Oorspronkelijk bericht)\s?-{2,}|_{20,})\s*$",
    re.IGNORECASE,
)
_SECRET_PATH = re.compile(r"(/(?:me|c|feed|s|welcome|reset|u|stop)/)[^\s<>\"]+")
_SECRET_RUN = re.compile(r"[A-Za-z0-9_-]{32,}")
"""As long as a personal link's token, or longer: nobody writes such words by hand."""


def own_words(text: str) -> str:
    """Return a text without the message it quotes, which holds its reader's personal links."""
    kept: list[str] = []
    for line in text[: 20 * MAX_TEXT].split("\n"):
        if _ORIGINAL.match(line.strip()[:200]):
            break
        if not line.lstrip().startswith(">"):
            kept.append(_shown(line).rstrip())
    words = _BLANKS.sub("\n\n", "\n".join(kept)).strip()
    words = without_secrets(words)
    return words if len(words) <= MAX_TEXT else words[:MAX_TEXT].rstrip() + CUT


def from_html(html: str) -> str:
    """Return the text of an HTML mail: no tags, no styles, no quoted message."""
    seen = html[:MAX_HTML]
    for name in _UNSEEN:
        seen = _without(seen, name)
    lines = " ".join(seen.split())
    text = _TAG.sub("", _BREAK.sub("\n", lines))
    return unescape(_LONG_REFERENCE.sub("", text)).replace("\xa0", " ")


def without_secrets(text: str) -> str:
    """Return a text in which nothing can be a personal link or its token."""
    return _SECRET_RUN.sub("…", _SECRET_PATH.sub(r"\1…", text))


def _without(html: str, name: str) -> str:
    """Return HTML without an element, found by one look from begin to end."""
    small = html.lower()
    if len(small) != len(html):  # a letter whose small form is longer
        small = html
    pieces, at = [], 0
    while (begin := small.find(f"<{name}", at)) >= 0:
        pieces.append(html[at:begin])
        end = small.find(">", max(small.find(f"</{name}", begin), 0))
        if end < begin:
            return "".join(pieces)
        at = end + 1
    return "".join([*pieces, html[at:]])


def _shown(line: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in line)
