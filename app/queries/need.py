"""One thing that waits for the organiser, and the page on which it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.queries.unsettled import Named


class Page(StrEnum):
    """Where to act."""

    MAIL = "mail"
    FAILED = "failed"
    BOUNCED = "bounced"
    IMPORT = "import"
    TABLES = "tables"
    ASKED = "asked"
    TWICE = "twice"
    COMPARE = "compare"
    DECLINED = "declined"
    NO_SEAT = "no_seat"
    PLAN = "plan"
    TELL = "tell"
    MAIL_IN = "mail_in"
    HELD = "held"
    NOT_AGREED = "not_agreed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that waits for the organiser; ``about`` is which row the page is of.

    ``who`` are the people it concerns, where there is more to say than their number.
    """

    kind: str  # wrong, care or info
    tag: str
    title: str
    text: str
    page: Page
    action: str
    about: tuple[int, ...] = ()
    who: Named | None = None


def people(number: int, one: str, many: str) -> str:
    """Return "1 person needs" or "3 people need"."""
    return f"1 person {one}" if number == 1 else f"{number} people {many}"
