"""A small event with plans written by hand, so that every test knows who sits where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.enums import ConsentKind, OutboxState, PlanRunState, Role
from app.models import Event, OutboxMessage, PlanRun, SignUp
from app.services import planning, publishing
from tests.builders import default_rules, make_event, make_sign_up, planned_block

MENTORS = ("Diane Le Lévêque", "Oskar Lind", "Agneta Dahlqvist", "Aurora Moresi")
MENTEES = ("Róża Tylus", "Jip van der Stael", "Hanna Nygren", "Wei Chen")
BOTH = (ConsentKind.PLAN, ConsentKind.NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """Four mentors at four tables, four mentees who go round in three rounds."""

    event: Event
    mentors: tuple[SignUp, ...]
    mentees: tuple[SignUp, ...]


def make_evening(
    session: Session,
    *,
    consents: tuple[ConsentKind, ...] = BOTH,
    zone: str = "Europe/Berlin",
    event: Event | None = None,
) -> Evening:
    rules = default_rules() | {"goals": [{"goal": "attendance"}]}
    event = event or make_event(session, rules=rules, zone=zone, name="An evening")
    mentors = tuple(
        make_sign_up(
            session,
            event,
            name=name,
            role=Role.MENTOR,
            consents=consents,
            affiliation=f"Hospital {at}",
        )
        for at, name in enumerate(MENTORS)
    )
    mentees = tuple(
        make_sign_up(session, event, name=name, consents=consents, affiliation=f"School {at}")
        for at, name in enumerate(MENTEES)
    )
    return Evening(event=event, mentors=mentors, mentees=mentees)


def tables_in_turn(evening: Evening) -> list[list[int | None]]:
    """Return the table (0 to 3) of each mentee in each round."""
    return [[(at + turn) % 4 for turn in range(3)] for at in range(len(evening.mentees))]


def make_run(
    session: Session,
    evening: Evening,
    *,
    now: datetime,
    tables: Sequence[Sequence[int | None]] | None = None,
) -> PlanRun:
    """Return a finished run in which each mentee visits these mentors, round by round."""
    block = planned_block(evening.event)
    anew = planning.PlanOptions(near_published=False)
    run = planning.start_run(session, evening.event, block, now=now, actor="test", options=anew)
    chosen = tables_in_turn(evening) if tables is None else tables
    homes = {person["id"]: person.get("table") for person in json.loads(run.problem)["people"]}
    tables_of_mentors = [homes[f"p{mentor.id}"] for mentor in evening.mentors]
    seats = []
    for turn, round_ in enumerate(block.rounds):
        rows = [
            (table, f"p{mentor.id}")
            for mentor, table in zip(evening.mentors, tables_of_mentors, strict=True)
        ]
        rows += [
            (tables_of_mentors[at], f"p{mentee.id}")
            for mentee, own in zip(evening.mentees, chosen, strict=True)
            if (at := own[turn]) is not None and f"p{mentee.id}" in homes
        ]
        seats += [[person, f"r{round_.id}", table] for table, person in sorted(rows)]
    run.plan = json.dumps(
        {
            "format": "roundabout-plan/1",
            "problem_digest": run.problem_digest,
            "status": "feasible",
            "seats": seats,
            "goals": [_attendance(chosen)],
            "seed": 1,
            "seconds": 0.1,
            "solver": "by hand",
        }
    )
    run.state = PlanRunState.DONE
    run.status = "feasible"
    run.finished_at = now
    session.flush()
    return run


def _attendance(tables: Sequence[Sequence[int | None]]) -> dict[str, object]:
    seats = [table for own in tables for table in own]
    reached, most = len([table for table in seats if table is not None]), len(seats)
    return {
        "goal": "attendance",
        "value": reached,
        "best": reached,
        "bound": most,
        "proved": reached == most,
    }


def publish(
    session: Session,
    evening: Evening,
    *,
    now: datetime,
    tables: Sequence[Sequence[int | None]] | None = None,
) -> None:
    """Publish a seating as the next version."""
    run = make_run(session, evening, now=now, tables=tables)
    version = publishing.current(session, evening.event.id).version
    publishing.publish(
        session, evening.event, [run], expected_version=version, now=now, actor="test"
    )


def let_mail_leave(session: Session) -> None:
    """Have everything that waits be sent, so that people know what they were told."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == OutboxState.QUEUED)
        .values(state=OutboxState.SENT)
    )
