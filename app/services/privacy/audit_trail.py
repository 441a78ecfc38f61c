"""Entries of the audit log about people: that something happened stays, what it said goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry, Event, Person

HIDDEN = "█"


def about(
    session: Session, event_id: int, person_ids: Collection[int], sign_up_ids: Collection[int]
) -> list[AuditEntry]:
    """Return the entries of an event that these people caused, or that are about them."""
    actors = {f"person {person_id}" for person_id in person_ids}
    people, sign_ups = frozenset(person_ids), frozenset(sign_up_ids)
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.event_id == event_id).order_by(AuditEntry.id)
    )
    return [
        entry
        for entry in entries
        if entry.actor in actors
        or entry.detail.get("sign_up_id") in sign_ups
        or entry.detail.get("person_id") in people
    ]


def redact(
    session: Session, event: Event, people: Sequence[Person], sign_up_ids: Collection[int]
) -> None:
    """Hide the details of every entry about these people; ids and numbers stay."""
    for entry in about(session, event.id, [person.id for person in people], sign_up_ids):
        entry.detail = {key: _hidden(value) for key, value in entry.detail.items()}


def _hidden(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else HIDDEN
