"""What people answer to their invite: a fact with a time, never a change of the plan."""

from app.services.replies.answering import answer, can_answer
from app.services.replies.recording import record
from app.services.replies.seen import mark_seen
from app.services.replies.taking import take

__all__ = ["answer", "can_answer", "mark_seen", "record", "take"]
