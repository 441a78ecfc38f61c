"""The mailbox to which answers come, fetched by IMAP; the only module that knows imap-tools."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from ssl import create_default_context
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import unquote, urlsplit

from app.enums import Mode
from app.errors import BadConfig, MentoringError
from app.loopback import is_loopback
from app.mail.incoming import MAX_BYTES
from config import Config

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox

TIMEOUT_S = 20.0
FOLDERS = ("Roundabout", "INBOX.Roundabout", "INBOX/Roundabout")
"""Where taken messages go, as servers spell it; where none can be made, they stay, marked read."""
_EXPECTED = "ROUNDABOUT_IMAP_URL: expected imaps://user:password@host/INBOX"
_WITHOUT_EXTRA = (
    "ROUNDABOUT_IMAP_URL needs one more package: pip install 'roundabout-mentoring[imap]'"
)


class InboxError(MentoringError):
    """The mailbox could not be read."""


class InboxUnreachable(InboxError):
    """No server answered, or the line broke."""


class InboxRefused(InboxError):
    """The server refuses our name and password, the folder, or what was asked of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message in the mailbox, by the server's number for it; at most its first megabyte."""

    uid: str
    raw: bytes


class OpenInbox(Protocol):
    """One connection to a mailbox."""

    def letters(self) -> Iterator[Letter]:
        """Give what has not been taken yet, the oldest first; what is gone by then is left out."""

    def put_away(self, uid: str, *, is_odd: bool = False) -> None:
        """Let a message not come again; an odd one is flagged, for somebody to look at."""


class Inbox(Protocol):
    """A mailbox to be opened."""

    def open(self) -> OpenInbox:
        """Connect, or raise an ``InboxError``."""

    def close(self) -> None:
        """Let go of the connection; never raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAddress:
    """Where the mailbox is: ``imaps://user:password@host:993/INBOX``."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    has_tls: bool

    @classmethod
    def parse(cls, url: str) -> ImapAddress:
        """Read the URL of the configuration; without TLS it may name this machine only."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            raise BadConfig(_EXPECTED) from None
        has_tls = parts.scheme == "imaps"
        if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
            raise BadConfig(_EXPECTED)
        if not has_tls and not is_loopback(parts.hostname):
            msg = f"{_EXPECTED}: the password would go to {parts.hostname} unencrypted"
            raise BadConfig(msg)
        return cls(
            host=parts.hostname,
            port=port or (993 if has_tls else 143),
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            has_tls=has_tls,
        )


class ImapInbox:
    """A mailbox on an IMAP server."""

    def __init__(self, address: ImapAddress, *, folders: tuple[str, ...] = FOLDERS) -> None:
        self._address = address
        self._folders = folders
        self._box: BaseMailBox | None = None
        self._aside: str | None = None

    def open(self) -> Self:
        """Sign in, open the folder, and find or make the one for what was taken."""
        with _named():
            box = self._box = _connect(self._address)
            user, password = self._address.user, self._address.password
            sign_in = box.login if (user + password).isascii() else box.login_utf8
            sign_in(user, password, initial_folder=None)
            self._aside = _folder_aside(box, self._folders)
            box.folder.set(self._address.folder)
        return self

    def letters(self) -> Iterator[Letter]:
        """Give what has not been taken yet, the oldest first."""
        box = self._opened()
        with _named():
            uids = box.uids("UNDELETED" if self._aside else "UNDELETED UNSEEN", charset=None)
        for uid in sorted(uids, key=int):
            with _named():
                _, found = box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
            raw = next((part[1] for part in found or () if isinstance(part, tuple)), None)
            if raw is not None:
                yield Letter(uid=uid, raw=raw)

    def put_away(self, uid: str, *, is_odd: bool = False) -> None:
        """Move a message into the other folder; where there is none, mark it as read."""
        box = self._opened()
        with _named():
            if is_odd:
                box.flag(uid, "\\Flagged", True)
            if self._aside:
                box.move(uid, self._aside)
            else:
                box.flag(uid, "\\Seen", True)

    def close(self) -> None:
        """Sign out, however the server takes it."""
        box, self._box = self._box, None
        if box is not None:
            with suppress(MentoringError), _named():
                box.logout()

    def _opened(self) -> BaseMailBox:
        if self._box is None:
            msg = "the mailbox is not open"
            raise InboxUnreachable(msg)
        return self._box


def make_inbox(settings: Config) -> Inbox | None:
    """Return the installation's mailbox; None where answers do not come by IMAP."""
    if settings.imap_url is None or settings.mode is Mode.DEMO:
        return None
    if find_spec("imap_tools") is None:
        raise BadConfig(_WITHOUT_EXTRA)
    return ImapInbox(ImapAddress.parse(settings.imap_url))


def _connect(address: ImapAddress) -> BaseMailBox:
    from imap_tools.mailbox import MailBox, MailBoxUnencrypted  # noqa: PLC0415 -- an extra

    if not address.has_tls:
        return MailBoxUnencrypted(address.host, address.port, timeout=TIMEOUT_S)
    return MailBox(
        address.host, address.port, timeout=TIMEOUT_S, ssl_context=create_default_context()
    )


def _folder_aside(box: BaseMailBox, names: tuple[str, ...]) -> str | None:
    """Return the first of these folders that is there or can be made."""
    for name in names:
        with suppress(MentoringError), _named():
            if not box.folder.exists(name):
                box.folder.create(name)
            return name
    return None


@contextmanager
def _named() -> Iterator[None]:
    """Turn what the libraries raise into our two failures."""
    from imap_tools.errors import ImapToolsError  # noqa: PLC0415 -- an extra

    try:
        yield
    except (imaplib.IMAP4.abort, OSError) as error:
        msg = f"{type(error).__name__}: {error}"
        raise InboxUnreachable(msg) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        msg = f"{type(error).__name__}: {error}"[:500]
        raise InboxRefused(msg) from error
