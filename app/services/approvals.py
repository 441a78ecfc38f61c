"""The organiser's yes or no to several people at once; nobody's answer is given twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.enums import SignUpState
from app.errors import NotFound
from app.models import SignUp
from app.services import signups
from app.services.signups import places


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What came of it: names by what they have now, and those left as they were, and why."""

    placed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    already: tuple[tuple[str, SignUpState], ...] = ()

    @property
    def told(self) -> int:
        """How many people get a mail."""
        return len(self.placed) + len(self.waiting) + len(self.refused)


def decide(
    session: Session,
    event_id: int,
    sign_up_ids: Sequence[int],
    *,
    is_yes: bool,
    now: datetime,
    actor: str,
    after_no: bool = False,
) -> Decision:
    """Say yes or no to those who still wait for it, in the order of sign-up.

    Who was answered meanwhile stays as they are. With ``after_no``, a yes counts for somebody who
    was refused, too. Raises ``NotFound`` when nobody of the event is meant.
    """
    places.lock_event(session, event_id)
    found = _find(session, event_id, sign_up_ids)
    open_states = {SignUpState.ASKED} | ({SignUpState.REFUSED} if after_no and is_yes else set())
    ends: dict[SignUpState, list[str]] = {}
    already: list[tuple[str, SignUpState]] = []
    unconfirmed: list[str] = []
    answer = signups.approve if is_yes else signups.refuse
    for sign_up in found:
        name = sign_up.person.name
        if sign_up.state not in open_states:
            already.append((name, sign_up.state))
            continue
        try:
            ends.setdefault(answer(session, sign_up, now=now, actor=actor), []).append(name)
        except signups.NotConfirmed:
            unconfirmed.append(name)
    return Decision(
        placed=tuple(ends.get(SignUpState.PLACED, ())),
        waiting=tuple(ends.get(SignUpState.WAITING, ())),
        refused=tuple(ends.get(SignUpState.REFUSED, ())),
        unconfirmed=tuple(unconfirmed),
        already=tuple(already),
    )


def _find(session: Session, event_id: int, sign_up_ids: Sequence[int]) -> Sequence[SignUp]:
    found = session.scalars(
        select(SignUp)
        .where(SignUp.event_id == event_id, SignUp.id.in_(sign_up_ids))
        .options(joinedload(SignUp.person))
        .order_by(SignUp.seq)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        raise NotFound
    return found
