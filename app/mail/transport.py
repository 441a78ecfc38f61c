"""How a message leaves: by SMTP, or into this machine's own outbox when none is set."""

from __future__ import annotations

import smtplib
import ssl
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol, TextIO
from urllib.parse import parse_qsl, unquote, urlsplit

from app.errors import BadConfig, MentoringError
from app.mail.line import Line, TlsLine
from app.mail.message import BadAddress, MailMessage, check_address, write
from config import Config

TIMEOUT_S = 20.0
"""How long one silence may last."""
PATIENCE_S = 120.0
"""How long one message may take, however busily the server talks."""
LOCAL_OUTBOX = "to the local outbox"


class TransportError(MentoringError):
    """The message did not leave."""


class Deferred(TransportError):
    """The server wants it later (4xx)."""


class Rejected(TransportError):
    """The server will never take it (5xx), or it cannot be written as a mail."""


class Unreachable(TransportError):
    """No server answered, or the line broke before it said yes."""


class Broken(Unreachable):
    """The line broke while this message was handed over; the next one may fare better."""


class NotAuthorised(TransportError):
    """The server does not take our name and password; nothing can leave until they are mended."""


class Transport(Protocol):
    """Takes one message to one recipient; returns a remark, such as the server's own words."""

    def deliver(self, mail: MailMessage) -> str:
        """Hand over the message, or raise one of the four failures."""

    def close(self) -> None:
        """Let go of what ``deliver`` keeps open between messages."""


_SMTP_EXPECTED = (
    "ROUNDABOUT_SMTP_URL: expected smtp://user:password@host:587?starttls=1 or smtps://..."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAddress:
    """Where the mail server is: ``smtp://user:pass@host:587?starttls`` or ``smtps://...``."""

    host: str
    port: int
    user: str
    password: str
    tls_at_once: bool
    starttls: bool

    @classmethod
    def parse(cls, url: str) -> SmtpAddress:
        """Read the URL of the configuration."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            raise BadConfig(_SMTP_EXPECTED) from None
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise BadConfig(_SMTP_EXPECTED)
        tls_at_once = parts.scheme == "smtps"
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        found = cls(
            host=parts.hostname,
            port=port or (465 if tls_at_once else 587),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls_at_once=tls_at_once,
            starttls=asked.get("starttls", "0") not in {"0", "no", "false"},
        )
        found.check_privacy()
        return found

    def check_privacy(self) -> None:
        """Refuse to say a password aloud on a line that others can listen to."""
        if not self.user or self.tls_at_once or self.starttls or _is_loopback(self.host):
            return
        msg = (
            f"ROUNDABOUT_SMTP_URL: the password would go to {self.host} unencrypted; "
            "write smtps://... or add ?starttls=1"
        )
        raise BadConfig(msg)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name
        return False


class _Kept(threading.local):
    """Each thread's connection: over one that two share, a mail could reach the other's reader."""

    line: Line | None = None


class SmtpTransport:
    """Sends by SMTP over one connection a thread that is kept between messages."""

    def __init__(
        self, url: str, *, timeout_s: float = TIMEOUT_S, patience_s: float = PATIENCE_S
    ) -> None:
        self._address = SmtpAddress.parse(url)
        self._timeout_s = timeout_s
        self._patience_s = patience_s
        self._kept = _Kept()
        is_safe = self._address.tls_at_once or self._address.starttls
        # Made once: reading all roots that are trusted takes longer than writing a dozen mails.
        self._tls = ssl.create_default_context() if is_safe else None

    def deliver(self, mail: MailMessage) -> str:
        content, recipient = _written(mail)
        sender = check_address(mail.from_address)
        options = [] if recipient.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
        until = time.monotonic() + self._patience_s
        try:
            line = self._begin(sender, options, until)
            return _hand_over(line, recipient, content)
        except smtplib.SMTPResponseException as error:
            self.close()
            raise _named(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            self.close()
            msg = "the mail server takes no addresses beyond ASCII"
            raise Rejected(msg) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Broken(_cause(error)) from error

    def close(self) -> None:
        line, self._kept.line = self._kept.line, None
        if line is not None:
            with suppress(smtplib.SMTPException, OSError):
                line.quit()
            line.close()

    def _begin(self, sender: str, options: list[str], until: float) -> Line:
        """Return a line that has taken the sender.

        A server may have hung up since the message before, or want to: no message's fault.
        """
        kept = self._kept.line
        if kept is not None:
            kept.renew(until)
            with suppress(smtplib.SMTPException, OSError):
                code, words = kept.mail(sender, options)
                if code == 250:
                    return kept
            self.close()
        line = self._connected(until)
        code, words = line.mail(sender, options)
        if code != 250:
            raise smtplib.SMTPResponseException(code, words)
        return line

    def _connected(self, until: float) -> Line:
        """Return an open line; what fails before a message is named is no message's fault."""
        try:
            return self._connect(until)
        except smtplib.SMTPAuthenticationError as error:
            self.close()
            words = _words(error.smtp_code, error.smtp_error)
            if 400 <= error.smtp_code < 500:
                raise Unreachable(words) from error
            raise NotAuthorised(words) from error
        except smtplib.SMTPResponseException as error:
            self.close()
            raise Unreachable(_words(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unreachable(_cause(error)) from error

    def _connect(self, until: float) -> Line:
        at = self._address
        line: Line
        if at.tls_at_once:
            line = TlsLine(
                at.host, at.port, until=until, timeout=self._timeout_s, context=self._tls
            )
        else:
            line = Line(at.host, at.port, until=until, timeout=self._timeout_s)
        self._kept.line = line
        line.ehlo_or_helo_if_needed()
        if at.starttls:
            line.starttls(context=self._tls)  # raises when refused: no silent downgrade
            line.ehlo()
        if at.user:
            try:
                line.login(at.user, at.password)
            except smtplib.SMTPNotSupportedError as error:
                msg = f"the mail server asks for no password: {error}"
                raise NotAuthorised(msg) from error
        return line


def _written(mail: MailMessage) -> tuple[bytes, str]:
    try:
        recipient = check_address(mail.to_address)
        return write(mail), recipient
    except (BadAddress, MessageError, ValueError, LookupError) as error:
        words = f"cannot be written as a mail: {error}"
        raise Rejected(words) from error


def _hand_over(line: Line, recipient: str, content: bytes) -> str:
    """Send to exactly one recipient; smtplib's own ``sendmail`` hides what the server said."""
    code, words = line.rcpt(recipient)
    if code not in {250, 251}:
        raise smtplib.SMTPResponseException(code, words)
    code, words = line.data(content)
    if code != 250:
        raise smtplib.SMTPResponseException(code, words)
    return _words(code, words)


def _cause(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _named(code: int, words: bytes | str) -> TransportError:
    if code in {530, 534, 535}:
        return NotAuthorised(_words(code, words))
    if 500 <= code < 600:
        return Rejected(_words(code, words))
    if 400 <= code < 500:
        return Deferred(_words(code, words))
    return Unreachable(_words(code, words))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:500]


class OutboxTransport:
    """Keeps mail on this machine: the outbox page shows it."""

    def deliver(self, mail: MailMessage) -> str:
        _written(mail)
        return LOCAL_OUTBOX

    def close(self) -> None:
        return


class ConsoleTransport:
    """Prints mail, for a look at what would leave."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout

    def deliver(self, mail: MailMessage) -> str:
        content, _recipient = _written(mail)
        self._stream.write(content.decode("utf-8", "replace") + "\n")
        return LOCAL_OUTBOX

    def close(self) -> None:
        self._stream.flush()


class FileTransport:
    """Writes each mail into a folder, one ``.eml`` a message."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, mail: MailMessage) -> str:
        content, _recipient = _written(mail)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = "".join(sign for sign in mail.message_id.partition("@")[0] if sign.isalnum())
        (self._folder / f"{name}.eml").write_bytes(content)
        return LOCAL_OUTBOX

    def close(self) -> None:
        return


def make_transport(settings: Config) -> Transport:
    """Return how mail leaves this installation, if it does."""
    if settings.smtp_url is None or not settings.sends_mail:
        return OutboxTransport()
    return SmtpTransport(settings.smtp_url)
