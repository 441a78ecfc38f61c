"""Whom a freed place goes to."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import Admission, SignUpState
from app.models import Capacity, Event, Person, SignUp

RULES = {
    Admission.FIRST_COME: "Free places go to whoever asked first.",
    Admission.PLAN: (
        "Free places go to people of the career stage that has the fewest places so far, then to "
        "whoever asked first."
    ),
}


def rule_of(admission: Admission) -> str:
    """Return the rule as people read it before they sign up."""
    return RULES[admission]


def next_in_line(
    session: Session, event: Event, capacity: Capacity, open_places: int | None
) -> list[SignUp]:
    """Return who of the waiting gets the free places of a role, in order.

    First come, first served: by the order of sign-ups. "Whom the plan lacks": of the people
    waiting, the one whose career stage has the fewest people of this role with a place (held,
    placed or offered), then the earlier sign-up; then the next, with that one counted. Somebody
    without a stage counts as a stage of its own. A rule of one sentence was chosen over a score of
    stage and topics, because people are told it beforehand and must be able to check it.

    Where addresses are confirmed, only who has confirmed is in the line.
    """
    if open_places == 0:
        return []
    statement = (
        select(SignUp, Person.stage)
        .join(Person, Person.id == SignUp.person_id)
        .where(
            SignUp.event_id == event.id,
            SignUp.role == capacity.role,
            SignUp.state == SignUpState.WAITING,
        )
        .order_by(SignUp.seq)
    )
    if event.confirms_address:
        statement = statement.where(SignUp.confirmed_at.is_not(None))
    is_first_come = capacity.admission is Admission.FIRST_COME
    if is_first_come and open_places is not None:
        statement = statement.limit(open_places)
    waiting = [(sign_up, stage) for sign_up, stage in session.execute(statement)]
    if is_first_come or not waiting:
        return [sign_up for sign_up, _ in waiting]
    number = len(waiting) if open_places is None else open_places
    return _lacked_most(waiting, stages_with_places(session, event.id, capacity), number)


def stages_with_places(session: Session, event_id: int, capacity: Capacity) -> Counter[str | None]:
    """Return how many people of a role have a place, by career stage."""
    taking = [state for state in SignUpState if state.takes_place]
    rows = session.execute(
        select(Person.stage, func.count())
        .join(SignUp, SignUp.person_id == Person.id)
        .where(
            SignUp.event_id == event_id,
            SignUp.role == capacity.role,
            SignUp.state.in_(taking),
        )
        .group_by(Person.stage)
    )
    counted: Counter[str | None] = Counter()
    for stage, number in rows:
        counted[stage] = number
    return counted


def _lacked_most(
    waiting: list[tuple[SignUp, str | None]], counted: Counter[str | None], number: int
) -> list[SignUp]:
    left = list(waiting)
    chosen: list[SignUp] = []
    while left and len(chosen) < number:
        best = min(left, key=lambda one: (counted[one[1]], one[0].seq))
        left.remove(best)
        counted[best[1]] += 1
        chosen.append(best[0])
    return chosen
