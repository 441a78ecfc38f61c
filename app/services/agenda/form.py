"""A part of the agenda, and tables, as an organiser writes them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from app.enums import BlockKind
from app.models import Block, Table
from app.services import addresses
from app.services.agenda import seat_rules
from app.services.agenda.seat_rules import SeatRules

MOST_PARTS = 24
MOST_ROUNDS = 30
MOST_MINUTES = 480
MOST_CHANGEOVER = 60
MOST_TABLES = 500
LONGEST_TITLE = 80
LONGEST_NOTE = 300
LONGEST_EVENT = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartForm:
    """A part of the agenda as the organiser wrote it; the last three only where people sit."""

    kind: BlockKind
    title: str
    minutes: int
    note: str = ""
    changeover_minutes: int = 0
    rounds: int = 0
    seats: SeatRules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSet:
    """Tables that are alike: "Table 1", "Table 2" and so on."""

    count: int
    word: str = "Table"
    seats: int | None = None
    features: tuple[str, ...] = ()


def form_of(block: Block) -> PartForm:
    """Return a part as it is stored."""
    is_planned = block.kind.is_planned
    return PartForm(
        kind=block.kind,
        title=block.title,
        minutes=block.minutes,
        note=block.note,
        changeover_minutes=block.changeover_minutes if is_planned else 0,
        rounds=len(block.rounds) if is_planned else 0,
        seats=seat_rules.read(block.rules) if is_planned else None,
    )


def mark_of(block: Block) -> str:
    """Return a mark that is another once somebody changed the part."""
    return sha256(repr(form_of(block)).encode()).hexdigest()[:16]


def cleaned(form: PartForm) -> PartForm:
    """Return the part with its texts as they are stored."""
    is_planned = form.kind.is_planned
    return PartForm(
        kind=form.kind,
        title=addresses.clean_line(form.title),
        minutes=form.minutes,
        note=addresses.clean_line(form.note),
        changeover_minutes=form.changeover_minutes if is_planned else 0,
        rounds=form.rounds if is_planned else 0,
        seats=form.seats if is_planned else None,
    )


def find_problems(form: PartForm) -> dict[str, str]:
    """Return what is wrong with a part, by field."""
    found = {}
    if not form.title:
        found["title"] = "Write what this part is called"
    elif len(form.title) > LONGEST_TITLE:
        found["title"] = f"Write {LONGEST_TITLE} characters at most"
    if len(form.note) > LONGEST_NOTE:
        found["note"] = f"Write {LONGEST_NOTE} characters at most"
    if not 1 <= form.minutes <= MOST_MINUTES:
        found["minutes"] = f"Write 1 to {MOST_MINUTES} minutes"
    if not form.kind.is_planned:
        return found
    if not 0 <= form.changeover_minutes <= MOST_CHANGEOVER:
        found["changeover_minutes"] = f"Write 0 to {MOST_CHANGEOVER} minutes"
    if not 1 <= form.rounds <= MOST_ROUNDS:
        found["rounds"] = f"Write 1 to {MOST_ROUNDS} rounds"
    return found | (seat_rules.find_problems(form.seats) if form.seats else {})


def alike(tables: TableSet, first: int) -> list[Table]:
    """Return new tables with numbers from ``first``."""
    word = addresses.clean_line(tables.word) or "Table"
    return [
        Table(
            number=number,
            label=f"{word} {number}",
            seats=tables.seats,
            features=list(tables.features),
        )
        for number in range(first, first + tables.count)
    ]
