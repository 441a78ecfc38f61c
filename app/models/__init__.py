"""All tables. Importing this package registers every model."""

from app.db import Base
from app.models.audit import Attempt, AuditEntry, Erasure, Lease, Pause
from app.models.desk import ApiToken, Message, RosterUpload
from app.models.event import (
    Block,
    Capacity,
    CustomQuestion,
    Event,
    Round,
    Series,
    Stage,
    Table,
    Topic,
)
from app.models.feed import FeedLink
from app.models.invite import IncomingMail, Invite, Reply
from app.models.organisation import (
    Organisation,
    Organiser,
    OrganiserInvitation,
    OrganiserSession,
    PasswordLink,
    StewardLink,
)
from app.models.outbox import OutboxMessage
from app.models.people import AccessLink, Person
from app.models.planning import Pin, PlanRun
from app.models.reminder import Reminder
from app.models.schedule import Schedule, ScheduledRound, ScheduledSeat
from app.models.signup import Answer, BlockRole, Consent, SignUp, Wish

__all__ = [
    "AccessLink",
    "Answer",
    "ApiToken",
    "Attempt",
    "AuditEntry",
    "Base",
    "Block",
    "BlockRole",
    "Capacity",
    "Consent",
    "CustomQuestion",
    "Erasure",
    "Event",
    "FeedLink",
    "IncomingMail",
    "Invite",
    "Lease",
    "Message",
    "Organisation",
    "Organiser",
    "OrganiserInvitation",
    "OrganiserSession",
    "OutboxMessage",
    "PasswordLink",
    "Pause",
    "Person",
    "Pin",
    "PlanRun",
    "Reminder",
    "Reply",
    "RosterUpload",
    "Round",
    "Schedule",
    "ScheduledRound",
    "ScheduledSeat",
    "Series",
    "SignUp",
    "Stage",
    "StewardLink",
    "Table",
    "Topic",
    "Wish",
]
