"""E-mail addresses and names in the one spelling that is compared."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from app.errors import InvalidInput

ADVICE = "Write an address with an @, like name@hospital.org"
MAX_ADDRESS = 254
REPLY_TOKEN_LENGTH = 32
MAX_TYPED = 1_000
"""Longer than any address with spaces around it; a megabyte of accents takes seconds to compare."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp", "Zs"})
_SPACES = re.compile(r"\s+")
_REPLY_TOKEN = re.compile(rf"[a-z2-7]{{{REPLY_TOKEN_LENGTH}}}")


def clean_address(text: str) -> str:
    """Return an address as it was meant: NFC, trimmed.

    Raises ``InvalidInput`` when it is none. Nothing is looked up on the network.
    """
    typed = _plain(text)
    _validated(typed)
    return typed


def canonical_address(text: str) -> str:
    """Return the spelling by which two addresses are compared: case folded, domain in IDNA.

    The local part is folded too: no provider that people use tells upper from lower case.
    """
    found = _validated(_plain(text))
    domain = found.ascii_domain or found.domain
    local = unicodedata.normalize("NFC", found.local_part.casefold())
    return f"{local}@{domain.lower()}"


def _plain(text: str) -> str:
    """Return typed text without space around; what is far too long is not looked at."""
    if len(text) > MAX_TYPED:
        raise InvalidInput({"email": ADVICE})
    return unicodedata.normalize("NFC", text).strip()


def _validated(typed: str) -> ValidatedEmail:
    try:
        return validate_email(typed, check_deliverability=False)
    except EmailNotValidError as error:
        raise InvalidInput({"email": ADVICE}) from error


def canonical_name(text: str) -> str:
    """Return the spelling by which two names are compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACES.sub(" ", unicodedata.normalize("NFC", folded)).strip()


def canonical_target(text: str) -> str:
    """Return the spelling by which a wish is matched: of an address, else of a name."""
    try:
        return canonical_address(text)
    except InvalidInput:
        return canonical_name(text)


def reply_address(mail_from: str, token: str) -> str:
    """Return the address to which the answer to one person's invite goes."""
    local, _, host = mail_from.rpartition("@")
    return f"{local}+{token}@{host}"


def token_of(address: str, mail_from: str) -> str | None:
    """Return the token in an address made by `reply_address`, None when there is none.

    Upper case is taken for lower: calendars and mail servers write addresses as they like.
    """
    local, _, host = address.strip().rpartition("@")
    own_local, _, own_host = mail_from.rpartition("@")
    base, _, token = local.casefold().rpartition("+")
    is_ours = (base, _domain(host)) == (own_local.casefold(), _domain(own_host))
    return token if is_ours and _REPLY_TOKEN.fullmatch(token) else None


def _domain(host: str) -> str:
    try:
        return host.casefold().encode("idna").decode("ascii")
    except UnicodeError:  # no domain at all
        return ""


def clean_line(text: str) -> str:
    """Return one line of typed text: NFC, trimmed, without control characters.

    A text of which nothing can be seen, such as a lone joiner, is none.
    """
    return _if_seen(_SPACES.sub(" ", _without_controls(text, keep="\t\n\r")).strip())


def clean_text(text: str) -> str:
    """Return typed text of several lines: NFC, trimmed, line ends as one character.

    A text of which nothing can be seen is none.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _if_seen(_without_controls(unified, keep="\t\n").strip())


def _if_seen(text: str) -> str:
    is_seen = any(unicodedata.category(sign) not in _UNSEEN for sign in text)
    return text if is_seen else ""


def _without_controls(text: str, *, keep: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    return "".join(
        sign for sign in normal if sign in keep or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
