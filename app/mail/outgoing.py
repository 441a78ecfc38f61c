"""By which way the mail of this installation leaves."""

from __future__ import annotations

from app.mail.local import OutboxTransport
from app.mail.smtp import SmtpTransport
from app.mail.transport import Transport
from config import Config


def make_transport(settings: Config) -> Transport:
    """Return how mail leaves this installation, if it does."""
    if settings.smtp_url is None or not settings.sends_mail:
        return OutboxTransport()
    return SmtpTransport(settings.smtp_url)
