"""Builds plan runs that have ended, with seats written by hand."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.enums import PlanRunState, Role
from app.models import Event, PlanRun, SignUp
from app.services import planning
from tests.builders import make_event, make_sign_up, planned_block

PROVED = ("attendance_floor", 2, 2, 2)


def make_hosted(
    session: Session, *, mentees: int = 3, **changes: Any
) -> tuple[Event, list[SignUp], list[SignUp]]:
    """Return an event of three rounds with two mentors at two tables, and some mentees."""
    event = make_event(session, tables=2, **changes)
    mentors = [
        make_sign_up(session, event, name=name, role=Role.MENTOR, affiliation=place)
        for name, place in (("Diane Le Lévêque", "North"), ("Oskar Lind", "South"))
    ]
    names = ("Róża Tylus", "三浦 翼", "Maarten van Kempen", "Lucy Turner", "Hanna Nygren")
    return event, mentors, [make_sign_up(session, event, name=name) for name in names[:mentees]]


def make_run(session: Session, event: Event, now: datetime, **changes: Any) -> PlanRun:
    """Return a queued run of the event's block."""
    run = planning.start_run(
        session, event, planned_block(event), time_limit_s=20, seed=1, now=now, actor="test"
    )
    for name, value in changes.items():
        setattr(run, name, value)
    session.flush()
    return run


def finish(
    session: Session,
    run: PlanRun,
    event: Event,
    ways: dict[int, dict[int, int]],
    *,
    status: str = "feasible",
    goals: tuple[tuple[str, float, float, float], ...] = (PROVED,),
    **changes: Any,
) -> PlanRun:
    """End a run; ``ways`` maps sign-ups to {number of round: number of table}."""
    block = planned_block(event)
    rounds = {one.number: f"r{one.id}" for one in block.rounds}
    tables = {one.number: f"t{one.id}" for one in block.tables}
    seats = [
        (f"p{sign_up_id}", rounds[number], tables[table])
        for sign_up_id, way in ways.items()
        for number, table in way.items()
    ]
    order = list(rounds.values())
    seats.sort(key=lambda seat: (order.index(seat[1]), seat[2], seat[0]))
    run.plan = json.dumps(
        {
            "format": "roundabout-plan/1",
            "problem_digest": run.problem_digest,
            "status": status,
            "seats": [list(seat) for seat in seats],
            "goals": [
                {
                    "goal": name,
                    "value": value,
                    "best": best,
                    "bound": bound,
                    "proved": best == bound,
                }
                for name, value, best, bound in goals
            ],
            "seed": 1,
            "seconds": 1.5,
            "solver": "HiGHS",
        }
    )
    run.status = status
    run.state = PlanRunState.DONE
    for name, value in changes.items():
        setattr(run, name, value)
    session.flush()
    return run


def make_planned(
    session: Session, now: datetime
) -> tuple[Event, PlanRun, list[SignUp], list[SignUp]]:
    """Return two mentors and three mentees, of whom one reflects in each round.

    Mentee 0 sits at table 1, 2, nowhere; mentee 1 at 2, nowhere, 1; mentee 2 nowhere, 1, 2.
    """
    event, mentors, mentees = make_hosted(session)
    run = make_run(session, event, now)
    ways = {
        mentors[0].id: {1: 1, 2: 1, 3: 1},
        mentors[1].id: {1: 2, 2: 2, 3: 2},
        mentees[0].id: {1: 1, 2: 2},
        mentees[1].id: {1: 2, 3: 1},
        mentees[2].id: {2: 1, 3: 2},
    }
    finish(session, run, event, ways)
    return event, run, mentors, mentees
