"""What people answer to their invite: a fact with a time, never a change of the plan."""

from app.services.replies.answering import answer, can_answer

__all__ = ["answer", "can_answer"]
