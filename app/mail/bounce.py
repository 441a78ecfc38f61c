"""Mail that came back: the report of a server (RFC 3464), or the plain words of an older one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.mail.mime import Part, parse

MAX_BLOCKS = 20
MAX_WORDS = 500
MAX_IDS = 20
MAX_SEARCHED = 300_000
_RETURNED = frozenset(
    {
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
    }
)
_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_MESSAGE_ID = re.compile(r"(?im)^[> \t]{0,20}message-id:\s{0,20}(<[^<>\s\x00-\x1f\x7f]{3,250}>)")
_SENDER = re.compile(r"mailer-daemon|postmaster|mail delivery (?:sub)?system", re.IGNORECASE)
_SUBJECT = re.compile(
    r"undeliver|unzustellbar|returned mail|returned to sender|failure notice"
    r"|deliver\w* (?:has |status|fail|problem|delay|incomplete)|mail delivery|delivery failed"
    r"|message (?:you sent )?(?:could not|blocked)|non remis|nicht zugestellt|delayed",
    re.IGNORECASE,
)
_DELAYED = re.compile(r"delay|warning|verzöger", re.IGNORECASE)
_WORDS = re.compile(r"(?:\b[45]\d\d[ -]|#?\b[45]\.\d{1,3}\.\d{1,3}\b|\b[45]\d\d\b)")
_CODE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_MAILBOX = re.compile(r"[^\s<>()\[\],;:\"@]{1,100}@[^\s<>()\[\],;:\"@]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """What a server says of a mail of ours.

    ``is_final`` is false while it still tries; ``message_ids`` name the mail, and whatever else
    the report quotes, the likeliest first.
    """

    is_final: bool
    recipient: str
    status: str
    words: str
    message_ids: tuple[str, ...]


def read(message: Part, parts: tuple[Part, ...]) -> Bounce | None:
    """Return what a mail with these leaves says of another that came back; None for any other."""
    report = next((part for part in parts if part.content_type in _STATUS), None)
    if report is not None:
        return _from_report(report, parts)
    if not _is_plain_bounce(message):
        return None
    return _from_words(message, parts)


def _from_report(report: Part, parts: tuple[Part, ...]) -> Bounce:
    blocks = [parse(block) for block in report.content().split(b"\n\n")[:MAX_BLOCKS]]
    about = [block for block in blocks if "final-recipient" in block.headers]
    failed = next((block for block in about if _action(block) == "failed"), None)
    told = failed or (about[0] if about else Part(headers={}, body=b""))
    status = _code(told.header("status"))
    words = told.header("diagnostic-code").partition(";")[2].strip()
    recipient = told.header("original-recipient") or told.header("final-recipient")
    is_final = failed is not None or (not _action(told) and status.startswith("5"))
    return Bounce(
        is_final=is_final,
        recipient=_mailbox(recipient),
        status=status,
        words=_short(words or _first_words(parts) or f"status {status}"),
        message_ids=_ids(parts),
    )


def _from_words(message: Part, parts: tuple[Part, ...]) -> Bounce:
    words = _first_words(parts)
    failed = message.header("x-failed-recipients")
    return Bounce(
        is_final=not _DELAYED.search(message.header("subject")),
        recipient=_mailbox(failed or words),
        status=_code(words),
        words=_short(words),
        message_ids=_ids(parts),
    )


def _is_plain_bounce(message: Part) -> bool:
    if "x-failed-recipients" in message.headers:
        return True
    is_nobodys = message.header("return-path") == "<>"
    is_servers = is_nobodys or _SENDER.search(message.header("from")) is not None
    return is_servers and _SUBJECT.search(message.header("subject")) is not None


def _ids(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the Message-IDs of what was returned, then those in any text."""
    returned = [part for part in parts if part.content_type in _RETURNED]
    found = [parse(part.content()).header("message-id") for part in returned]
    for part in parts:
        if part.content_type.startswith(("text/", "message/")):
            found += _MESSAGE_ID.findall(part.text()[:MAX_SEARCHED])
    known = dict.fromkeys(id_.strip() for id_ in found if id_.strip().startswith("<"))
    return tuple(known)[:MAX_IDS]


def _first_words(parts: tuple[Part, ...]) -> str:
    """Return the paragraph in which a server says why; else how its report begins."""
    text = next((part.text() for part in parts if part.content_type == "text/plain"), "")
    paragraphs = [one for one in text[:20_000].split("\n\n") if one.strip()]
    telling = next((one for one in paragraphs if _WORDS.search(one)), None)
    return telling or (paragraphs[0] if paragraphs else "")


def _action(block: Part) -> str:
    return block.header("action").lower()


def _code(text: str) -> str:
    found = _CODE.search(text)
    return found[0] if found else ""


def _mailbox(text: str) -> str:
    found = _MAILBOX.search(text)
    return found[0] if found else ""


def _short(text: str) -> str:
    line = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * MAX_WORDS])
    return " ".join(line.split())[:MAX_WORDS]
