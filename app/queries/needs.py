"""What waits for the organiser of one event, in the order of urgency, each with its way out.

The numbers are those of the roster's own filters, so that the page a link leads to shows exactly
the people who were counted.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.queries import needs_of_people as of_people
from app.queries import needs_of_plan as of_plan
from app.queries.need import Need
from app.queries.needs_facts import read_facts
from app.queries.organiser import EventFrame, RoleCount

_IN_ORDER = (
    of_people.came_back,
    of_people.brought,
    of_plan.at_closed,
    of_plan.in_closed,
    of_plan.no_table,
    of_people.asked,
    of_people.twice,
    of_plan.few_tables,
    of_people.not_agreed,
    of_people.declined,
    of_plan.without_seat,
    of_plan.stale,
    of_plan.unpublished,
    of_plan.unplanned,
    of_people.written,
    of_people.unconfirmed,
    of_plan.unopened,
)


def read(
    session: Session, frame: EventFrame, counts: tuple[RoleCount, ...], *, now: datetime
) -> tuple[Need, ...]:
    """Return what waits for the organiser; once the event is over only what was written."""
    facts = read_facts(session, frame, counts, now=now)
    in_order = (of_people.came_back, of_people.written) if frame.ends_at <= now else _IN_ORDER
    return tuple(need for find in in_order for need in find(facts))
