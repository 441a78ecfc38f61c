"""Everything that is held about people of one event, taken out of every table it got into.

What stays is what others' facts hang on: opaque ids, seats, the order of sign-ups, that mails went.
Runs under the event's lock, for one person or for all of them at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.enums import PartStat
from app.models import (
    Answer,
    BlockRole,
    Consent,
    Erasure,
    Event,
    IncomingMail,
    Invite,
    Message,
    Person,
    Pin,
    PlanRun,
    Reply,
    RosterUpload,
    SignUp,
    Wish,
)
from app.services import planning
from app.services.addresses import canonical_name
from app.services.privacy import audit_trail, mail
from app.services.privacy.portions import portions

ERASED_NAME = "Erased person"


def forget(
    session: Session,
    event: Event,
    people: Sequence[Person],
    *,
    now: datetime,
    farewells: Collection[int] = (),
    keeps_counts: bool = False,
) -> None:
    """Forget these people of the locked event.

    ``farewells`` are mails that still leave. With ``keeps_counts`` stage, roles by block and
    whether they said they would come stay, which tell of nobody once the names are gone.
    """
    sign_up_ids = _sign_up_ids(session, people)
    _forget_wishes_for(session, event, people)
    mail.forget(session, event, people, sign_up_ids, farewells=farewells)
    for ids in portions(sign_up_ids):
        _forget_answers(session, ids, keeps_counts=keeps_counts)
        _forget_replies(session, ids, keeps_counts=keeps_counts)
    for run in session.scalars(select(PlanRun).where(PlanRun.event_id == event.id)):
        planning.redact(run, sign_up_ids)
    _forget_incoming(session, event, people)
    _forget_naming(session, event, people)
    audit_trail.redact(session, event, people, sign_up_ids)
    for person in people:
        _pseudonymise(person, now=now, keeps_stage=keeps_counts)
        session.add(
            Erasure(
                person_id=person.id,
                event_id=event.id,
                person_created_at=person.created_at,
                at=now,
            )
        )
    session.flush()
    session.expire_all()  # rows of what is gone may still be at hand


def _sign_up_ids(session: Session, people: Sequence[Person]) -> list[int]:
    found: list[int] = []
    for ids in portions(person.id for person in people):
        found += session.scalars(select(SignUp.id).where(SignUp.person_id.in_(ids)))
    return found


def _forget_wishes_for(session: Session, event: Event, people: Sequence[Person]) -> None:
    """Delete what others wrote about these people: their address, and a name that is theirs only.

    A name that somebody else at the event bears may mean that one, and stays.
    """
    going = {person.id for person in people}
    staying = session.execute(
        select(Person.id, Person.name).where(
            Person.event_id == event.id, Person.erased_at.is_(None)
        )
    )
    kept_names = {canonical_name(name) for id_, name in staying if id_ not in going}
    targets = {person.email_canonical for person in people}
    targets |= {canonical_name(person.name) for person in people} - kept_names
    here = select(SignUp.id).where(SignUp.event_id == event.id)
    for some in portions(targets):
        session.execute(
            delete(Wish).where(Wish.target_canonical.in_(some), Wish.sign_up_id.in_(here))
        )


def _forget_answers(session: Session, ids: list[int], *, keeps_counts: bool) -> None:
    own = (Wish, Answer, Consent, Pin)
    for model in own if keeps_counts else (*own, BlockRole):
        session.execute(delete(model).where(model.sign_up_id.in_(ids)))
    session.execute(
        update(SignUp)
        .where(SignUp.id.in_(ids))
        .values(question="", goals="", topics=[], needs=[], absent_rounds=[], absent_at=None)
    )


def _forget_replies(session: Session, ids: list[int], *, keeps_counts: bool) -> None:
    """Delete the answers to invites; the entry's own id stays, as calendars may ask for it."""
    invites = select(Invite.id).where(Invite.sign_up_id.in_(ids))
    session.execute(delete(Reply).where(Reply.invite_id.in_(invites)))
    changes: dict[str, object] = {"fingerprint": ""}  # made of names
    if not keeps_counts:
        changes |= {"partstat": PartStat.NEEDS_ACTION, "replied_at": None}
    session.execute(update(Invite).where(Invite.sign_up_id.in_(ids)).values(**changes))


def _forget_incoming(session: Session, event: Event, people: Sequence[Person]) -> None:
    """Empty what they wrote to the event's address; that something came stays."""
    blank = {"from_address": "", "subject": "", "text": "", "reason": ""}
    for ids in portions(person.id for person in people):
        session.execute(update(IncomingMail).where(IncomingMail.person_id.in_(ids)).values(**blank))
    addresses = {person.email.lower() for person in people}
    for some in portions(addresses | {person.email_canonical for person in people}):
        session.execute(
            update(IncomingMail)
            .where(
                IncomingMail.event_id == event.id,
                func.lower(IncomingMail.from_address).in_(some),
            )
            .values(**blank)
        )


def _forget_naming(session: Session, event: Event, people: Sequence[Person]) -> None:
    """Take these people out of what organisers wrote, and drop files that may hold them."""
    session.execute(delete(RosterUpload).where(RosterUpload.event_id == event.id))
    for message in session.scalars(select(Message).where(Message.event_id == event.id)):
        for person in people:
            for said in (person.email, person.name):
                message.subject = message.subject.replace(said, "somebody")
                message.text = message.text.replace(said, "somebody")


def _pseudonymise(person: Person, *, now: datetime, keeps_stage: bool) -> None:
    nowhere = f"{secrets.token_hex(16)}@erased.invalid"  # RFC 2606: never anybody's
    person.name = ERASED_NAME
    person.email = nowhere
    person.email_canonical = nowhere
    person.affiliation = ""
    if not keeps_stage:
        person.stage = None
    person.erased_at = now
