"""A message that came to us, as plain values: what it is, to which address, in whose words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.enums import IncomingKind
from app.mail import bounce, plain
from app.mail.bounce import Bounce
from app.mail.mime import Part, leaves, parse

MAX_BYTES = 1_000_000
_TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
# No control character either: PostgreSQL takes no NUL, not even in a question.
_ADDRESS = re.compile(
    r"[^\s\x00-\x1f\x7f<>()\[\],;:\"@]{1,128}@[^\s\x00-\x1f\x7f<>()\[\],;:\"@]{1,255}"
)
_ANGLED = re.compile(r"<([^\s\x00-\x1f\x7f<>]{3,320})>")
_CALENDARS = frozenset({"text/calendar", "application/ics"})
_METHOD = re.compile(rb"(?im)^METHOD[ \t]{0,9}:[ \t]{0,9}REPLY[ \t]{0,9}\r?$")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply")
_AWAY = re.compile(
    r"(?:automatic reply|automatische antwort|auto[- ]?reply|autoreply|auto[- ]?response"
    r"|out of (?:the )?office|abwesenheit\w*|réponse automatique|respuesta automática"
    r"|risposta automatica|automatisch antwoord|autosvar|odpowiedź automatyczna)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message.

    ``recipients`` are the addresses it was sent and delivered to, ``answers_to`` the Message-IDs
    it refers to, ``text`` its writer's own words, ``reason`` why it is ignored.
    """

    kind: IncomingKind
    recipients: tuple[str, ...] = ()
    from_address: str = ""
    subject: str = ""
    text: str = ""
    answers_to: tuple[str, ...] = ()
    calendar: bytes | None = None
    bounce: Bounce | None = None
    reason: str = ""


def read(raw: bytes, *, own_address: str) -> Incoming:
    """Say what a message is; nothing in it can raise.

    ``own_address`` is what our own mail comes from: what comes from there has gone in a circle.
    """
    if len(raw) > MAX_BYTES:
        return _ignored(f"larger than {MAX_BYTES} bytes")
    message = parse(raw)
    sender, parts = _sender(message), tuple(leaves(message))
    if _is_own(sender, own_address):
        return _ignored("it came from our own address")
    content, returned = _reply(parts), bounce.read(message, parts)
    if content is not None:
        return _made(message, parts, IncomingKind.REPLY, sender, calendar=content)
    if returned is not None:
        return _made(message, parts, IncomingKind.BOUNCE, sender, bounce=returned)
    if _is_spam(message):
        return _ignored("a filter on the way calls it spam")
    kind = IncomingKind.AUTOMATIC if _is_automatic(message) else IncomingKind.TEXT
    found = _made(message, parts, kind, sender)
    return found if found.text or found.subject else _ignored("nothing is in it")


def _made(
    message: Part,
    parts: tuple[Part, ...],
    kind: IncomingKind,
    sender: str,
    *,
    calendar: bytes | None = None,
    bounce: Bounce | None = None,
) -> Incoming:
    return Incoming(
        kind=kind,
        recipients=tuple(dict.fromkeys(_recipients(message))),
        from_address=sender,
        subject=plain.without_secrets(message.header("subject"))[:200],
        text=_words(parts),
        answers_to=_answers_to(message),
        calendar=calendar,
        bounce=bounce,
    )


def _ignored(reason: str) -> Incoming:
    return Incoming(kind=IncomingKind.IGNORED, reason=reason)


def _recipients(message: Part) -> Iterator[str]:
    for name in _TO:
        for value in message.headers.get(name, ())[:10]:
            yield from _ADDRESS.findall(value)


def _sender(message: Part) -> str:
    value = message.headers.get("from", ("",))[0]
    angled = _ANGLED.findall(value)
    found = _ADDRESS.search(angled[-1] if angled else value)
    return found[0][:320] if found else ""


def _is_own(sender: str, own_address: str) -> bool:
    local, _, host = sender.casefold().rpartition("@")
    own_local, _, own_host = own_address.casefold().rpartition("@")
    return (local.partition("+")[0], host) == (own_local, own_host)


def _reply(parts: tuple[Part, ...]) -> bytes | None:
    """Return the first calendar object that says it is an answer."""
    for part in parts:
        if part.content_type in _CALENDARS:
            content = part.content()
            if _METHOD.search(content) or part.param("method").upper() == "REPLY":
                return content
    return None


def _answers_to(message: Part) -> tuple[str, ...]:
    text = " ".join(message.headers.get(name, ("",))[0] for name in ("in-reply-to", "references"))
    return tuple(dict.fromkeys(f"<{found}>" for found in _ANGLED.findall(text)))[:20]


def _is_spam(message: Part) -> bool:
    says = [message.header(name).lower() for name in ("x-spam-flag", "x-spam-status", "x-spam")]
    return any(said.startswith("yes") for said in says)


def _is_automatic(message: Part) -> bool:
    submitted = message.header("auto-submitted").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or message.header("precedence").lower() in _BULK
        or any(name in message.headers for name in _AUTO_HEADERS)
        or message.header("return-path") == "<>"
        or _AWAY.match(message.header("subject")) is not None
    )


def _words(parts: tuple[Part, ...]) -> str:
    """Return what was written, from the plain text or else the HTML; attachments are left out."""
    texts = [part for part in parts if not part.is_attached]
    for kind, to_text in (("text/plain", str), ("text/html", plain.from_html)):
        for part in texts:
            if part.content_type == kind and (words := plain.own_words(to_text(part.text()))):
                return words
    return ""
