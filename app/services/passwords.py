"""Passwords of organisers: argon2id, two at a time, so that signing in cannot fill the memory."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.errors import InvalidInput

SHORTEST = 8
LONGEST = 200
AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes 19 MiB and a core; who comes third waits."""
_LIST = Path(__file__).with_name("common_passwords.txt")
_SHORT_OR_OURS = frozenset(
    {"admin", "changeme", "guest", "letmein", "mentor", "mentoring", "organiser", "passwort"}
    | {"qwerty", "roundabout", "secret", "speedmentoring", "test", "welcome"}
)
"""With a number behind them they are long enough, and still tried first."""
_NOT_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_DIGITS_AT_END = re.compile(r"\d+$")

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = (  # the hash of a random text: an unknown address takes as long as a wrong password
    "$argon2id$v=19$m=19456,t=2,p=1$b3vIiU57bJcs+SkJTTjw0g$"
    "wVX9kSxy8VeFiAKgCliVXBlcAaq3jryxb6gzp/aQIfw"
)


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    with AT_ONCE:
        return _hasher.hash(_normal(password))


def password_fits(password: str, password_hash: str | None) -> bool:
    """Return whether a password belongs to a hash; as slow for an unknown person."""
    with AT_ONCE:
        try:
            return _hasher.verify(password_hash or _NOBODY, _normal(password)[: LONGEST + 1])
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Return whether a hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(password_hash)


def check_new_password(password: str, *, email: str, known: tuple[str, ...] = ()) -> None:
    """Raise `InvalidInput` for a password that is short or easily guessed.

    ``known`` is what others know of its owner: their name and that of the organisation.
    """
    normal = _normal(password)
    if len(normal) < SHORTEST:
        message = f"Use {SHORTEST} characters or more; 15 is better"
        raise InvalidInput({"password": message})
    if len(normal) > LONGEST:
        message = f"Use {LONGEST} characters at most"
        raise InvalidInput({"password": message})
    plain = normal.casefold()
    about = {_bare(text) for text in (email, email.partition("@")[0], *known)} - {""}
    guessed_first = common() | _SHORT_OR_OURS | about
    if len(set(plain)) < 3 or plain in guessed_first or _bare(plain) in guessed_first:
        raise InvalidInput({"password": "Use something that nobody would guess first"})


@cache
def common() -> frozenset[str]:
    """Return the passwords that most people use, case folded."""
    lines = _LIST.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _normal(password: str) -> str:
    """Return the one spelling of what was typed: keyboards differ in how they write an accent."""
    return unicodedata.normalize("NFC", password)


def _bare(text: str) -> str:
    """Return letters and digits alone, without a number at the end."""
    letters = _NOT_LETTER_OR_DIGIT.sub("", unicodedata.normalize("NFC", text).casefold())
    return _DIGITS_AT_END.sub("", letters)
