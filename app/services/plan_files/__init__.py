"""The files of a plan made without a web page."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.ical.invite import InviteContent, RotationLine, write_download
from app.services.plan_files.cards import write_cards
from app.services.plan_files.itineraries import Itinerary
from app.services.plan_files.sheet import write_sheet
from app.services.planning.now import Planned
from app.services.roster import Roster

_NAMESPACE = uuid.UUID("6f0c2f0e-6c1d-5d0e-9c52-5b1f7a6a9c11")
"""Ours alone; an entry keeps its UID when the same event is planned again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written, as names within the folder."""

    names: tuple[str, ...]
    calendars: int


def write_documents(folder: Path, planned: Planned) -> tuple[str, ...]:
    """Write the planner's two documents; they are there even when there is no plan."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "problem.json").write_text(planned.problem_json, "utf-8")
    (folder / "plan.json").write_text(planned.plan_json, "utf-8")
    return ("problem.json", "plan.json")


def write_files(
    folder: Path,
    roster: Roster,
    planned: Planned,
    itineraries: Sequence[Itinerary],
    *,
    now: datetime,
) -> Written:
    """Write everything; calendar entries only when the rounds have times."""
    documents = write_documents(folder, planned)
    (folder / "plan.csv").write_bytes(write_sheet(itineraries, roster.zone))
    cards = write_cards(itineraries, title=roster.name, zone=roster.zone)
    (folder / "cards.html").write_text(cards, "utf-8")
    calendars = 0
    for itinerary in itineraries:
        entry = calendar_entry(itinerary, roster, now=now)
        if entry is not None:
            (folder / calendar_name(itinerary)).write_bytes(entry)
            calendars += 1
    return Written(names=("plan.csv", "cards.html", *documents), calendars=calendars)


def calendar_name(itinerary: Itinerary) -> str:
    """Return a file name that is safe everywhere and unique: the id, then what ASCII can say.

    A name in another script is told by its address, up to the @.
    """
    person = itinerary.person
    words = _ascii_words(person.name) or _ascii_words(person.email.partition("@")[0])
    return "-".join([person.id, *words])[:60].rstrip("-") + ".ics"


def _ascii_words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in letters).split()


def calendar_entry(itinerary: Itinerary, roster: Roster, *, now: datetime) -> bytes | None:
    """Return one entry with the whole rotation inside; None without times or rounds.

    It names nobody: nobody was asked whether they agree to stand in others' calendars.
    """
    begins = [stop.round.starts_at for stop in itinerary.stops if stop.round.starts_at]
    if not begins or len(begins) < len(itinerary.stops):
        return None
    last = itinerary.stops[-1].round
    person = itinerary.person
    content = InviteContent(
        uid=f"{uuid.uuid5(_NAMESPACE, f'{roster.name}|{begins[0].date()}|{person.email}')}",
        zone=roster.zone,
        starts_at=begins[0],
        ends_at=begins[-1] + timedelta(minutes=last.minutes),
        title=roster.name,
        place="",
        url="",
        organiser_name="",
        organiser_address="",
        attendee_name=person.name,
        attendee_address=person.email,
        rotation=tuple(
            RotationLine(
                number=stop.round.number,
                starts_at=begin,
                minutes=stop.round.minutes,
                table=f"Table {stop.table.name}" if stop.table else None,
            )
            for stop, begin in zip(itinerary.stops, begins, strict=True)
        ),
    )
    return write_download(content, sequence=0, stamp=now)
