"""The organiser's roster: everybody who signed up, page by page, and one person of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.errors import NotFound
from app.models import SignUp
from app.queries import roster_rows
from app.queries.roster_filter import QuickFilter, RosterFilter, chosen, counts, place_and_name
from app.queries.roster_rows import RosterRow

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPage:
    """The rows of one page, and the numbers of all."""

    rows: tuple[RosterRow, ...]
    found: int
    everybody: int
    placed: int
    absent: int
    waiting: int
    asked: int
    page: int
    pages: int
    filters: tuple[QuickFilter, ...]
    stages: tuple[str, ...]  # that somebody has, junior first


def read(session: Session, event_id: int, wanted: RosterFilter) -> RosterPage:
    """Return a page of the roster: who waits for a yes, then mentors first, by place and name.

    Private answers are not in it, whoever reads it: lists get printed and shown around.
    """
    rows = roster_rows.everybody(session, event_id)
    found = chosen(rows, wanted)
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(1, wanted.page), pages)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    ladder = {row.stage_at: row.stage for row in rows if row.stage}
    return RosterPage(
        rows=roster_rows.with_answers(session, shown),
        found=len(found),
        everybody=sum(not row.state.is_over for row in rows),
        placed=sum(row.state is SignUpState.PLACED for row in rows),
        absent=sum(row.is_absent for row in rows),
        waiting=sum(row.state is SignUpState.WAITING for row in rows),
        asked=sum(row.state is SignUpState.ASKED for row in rows),
        page=page,
        pages=pages,
        filters=counts(rows, wanted.show),
        stages=tuple(ladder[at] for at in sorted(ladder)),
    )


def person(
    session: Session, event_id: int, sign_up_id: int, *, sees_private: bool = False
) -> RosterRow:
    """Return one person of the event; raise `NotFound` for anybody else."""
    for row in roster_rows.everybody(session, event_id):
        if row.sign_up_id == sign_up_id:
            return roster_rows.with_answers(session, [row], sees_private=sees_private)[0]
    raise NotFound


def people(session: Session, event_id: int, sign_up_ids: list[int]) -> tuple[RosterRow, ...]:
    """Return some people of the event, in the roster's order; `NotFound` when it has none."""
    wanted = set(sign_up_ids)
    every = sorted(roster_rows.everybody(session, event_id), key=place_and_name)
    rows = tuple(row for row in every if row.sign_up_id in wanted)
    if not rows:
        raise NotFound
    return rows


def sign_up_of(session: Session, event_id: int, sign_up_id: int) -> SignUp:
    """Return a sign-up of the event for a service to act on; raise `NotFound` for any other."""
    sign_up = session.scalar(
        select(SignUp).where(SignUp.id == sign_up_id, SignUp.event_id == event_id)
    )
    if sign_up is None:
        raise NotFound
    return sign_up
