"""Who is kept apart because somebody asked: shown to owners only, and each time written down.

There is one way to read the pairs, and it writes the record before it reads. Nothing here says who
of the two asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.enums import OrganiserRole, SignUpState, WishKind
from app.errors import NotAllowed
from app.models import Event, SignUp
from app.services import audit
from app.services.accounts import OrganiserView
from app.services.addresses import canonical_name
from app.services.roster import Matches

SHOWN = "keep-apart pairs shown"
"""What the record of changes calls it."""
_OVER = tuple(state for state in SignUpState if state.is_over)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptApart:
    """Pairs of names, each pair and all of them in the order of the alphabet.

    ``unmatched`` are names and addresses as they were written, of people who have not signed up or
    have left, or who share their name with somebody else.
    """

    pairs: tuple[tuple[str, str], ...]
    unmatched: tuple[str, ...]


def show(session: Session, event: Event, by: OrganiserView, *, now: datetime) -> KeptApart:
    """Write down who looks, and return who is kept apart."""
    if by.role is not OrganiserRole.OWNER or by.organisation_id != event.organisation_id:
        raise NotAllowed
    audit.record(
        session,
        actor=f"organiser {by.id}",
        what=SHOWN,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
    )
    session.flush()
    return _read(session, event.id)


def _read(session: Session, event_id: int) -> KeptApart:
    sign_ups = session.scalars(
        select(SignUp)
        .where(SignUp.event_id == event_id, SignUp.state.not_in(_OVER))
        .order_by(SignUp.seq)
        .options(selectinload(SignUp.person), selectinload(SignUp.wishes))
    ).all()
    matches = Matches((one.id, one.person.name, one.person.email_canonical) for one in sign_ups)
    names = {f"p{one.id}": one.person.name for one in sign_ups}
    pairs: set[frozenset[str]] = set()
    unmatched: dict[str, str] = {}
    for one in sign_ups:
        for wish in one.wishes:
            if wish.kind is not WishKind.NOT_WITH:
                continue
            other = matches.find(wish)
            if other is not None:
                pairs.add(frozenset({f"p{one.id}", other}))
            else:
                unmatched.setdefault(wish.target_canonical, wish.target)
    named = (sorted((names[id_] for id_ in pair), key=_alphabet) for pair in pairs)
    return KeptApart(
        pairs=tuple(sorted(((one, other) for one, other in named), key=_alphabet_of_two)),
        unmatched=tuple(sorted(unmatched.values(), key=_alphabet)),
    )


def _alphabet(name: str) -> tuple[str, str]:
    return canonical_name(name), name


def _alphabet_of_two(pair: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return _alphabet(pair[0]), _alphabet(pair[1])
