"""The tables of a part: several added at once, named, furnished, removed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import InvalidInput
from app.models import Block, Event, Table
from app.services import addresses, events
from app.services.agenda import parts, traces
from app.services.agenda.form import MOST_TABLES, TableSet, alike
from app.services.agenda.parts import Outcome, PartGone
from app.services.presets import FEATURES
from app.services.signups import waitlist

LONGEST_LABEL = 40
LONGEST_FEATURE = 30
MOST_SEATS = 100
_NOT_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm:
    """A table as the organiser wrote it; without a label it is called by its number."""

    label: str
    seats: int | None
    features: tuple[str, ...]


def add(
    session: Session, event_id: int, block_id: int, tables: TableSet, *, now: datetime, actor: str
) -> int:
    """Add tables that are alike, with the next numbers; return how many there are then."""
    event = parts.lock(session, event_id, now)
    block = _planned(event.blocks, block_id)
    most = MOST_TABLES - len(block.tables)
    problems = _problems_of_set(tables)
    if not 1 <= tables.count <= most:
        problems["count"] = f"Write 1 to {most}" if most else "There are as many as fit already"
    if problems:
        raise InvalidInput(problems)
    last = max((one.number for one in block.all_tables), default=0)
    block.all_tables.extend(alike(tables, last + 1))
    waitlist.count_roster_change(event)
    session.flush()
    parts.record(session, event, block, "tables added", now=now, actor=actor)
    return len(block.tables)


def change(
    session: Session,
    event_id: int,
    block_id: int,
    wanted: Mapping[int, TableForm],
    *,
    remove: Collection[int] = (),
    agreed: int = 0,
    closes: str = "",
    now: datetime,
    actor: str,
) -> Outcome:
    """Change and remove tables by id, unless that gives up plans that ``agreed`` does not count.

    Tables that a version names are closed, if ``closes`` is the mark of closing them; one that is
    not named here stays as it is. Raises ``InvalidInput`` by field and id.
    """
    event = parts.lock(session, event_id, now)
    block = _planned(event.blocks, block_id)
    known = {table.id: table for table in block.tables}
    going = sorted(set(remove) & set(known))
    staying = {
        id_: _cleaned(form) for id_, form in wanted.items() if id_ in known and id_ not in going
    }
    _check(block, staying, going)
    named = set(traces.versions_of_tables(session, going))
    gone = set(going) - named
    drafts = traces.drafts_with_tables(session, block.id, gone) if gone else ()
    closing = traces.closing_of(session, event.id, table_ids=named)
    if not parts.is_agreed(drafts, agreed, closing, closes):
        return Outcome(is_saved=False, drafts=len(drafts), closing=closing)
    traces.discard(session, drafts)
    _let_go(session, event, block, [known[id_] for id_ in going], named, now)
    changed = [_write(known[id_], form) for id_, form in staying.items()]
    if going or any(changed):
        waitlist.count_roster_change(event)
    session.flush()
    parts.record(session, event, block, "tables changed", now=now, actor=actor)
    return Outcome(is_saved=True, drafts=len(drafts), closing=closing)


def _let_go(  # noqa: PLR0917 -- the middle of ``change``, nobody else calls it
    session: Session,
    event: Event,
    block: Block,
    going: Sequence[Table],
    named: AbstractSet[int],
    now: datetime,
) -> None:
    """Close the tables that a version names, and delete the others."""
    traces.forget_pins(session, table_ids=named)
    for table in going:
        if table.id in named:
            table.closed_at = now
        else:
            block.all_tables.remove(table)
    if named:
        events.note_agenda_text(event, now)


def feature_of(text: str) -> str:
    """Return a feature as it is stored: "Near the door" is ``near_the_door``."""
    return _NOT_WORD.sub("_", addresses.clean_line(text).casefold()).strip("_")


def features_of(blocks: Collection[Block]) -> tuple[str, ...]:
    """Return the features an event's tables can be ticked for: the usual ones, then its own."""
    own = (name for block in blocks for table in block.tables for name in table.features)
    return tuple(dict.fromkeys([*FEATURES, *own]))


def _planned(blocks: Collection[Block], block_id: int) -> Block:
    for block in blocks:
        if block.id == block_id and block.kind.is_planned:
            return block
    raise PartGone


def _problems_of_set(tables: TableSet) -> dict[str, str]:
    problems = {}
    if tables.seats is not None and not 2 <= tables.seats <= MOST_SEATS:
        problems["seats"] = f"Write 2 to {MOST_SEATS}, or leave it empty"
    if len(addresses.clean_line(tables.word)) > LONGEST_LABEL - 4:
        problems["word"] = f"Write {LONGEST_LABEL - 4} characters at most"
    if any(len(name) > LONGEST_FEATURE for name in tables.features):
        problems["other"] = f"Write {LONGEST_FEATURE} characters at most"
    return problems


def _cleaned(form: TableForm) -> TableForm:
    return TableForm(
        label=addresses.clean_line(form.label), seats=form.seats, features=form.features
    )


def _check(block: Block, staying: Mapping[int, TableForm], going: list[int]) -> None:
    problems: dict[str, str] = {}
    labels: set[str] = set()
    for id_, form in staying.items():
        if len(form.label) > LONGEST_LABEL:
            problems[f"label-{id_}"] = f"Write {LONGEST_LABEL} characters at most"
        elif form.label and addresses.canonical_name(form.label) in labels:
            problems[f"label-{id_}"] = "Another table is called so; give each its own name"
        if form.seats is not None and not 2 <= form.seats <= MOST_SEATS:
            problems[f"seats-{id_}"] = f"Write 2 to {MOST_SEATS}, or leave it empty"
        labels.add(addresses.canonical_name(form.label))
    if going and len(going) == len(block.tables):
        problems[f"remove-{going[0]}"] = (
            "Keep one table at least, or take the whole part off the agenda"
        )
    if problems:
        raise InvalidInput(problems)


def _write(table: Table, form: TableForm) -> bool:
    """Write a table down; return whether the planner would see another one."""
    wanted = sorted(form.features)
    is_other = (table.seats, sorted(table.features)) != (form.seats, wanted)
    table.label, table.seats = form.label, form.seats
    if sorted(table.features) != wanted:
        table.features = list(form.features)
    return is_other
