"""Configuration, read once from the environment; every key stands in the README's table."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from app.enums import Mode
from app.errors import BadConfig

NO_ADDRESS = "roundabout@example.org"
"""Sender until somebody sets one; nobody reads it."""
KEYS = (
    "ROUNDABOUT_MODE",
    "ROUNDABOUT_DATA",
    "ROUNDABOUT_HOST",
    "ROUNDABOUT_PORT",
    "ROUNDABOUT_BASE_URL",
    "ROUNDABOUT_DATABASE_URL",
    "ROUNDABOUT_SECRET_KEY",
    "ROUNDABOUT_SECRET_KEY_OLD",
    "ROUNDABOUT_MAIL_FROM",
    "ROUNDABOUT_SMTP_URL",
    "ROUNDABOUT_IMAP_URL",
    "ROUNDABOUT_HOOK_TOKEN",
    "ROUNDABOUT_PROXY_COUNT",
)


SAMPLES = frozenset({"replace-this-by-32-or-more-random-characters"})
"""Keys that stand in somebody's instructions, and so in everybody's hands."""
SHORTEST_KEY = 32
LONGEST_SENDER = 31
"""Of the 64 characters before the @ (RFC 5321 4.5.3.1.1), what ``+token`` leaves."""


class ServerKey(bytes):
    """The key that personal links are derived from, with those before it that still open links."""

    older: tuple[bytes, ...]

    def __new__(cls, key: bytes, older: tuple[bytes, ...] = ()) -> Self:
        """Return a key that knows the keys before it."""
        made = super().__new__(cls, key)
        made.older = older
        return made


def keys_of(key: bytes) -> tuple[bytes, ...]:
    """Return a key and those before it, the newest first."""
    return (key, *key.older) if isinstance(key, ServerKey) else (key,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How this installation runs."""

    mode: Mode
    data: Path
    host: str
    port: int
    base_url: str
    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    old_keys: tuple[str, ...] = field(repr=False)
    mail_from: str
    smtp_url: str | None = field(repr=False)
    imap_url: str | None = field(repr=False)
    hook_token: str | None = field(repr=False)
    proxy_count: int

    @property
    def is_https(self) -> bool:
        """Whether people reach it by https."""
        return self.base_url.startswith("https://")

    @property
    def sends_mail(self) -> bool:
        """Whether mail leaves this machine; a demo writes to nobody, whatever is set."""
        return self.smtp_url is not None and self.mode is not Mode.DEMO

    @property
    def takes_replies(self) -> bool:
        """Whether somebody fetches, or brings, what is written to the sender's address."""
        return self.imap_url is not None or self.hook_token is not None

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it directly."""
        return self.host in {"127.0.0.1", "::1", "localhost"}

    @property
    def queue_path(self) -> Path:
        """SQLite file of the job queue; never the database's own file."""
        return self.data / "queue.sqlite"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Config:
        """Read the configuration; the embedded default needs none of the keys."""
        mode = _mode(environ)
        data = Path(environ.get("ROUNDABOUT_DATA", "roundabout-data")).resolve()
        host = environ.get("ROUNDABOUT_HOST", "127.0.0.1")
        port = _number(environ, "ROUNDABOUT_PORT", "8321", top=65_535)
        config = cls(
            mode=mode,
            data=data,
            host=host,
            port=port,
            base_url=environ.get("ROUNDABOUT_BASE_URL", f"http://{host}:{port}").rstrip("/"),
            database_url=environ.get(
                "ROUNDABOUT_DATABASE_URL", f"sqlite:///{data / 'roundabout.sqlite'}"
            ),
            secret_key=environ.get("ROUNDABOUT_SECRET_KEY", ""),
            old_keys=tuple(environ.get("ROUNDABOUT_SECRET_KEY_OLD", "").split()),
            mail_from=environ.get("ROUNDABOUT_MAIL_FROM", NO_ADDRESS),
            smtp_url=environ.get("ROUNDABOUT_SMTP_URL") or None,
            imap_url=environ.get("ROUNDABOUT_IMAP_URL") or None,
            hook_token=environ.get("ROUNDABOUT_HOOK_TOKEN") or None,
            proxy_count=_number(environ, "ROUNDABOUT_PROXY_COUNT", "0", top=9),
        )
        config._check(environ)
        return config

    def _check(self, environ: Mapping[str, str]) -> None:
        parts = urlsplit(self.base_url)
        try:
            is_address = parts.scheme in {"http", "https"} and bool(parts.hostname)
            is_address = is_address and parts.port != 0
        except ValueError:  # a port that is none
            is_address = False
        if not is_address:
            msg = f"ROUNDABOUT_BASE_URL: found {self.base_url!r}, expected an http(s) address"
            raise BadConfig(msg)
        self._check_keys()
        if self.takes_replies and len(self.mail_from.rpartition("@")[0]) > LONGEST_SENDER:
            msg = (
                f"ROUNDABOUT_MAIL_FROM: found {self.mail_from!r}, expected at most "
                f"{LONGEST_SENDER} characters before the @: answers to invites need the others"
            )
            raise BadConfig(msg)
        if self.mode is not Mode.SERVER:
            return
        needed = ("BASE_URL", "SECRET_KEY", "MAIL_FROM", "SMTP_URL")
        missing = [f"ROUNDABOUT_{key}" for key in needed if not environ.get(f"ROUNDABOUT_{key}")]
        if missing:
            msg = f"ROUNDABOUT_MODE=server needs {', '.join(missing)}"
            raise BadConfig(msg)
        if not self.is_https:
            msg = "ROUNDABOUT_MODE=server needs a ROUNDABOUT_BASE_URL that begins with https://"
            raise BadConfig(msg)

    def _check_keys(self) -> None:
        """Refuse keys that somebody can guess; an empty one is generated and always good."""
        if self.hook_token is not None and len(self.hook_token) < SHORTEST_KEY:
            msg = "ROUNDABOUT_HOOK_TOKEN: expected at least 32 characters, drawn at random"
            raise BadConfig(msg)
        if not self.secret_key:
            return
        if self.secret_key in SAMPLES or self.secret_key in self.old_keys:
            msg = "ROUNDABOUT_SECRET_KEY: found one that is known, expected one of your own"
            raise BadConfig(msg)
        if len(self.secret_key) < SHORTEST_KEY or len(set(self.secret_key)) < SHORTEST_KEY // 4:
            msg = "ROUNDABOUT_SECRET_KEY: expected at least 32 characters, drawn at random"
            raise BadConfig(msg)


def _mode(environ: Mapping[str, str]) -> Mode:
    text = environ.get("ROUNDABOUT_MODE", Mode.LOCAL)
    if text not in set(Mode):
        msg = f"ROUNDABOUT_MODE: found {text!r}, expected demo, local or server"
        raise BadConfig(msg)
    return Mode(text)


def _number(environ: Mapping[str, str], key: str, default: str, *, top: int) -> int:
    text = environ.get(key, default)
    if not text.isdecimal() or int(text) > top:
        msg = f"{key}: found {text!r}, expected a whole number up to {top}"
        raise BadConfig(msg)
    return int(text)


def server_key(settings: Config) -> ServerKey:
    """Return the key of an installation; made at the first call where none is set."""
    key = settings.secret_key or ensure_secret(settings.data)
    return ServerKey(key.encode(), tuple(old.encode() for old in settings.old_keys))


def ensure_secret(data: Path) -> str:
    """Return the key kept in the data folder; made at the first call, for its owner's eyes only."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = data / "secret_key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            msg = f"{path}: others can read this key; expected mode 0600 (chmod 600 {path})"
            raise BadConfig(msg) from None
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(32)
        file.write(key)
    return key
