"""How a message leaves by SMTP: to exactly one recipient, and never less private than set."""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from app.errors import BadConfig
from app.loopback import is_loopback
from app.mail.line import Line, TlsLine
from app.mail.message import MailMessage, check_address
from app.mail.transport import (
    Broken,
    Deferred,
    NotAuthorised,
    Rejected,
    TransportError,
    Unreachable,
    written,
)

TIMEOUT_S = 20.0
"""How long one silence may last."""
PATIENCE_S = 120.0
"""How long one message may take, however busily the server talks."""
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
        if not self.user or self.tls_at_once or self.starttls or is_loopback(self.host):
            return
        msg = (
            f"ROUNDABOUT_SMTP_URL: the password would go to {self.host} unencrypted; "
            "write smtps://... or add ?starttls=1"
        )
        raise BadConfig(msg)


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
        content, recipient = written(mail)
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
