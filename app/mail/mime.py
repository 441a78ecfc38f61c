"""MIME messages that strangers send, taken apart in linear time (RFC 2045 to 2047, 5322).

Python's own parser walks deep nesting and long parameters in quadratic time, and stops at headers
that are no headers. Here nothing raises, and every depth, number and length has a bound.
"""

from __future__ import annotations

import quopri
import re
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header

MAX_DEPTH = 8
MAX_PARTS = 60
MAX_HEADERS = 400
MAX_HEADER_BYTES = 100_000
MAX_VALUE = 2_000
_PARAM = re.compile(r';\s{0,9}([\w*-]{1,40})\s{0,9}=\s{0,9}("[^"]{0,500}"|[^;\s"]{0,500})')
_HEADER = re.compile(r"([!-9;-~]{1,80}):(.*)", re.DOTALL)
_CHARSET = re.compile(
    r"(?:us-)?ascii|utf-?(?:7|8|16|32)(?:-?[bl]e)?|iso-?8859-?\d{1,2}|latin-?\d|windows-?\d{3,4}"
    r"|cp\d{3,4}|koi8-?[rut]|gb(?:2312|k|18030)|big5(?:-?hkscs)?|shift[-_]?jis|euc-?(?:jp|kr)"
    r"|iso-?2022-?(?:jp|kr)(?:-?\d)?|ks_c_5601-1987|mac-?roman|tis-?620",
    re.IGNORECASE,
)
"""No other codec decodes what a stranger names: some of Python's take quadratic time."""
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A message or a part of one: its headers, by lower-case name, and what follows them."""

    headers: dict[str, tuple[str, ...]]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header as people read it, the first of its name; empty when there is none."""
        return decoded(self.headers.get(name, ("",))[0])

    @property
    def content_type(self) -> str:
        """Return ``type/subtype`` in lower case."""
        kind = self._raw("content-type").partition(";")[0].strip().lower()
        return kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind) else "text/plain"

    @property
    def is_attached(self) -> bool:
        """Whether it asks to be kept out of the text."""
        return self._raw("content-disposition").strip().lower().startswith("attachment")

    def param(self, name: str) -> str:
        """Return a parameter of the content type; empty when there is none."""
        for found in _PARAM.finditer(self._raw("content-type")):
            if found[1].lower() == name:
                return found[2].strip('"').strip()
        return ""

    def content(self) -> bytes:
        """Return the body without its transfer encoding; what cannot be decoded is left out."""
        encoding = self._raw("content-transfer-encoding").strip().lower()
        if encoding == "base64":
            return _from_base64(self.body)
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        return self.body

    def text(self) -> str:
        """Return the body as text, with one character as line end."""
        content, charset = self.content(), self.param("charset")
        if _CHARSET.fullmatch(charset) is None:
            charset = "utf-8"
        try:
            found = content.decode(charset)
        except (UnicodeError, LookupError):
            found = content.decode("windows-1252", "replace")
        return found.replace("\r\n", "\n").replace("\r", "\n")

    def parts(self) -> tuple[Part, ...]:
        """Return the parts of a multipart; none of anything else."""
        boundary = self.param("boundary")
        if not self.content_type.startswith("multipart/") or not boundary:
            return ()
        fence = re.escape(boundary.encode("utf-8", "replace"))
        line = re.compile(rb"^--" + fence + rb"(?:--)?[ \t]*$\n?", re.MULTILINE)
        pieces = line.split(self.body, maxsplit=MAX_PARTS + 1)
        return tuple(parse(piece) for piece in pieces[1:] if piece.strip())[:MAX_PARTS]

    def _raw(self, name: str) -> str:
        return self.headers.get(name, ("",))[0]


def parse(raw: bytes) -> Part:
    """Return a message's headers and body; line ends become one character."""
    text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if text.startswith(b"\n"):
        return Part(headers={}, body=text[1:])
    head, _, body = text.partition(b"\n\n")
    return Part(headers=_headers(head[:MAX_HEADER_BYTES]), body=body)


def leaves(message: Part) -> Iterator[Part]:
    """Return what is in a message, from the first to the last; a message in it stays whole."""
    waiting, seen = [(message, 0)], 0
    while waiting and seen < MAX_PARTS:
        part, depth = waiting.pop()
        inner = part.parts() if depth < MAX_DEPTH else ()
        if inner:
            waiting += [(one, depth + 1) for one in reversed(inner)]
        elif not part.content_type.startswith("multipart/"):
            seen += 1
            yield part


def decoded(value: str) -> str:
    """Return a header's value as one line that people read."""
    short = value[:MAX_VALUE]
    try:
        text = str(make_header(decode_header(short)))
    except (MessageError, LookupError, ValueError):
        text = short
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(line.split())


def _headers(head: bytes) -> dict[str, tuple[str, ...]]:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("windows-1252", "replace")
    lines: list[list[str]] = []
    for line in text.split("\n"):
        if line[:1] in {" ", "\t"} and lines:
            lines[-1].append(line)
        elif len(lines) < MAX_HEADERS:
            lines.append([line])
    found: dict[str, tuple[str, ...]] = {}
    for pieces in lines:
        match = _HEADER.match("".join(pieces))
        if match is not None:
            name = match[1].lower()
            found[name] = (*found.get(name, ()), match[2].strip()[: 10 * MAX_VALUE])
    return found


def _from_base64(body: bytes) -> bytes:
    signs = _NOT_BASE64.sub(b"", body)
    whole = signs[: len(signs) - len(signs) % 4] if len(signs) % 4 == 1 else signs
    try:
        return b64decode(whole + b"=" * (-len(whole) % 4))
    except BadBase64:
        return b""
