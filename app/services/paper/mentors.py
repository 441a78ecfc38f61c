"""Mentors' sheets: who comes in which round, from which stage, with a question where agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.enums import Role
from app.services.paper import fitting, times
from app.services.paper.facts import Facts, Paths, Somebody, Visit
from app.services.paper.sheets import Guest, HostSheet, TableRow

_TEXT = 136.0
_ROOM = 216.0
_WIDTH = 165.0
_PT = 10.5


def rows_of_hosts(facts: Facts, paths: Paths) -> dict[int, tuple[TableRow, ...]]:
    """Return the rounds that somebody hosts, by sign-up; who hosts none is not in it."""
    found = {}
    for sign_up_id, visits in paths.items():
        me = facts.people[sign_up_id]
        rows = [_row(visit, me, facts.event.zone) for visit in visits if visit.is_host]
        if rows:
            found[sign_up_id] = tuple(rows)
    return found


def sheets_of(me: Somebody, rows: Sequence[TableRow]) -> list[HostSheet]:
    """Return a host's sheets, as many as the rounds need; one table stands on top, not in each."""
    about = [me.role.value.capitalize(), me.about]
    if len({row.note for row in rows}) == 1:
        about.append(rows[0].note)
        rows = [replace(row, note="") for row in rows]
    told = ", ".join(part for part in about if part)
    room = _ROOM - 8.5 * (fitting.lines(me.name, size_pt=20, width=_WIDTH) - 1)
    room -= 4 * (fitting.lines(told, size_pt=9, width=_WIDTH) - 1)
    pieces = [piece for row in rows for piece in _pieces(row, room)]
    parts = fitting.deal(pieces, _height, first=room, others=room)
    return [
        HostSheet(
            name=me.name,
            about=told,
            rows=tuple(part),
            part=f"sheet {at} of {len(parts)}" if len(parts) > 1 else "",
            is_first=at == 1,
        )
        for at, part in enumerate(parts, start=1)
    ]


def _row(visit: Visit, me: Somebody, zone: str) -> TableRow:
    reads = me.role_in(visit.block_id) is Role.MENTOR
    beside = ", ".join(fitting.apart(one.name) for one in visit.hosts)
    where = "" if visit.spot is None else visit.spot.place or f"Table {visit.spot.sign}"
    return TableRow(
        number=str(visit.ordinal),
        at=times.clock(visit.starts_at, zone),
        guests=tuple(
            Guest(name=one.name, about=one.about, question=one.question if reads else "")
            for one in visit.guests
        ),
        note=f"{where}, beside {beside}" if beside else where,
    )


def _pieces(row: TableRow, room: float) -> list[TableRow]:
    """Return a round as it is, or guest by guest where it is taller than a sheet."""
    if _height(row) <= room or len(row.guests) < 2:
        return [row]
    return [replace(row, guests=(guest,)) for guest in row.guests]


def _height(row: TableRow) -> float:
    leading = _PT * fitting.MM_PER_PT * 1.34
    count = fitting.lines(row.note, size_pt=_PT, width=_TEXT)
    for guest in row.guests:
        count += fitting.lines(f"{guest.name}, {guest.about}", size_pt=_PT, width=_TEXT)
        count += fitting.lines(guest.question, size_pt=_PT, width=_TEXT - 6)
    return (count + (not row.guests)) * leading + 5 + 1.6 * len(row.guests)
