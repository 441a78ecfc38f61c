"""A roster from a file's people: ids that do not depend on the order of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.services.presets import FEATURES, Preset
from app.services.roster import Roster, RosterPerson, RosterRound, RosterTable
from app.services.roster_csv import CsvPerson


def build_roster(
    people: Sequence[CsvPerson],
    preset: Preset,
    *,
    starts_at: datetime | None = None,
    zone: str = "UTC",
    tables: Sequence[RosterTable] = (),
) -> Roster:
    """Return the roster of a preset's block; ``starts_at`` is aware, None leaves times open.

    Unless real tables are given, there are as many as the people call for, each with every
    feature: a file without a room is no reason to leave somebody out.
    """
    rounds = _rounds(preset, starts_at)
    ids = {person.key: f"p{number:04}" for number, person in enumerate(_sorted(people), start=1)}
    return Roster(
        name=preset.title,
        rounds=rounds,
        tables=tuple(tables) or _tables(people, preset),
        people=tuple(_person(person, ids, rounds) for person in _sorted(people)),
        stages=tuple(stage.key for stage in preset.stages),
        zone=zone,
    )


def _sorted(people: Sequence[CsvPerson]) -> list[CsvPerson]:
    return sorted(people, key=lambda person: person.key)


def _rounds(preset: Preset, starts_at: datetime | None) -> tuple[RosterRound, ...]:
    block = preset.planned_block
    step = timedelta(minutes=block.minutes + block.changeover_minutes)
    return tuple(
        RosterRound(
            id=f"r{number}",
            number=number,
            minutes=block.minutes,
            starts_at=None if starts_at is None else starts_at + (number - 1) * step,
        )
        for number in range(1, block.rounds + 1)
    )


def _tables(people: Sequence[CsvPerson], preset: Preset) -> tuple[RosterTable, ...]:
    block = preset.planned_block
    count = block.tables_for(Counter(person.role for person in people))
    return tuple(
        RosterTable(
            id=f"t{number:03}",
            number=number,
            features=frozenset(FEATURES),
            seats=block.seats,
        )
        for number in range(1, count + 1)
    )


def _person(
    person: CsvPerson, ids: dict[str, str], rounds: tuple[RosterRound, ...]
) -> RosterPerson:
    gone = [key for key in (*person.wishes, *person.not_with) if key not in ids]
    attends = None
    if person.rounds is not None:
        attends = frozenset(item.id for item in rounds if item.number in person.rounds)
    return RosterPerson(
        id=ids[person.key],
        name=person.name,
        email=person.email,
        role=person.role,
        stage=person.stage,
        stage_label=person.stage_label,
        affiliation=person.affiliation,
        topics=person.topics,
        question=person.question,
        shares_question=person.shares_question,
        rounds=attends,
        wishes=tuple((ids[key], 1) for key in person.wishes if key in ids),
        not_with=tuple(ids[key] for key in person.not_with if key in ids),
        unresolved=(*person.unresolved, *person.unresolved_not_with, *gone),
        needs=person.needs,
        other_needs=person.other_needs,
        number=person.row,
    )
