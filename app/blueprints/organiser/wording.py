"""Dates, times and states as the organiser's pages say them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.enums import EventState, PartStat, PlanRunState, SignUpState
from app.queries.organiser import EventFrame

EVENT_STATES = {
    EventState.DRAFT: ("not open yet", ""),
    EventState.OPEN: ("sign-up open", "good"),
    EventState.CLOSED: ("sign-up closed", "info"),
    EventState.CANCELLED: ("cancelled", "wrong"),
}
SIGN_UP_STATES = {
    SignUpState.ASKED: ("Waits for your yes", "care"),
    SignUpState.HELD: ("Not confirmed yet", "care"),
    SignUpState.PLACED: ("Has a place", "good"),
    SignUpState.WAITING: ("Waitlist", "rest"),
    SignUpState.OFFERED: ("Place offered", "info"),
    SignUpState.WITHDRAWN: ("Withdrew", ""),
    SignUpState.RELEASED: ("Never confirmed", ""),
    SignUpState.REFUSED: ("Refused", ""),
}

ANSWERS = {
    PartStat.ACCEPTED: ("Accepted", "good"),
    PartStat.DECLINED: ("Declined", "wrong"),
    PartStat.TENTATIVE: ("Maybe", "care"),
    PartStat.NEEDS_ACTION: ("No answer yet", ""),
}


def day(at: datetime) -> str:
    """Return "Thursday 11 March 2027"."""
    return f"{at:%A} {at.day} {at:%B %Y}"


def clock(at: datetime) -> str:
    """Return "17:45"."""
    return f"{at:%H:%M}"


def span(start: datetime, end: datetime) -> str:
    """Return "Thursday 11 March 2027, 17:45 to 20:00"."""
    if start.date() == end.date():
        return f"{day(start)}, {clock(start)} to {clock(end)}"
    return f"{day(start)}, {clock(start)}, to {day(end)}, {clock(end)}"


def day_and_time(at: datetime) -> str:
    """Return "Monday 1 March, 20:00"."""
    return f"{at:%A} {at.day} {at:%B}, {clock(at)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What an event comes to next, and in how many days; ``then`` says what that changes."""

    what: str
    days: int
    until: datetime
    then: str


def ahead(frame: EventFrame, *, now: datetime) -> Ahead | None:
    """Return the next date of an event: sign-up closes, else it begins; None once it has."""
    closes = frame.signup_closes_at
    if frame.state is EventState.OPEN and closes is not None and closes > now:
        what, until, then = "Until sign-up closes", closes, "It closes by itself."
    elif frame.starts_at > now and frame.state is not EventState.CANCELLED:
        what, until, then = "Until it begins", frame.starts_at, ""
    else:
        return None
    days = (until.date() - now.astimezone(until.tzinfo).date()).days
    return Ahead(what=what, days=days, until=until, then=then)


def length(step: timedelta) -> str:
    """Return a shift in words: "1 day, 2 hours and 30 minutes later"."""
    minutes = round(abs(step.total_seconds()) / 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = tuple(
        f"{number} {unit}{'' if number == 1 else 's'}"
        for number, unit in ((days, "day"), (hours, "hour"), (minutes, "minute"))
        if number
    )
    return f"{listed(parts)} {'later' if step > timedelta() else 'earlier'}"


def people(number: int) -> str:
    """Return "1 person" or "4 people"."""
    return "1 person" if number == 1 else f"{number} people"


def listed(names: tuple[str, ...]) -> str:
    """Return names as they are said: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def plural(number: int, word: str) -> str:
    """Return "1 mail" or "4 mails"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def figure(number: float) -> str:
    """Return "3" or "2.5"."""
    return f"{number:g}"


_UNFINISHED = {
    PlanRunState.QUEUED: ("waiting", ""),
    PlanRunState.RUNNING: ("at work", "info"),
    PlanRunState.FAILED: ("broke off", "wrong"),
}
_STATUSES = {
    "optimal": ("proved best", "good"),
    "feasible": ("plan", "good"),
    "infeasible": ("impossible", "wrong"),
    "undone": ("taken back", ""),
}


def outcome(state: PlanRunState, status: str | None) -> tuple[str, str]:
    """Return how a plan run ended, or stands, with the kind of its tag."""
    return _UNFINISHED.get(state) or _STATUSES.get(status or "", ("no plan", "care"))


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "clock": clock,
    "day_and_time": day_and_time,
    "in_people": people,
    "plural": plural,
    "figure": figure,
}
"""Template filters; registered with the desk's blueprint."""
