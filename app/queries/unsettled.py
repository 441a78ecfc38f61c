"""Who would be in a plan, or is not, before their own yes is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session

from app.enums import ConsentKind, SignUpState
from app.models import Consent, Person, SignUp

NAMED = 10
"""Whom a sentence names; the rest are a number and a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Some people: the first by name, and how many there are in all."""

    names: tuple[str, ...]
    number: int

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.number - len(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """Who has a place and whose yes to be planned with is not known, and whose address is not."""

    not_agreed: Named
    unconfirmed: Named


def unsettled(session: Session, event_id: int) -> Unsettled:
    """Return who should be asked before an event's plan is published."""
    rows = session.execute(
        select(Person.name, SignUp.state)
        .join(Person, Person.id == SignUp.person_id)
        .where(
            SignUp.event_id == event_id,
            (SignUp.state == SignUpState.HELD)
            | ((SignUp.state == SignUpState.PLACED) & ~has_agreed()),
        )
    ).all()
    return Unsettled(
        not_agreed=named(name for name, state in rows if state is SignUpState.PLACED),
        unconfirmed=named(name for name, state in rows if state is SignUpState.HELD),
    )


def has_agreed() -> Exists:
    """Return whether a sign-up has a yes to being planned with; organisers' lists bring none."""
    return exists().where(
        Consent.sign_up_id == SignUp.id,
        Consent.kind == ConsentKind.PLAN,
        Consent.withdrawn_at.is_(None),
    )


def named(names: Iterable[str]) -> Named:
    """Return some people by name, the first ten of them."""
    every = sorted(names, key=str.casefold)
    return Named(names=tuple(every[:NAMED]), number=len(every))
