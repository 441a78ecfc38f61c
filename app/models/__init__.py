"""All tables. Importing this package registers every model."""

from app.db import Base
from app.models.audit import Attempt, AuditEntry, Erasure, Lease, Pause
from app.models.event import Block, Capacity, CustomQuestion, Event, Round, Stage, Table, Topic
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
from app.models.planning import PlanRun
from app.models.reminder import Reminder
from app.models.schedule import Schedule, ScheduledRound, ScheduledSeat
from app.models.signup import Answer, BlockRole, Consent, SignUp, Wish

__all__ = [
    "AccessLink",
    "Answer",
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
    "Organisation",
    "Organiser",
    "OrganiserInvitation",
    "OrganiserSession",
    "OutboxMessage",
    "PasswordLink",
    "Pause",
    "Person",
    "PlanRun",
    "Reminder",
    "Reply",
    "Round",
    "Schedule",
    "ScheduledRound",
    "ScheduledSeat",
    "SignUp",
    "Stage",
    "StewardLink",
    "Table",
    "Topic",
    "Wish",
]
