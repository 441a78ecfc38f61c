"""The journal of erasures: a file beside the database, so that a restored copy can repeat them.

A line holds ids and times, nothing about the person. It is on the disk before the erasure is
committed: a line too many repeats what was asked for anyway, a line too few would bring somebody
back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FILE_NAME = "erasures.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One erasure. A person's id can be given anew, so the time they came belongs to it."""

    person_id: int
    event_id: int
    person_created_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What could be read of the file, and what could not, in words."""

    lines: tuple[Line, ...]
    faults: tuple[str, ...]


def append(path: Path, lines: Sequence[Line]) -> None:
    """Write lines behind what is there, and see them onto the disk."""
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_new = not path.exists()
    text = "".join(f"{_written(line)}\n" for line in lines)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        torn = _is_torn(handle)
        _write_all(handle, (b"\n" if torn else b"") + text.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _sync_folder(path.parent)


def read(path: Path) -> Journal:
    """Read the file; no file is an empty journal, and a line that is none is a fault."""
    if not path.exists():
        return Journal(lines=(), faults=())
    lines: list[Line] = []
    faults: list[str] = []
    text = path.read_text("utf-8", errors="replace")
    for number, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        try:
            lines.append(_read(row))
        except (ValueError, TypeError, KeyError):
            faults.append(
                f"{path.name}, line {number}: expected an erasure with person_id, event_id, "
                "person_created_at and at; skipped"
            )
    return Journal(lines=tuple(lines), faults=tuple(faults))


def _written(line: Line) -> str:
    return json.dumps(
        {
            "person_id": line.person_id,
            "event_id": line.event_id,
            "person_created_at": line.person_created_at.isoformat(),
            "at": line.at.isoformat(),
        }
    )


def _read(row: str) -> Line:
    entry = json.loads(row)
    person_id, event_id = entry["person_id"], entry["event_id"]
    created_at = datetime.fromisoformat(entry["person_created_at"])
    at = datetime.fromisoformat(entry["at"])
    are_ids = all(type(one) is int for one in (person_id, event_id))
    if not are_ids or created_at.tzinfo is None or at.tzinfo is None:
        raise ValueError(row)
    return Line(person_id=person_id, event_id=event_id, person_created_at=created_at, at=at)


def _is_torn(handle: int) -> bool:
    """Return whether the last line was cut off while it was written."""
    size = os.lseek(handle, 0, os.SEEK_END)
    if size == 0:
        return False
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) != b"\n"


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _sync_folder(folder: Path) -> None:
    """See the new file's name onto the disk too; not every system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
