"""G1 and G2: the seating of 600 people, and what every seat of a 200-person round would cost."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import PlanRunState, Role
from app.models import Event, PlanRun
from app.services import planning
from app.tenancy import UNSCOPED
from scheduler import jsonio
from scheduler.problem import Problem, Seat
from tests.benchmarks.measure import Bench, Took
from tests.benchmarks.report import Figure, Row
from tests.benchmarks.web import costs, database, serve
from tests.benchmarks.web import planning as planner_at_work
from tests.benchmarks.web_server import NOW
from tests.builders import (
    default_rules,
    make_event,
    make_organisation,
    make_organiser,
    make_sign_up,
    planned_block,
)
from tests.builders_scheduler import make_plan

ROUNDS = 6
A_TABLE = 4
TOPICS = ("Career planning", "Research", "Leadership", "Teaching", "Balance", "Abroad")


def g1(bench: Bench) -> Iterator[Row]:
    """The plan's page of 600 people, while the planner works in another process."""
    yield _pages(
        bench, "G1", "plan of 600 people while planning", tables=13 if bench.tenth else 120
    )


def g2(bench: Bench) -> Iterator[Row]:
    """The page of a person in a round of 200: what every table and every seat would cost."""
    yield _pages(bench, "G2", "seats of a 200-person round", tables=7 if bench.tenth else 40)


def _pages(bench: Bench, case: str, part: str, *, tables: int) -> Row:
    count, begun = (10 if bench.tenth else 60), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with database(f"sqlite:///{data}/grid.sqlite") as engine:
            paths = make_paths(engine, tables=tables)
            wanted = [paths[0]] if case == "G1" else paths[1:]
            with serve("roundabout", engine, data) as server:
                cookie = server.sign_in()
                first = server.visit(wanted[0], cookie).seconds
                with planner_at_work():
                    laps = range(1, count + 1)
                    visits = [server.visit(wanted[at % len(wanted)], cookie) for at in laps]
    return Row(
        case=case,
        part=part,
        figures=(
            *costs(visits, most_ms=300),
            Figure(name="first ms", value=round(first * 1000, 1)),
        ),
        took=Took(seconds=time.perf_counter() - begun, load=os.getloadavg()[0]),
    )


def make_paths(engine: Engine, *, tables: int) -> list[str]:
    """Make a plan; return the address of its page, then of people in its first round."""
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        house = make_organisation(session)
        make_organiser(session, organisation=house)
        rules = default_rules() | {
            "composition": [
                {"count": {"role": "mentor"}, "min": 1, "max": 1},
                {"count": {"role": "mentee"}, "min": 1, "max": A_TABLE + 1},
            ]
        }
        event = make_event(
            session,
            organisation=house,
            rounds=ROUNDS,
            tables=tables,
            rules=rules,
            capacities={Role.MENTEE: None, Role.MENTOR: None},
        )
        run = make_big_plan(session, event, tables=tables)
        plan = f"/events/{event.id}/plans/{run.id}"
        first = planned_block(event).rounds[0].id
        seats = [seat for seat in planning.decode(run).seats if seat.round_id == first]
        people = [f"p{seat.sign_up_id}" for seat in seats][:: max(1, len(seats) // 50)]
    movers = [person for person in people if int(person[1:]) > tables]
    return [plan, *(f"{plan}/move?person={person}&round=r{first}" for person in movers)]


def make_big_plan(session: Session, event: Event, *, tables: int) -> PlanRun:
    """Fill an event with a mentor and four mentees a table, and seat them in a rotation."""
    for at in range(tables * (A_TABLE + 1)):
        role = Role.MENTOR if at < tables else Role.MENTEE
        topics = (TOPICS[at % 6], TOPICS[(at // 6) % 6])
        make_sign_up(session, event, role=role, topics=topics, affiliation=f"Hospital {at % 37}")
    block = planned_block(event)
    run = planning.start_run(session, event, block, now=NOW, actor="bench")
    problem = jsonio.read_problem(run.problem)
    plan = make_plan(problem, rotation(problem), problem_digest=run.problem_digest)
    run.plan, run.status, run.state = jsonio.write_plan(plan), "feasible", PlanRunState.DONE
    session.flush()
    assert planning.verify_run(run) == ()
    return run


def rotation(problem: Problem) -> tuple[Seat, ...]:
    """Return seats in which nobody sees anybody twice: few tables have to be a prime number."""
    hosts = {one.table: one.id for one in problem.people if one.table is not None}
    tables = sorted(hosts)
    movers = sorted(one.id for one in problem.people if one.table is None)
    seats = []
    for number, row in enumerate(problem.rounds):
        at = [(table, Seat(hosts[table], row.id, table)) for table in tables]
        for index, person in enumerate(movers):
            lap, place = divmod(index, len(tables))
            table = tables[(place + number * (lap + 1)) % len(tables)]
            at.append((table, Seat(person, row.id, table)))
        seats += [seat for _, seat in sorted(at)]
    return tuple(seats)


GRID: dict[str, Callable[[Bench], Iterator[Row]]] = {"G1": g1, "G2": g2}
