"""Passwords of organisers: argon2id, two at a time, so that signing in cannot fill the memory."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.errors import InvalidInput

SHORTEST = 8
LONGEST = 200
_COMMON = (  # what people try first
    "password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 "
    "1234567890 0123456789 87654321 987654321 11111111 00000000 22222222 88888888 99999999 "
    "12341234 11223344 12344321 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 1q2w3e4r "
    "1q2w3e4r5t 1qaz2wsx q1w2e3r4 zaq12wsx asdfghjk asdfghjkl zxcvbnm1 abcdefgh abcd1234 "
    "abc12345 a1b2c3d4 iloveyou iloveyou1 sunshine sunshine1 princess princess1 football "
    "football1 baseball superman batman123 starwars whatever trustno1 welcome1 welcome123 "
    "letmein1 letmein123 changeme changeme1 changeme123 administrator admin123 admin1234 "
    "adminadmin rootroot secret123 computer internet michelle jennifer mentoring mentor123 "
    "roundabout roundabout1"
)
COMMON = frozenset(_COMMON.split())

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_two_at_a_time = threading.BoundedSemaphore(2)
_NOBODY = (  # the hash of a random text: an unknown address takes as long as a wrong password
    "$argon2id$v=19$m=19456,t=2,p=1$b3vIiU57bJcs+SkJTTjw0g$"
    "wVX9kSxy8VeFiAKgCliVXBlcAaq3jryxb6gzp/aQIfw"
)


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    with _two_at_a_time:
        return _hasher.hash(password)


def password_fits(password: str, password_hash: str | None) -> bool:
    """Return whether a password belongs to a hash; as slow for an unknown person."""
    with _two_at_a_time:
        try:
            return _hasher.verify(password_hash or _NOBODY, password[: LONGEST + 1])
        except (VerifyMismatchError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Return whether a hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(password_hash)


def check_new_password(password: str, *, email: str) -> None:
    """Raise `InvalidInput` for a password that is short or easily guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"Use {SHORTEST} characters or more; 15 is better"
        raise InvalidInput({"password": message})
    plain = password.casefold()
    if plain in COMMON or plain == email.casefold() or len(set(plain)) < 3:
        raise InvalidInput({"password": "Use something that nobody would guess first"})
