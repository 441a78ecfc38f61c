"""Files of people on their way in: kept for a day, with what was decided about them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import InvalidInput, NotFound
from app.models import Event, RosterUpload
from app.services import audit, roster_files
from app.services.addresses import clean_line
from app.services.roster_csv.text import UnreadableFile
from app.services.roster_import.mapping import Decisions, decisions_from

KEPT_FOR = timedelta(hours=24)
MOST_FOR_EVENT = 10
MAX_PEOPLE = 5_000
PASTED = "Pasted text"
_DONE, _STAYED = "done", "stayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a file that was taken in.

    ``stayed`` are how many of its rows became nobody; ``rest`` is the file of those to put right.
    """

    added: int
    waiting: int
    changed: int
    told: int
    stayed: int = 0
    rest: int | None = None


def keep(
    session: Session,
    event: Event,
    *,
    file_name: str,
    content: bytes,
    organiser_id: int,
    now: datetime,
) -> RosterUpload:
    """Keep a file that can be read as a list; raises ``InvalidInput`` for any other."""
    try:
        roster_files.read_sheet(content, most_rows=MAX_PEOPLE)
    except UnreadableFile as error:
        raise InvalidInput({"file": error.message}) from error
    name = clean_line(file_name.replace("\\", "/").rpartition("/")[2])[:120]
    upload = RosterUpload(
        event_id=event.id,
        organiser_id=organiser_id,
        file_name=name or PASTED,
        content=content,
        mapping={},
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    session.add(upload)
    session.flush()
    _forget_oldest(session, event.id)
    return upload


def find(session: Session, event_id: int, upload_id: int, *, now: datetime) -> RosterUpload:
    """Return a file of this event; raises ``NotFound`` once its day is over."""
    upload = session.scalar(
        select(RosterUpload).where(
            RosterUpload.id == upload_id,
            RosterUpload.event_id == event_id,
            RosterUpload.expires_at > now,
        )
    )
    if upload is None:
        message = (
            "This file is gone: it was kept for a day, or somebody put it away. "
            "Upload it again from the roster."
        )
        raise NotFound(message)
    return upload


def choose_sheet(upload: RosterUpload, sheet: str) -> None:
    """Read another sheet of a workbook from now on; ``InvalidInput`` when it holds no list."""
    if done_of(upload) is not None:
        return
    try:
        roster_files.read_sheet(upload.content, sheet=sheet, most_rows=MAX_PEOPLE)
    except UnreadableFile as error:
        raise InvalidInput({"sheet": error.message}) from error
    decide(upload, Decisions(sheet=sheet))


def decide(upload: RosterUpload, decisions: Decisions) -> None:
    """Keep what was decided about a file."""
    upload.mapping = decisions.as_json()


def decisions_of(upload: RosterUpload) -> Decisions:
    """Return what was decided about a file so far."""
    return decisions_from(upload.mapping)


def drop(
    session: Session, event: Event, upload: RosterUpload, *, now: datetime, actor: str
) -> None:
    """Put a file away; nothing of it was written."""
    session.delete(upload)
    audit.record(
        session,
        actor=actor,
        what="roster file put away",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
    )


def finish(upload: RosterUpload, done: Done, *, stayed: list[dict[str, Any]]) -> None:
    """Forget a file's people once they are on the roster; a second click finds what became."""
    upload.content = b""
    upload.mapping = {_DONE: asdict(done), _STAYED: stayed}


def stayed_of(upload: RosterUpload) -> Any:
    """Return what was kept of the rows that stayed behind, as plain values."""
    return upload.mapping.get(_STAYED)


def waits(session: Session, upload_id: int | None, *, now: datetime) -> bool:
    """Return whether a file still waits for a yes."""
    upload = session.get(RosterUpload, upload_id) if upload_id else None
    return upload is not None and upload.expires_at > now and done_of(upload) is None


def done_of(upload: RosterUpload) -> Done | None:
    """Return what became of a file, None while it waits for a yes."""
    kept: Any = upload.mapping.get(_DONE) if isinstance(upload.mapping, dict) else None
    return Done(**kept) if isinstance(kept, dict) else None


def _forget_oldest(session: Session, event_id: int) -> None:
    ids = session.scalars(
        select(RosterUpload.id)
        .where(RosterUpload.event_id == event_id)
        .order_by(RosterUpload.id.desc())
        .offset(MOST_FOR_EVENT)
    ).all()
    for id_ in ids:
        session.delete(session.get_one(RosterUpload, id_))
