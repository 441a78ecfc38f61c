"""A plan as its page shows it: verdict, seating, who meets whom, receipt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.models import Event, PlanRun, Round
from app.queries import plan_goals, plan_hand, plan_more, plan_seating, wheel
from app.queries.plan_seating import Seating, Somebody, people_of, visits
from app.queries.plan_verdict import Verdict, verdict
from app.services import planning


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """A round as a column."""

    id: str
    number: int
    starts_at: datetime  # in the event's zone
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A table as a row: its hosts, and who sits there in each round."""

    id: str
    number: int
    label: str
    hosts: tuple[Somebody, ...]
    cells: tuple[tuple[Somebody, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One person's way: for each column the rounds (hosted) or the table (else)."""

    person: Somebody
    cells: tuple[str, ...]
    reflects: str
    away: str  # rounds they cannot attend


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """Everything on the page of a plan with seats."""

    verdict: Verdict
    rounds: tuple[RoundHead, ...]
    tables: tuple[TableRow, ...]
    reflecting: tuple[tuple[Somebody, ...], ...]
    people: tuple[Somebody, ...]
    follow: str
    followed: Somebody | None
    is_hosted: bool
    by_table: bool  # the columns are tables, else rounds
    columns: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    wheel: wheel.Wheel | None
    receipt: tuple[plan_goals.ReceiptLine, ...]
    left_out: tuple[Somebody, ...]
    seed: int
    seconds: float
    solver: str
    hand: plan_hand.Hand
    more: plan_more.More


def read(session: Session, event: Event, run: PlanRun, *, follow: str = "") -> PlanPage:
    """Return the page of a plan that has seats; ``follow`` is a person's id in it."""
    found = planning.decode(run)
    assert found.plan is not None  # noqa: S101 -- the view asked for a plan with seats
    seating = plan_seating.read(session, event, run, found.seats)
    followed = next((one for one in seating.movers if one.id == follow), None)
    hosted = any(one.table is not None for one in seating.people.values())
    heads = _heads(seating.rounds, ZoneInfo(event.zone))
    by_name = sorted(seating.people.values(), key=lambda one: one.name.casefold())
    picture = _wheel(seating, followed)
    by_table = hosted and len(seating.tables) <= wheel.MOST_TABLES
    return PlanPage(
        verdict=verdict(seating, found.plan, run.problem),
        rounds=heads,
        tables=_rows(seating),
        reflecting=_reflecting(seating),
        people=tuple(one for one in by_name if one.table is None),
        follow=followed.id if followed else "",
        followed=followed,
        is_hosted=hosted,
        by_table=by_table,
        columns=tuple(str(one.number) for one in (seating.tables if by_table else heads)),
        matrix=_matrix(seating, followed, by_table=by_table),
        wheel=picture,
        receipt=plan_goals.receipt(found.plan.goals),
        left_out=_left_out(session, found.left_out),
        seed=found.plan.seed,
        seconds=found.plan.seconds,
        solver=found.plan.solver,
        hand=plan_hand.read(session, run, seating),
        more=plan_more.read(
            session,
            event,
            run,
            seating,
            plan=found.plan,
            followed=followed,
            has_wheel=picture is not None,
        ),
    )


def _left_out(session: Session, sign_up_ids: Iterable[int]) -> tuple[Somebody, ...]:
    return tuple(people_of(session, [f"p{id_}" for id_ in sign_up_ids], {}).values())


def _wheel(seating: Seating, followed: Somebody | None) -> wheel.Wheel | None:
    return wheel.draw(
        visits(seating),
        {one.id: wheel.label(one.short) for one in seating.movers},
        [table.number for table in seating.tables],
        followed.id if followed else "",
    )


def _heads(rounds: Sequence[Round], zone: ZoneInfo) -> tuple[RoundHead, ...]:
    return tuple(
        RoundHead(
            id=f"r{one.id}",
            number=one.number,
            starts_at=one.starts_at.astimezone(zone),
            ends_at=(one.starts_at + timedelta(minutes=one.minutes)).astimezone(zone),
        )
        for one in rounds
    )


def _rows(seating: Seating) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(
            id=f"t{table.id}",
            number=table.number,
            label=table.label,
            hosts=seating.hosts_at(table.number),
            cells=tuple(seating.movers_at(one.id, table.id) for one in seating.rounds),
        )
        for table in seating.tables
    )


def _reflecting(seating: Seating) -> tuple[tuple[Somebody, ...], ...]:
    """Return who sits out each round although they could attend it."""
    rows = []
    for one in seating.rounds:
        seated = {
            somebody.id
            for table in seating.tables
            for somebody in seating.movers_at(one.id, table.id)
        }
        rows.append(
            tuple(
                somebody
                for somebody in seating.movers
                if somebody.id not in seated and not seating.is_away(somebody, one.id)
            )
        )
    return tuple(rows)


def _matrix(
    seating: Seating, followed: Somebody | None, *, by_table: bool
) -> tuple[MatrixRow, ...]:
    numbers = [one.number for one in seating.rounds]
    columns = [table.number for table in seating.tables] if by_table else numbers
    rows = []
    for person_id, visited in visits(seating).items():
        marks: dict[int, list[str]] = {}
        for number, table in visited:
            column, mark = (table, number) if by_table else (number, table)
            marks.setdefault(column, []).append(str(mark))
        cells = tuple(", ".join(marks[one]) if one in marks else "" for one in columns)
        somebody = seating.people[person_id]
        seated = {at for at, _table in visited}
        away = {one.number for one in seating.rounds if seating.is_away(somebody, one.id)}
        rows.append(
            MatrixRow(
                person=somebody,
                cells=cells,
                reflects=_listed(set(numbers) - seated - away),
                away=_listed(away),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.person != followed, row.person.name.casefold())))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
