"""Mail rows: written with the fact they tell, claimed, marked when they left, mended by people."""

from app.services.outbox.claiming import claim_due, count_due, overdue_since, release
from app.services.outbox.marking import (
    back_off,
    mark_bounced,
    mark_dropped,
    mark_failed,
    mark_sent,
    postpone,
)
from app.services.outbox.mending import drop_unsent, drop_written_before, queue_again, set_aside
from app.services.outbox.writing import GIVE_UP_AFTER, Draft, enqueue, enqueue_first

__all__ = [
    "GIVE_UP_AFTER",
    "Draft",
    "back_off",
    "claim_due",
    "count_due",
    "drop_unsent",
    "drop_written_before",
    "enqueue",
    "enqueue_first",
    "mark_bounced",
    "mark_dropped",
    "mark_failed",
    "mark_sent",
    "overdue_since",
    "postpone",
    "queue_again",
    "release",
    "set_aside",
]
