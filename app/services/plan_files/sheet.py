"""``plan.csv``: one row for each person and round, safe to open in any spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from app.services.plan_files.itineraries import Itinerary, Stop
from app.services.roster import RosterPerson
from app.services.roster_csv.values import begins_like_a_formula

HEADINGS = ("name", "email", "role", "round", "starts", "table", "with", "question")
REFLECT = "reflect"


def write_sheet(itineraries: Iterable[Itinerary], zone: str) -> bytes:
    """Return the sheet as UTF-8 with the mark by which spreadsheets know it.

    It gives no reasons: a round without a table says "reflect".
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for itinerary in itineraries:
        for stop in itinerary.stops:
            writer.writerow([safe_cell(cell) for cell in _row(itinerary.person, stop, zone)])
    return out.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet computes, on one line."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return f"'{line}" if begins_like_a_formula(text) or begins_like_a_formula(line) else line


def _row(person: RosterPerson, stop: Stop, zone: str) -> tuple[str, ...]:
    starts = stop.round.starts_at
    questions = [f"{one.name}: {one.question}" for one in stop.guests if _shown(one, person)]
    return (
        person.name,
        person.email,
        person.role.value,
        str(stop.round.number),
        f"{starts.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if starts else "",
        stop.table.name if stop.table else REFLECT,
        "; ".join(other.name for other in stop.others),
        "; ".join(questions),
    )


def _shown(guest: RosterPerson, reader: RosterPerson) -> bool:
    """Return whether a guest's question is for this reader: a host's, and only if agreed."""
    return bool(guest.question) and guest.shares_question and reader.role.value == "mentor"
