"""What stands on each sheet, as plain values: the page and the PDF are drawn from the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be printed."""

    SIGN_IN = "sign-in"
    TABLES = "tables"
    MENTORS = "mentors"
    CARDS = "cards"
    BADGES = "badges"


CARDS_ON_SHEET = 4
BADGES_ON_SHEET = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What every sheet says of itself: event, version, and when it was printed."""

    title: str
    version: str
    printed: str

    @property
    def line(self) -> str:
        return f"{self.version}, printed {self.printed}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One round on a card, or a break between two.

    ``sign`` is the table to walk to, ``place`` its name when that is too long for a sign. ``kind``
    is seat, rest, break or blank.
    """

    kind: str
    at: str
    sign: str = ""
    place: str = ""
    who: str = ""
    small: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A quarter of a sheet; ``part`` is like "1 of 2" where the rounds need more than one.

    ``talls`` is how tall each line stands, in mm.
    """

    name: str
    about: str
    lines: tuple[Line, ...]
    talls: tuple[float, ...]
    size: str
    name_size: str
    question: str = ""
    part: str = ""
    is_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who comes to a table."""

    name: str
    about: str
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """Who is at a table in one round."""

    number: str
    at: str
    guests: tuple[Guest, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tent:
    """A sheet that folds into a table card; further sheets lie inside."""

    sign: str
    sign_size: str
    hosts: str
    host_size: str
    about: str
    topics: tuple[str, ...]
    rows: tuple[TableRow, ...]
    part: str = ""
    is_first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSheet:
    """A sheet of one host: who comes in which round."""

    name: str
    about: str
    rows: tuple[TableRow, ...]
    part: str = ""
    is_first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """An eighth of a sheet; ``is_small`` says that the table's name needs small letters."""

    name: str
    about: str
    role: str
    name_size: str
    sign: str = ""
    place: str = ""
    at: str = ""
    is_small: bool = False
    is_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRow:
    name: str
    role: str
    table: str
    at: str
    is_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInSheet:
    rows: tuple[SignInRow, ...]
    part: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheet:
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeSheet:
    badges: tuple[Badge, ...]


Sheet = SignInSheet | Tent | HostSheet | CardSheet | BadgeSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The sheets of one kind, whose they are, and whose are out of date without a new one."""

    kind: Kind
    sheets: tuple[Sheet, ...]
    names: tuple[str, ...]
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code: how many modules wide, and the path of its dark ones."""

    size: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Everything asked for, ready to draw; ``version`` is 0 before anything is published."""

    stamp: Stamp
    version: int
    code: Code
    address: str
    sections: tuple[Section, ...]

    @property
    def sheets(self) -> int:
        """How many A4 sheets it takes."""
        return sum(len(section.sheets) for section in self.sections)
