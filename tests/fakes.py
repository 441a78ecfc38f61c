"""Stand-ins that keep the promises of the real parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage

from app.mail.message import BadAddress, MailMessage, build
from app.mail.transport import Rejected, TransportError


@dataclass
class MemoryTransport:
    """Keeps what was delivered; ``failures`` are raised first, one a message."""

    delivered: list[MailMessage] = field(default_factory=list)
    failures: list[TransportError] = field(default_factory=list)
    closed: int = 0

    def deliver(self, mail: MailMessage) -> str:
        if self.failures:
            raise self.failures.pop(0)
        try:
            build(mail)
        except BadAddress as error:
            raise Rejected(str(error)) from error
        self.delivered.append(mail)
        return "250 kept"

    def close(self) -> None:
        self.closed += 1

    @property
    def messages(self) -> list[EmailMessage]:
        return [build(mail) for mail in self.delivered]
