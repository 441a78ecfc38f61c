"""Every state and kind the application stores, one word per thing (glossary in the README)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    PEER = "peer"
    FACILITATOR = "facilitator"


class BlockKind(StrEnum):
    SPEED = "speed"
    GROUP = "group"
    BREAK = "break"
    PLENARY = "plenary"

    @property
    def is_planned(self) -> bool:
        """Whether people are seated in it."""
        return self in {BlockKind.SPEED, BlockKind.GROUP}


class TopicKind(StrEnum):
    CANONICAL = "canonical"
    CONTEXTUAL = "contextual"
    PERSONAL = "personal"


class EventState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Admission(StrEnum):
    """To whom a freed place goes; people read the rule before they sign up."""

    FIRST_COME = "first_come"
    PLAN = "plan"  # whom the plan lacks most, then by order of sign-up


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"


class SignUpState(StrEnum):
    ASKED = "asked"  # waits for the organisers' yes; takes no place
    HELD = "held"
    PLACED = "placed"
    WAITING = "waiting"
    OFFERED = "offered"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"  # held too long without confirming the address
    REFUSED = "refused"  # the organisers said no

    @property
    def takes_place(self) -> bool:
        """Whether it counts against the capacity."""
        return self in {SignUpState.HELD, SignUpState.PLACED, SignUpState.OFFERED}

    @property
    def is_over(self) -> bool:
        """Whether the person has left the event."""
        return self in {SignUpState.WITHDRAWN, SignUpState.RELEASED, SignUpState.REFUSED}


class WishKind(StrEnum):
    WISH = "wish"
    NOT_WITH = "not_with"


class ConsentKind(StrEnum):
    PLAN = "plan"  # plan my evening with these answers
    QUESTION = "question"  # show my question to my mentors beforehand
    NAME = "name"  # show my first name in other people's calendar entries
    LISTED = "listed"  # list me among the mentors on the event's public page


class LinkPurpose(StrEnum):
    CONFIRM = "confirm"
    ACCESS = "access"
    FEED = "feed"
    REPLY = "reply"
    UNSUBSCRIBE = "unsubscribe"


class OrganiserRole(StrEnum):
    OWNER = "owner"
    ORGANISER = "organiser"


class PlanRunState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # stopped by the organiser; the best plan so far was kept
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self not in {PlanRunState.QUEUED, PlanRunState.RUNNING}


class PlanOrigin(StrEnum):
    """Where the seats of a plan run come from."""

    PLANNER = "planner"
    EDITED = "edited"  # an organiser moved somebody in its parent's plan
    IMPORTED = "imported"  # a plan made elsewhere, checked here
    RESTORED = "restored"  # an earlier version of the schedule, taken up again


class InviteState(StrEnum):
    DUE = "due"  # no message queued yet
    LIVE = "live"
    CANCELLED = "cancelled"


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class CancelReason(StrEnum):
    """Why an entry goes out of a calendar; the mail that takes it out says so."""

    LEFT = "left"
    ABSENT = "absent"  # the organiser knows that they do not come; the place stays theirs
    MERGED = "merged"  # the sign-up that stays is under another address
    MERGED_HERE = "merged_here"  # the sign-up that stays is under this address
    ADDRESS = "address"  # the sign-up has another address now
    EVENT_OFF = "event_off"


class PartStat(StrEnum):
    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


class ReplySource(StrEnum):
    MAIL = "mail"
    PAGE = "page"


class IncomingKind(StrEnum):
    """What a message that came to us turned out to be."""

    REPLY = "reply"
    BOUNCE = "bounce"
    TEXT = "text"  # somebody wrote; the organiser gets it
    AUTOMATIC = "automatic"  # out of office; the organiser sees it
    IGNORED = "ignored"


class ReminderKind(StrEnum):
    SIGN_UP_CLOSES = "sign_up_closes"
    WEEK_BEFORE = "week_before"
    DAY_BEFORE = "day_before"
    HOUR_BEFORE = "hour_before"
    UNPLANNED = "unplanned"  # to the organiser: people with a place and no seat
    AFTER = "after"


class FeedKind(StrEnum):
    ORGANISER = "organiser"


class OutboxState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    BOUNCED = "bounced"  # left, and came back
    FAILED = "failed"
    DROPPED = "dropped"  # became untrue before it left


class Mode(StrEnum):
    """How this installation runs; named on every organiser page."""

    DEMO = "demo"
    LOCAL = "local"
    SERVER = "server"
