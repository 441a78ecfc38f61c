"""What takes a message to its reader, and the ways in which that fails."""

from __future__ import annotations

from email.errors import MessageError
from typing import Protocol

from app.errors import MentoringError
from app.mail.message import BadAddress, MailMessage, check_address, write


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


def written(mail: MailMessage) -> tuple[bytes, str]:
    """Return a message as it goes over the line, and its one recipient."""
    try:
        recipient = check_address(mail.to_address)
        return write(mail), recipient
    except (BadAddress, MessageError, ValueError, LookupError) as error:
        words = f"cannot be written as a mail: {error}"
        raise Rejected(words) from error
