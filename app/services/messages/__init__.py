"""Messages: free text by an organiser to some or all participants, through the outbox."""

from app.services.messages.audience import Audience, Group, Reader, count, readers
from app.services.messages.sending import MESSAGE, Draft, check, example, send, send_test
from app.services.messages.wording import PLACEHOLDERS

__all__ = [
    "MESSAGE",
    "PLACEHOLDERS",
    "Audience",
    "Draft",
    "Group",
    "Reader",
    "check",
    "count",
    "example",
    "readers",
    "send",
    "send_test",
]
