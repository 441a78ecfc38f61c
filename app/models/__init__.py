"""All tables. Importing this package registers every model."""

from app.db import Base
from app.models.audit import Attempt, AuditEntry, Lease
from app.models.event import Block, Capacity, Event, Round, Stage, Table, Topic
from app.models.invite import Invite
from app.models.organisation import Organisation, Organiser, OrganiserSession, OwnerInvitation
from app.models.outbox import OutboxMessage
from app.models.people import AccessLink, Person
from app.models.planning import PlanRun
from app.models.schedule import Schedule, ScheduledRound, ScheduledSeat
from app.models.signup import BlockRole, Consent, SignUp, Wish

__all__ = [
    "AccessLink",
    "Attempt",
    "AuditEntry",
    "Base",
    "Block",
    "BlockRole",
    "Capacity",
    "Consent",
    "Event",
    "Invite",
    "Lease",
    "Organisation",
    "Organiser",
    "OrganiserSession",
    "OutboxMessage",
    "OwnerInvitation",
    "Person",
    "PlanRun",
    "Round",
    "Schedule",
    "ScheduledRound",
    "ScheduledSeat",
    "SignUp",
    "Stage",
    "Table",
    "Topic",
    "Wish",
]
