"""Tables that are video meetings: their links, and who hears of a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.ical.conference import video_link
from app.models import Event, Table
from app.services import audit, events, invites, publishing
from app.services.signups import places
from config import Config

LONGEST = 1_000
CHANGED_MEANWHILE = (
    "Somebody else changed this link while you wrote; saving once more replaces theirs by yours"
)
ADVICE = "Write a web address that begins with https://, or leave it empty"


def set_links(
    session: Session,
    event: Event,
    typed: Mapping[int, str],
    *,
    seen: Mapping[int, str] | None = None,
    now: datetime,
    actor: str,
    settings: Config,
) -> int:
    """Give tables their links, and tell whom that concerns; return how many are told.

    ``typed`` is by table; one that is not in it keeps its link, and so does one that is as it was
    ``seen``, whatever somebody else made of it meanwhile. Raises ``InvalidInput`` by ``link-`` and
    the table's id.
    """
    event = places.lock_event(session, event.id)
    tables = {table.id: table for table in tables_of(event)}
    links = _changed(tables, typed, seen or {})
    if not links:
        return 0
    before = {id_: tables[id_].video_link for id_ in links}
    for id_, link in links.items():
        tables[id_].video_link = link
    events.note_agenda_text(event, now)
    session.flush()
    audit.record(
        session,
        actor=actor,
        what="video links changed",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        tables=list(links),
    )
    return invites.sync(
        session, event, now=now, settings=settings, actor=actor, links_before=before
    )


def _changed(
    tables: Mapping[int, Table], typed: Mapping[int, str], seen: Mapping[int, str]
) -> dict[int, str]:
    """Return the links that become others, by table; raise ``InvalidInput`` for what cannot be."""
    links = {
        id_: text.strip()
        for id_, text in typed.items()
        if id_ in tables and text.strip() != seen.get(id_)
    }
    wrong = {
        f"link-{id_}": CHANGED_MEANWHILE
        for id_, text in links.items()
        if tables[id_].video_link not in {text, seen.get(id_, tables[id_].video_link)}
    }
    wrong |= {f"link-{id_}": ADVICE for id_, text in links.items() if not _is_good(text)}
    if wrong:
        raise InvalidInput(wrong)
    return {id_: link for id_, link in links.items() if link != tables[id_].video_link}


def not_told_yet(session: Session, event: Event, *, settings: Config) -> int:
    """Return how many people wait to hear of a plan published without mail: saving tells them."""
    snapshot = publishing.current(session, event.id)
    if not snapshot.version:
        return 0
    cases = invites.preview(session, event, snapshot, settings=settings)
    return sum(case.intent.is_told for case in cases)


def tables_of(event: Event) -> list[Table]:
    """Return the tables at which people are seated, block by block."""
    return [table for block in event.blocks if block.kind.is_planned for table in block.tables]


def _is_good(text: str) -> bool:
    if not text:
        return True
    try:
        has_host = bool(urlsplit(text).hostname)
    except ValueError:
        return False
    return has_host and video_link(text) == text and len(text) <= LONGEST
