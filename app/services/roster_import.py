"""Sign-ups from a file, as an organiser brings them: no mail, no address to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import ConsentKind, EventState, SignUpState
from app.errors import SignUpClosed
from app.models import Event, Person
from app.services import audit, roster_csv
from app.services.presets import PresetStage
from app.services.roster_csv import CsvPerson, RosterFile
from app.services.signups import answers, places, waitlist
from app.services.signups.form import SignUpForm, choices_of, cleaned


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
        counts[_sign_up(session, event, one, before, now)] += 1
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


def _sign_up(
    session: Session, event: Event, one: CsvPerson, person: Person | None, now: datetime
) -> SignUpState:
    choices = choices_of(event)
    form = cleaned(_form(one, choices.rounds), choices)
    state = (
        SignUpState.WAITING if places.free(session, event.id, one.role) == 0 else SignUpState.PLACED
    )
    if person is None:
        person = answers.new_person(event, form, one.key, now=now)
    else:
        person.sign_up.wishes.clear()
        person.sign_up.withdrawn_at = None
        session.flush()
    sign_up = person.sign_up
    answers.write(sign_up, form, choices, now=now)
    sign_up.seq = places.next_seq(event)
    sign_up.state = sign_up.wants_state = state
    sign_up.held_until = sign_up.offered_until = None
    sign_up.confirmed_at = sign_up.approved_at = now
    sign_up.changed_at = now
    if state is SignUpState.PLACED:
        waitlist.count_roster_change(event)
    session.add(person)
    session.flush()
    return state


def _form(one: CsvPerson, rounds: tuple[int, ...]) -> SignUpForm:
    """Return the answers; the only consent a file can carry is the one it has a column for."""
    attends = one.rounds or set(range(1, len(rounds) + 1))
    return SignUpForm(
        role=one.role,
        name=one.name,
        email=one.email,
        stage=one.stage,
        affiliation=one.affiliation,
        question=one.question,
        topics=one.topics,
        needs=tuple(sorted(one.needs)),
        rounds=tuple(id_ for number, id_ in enumerate(rounds, start=1) if number in attends),
        wishes=(*one.wishes, *one.unresolved),
        not_with=(*one.not_with, *one.unresolved_not_with),
        consents=frozenset({ConsentKind.QUESTION} if one.shares_question else ()),
    )
