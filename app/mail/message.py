"""A mail as plain values, and the exact MIME message it becomes.

The shape is ``mixed(alternative(plain, html, text/calendar), application/ics)``: clients that know
iMIP read the calendar part inside the alternative (RFC 6047), the others offer the attachment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime

from app.enums import Method
from app.errors import MentoringError
from app.mail.body import multipart

_ADDRESS = re.compile(
    r"[^\s@<>()\[\],;:\\\"=?]+(?:[=?][^\s@<>()\[\],;:\\\"=?]*)*@[^\s@<>()\[\],;:\\\"=?]+"
)
_NAME_SPECIALS = re.compile(r"[<>()\[\]\\\",;:@=?]")
_ENCODED_WORD = re.compile(r"(?:=\?|\?=)+")
TURNING_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MAX_HEADER_CHARACTERS = 200
MAX_LINE = 76
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)+")
INVITE_FILE = "invite.ics"


class _Unbroken(UnstructuredHeader):
    """One word that must stay one: folding would make encoded words of a long address."""

    def fold(self, *, policy: Policy) -> str:  # called by the message as it is written
        return f"List-Unsubscribe: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Unbroken)  # type: ignore[arg-type] # takes mixins
_POLICY = SMTP.clone(header_factory=_HEADERS)


class BadAddress(MentoringError):
    """This is not an address that mail can be sent to."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"found {address!r}, expected an e-mail address")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedMail:
    """What a template gives: still with ``{{link:...}}`` placeholders."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPart:
    """An iCalendar object; ``method`` is the METHOD written in it."""

    method: Method
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MailMessage:
    """One mail to one person, ready to leave."""

    message_id: str
    date: datetime
    from_name: str
    from_address: str
    to_name: str
    to_address: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    unsubscribe: str = ""  # where reminders are stopped
    calendar: CalendarPart | None = None


def header_text(text: str) -> str:
    """Return text that stays one header line and hides no encoded word.

    Python 3.11 before 3.11.10 writes a line break that arrives inside an encoded word, so those
    are taken apart too.
    """
    # Cc, Zl, Zp: every line break there is; Cs: half a surrogate pair, which cannot be encoded.
    kept = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if unicodedata.category(sign) != "Cs" and sign not in TURNING_MARKS
    )
    line = " ".join(_ENCODED_WORD.sub(" ", kept).split())
    return line[:MAX_HEADER_CHARACTERS].rstrip()


def check_address(address: str) -> str:
    """Return the address as it may stand in a header and in ``RCPT TO``.

    Raises
    ------
    BadAddress
        When it holds anything that could begin another header or recipient.
    """
    if len(address) > 320 or header_text(address) != address or not _ADDRESS.fullmatch(address):
        raise BadAddress(address)
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise BadAddress(address) from None


def mailbox(name: str, address: str) -> Address:
    """Return a header's mailbox; the name loses what could separate one address from the next."""
    shown = " ".join(_NAME_SPECIALS.sub(" ", header_text(name)).split())
    # Not ``addr_spec``: it refuses a local part beyond ASCII, which SMTPUTF8 allows.
    local, _, domain = check_address(address).rpartition("@")
    return Address(display_name=shown[:80].rstrip(), username=local, domain=domain)


def build(mail: MailMessage) -> EmailMessage:
    """Return the MIME message, read from the very bytes that leave."""
    return message_from_bytes(write(mail), policy=_POLICY)


def write(mail: MailMessage) -> bytes:
    """Return the exact bytes that leave; only an address beyond ASCII puts other signs in."""
    needs_utf8 = not check_address(mail.to_address).isascii()
    policy = _POLICY.clone(utf8=True) if needs_utf8 else _POLICY
    headers = b"".join(_header(name, value, policy) for name, value in _headers(mail))
    calendar = None
    if mail.calendar is not None:
        calendar = (mail.calendar.method.value, mail.calendar.content, INVITE_FILE)
    return headers + multipart(mail.text, mail.html, calendar)


def _header(name: str, value: str, policy: Policy) -> bytes:
    """Return a header's lines; one that is plainly a single line needs no writer of the library."""
    line = f"{name}: {value}"
    if len(line) <= MAX_LINE and _PLAIN.fullmatch(line) and "=?" not in line:
        return line.encode("ascii") + b"\r\n"
    return policy.fold_binary(name, _HEADERS(name, value))


def _headers(mail: MailMessage) -> Iterator[tuple[str, str]]:
    yield "From", str(mailbox(mail.from_name, mail.from_address))
    yield "To", str(mailbox(mail.to_name, mail.to_address))
    if mail.reply_to:
        yield "Reply-To", str(mailbox("", mail.reply_to))
    yield "Subject", header_text(mail.subject)
    yield "Date", format_datetime(mail.date)
    yield "Message-ID", header_text(mail.message_id)
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", _unwanted(mail)  # Exchange; bounces are to come
    if mail.unsubscribe:
        yield from _unsubscribe(mail.unsubscribe)
    yield "MIME-Version", "1.0"


def _unwanted(mail: MailMessage) -> str:
    """Return which answers of machines nobody wants.

    Who is away says so to an invite: the organisers hear of it, and no mail of ours answers that.
    """
    return "AutoReply" if mail.calendar is not None else "OOF, AutoReply"


def _unsubscribe(address: str) -> Iterator[tuple[str, str]]:
    """Name where reminders end; one click does it where the address is safe (RFC 8058)."""
    one_word = "".join(sign for sign in address if sign.isprintable() and not sign.isspace())
    yield "List-Unsubscribe", f"<{one_word}>"
    if address.startswith("https://"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
