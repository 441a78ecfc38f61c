"""Texts that break what was made in a hurry, and how to see whether one came through unharmed."""

from __future__ import annotations

import json
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

_FILE = Path(__file__).parent / "cases" / "naughty_strings.json"
NAUGHTY: tuple[str, ...] = tuple(json.loads(_FILE.read_text("utf-8"))["strings"])
OVERRIDE = "Ab\u202egnissorc"
"""A name that turns whatever follows it on its line, unless it is kept apart."""
OWN = (
    OVERRIDE,
    "\u202eAnna",
    "\u2067\u05d3\u05e0\u05d4\u2069 Levi",
    "\u05d3\u05e0\u05d4 Levi (\u05de\u05e0\u05d7\u05d4)",
    "A" + "\u0301\u0323\u0316\u033f" * 40 + "nna",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f3f3\ufe0f\u200d\U0001f308 Robin",
    "\u0645\u062d\u0645\u062f\u200c\u0631\u0636\u0627",  # Mohammad-Reza: needs its non-joiner
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3 Lanka",  # Sri: needs its joiner
    "\ufeffAnna",
    "\ufeff",
    "\u200b",
    "\u2800",
    "\ud800",
    "Anna \udfff Lind",
    "\x00",
    "Anna\x00Lind",
    "Anna\r\nBcc: everybody@example.org",
    "Anna\u2028Lind",
    "Anna\x0bLind\x0c",
    "A" * 10_000,
    "\u00e9" * 127 + "x",  # 255 bytes
    "\u00e9" * 201,
    "\u6f22" * 200,
    "\u0410nna Lind",  # the first letter is Cyrillic
    "Anna Lind",
    "\u0130brahim \u0131\u015f\u0131k",
    "STRA\u1e9eE",
    "\u01c5 \u01c4 \u01c6",
    "Zoe\u0308",  # decomposed
    "Zo\u00eb",
    "\u212bngstr\u00f6m",
    "\uff21\uff4e\uff4e\uff41",
    "\u9f8d\U00030000\u4e00",
    "\u0e2a\u0e38\u0e20\u0e32\u0e1e\u0e23 \u0e43\u0e08\u0e14\u0e35",
    '=HYPERLINK("http://example.org","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "BEGIN:VEVENT\\nEND:VCALENDAR",
    "{{link:access}} {{told:x}}",
    "=?utf-8?q?=41nna?= <anna@example.org>",
    "http://example.org/\u202emoc.live",
    '%0d%0aSet-Cookie:a=b ; a;b,c:"d"\\',
)
ALL = (*NAUGHTY, *OWN)
FEW = ALL[::10]
SCRIPTS = tuple(text for text in ALL if "<" in text or "javascript:" in text.casefold())
_APART = frozenset({"bdi", "title", "option", "text"})
"""Elements that hold no other words than those; the last one is of a picture."""
_LOST = {"Cc", "Cs", "Zs", "Zl", "Zp"}
_UNSEEN = {*_LOST, "Cf", "Cn"}


def core(text: str) -> str:
    """Return what has to come through: everything but spaces and control characters, in NFC."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in normal if unicodedata.category(sign) not in _LOST)


def shows_nothing(text: str) -> bool:
    """Return whether nobody could see it on a card."""
    return all(unicodedata.category(sign) in _UNSEEN for sign in text)


def is_clean(text: str) -> bool:
    """Return whether a stored text is normal and free of what no text holds."""
    bad = any(unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n" for sign in text)
    return not bad and text == unicodedata.normalize("NFC", text) == text.strip()


class Read(HTMLParser):
    """A page as a browser reads it: texts in ``<bdi>``, other texts, what fields hold."""

    _VOID = frozenset({"input", "meta", "link", "br", "img", "circle", "path"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.apart: list[str] = []
        self.loose: list[str] = []
        self.fields: dict[str, str] = {}
        self.wrong: set[str] = set()
        self.messages: list[str] = []
        self.tags: set[str] = set()
        self._open: list[str] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if has.get("name") and has.get("aria-invalid") == "true":
            self.wrong.add(has["name"])
        if tag == "input" and has.get("type") not in {"checkbox", "radio", "hidden"}:
            self.fields[has.get("name", "")] = has.get("value", "")
        if tag in self._VOID:
            return
        name = has.get("name", "")
        mark = f"{tag}:{name}" if tag == "textarea" else tag
        self._open.append("bad-msg" if has.get("class") == "bad-msg" else mark)
        self._texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._VOID or not self._open:
            return
        mark, text = self._open.pop(), self._texts.pop()
        if mark.startswith("textarea:"):
            first = text.removeprefix("\r").removeprefix("\n")  # as a browser reads it
            self.fields[mark.removeprefix("textarea:")] = first
        elif mark == "bdi":
            self.apart.append(text)
        elif mark == "bad-msg":
            self.messages.append(text)

    def handle_data(self, data: str) -> None:
        if self._texts:
            self._texts[-1] += data
        if not _APART & set(self._open) and "textarea:" not in str(self._open):
            self.loose.append(data)
