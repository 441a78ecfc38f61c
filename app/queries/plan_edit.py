"""Where somebody could go in a round instead: every table and every seat, each with its price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Event, PlanRun, Round, Table
from app.queries import plan_hand, plan_seating
from app.queries.plan_choice import Choice, Dock, Kind, dock
from app.queries.plan_seating import Seating, Somebody
from app.services import plan_edits, planning
from app.services.plan_edits import OUT, Names, Wanted
from app.services.planning.edits import Outcome, Scene, edits_of, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoices:
    """A table with the choices at it; ``reason`` when all of them fail for the same."""

    number: int | None
    title: str
    move: Choice | None
    seats: tuple[Choice, ...]
    company: tuple[Somebody, ...]  # who stays beside the person at their own table
    is_own: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage:
    """Everything on the page of one person in one round."""

    person: Somebody
    round_id: str
    number: int
    starts_at: datetime
    place: str
    is_seated: bool
    is_pinned: bool
    is_host: bool
    tables: tuple[TableChoices, ...]
    out: Choice | None
    resting: tuple[Choice, ...]
    resting_reason: str
    counts: Mapping[Kind, int]
    dock: Dock | None
    newest_child: int


def choices(
    session: Session, event: Event, run: PlanRun, person: str, round_id: str, *, is_owner: bool
) -> dict[str, Choice]:
    """Return every choice by where it leads."""
    scene = plan_edits.scene_of(session, run)
    _check(scene, person, round_id)
    names = plan_edits.read_names(session, event)
    return _choices(scene, person, round_id, names, is_owner=is_owner)


def read(
    session: Session,
    event: Event,
    run: PlanRun,
    person: str,
    round_id: str,
    *,
    to: str = "",
    is_owner: bool,
) -> MovePage:
    """Return the page of a person in a round; ``to`` is the choice in hand, if any."""
    scene = plan_edits.scene_of(session, run)
    _check(scene, person, round_id)
    seating = plan_seating.read(session, event, run, planning.decode(run).seats)
    names = plan_hand.names_in(seating)
    found = _choices(scene, person, round_id, names, is_owner=is_owner)
    row = next(one for one in seating.rounds if f"r{one.id}" == round_id)
    own = scene.table_of[person].get(round_id)
    resting, why = _resting(scene, seating, row, found, person)
    return MovePage(
        person=seating.people[person],
        round_id=round_id,
        number=row.number,
        starts_at=row.starts_at.astimezone(ZoneInfo(event.zone)),
        place=names.table(own) if own else "nowhere",
        is_seated=own is not None,
        is_pinned=scene.pins.get((person, round_id)) is not None,
        is_host=person in scene.host_of,
        tables=tuple(
            _table(scene, seating, row, table, found, person)
            for table in seating.block_tables
            if f"t{table.id}" in scene.tables
        ),
        out=found.get(OUT),
        resting=resting,
        resting_reason=why,
        counts={kind: sum(one.kind is kind for one in found.values()) for kind in Kind},
        dock=dock(scene, names, Wanted(person=person, round=round_id, to=to), found),
        newest_child=plan_hand.newest_child(session, run),
    )


def _check(scene: Scene, person: str, round_id: str) -> None:
    if person not in scene.people or round_id not in scene.rounds:
        raise NotFound


def _choices(
    scene: Scene, person: str, round_id: str, names: Names, *, is_owner: bool
) -> dict[str, Choice]:
    found = {}
    for edit in edits_of(scene, person, round_id):
        to = edit.moves[1][0] if len(edit.moves) > 1 else edit.moves[0][1] or OUT
        found[to] = _choice(weigh(scene, edit), scene, names, to, is_owner=is_owner)
    return found


def _choice(outcome: Outcome, scene: Scene, names: Names, to: str, *, is_owner: bool) -> Choice:
    name = names.people.get(to) or names.tables.get(to, to)
    if outcome.broken:
        why = plan_edits.reasons(outcome.broken, scene, names, is_owner=is_owner)
        return Choice(to=to, name=name, kind=Kind.NO, reasons=why)
    costs = plan_edits.costs(outcome, scene, names)
    return Choice(
        to=to,
        name=name,
        kind=Kind.CARE if costs else Kind.OK,
        costs=costs,
        gains=plan_edits.gains(outcome, scene, names),
    )


def _table(  # noqa: PLR0917 -- one table of ``read``, nobody else calls it
    scene: Scene,
    seating: Seating,
    row: Round,
    table: Table,
    found: Mapping[str, Choice],
    person: str,
) -> TableChoices:
    movers = [one for one in seating.movers_at(row.id, table.id) if one.id != person]
    seats = tuple(found[one.id] for one in movers if one.id in found)
    move = found.get(f"t{table.id}")
    hosts = seating.hosts_at(table.number)
    return TableChoices(
        number=table.number,
        title=", ".join(host.name for host in hosts) or table.label or f"Table {table.number}",
        move=move,
        seats=seats,
        company=() if seats else tuple(movers),
        is_own=scene.table_of[person].get(f"r{row.id}") == f"t{table.id}",
        reason=_shared_reason([*seats, *([move] if move else [])]),
    )


def _shared_reason(found: list[Choice]) -> str:
    """Return the one reason why none of several choices can be; empty when there are more."""
    words = {one.words for one in found}
    if len(words) == 1 and all(one.kind is Kind.NO for one in found):
        return words.pop()
    return ""


def _resting(
    scene: Scene, seating: Seating, row: Round, found: Mapping[str, Choice], person: str
) -> tuple[tuple[Choice, ...], str]:
    """Return the seats, if one can say so, of everybody who sits the round out."""
    resting = [
        found[one.id]
        for one in seating.movers
        if one.id in found and one.id != person and f"r{row.id}" not in scene.table_of[one.id]
    ]
    choices_ = tuple(sorted(resting, key=lambda one: one.name.casefold()))
    out = found.get(OUT)
    return choices_, _shared_reason([*choices_, *([out] if out else [])])
