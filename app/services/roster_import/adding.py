"""The organiser's yes: a whole file in one transaction, under the event's lock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import EventState, Role, SignUpState
from app.errors import MentoringError, SignUpClosed
from app.models import Event, RosterUpload
from app.services import audit
from app.services.roster_import import changes, leftover, reporting, uploads
from app.services.roster_import.opening import opened
from app.services.roster_import.reporting import Outcome, Report, ReportRow
from app.services.roster_import.uploads import Done
from app.services.roster_import.writing import write_new
from app.services.signups import mail as signup_mail
from app.services.signups import places, waitlist
from app.services.signups.form import choices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """What the organiser agreed to: what was shown, more places for some roles, and mail or none.

    ``seen`` is the mark of the report that was on the page.
    """

    seen: str
    raised: frozenset[Role] = frozenset()
    tells: bool = False


class RosterMoved(MentoringError):
    """The roster changed since you looked. Nothing was added; look at what the file does now."""

    status = 409


def add(
    session: Session, event: Event, upload: RosterUpload, yes: Yes, *, now: datetime, actor: str
) -> Done:
    """Write what the report says. A second click finds it done; ``RosterMoved`` if it would differ.

    Nobody of the file gets a mail unless ``yes.tells``; who waited before and gets a place through
    the file is told as always.
    """
    event = places.lock_event(session, event.id)
    done = uploads.done_of(upload)
    if done is not None:
        return done
    if event.state is EventState.CANCELLED or event.anonymised_at is not None:
        raise SignUpClosed
    file = opened(event, upload)
    found = reporting.report(session, event, file.sheet, file.columns, file.decisions, now=now)
    if found.mark != yes.seen:
        raise RosterMoved
    found = _raise_places(session, event, found, yes.raised, now=now, actor=actor)
    done = _write(session, event, found, tells=yes.tells, now=now)
    stayed = leftover.stayed_behind(found)
    rest = leftover.keep_rest(session, upload, file, stayed)
    done = replace(done, stayed=len(stayed), rest=None if rest is None else rest.id)
    uploads.finish(upload, done, stayed=leftover.as_json(stayed))
    audit.record(
        session,
        actor=actor,
        what="roster imported",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        placed=done.added - done.waiting,
        waiting=done.waiting,
        changed=done.changed,
        known=found.known,
        told=done.told,
    )
    return done


def _raise_places(
    session: Session,
    event: Event,
    found: Report,
    raised: frozenset[Role],
    *,
    now: datetime,
    actor: str,
) -> Report:
    roles = frozenset(
        one.role
        for one in found.allotment.roles
        if one.role in raised and one.enough is not None and one.waits
    )
    if not roles:
        return found
    found = reporting.with_room(found, roles)
    for one in found.allotment.roles:
        if one.role in roles:
            waitlist.set_capacity(session, event, one.role, one.places, now=now, actor=actor)
    return found


def _write(session: Session, event: Event, found: Report, *, tells: bool, now: datetime) -> Done:
    new = [row for row in found.rows if row.outcome in {Outcome.PLACE, Outcome.WAIT}]
    mentors = [row for row in new if row.person and row.person.role is Role.MENTOR]
    told = _write_new(session, event, found, mentors, tells=tells, now=now)
    waitlist.promote(session, event, now)  # who waits already comes before the file's
    others = [row for row in new if row.person and row.person.role is not Role.MENTOR]
    told += _write_new(session, event, found, others, tells=tells, now=now)
    changed = 0
    for row in found.rows:
        if row.changes is None or row.person is None:
            continue
        person = found.standing.people[row.person.key]
        if changes.write(person, row.changes, now=now) and not person.sign_up.state.is_over:
            waitlist.count_roster_change(event)
        changed += row.outcome is Outcome.CHANGE
    session.flush()
    return Done(added=len(new), waiting=found.count(Outcome.WAIT), changed=changed, told=told)


def _write_new(
    session: Session,
    event: Event,
    found: Report,
    rows: list[ReportRow],
    *,
    tells: bool,
    now: datetime,
) -> int:
    """Add people; return how many of them get a mail."""
    choices = choices_of(event)
    written = [
        write_new(
            session,
            event,
            row.person,
            found.standing.people.get(row.person.key),
            state=SignUpState.PLACED if row.outcome is Outcome.PLACE else SignUpState.WAITING,
            now=now,
            choices=choices,
        )
        for row in rows
        if row.person is not None
    ]
    session.flush()
    if not tells:
        return 0
    for sign_up in written:
        kind, mail = signup_mail.first(event, sign_up.state, confirms_address=False)
        signup_mail.queue_first(
            session,
            event,
            mail,
            kind=kind,
            event_id=event.id,
            person_id=sign_up.person_id,
            address=sign_up.person.email,
            now=now,
        )
    return len(written)
