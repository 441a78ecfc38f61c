"""Two sign-ups of one person made one: the one kept takes what was chosen, the other leaves.

All of it is one transaction. Nothing confidential is asked or shown: wishes and whom they would
rather not sit with are joined, what is private stays with the one kept, else comes from the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.enums import CancelReason, ConsentKind, InviteState, SignUpState
from app.errors import InvalidInput, StaleVersion, TooLate
from app.models import Answer, Consent, Event, IncomingMail, Invite, Pin, SignUp, Wish
from app.services import audit, invites, outbox, signups
from app.services.addresses import canonical_name
from app.services.roster_edit import addresses
from app.services.roster_edit.changing import change_role
from app.services.signups import places, waitlist
from config import Config

TWO_PEOPLE = "Choose two different people."
GONE = "One of the two has left the event meanwhile. There is nothing to join any more."
ORDER = (
    SignUpState.PLACED,
    SignUpState.HELD,
    SignUpState.OFFERED,
    SignUpState.WAITING,
    SignUpState.ASKED,
)


class Field(StrEnum):
    """What an organiser chooses between; each of the organiser's own questions is one more."""

    NAME = "name"
    EMAIL = "email"
    ROLE = "role"
    STAGE = "stage"
    AFFILIATION = "affiliation"
    TOPICS = "topics"
    NEEDS = "needs"
    ROUNDS = "rounds"
    QUESTION = "question"
    CONSENTS = "consents"


_OF_PERSON = {
    Field.NAME: "name",
    Field.STAGE: "stage",
    Field.AFFILIATION: "affiliation",
}
_OF_SIGN_UP = {
    Field.TOPICS: "topics",
    Field.NEEDS: "needs",
    Field.ROUNDS: "absent_rounds",
    Field.QUESTION: "question",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of it; ``state`` is that of the one kept."""

    kept: SignUp
    state: SignUpState
    takes_entry_out: bool  # the other's calendar entry


def which_is_kept(session: Session, one: SignUp, other: SignUp) -> tuple[SignUp, SignUp]:
    """Return the sign-up that stays and the one that leaves.

    The one with a calendar entry stays, else the one nearer to a place, else the earlier one.
    """
    live = set(
        session.scalars(
            select(Invite.sign_up_id).where(
                Invite.sign_up_id.in_((one.id, other.id)), Invite.state == InviteState.LIVE
            )
        )
    )
    first, second = sorted(
        (one, other), key=lambda it: (it.id not in live, _rank(it.state), it.seq)
    )
    return first, second


def merge(
    session: Session,
    one: SignUp,
    other: SignUp,
    from_leaving: Collection[str],
    *,
    now: datetime,
    actor: str,
    settings: Config,
    key: bytes,
) -> Merged:
    """Make two sign-ups one.

    ``from_leaving`` are the fields (of `Field`, or "own_" and the question's id) that are taken
    from the one that leaves; all others stay. Raises ``StaleVersion`` when one of them has left,
    ``TooLate`` once the event has begun.
    """
    event = _locked(session, one, other, now)
    kept, leaving = which_is_kept(session, one, other)
    had_address, role = leaving.person.email, leaving.role
    if Field.ROLE in from_leaving:
        _swap_places(session, kept, leaving)
    why = CancelReason.MERGED_HERE if Field.EMAIL in from_leaving else CancelReason.MERGED
    taken_out = _take_off(session, leaving, why, now=now, actor=actor, settings=settings)
    _point_wishes(session, event, kept, leaving)
    _take_private(session, kept, leaving)
    _take(session, event, kept, leaving, frozenset(from_leaving))
    if Field.EMAIL in from_leaving:
        _take_address(
            session, event, kept, leaving, had_address, now=now, settings=settings, key=key
        )
    if Field.ROLE in from_leaving:
        change_role(session, kept, role, now=now, actor=actor, settings=settings)
    _pass_on(session, kept, leaving)
    kept.changed_at = now
    if kept.state is SignUpState.PLACED:
        waitlist.count_roster_change(event)
    _record(session, event, kept, leaving, sorted(from_leaving), now=now, actor=actor)
    session.flush()
    return Merged(kept=kept, state=kept.state, takes_entry_out=taken_out)


def _locked(session: Session, one: SignUp, other: SignUp, now: datetime) -> Event:
    """Return the event, with both sign-ups read anew under its lock; refuse what cannot be one."""
    if one.id == other.id or one.event_id != other.event_id:
        raise InvalidInput({"other": TWO_PEOPLE})
    event = places.lock_event(session, one.event_id)
    for sign_up in (one, other):
        session.refresh(sign_up)
    if one.state.is_over or other.state.is_over:
        raise StaleVersion(GONE)
    if event.starts_at <= now:
        raise TooLate
    return event


def _record(
    session: Session,
    event: Event,
    kept: SignUp,
    leaving: SignUp,
    taken: list[str],
    *,
    now: datetime,
    actor: str,
) -> None:
    audit.record(
        session,
        actor=actor,
        what="two sign-ups made one",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=kept.id,
        left_sign_up_id=leaving.id,
        taken=taken,
    )


def _rank(state: SignUpState) -> int:
    return ORDER.index(state) if state in ORDER else len(ORDER)


def _swap_places(session: Session, kept: SignUp, leaving: SignUp) -> None:
    """Have each hold the other's place, so that nobody of the waitlist gets in between."""
    if kept.state.takes_place and leaving.state.takes_place:
        kept.role, leaving.role = leaving.role, kept.role
        kept.block_roles[:] = [one for one in kept.block_roles if one.role is not kept.role]
        session.flush()


def _take_off(
    session: Session,
    leaving: SignUp,
    reason: CancelReason,
    *,
    now: datetime,
    actor: str,
    settings: Config,
) -> bool:
    """Withdraw the second sign-up; no mail says so, but the one that takes its entry out."""
    signups.withdraw(session, leaving, now=now, actor=actor)
    taken_out = invites.cancel_for(session, leaving, now=now, settings=settings, reason=reason)
    outbox.drop_unsent(
        session,
        person_id=leaving.person_id,
        kind=invites.WITHDRAWN,
        reason="the person stays, by their other sign-up",
    )
    session.execute(delete(Pin).where(Pin.sign_up_id == leaving.id))
    return taken_out


def _point_wishes(session: Session, event: Event, kept: SignUp, leaving: SignUp) -> None:
    """Have wishes about either mean the one kept, and none of them be about themselves."""
    mine = kept.person.email_canonical
    names = {canonical_name(one.person.name) for one in (kept, leaving)}
    own = {mine, leaving.person.email_canonical} | names
    for sign_up in (kept, leaving):
        sign_up.wishes[:] = [wish for wish in sign_up.wishes if wish.target_canonical not in own]
    session.flush()
    addresses.follow_wishes(session, event, {leaving.person.email_canonical}, mine)


def _take_private(session: Session, kept: SignUp, leaving: SignUp) -> None:
    """Join what no organiser reads."""
    known = {(wish.kind, wish.target_canonical) for wish in kept.wishes}
    kept.wishes.extend(
        Wish(
            kind=wish.kind,
            target=wish.target,
            target_canonical=wish.target_canonical,
            weight=wish.weight,
        )
        for wish in leaving.wishes
        if (wish.kind, wish.target_canonical) not in known
    )
    kept.goals = kept.goals or leaving.goals
    answered = {one.question_id for one in kept.answers}
    kept.answers.extend(
        Answer(question_id=one.question_id, value=one.value)
        for one in leaving.answers
        if one.question_id not in answered
    )
    session.flush()


def _take(
    session: Session, event: Event, kept: SignUp, leaving: SignUp, chosen: frozenset[str]
) -> None:
    person, theirs = kept.person, leaving.person
    if Field.NAME in chosen:
        addresses.keep_wishes_by_name(session, event, person, theirs.name)
    for field, column in _OF_PERSON.items():
        if field in chosen:
            setattr(person, column, getattr(theirs, column))
    for field, column in _OF_SIGN_UP.items():
        if field in chosen:
            setattr(kept, column, getattr(leaving, column))
    if Field.CONSENTS in chosen:
        _take_consents(session, kept, leaving)
    given = {f"own_{one.question_id}": one.value for one in leaving.answers}
    private = {f"own_{one.id}" for one in event.questions if one.is_private}
    for mine in kept.answers:
        name = f"own_{mine.question_id}"
        if name in chosen - private and name in given:
            mine.value = given[name]


def _take_consents(session: Session, kept: SignUp, leaving: SignUp) -> None:
    wanted: dict[ConsentKind, Consent] = {
        one.kind: one for one in leaving.consents if one.withdrawn_at is None
    }
    kept.consents.clear()
    session.flush()
    kept.consents.extend(
        Consent(kind=kind, text_version=one.text_version, given_at=one.given_at)
        for kind, one in wanted.items()
    )


def _take_address(
    session: Session,
    event: Event,
    kept: SignUp,
    leaving: SignUp,
    email: str,
    *,
    now: datetime,
    settings: Config,
    key: bytes,
) -> None:
    """Give the one kept the other's address; the one that left gets an address of nobody."""
    canonical = leaving.person.email_canonical
    leaving.person.email = leaving.person.email_canonical = (
        f"{secrets.token_hex(16)}@merged.invalid"  # RFC 2606: never anybody's
    )
    session.flush()
    addresses.change_address(
        session, event, kept, email, canonical, now=now, settings=settings, key=key
    )


def _pass_on(session: Session, kept: SignUp, leaving: SignUp) -> None:
    """Have what came in from the other sign-up's mailbox belong to the person that stays."""
    session.execute(
        update(IncomingMail)
        .where(IncomingMail.person_id == leaving.person_id)
        .values(person_id=kept.person_id)
    )
