"""What each person gets of a plan: rounds, meetings, wishes; and why not more, in one reason.

A wish that did not come true says the same whatever stood against it: so it tells nobody who asked
not to sit with whom.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.enums import SignUpState, WishKind
from app.models import Event, PlanRun, SignUp
from app.queries import plan_seating
from app.queries.plan_seating import Seating, Somebody, meetings
from app.services import planning
from app.services.roster import Matches

THE_RULES = "the rules of this event"
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SitOut:
    """A round without a seat, and why."""

    round: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReceipt:
    """One person's share."""

    person: Somebody
    seated: int
    of_rounds: int  # those they can come to
    meets: int
    granted: int
    wished: int
    sits_out: tuple[SitOut, ...]
    away: tuple[int, ...]

    @property
    def wishes(self) -> str:
        """Return "2 of 3 wishes", and the one reason for the others."""
        if not self.wished:
            return ""
        said = f"{self.granted} of {self.wished} {'wish' if self.wished == 1 else 'wishes'}"
        return said if self.granted == self.wished else f"{said}; otherwise {THE_RULES}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """A page of receipts, by name."""

    rows: tuple[PersonReceipt, ...]
    page: int
    pages: int
    people: int
    search: str


def read(
    session: Session, event: Event, run: PlanRun, *, page: int = 1, search: str = ""
) -> PeoplePage:
    """Return a page of everybody in a plan that has seats."""
    seating = plan_seating.read(session, event, run, planning.decode(run).seats)
    key = search.strip().casefold()
    found = sorted(
        (one for one in seating.people.values() if key in one.name.casefold()),
        key=lambda one: (one.name.casefold(), one.id),
    )
    pages = max(1, ceil(len(found) / ON_A_PAGE))
    page = min(max(1, page), pages)
    chosen = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return PeoplePage(
        rows=receipts(session, event, run, seating, chosen),
        page=page,
        pages=pages,
        people=len(found),
        search=search,
    )


def receipts(
    session: Session,
    event: Event,
    run: PlanRun,
    seating: Seating,
    people: Sequence[Somebody],
) -> tuple[PersonReceipt, ...]:
    """Return what some people of a plan get."""
    met = meetings(seating)
    wishes = _wishes(session, event)
    full = full_rounds(seating, json.loads(run.problem))
    found = []
    for one in people:
        at = _rounds_of(seating, one)
        away = tuple(r.number for r in seating.rounds if seating.is_away(one, r.id))
        wanted = wishes.get(one.id, ())
        out = [r for r in seating.rounds if r.number not in {*at, *away}]
        found.append(
            PersonReceipt(
                person=one,
                seated=len(at),
                of_rounds=len(seating.rounds) - len(away),
                meets=sum(1 for pair in met if one.id in pair),
                granted=sum(1 for target in wanted if frozenset({one.id, target}) in met),
                wished=len(wanted),
                sits_out=tuple(
                    SitOut(round=r.number, why=full.get(r.number) or THE_RULES) for r in out
                )
                if one.table is None
                else (),
                away=away,
            )
        )
    return tuple(found)


def full_rounds(seating: Seating, problem: Mapping[str, Any]) -> dict[int, str]:
    """Return the rounds in which every seat for those who move is taken, in words."""
    most = _room(problem)
    found: dict[int, str] = {}
    if most is None:
        return found
    for one in seating.rounds:
        groups = [seating.movers_at(one.id, table.id) for table in seating.tables]
        seats = most * len(seating.tables)
        if sum(map(len, groups)) >= seats:
            there = sum(1 for person in seating.movers if not seating.is_away(person, one.id))
            found[one.number] = f"{seats} seats for {there} people"
    return found


def _room(problem: Mapping[str, Any]) -> int | None:
    """Return how many people who move a table takes at most, None where the rules do not say."""
    movers = {one["role"] for one in problem["people"] if "table" not in one}
    sizes = [
        entry["max"]
        for entry in problem.get("composition", ())
        if "max" in entry and "tables" not in entry and entry.get("count", {}).get("role") in movers
    ]
    return min(sizes) if sizes and len(movers) == 1 else None


def _rounds_of(seating: Seating, one: Somebody) -> tuple[int, ...]:
    return tuple(
        r.number
        for r in seating.rounds
        if any(one in seating.at.get((r.id, table.id), ()) for table in seating.tables)
    )


def _wishes(session: Session, event: Event) -> dict[str, tuple[str, ...]]:
    """Return whom everybody wished for, as ids; a wish that names nobody here has none."""
    sign_ups = session.scalars(
        select(SignUp)
        .where(SignUp.event_id == event.id, SignUp.state == SignUpState.PLACED)
        .options(selectinload(SignUp.person), selectinload(SignUp.wishes))
        .order_by(SignUp.id)
    ).all()
    matches = Matches((one.id, one.person.name, one.person.email_canonical) for one in sign_ups)
    return {
        f"p{one.id}": tuple(
            matches.find(wish) or "" for wish in one.wishes if wish.kind is WishKind.WISH
        )
        for one in sign_ups
    }
