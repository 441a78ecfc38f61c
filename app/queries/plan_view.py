"""A plan as its page shows it: verdict, seating, who meets whom, receipt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.models import Event, PlanRun, Round
from app.queries import plan_goals, plan_seating, wheel
from app.queries.plan_seating import Seating, Somebody, meetings, people_of, visits
from app.services import planning

EVERYBODY_ELSE = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHead:
    """A round as a column."""

    number: int
    starts_at: datetime  # in the event's zone
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A table as a row: its hosts, and who sits there in each round."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a colleague could read aloud."""

    before: str
    number: str
    after: str
    more: str
    proof: str


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
    columns: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    wheel: wheel.Wheel | None
    receipt: tuple[plan_goals.ReceiptLine, ...]
    left_out: tuple[Somebody, ...]
    seed: int
    seconds: float
    solver: str


def read(session: Session, event: Event, run: PlanRun, *, follow: str = "") -> PlanPage:
    """Return the page of a plan that has seats; ``follow`` is a person's id in it."""
    found = planning.decode(run)
    assert found.plan is not None  # noqa: S101 -- the view asked for a plan with seats
    seating = plan_seating.read(session, event, run, found.seats)
    followed = next((one for one in seating.movers if one.id == follow), None)
    hosted = any(one.table is not None for one in seating.people.values())
    heads = _heads(seating.rounds, ZoneInfo(event.zone))
    people = tuple(sorted(seating.people.values(), key=lambda one: one.name.casefold()))
    left_out = people_of(session, [f"p{sign_up_id}" for sign_up_id in found.left_out], {})
    return PlanPage(
        verdict=_verdict(seating, found.plan, _wishes(run, seating)),
        rounds=heads,
        tables=_rows(seating),
        reflecting=_reflecting(seating, run),
        people=tuple(one for one in people if one.table is None),
        follow=followed.id if followed else "",
        followed=followed,
        is_hosted=hosted,
        columns=tuple(str(table.number) for table in seating.tables)
        if hosted
        else tuple(str(head.number) for head in heads),
        matrix=_matrix(seating, followed, is_hosted=hosted),
        wheel=wheel.draw(
            visits(seating),
            {one.id: one.short for one in seating.movers},
            [table.number for table in seating.tables],
            followed.id if followed else "",
        ),
        receipt=plan_goals.receipt(found.plan.goals),
        left_out=tuple(left_out.values()),
        seed=found.plan.seed,
        seconds=found.plan.seconds,
        solver=found.plan.solver,
    )


def _heads(rounds: Sequence[Round], zone: ZoneInfo) -> tuple[RoundHead, ...]:
    return tuple(
        RoundHead(
            number=one.number,
            starts_at=one.starts_at.astimezone(zone),
            ends_at=(one.starts_at + timedelta(minutes=one.minutes)).astimezone(zone),
        )
        for one in rounds
    )


def _rows(seating: Seating) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(
            number=table.number,
            label=table.label,
            hosts=seating.hosts_at(table.number),
            cells=tuple(seating.movers_at(one.id, table.id) for one in seating.rounds),
        )
        for table in seating.tables
    )


def _reflecting(seating: Seating, run: PlanRun) -> tuple[tuple[Somebody, ...], ...]:
    """Return who sits out each round although they could attend it."""
    can_attend = {
        entry["id"]: set(entry["rounds"]) if "rounds" in entry else None
        for entry in json.loads(run.problem)["people"]
    }
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
                if somebody.id not in seated
                and ((own := can_attend[somebody.id]) is None or f"r{one.id}" in own)
            )
        )
    return tuple(rows)


def _matrix(
    seating: Seating, followed: Somebody | None, *, is_hosted: bool
) -> tuple[MatrixRow, ...]:
    numbers = [one.number for one in seating.rounds]
    rows = []
    for person_id, visited in visits(seating).items():
        if is_hosted:
            cells = tuple(
                ", ".join(str(number) for number, at in visited if at == table.number)
                for table in seating.tables
            )
        else:
            tables = dict(visited)
            cells = tuple(str(tables.get(number, "")) for number in numbers)
        out = [number for number in numbers if number not in {at for at, _table in visited}]
        rows.append(
            MatrixRow(
                person=seating.people[person_id],
                cells=cells,
                reflects=", ".join(str(number) for number in out),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.person != followed, row.person.name.casefold())))


def _verdict(seating: Seating, plan: planning.PlanView, wishes: tuple[int, int]) -> Verdict:
    pairs = meetings(seating)
    hosts = {one.id for one in seating.people.values() if one.table is not None}
    met = {one.id: 0 for one in seating.movers}
    for pair in pairs:
        for one in pair & met.keys():
            met[one] += not hosts or not hosts.isdisjoint(pair)
    twice = [pair for pair, times in pairs.items() if times > 1]
    again = sum(1 for pair in twice if not hosts or not hosts.isdisjoint(pair))
    least, most = min(met.values(), default=0), max(met.values(), default=0)
    who = _who(seating.movers)
    what = _what(seating.people[one] for one in hosts) if hosts else "other"
    more = [f"{wishes[0]} of {wishes[1]} wishes come true."] if wishes[1] else []
    if hosts and len(twice) > again:
        more.append(f"{_pairs(len(twice) - again)} of {who}s share a table again.")
    if least < most:
        share = sum(1 for number in met.values() if number == most)
        more.insert(0, f"{share} of {len(met)} meet {most}.")
    return Verdict(
        before=f"Every {who} meets {'' if least == most else 'at least '}",
        number=str(least),
        after=f" different {what}{'' if least == 1 else 's'}. "
        + (
            f"{_pairs(again)} meet again."
            if again
            else f"Nobody meets a {what} twice."
            if twice
            else "Nobody meets anybody twice."
        ),
        more=" ".join(more),
        proof=_proof(plan),
    )


def _wishes(run: PlanRun, seating: Seating) -> tuple[int, int]:
    """Return how many wishes come true, of how many that somebody could grant."""
    pairs = meetings(seating)
    wishes = json.loads(run.problem).get("wishes", [])
    return sum(1 for one in wishes if frozenset(one[:2]) in pairs), len(wishes)


def _pairs(number: int) -> str:
    return "1 pair" if number == 1 else f"{number} pairs"


def _who(movers: Sequence[Somebody]) -> str:
    roles = {one.role for one in movers}
    return str(next(iter(roles))) if len(roles) == 1 else EVERYBODY_ELSE


def _what(hosts: Iterable[Somebody]) -> str:
    roles = {one.role for one in hosts}
    return str(next(iter(roles))) if len(roles) == 1 else "host"


def _proof(plan: planning.PlanView) -> str:
    if plan.status == "optimal":
        return "No plan can do better in any goal; that is proved."
    goals = plan_goals.asked_for(plan.goals)
    proved = next((at for at, goal in enumerate(goals) if not goal.proved), len(goals))
    first = {0: "", 1: "For the first goal no plan can do better; that is proved. "}.get(
        proved, f"For the first {proved} goals no plan can do better; that is proved. "
    )
    if proved == len(goals):
        return first.strip()
    open_goal = goals[proved]
    return f"{first}{plan_goals.title(open_goal.name)}: {open_goal.words}."
