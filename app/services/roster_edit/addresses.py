"""Another address for somebody: what the old mailbox holds stops working, the new one gets its own.

The old address may be a stranger's, mistyped on the form. So every link that was sent there dies,
what waits to leave for it is dropped, and the calendar entry there is taken out.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.enums import CancelReason, InviteState, Method, OutboxState
from app.errors import InvalidInput
from app.models import AccessLink, Event, Invite, OutboxMessage, Person, SignUp, Wish
from app.services import access, addresses, invites
from app.services.addresses import canonical_name
from app.services.roster_edit.adding import KNOWN
from config import Config

WHY = "the person's address is another now"
CAME_BACK = (OutboxState.FAILED, OutboxState.BOUNCED)


def check_free(session: Session, person: Person, email: str) -> str:
    """Return the compared spelling of a new address; raises ``InvalidInput`` if it is taken."""
    canonical = addresses.canonical_address(email)
    other = session.scalar(
        select(Person).where(
            Person.event_id == person.event_id,
            Person.email_canonical == canonical,
            Person.id != person.id,
        )
    )
    if other is not None:
        raise InvalidInput({"email": KNOWN.format(other.name)})
    return canonical


def change_address(
    session: Session,
    event: Event,
    sign_up: SignUp,
    email: str,
    canonical: str,
    *,
    now: datetime,
    settings: Config,
    key: bytes,
) -> None:
    """Write the new address of the locked event's sign-up; calendars follow it."""
    person = sign_up.person
    before = person.email_canonical
    had_entry = _take_out(session, sign_up, now=now, settings=settings)
    _drop_mail(session, person)
    person.email = addresses.clean_address(email)
    person.email_canonical = canonical
    sign_up.confirmed_at = sign_up.confirmed_at or now
    session.flush()
    follow_wishes(session, event, {before}, canonical)
    for link in session.scalars(select(AccessLink).where(AccessLink.person_id == person.id)):
        access.revoke(session, link, key=key)
    if had_entry:
        invites.tell_one(session, sign_up, now=now, settings=settings)


def follow_wishes(session: Session, event: Event, before: set[str], canonical: str) -> None:
    """Have what others wrote about somebody mean them still, wishes and the contrary alike."""
    here = select(SignUp.id).where(SignUp.event_id == event.id)
    session.execute(
        update(Wish)
        .where(Wish.target_canonical.in_(before), Wish.sign_up_id.in_(here))
        .values(target_canonical=canonical)
    )


def keep_wishes_by_name(session: Session, event: Event, person: Person, name: str) -> None:
    """Have wishes that name somebody by a name only they bear mean them under another name."""
    old, new = canonical_name(person.name), canonical_name(name)
    if old == new:
        return
    names = session.execute(
        select(Person.id, Person.name).where(
            Person.event_id == event.id, Person.erased_at.is_(None)
        )
    )
    if not any(id_ != person.id and canonical_name(said) == old for id_, said in names):
        follow_wishes(session, event, {old}, person.email_canonical)


def _take_out(session: Session, sign_up: SignUp, *, now: datetime, settings: Config) -> bool:
    """Take the calendar entry out at the old address; return whether there was one."""
    invite = session.scalar(select(Invite).where(Invite.sign_up_id == sign_up.id))
    if invite is None or invite.state is not InviteState.LIVE:
        return False
    if not _arrived(session, invite, sign_up.person.email_canonical):
        invite.state = InviteState.CANCELLED
        invite.method = Method.CANCEL
        invite.sequence += 1
        return True
    return invites.cancel_for(
        session, sign_up, now=now, settings=settings, reason=CancelReason.ADDRESS
    )


def _arrived(session: Session, invite: Invite, canonical: str) -> bool:
    """Return whether the mailbox of this address may hold the entry, by what left for it last.

    What went to an earlier address says nothing: that mailbox got its own cancellation.
    """
    left = session.execute(
        select(OutboxMessage.to_address, OutboxMessage.method)
        .where(
            OutboxMessage.uid == invite.uid,
            OutboxMessage.state.in_((OutboxState.SENT, OutboxState.SENDING)),
        )
        .order_by(OutboxMessage.id.desc())
    )
    here = (
        method
        for address, method in left
        if address and addresses.canonical_address(address) == canonical
    )
    return next(here, None) is Method.REQUEST


def _drop_mail(session: Session, person: Person) -> None:
    """Withdraw what waits for the old address, or came back from it; a cancellation still goes."""
    waits = (OutboxMessage.state == OutboxState.QUEUED) & or_(
        OutboxMessage.method.is_(None), OutboxMessage.method != Method.CANCEL
    )
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.person_id == person.id,
            or_(waits, OutboxMessage.state.in_(CAME_BACK)),
        )
        .values(state=OutboxState.DROPPED, last_error=WHY)
    )
