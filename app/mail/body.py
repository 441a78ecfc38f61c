"""The body of a mail as bytes: its parts are always the same few, so they are written outright.

The library's own writer parses each header of each part anew and encodes sign by sign in Python,
which took most of the time that a mail took to leave.
"""

from __future__ import annotations

from base64 import encodebytes
from binascii import b2a_qp

_MIXED, _ALTERNATIVE = b"=_roundabout_mixed", b"=_roundabout_alternative"
"""Quoted-printable and base64 never write ``=_``, so no part can hold a boundary (RFC 2045 6.7)."""
_TEXT = b'Content-Type: text/%s; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
_CALENDAR = (
    b'Content-Type: text/calendar; method="%s"; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: base64\r\n"
)
_FILE = (
    b"Content-Type: application/ics\r\n"
    b"Content-Transfer-Encoding: base64\r\n"
    b'Content-Disposition: attachment; filename="%s"\r\n'
)


def multipart(text: str, html: str, calendar: tuple[str, bytes, str] | None) -> bytes:
    """Return the header of the content and the content itself.

    Parameters
    ----------
    calendar
        METHOD, the iCalendar object, and the name of the file that it is also attached as.
    """
    parts = [
        _TEXT % b"plain" + b"\r\n" + _quoted(text),
        _TEXT % b"html" + b"\r\n" + _quoted(html),
    ]
    if calendar is None:
        return _joined(b"alternative", _ALTERNATIVE, parts)
    method, content, name = calendar
    coded = encodebytes(content).replace(b"\n", b"\r\n")
    parts.append(_CALENDAR % method.encode("ascii") + b"\r\n" + coded)
    file = _FILE % name.encode("ascii") + b"\r\n" + coded
    return _joined(b"mixed", _MIXED, [_joined(b"alternative", _ALTERNATIVE, parts), file])


def _joined(kind: bytes, boundary: bytes, parts: list[bytes]) -> bytes:
    head = b'Content-Type: multipart/%s; boundary="%s"\r\n\r\n' % (kind, boundary)
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts)
    return head + body + b"--%s--\r\n" % boundary


def _quoted(text: str) -> bytes:
    lines = text.replace("\x00", "").encode("utf-8", "replace").splitlines()
    return b2a_qp(b"\r\n".join([*(lines or [b""]), b""]))
