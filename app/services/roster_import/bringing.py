"""Sign-ups from a file, as an organiser brings them: no mail, no address to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import EventState, SignUpState
from app.errors import SignUpClosed
from app.models import Event, Person
from app.services import audit, roster_csv
from app.services.presets import PresetStage
from app.services.roster_csv import CsvPerson, RosterFile
from app.services.roster_import.writing import write_new
from app.services.signups import places, waitlist
from app.services.signups.form import choices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many people got a place, wait for one, or had signed up before (left as they are)."""

    placed: int
    waiting: int
    known: int


def read_for(event: Event, content: bytes) -> RosterFile:
    """Read a file against what an event asks: its roles, stages and rounds."""
    choices = choices_of(event)
    return roster_csv.read_people(
        content,
        rounds=len(choices.rounds),
        roles=choices.roles,
        stages=stages_of(event),
    )


def stages_of(event: Event) -> tuple[PresetStage, ...]:
    """Return an event's career-stage ladder."""
    return tuple(PresetStage(key=stage.key, label=stage.label) for stage in event.stages)


def import_people(
    session: Session, event: Event, people: Sequence[CsvPerson], *, now: datetime, actor: str
) -> Imported:
    """Give everybody of a file a place or one in the queue; running it again adds nobody twice."""
    event = places.lock_event(session, event.id)
    if event.state is EventState.CANCELLED:
        raise SignUpClosed
    known = {
        person.email_canonical: person
        for person in session.scalars(select(Person).where(Person.event_id == event.id))
    }
    counts = dict.fromkeys(SignUpState, 0)
    left_alone = 0
    for one in people:
        before = known.get(one.key)
        if before is not None and not before.sign_up.state.is_over:
            left_alone += 1
            continue
        is_full = places.free(session, event.id, one.role) == 0
        state = SignUpState.WAITING if is_full else SignUpState.PLACED
        write_new(session, event, one, before, state=state, now=now)
        session.flush()
        counts[state] += 1
    waitlist.promote(session, event, now)  # more mentors may mean more places
    imported = Imported(
        placed=counts[SignUpState.PLACED], waiting=counts[SignUpState.WAITING], known=left_alone
    )
    audit.record(
        session,
        actor=actor,
        what="roster imported",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        placed=imported.placed,
        waiting=imported.waiting,
        known=imported.known,
    )
    return imported
