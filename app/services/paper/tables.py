"""Table cards: a sheet that folds into a tent, with who comes in which round on the inside.

No questions stand on it: people agreed to show theirs to their mentors, and a card stays on the
table while everybody sits there. Questions are on the mentors' own sheets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.services.paper import fitting, times
from app.services.paper.facts import Facts, Paths, Somebody, Spot
from app.services.paper.sheets import Guest, TableRow, Tent

_MOST_HOSTS = 3
_MOST_TOPICS = 4
_FACE = 110.0
_TEXT = 140.0
_FIRST_ROOM = 124.0
_NEXT_ROOM = 240.0
_PT = 9.5
_SIGNS = {"big": (128.0, 58.0), "middle": (64.0, 58.0), "little": (26.0, 56.0)}
_HOSTS = {"big": (25.0, 12.0, 2), "middle": (17.0, 12.0, 3), "little": (12.0, 10.0, 99)}
_HOSTS_LEAST = "least"
_FACE_TALL = 58.0


def rows_of_tables(facts: Facts, paths: Paths) -> dict[Spot, tuple[TableRow, ...]]:
    """Return who is at each table in each round; a table in several blocks is one table."""
    at: dict[Spot, dict[tuple[int, str], dict[int, Somebody]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    hosts: dict[Spot, dict[int, Somebody]] = hosts_of_tables(facts, paths)
    for sign_up_id, visits in paths.items():
        for visit in visits:
            if visit.spot is not None:
                clock = times.clock(visit.starts_at, facts.event.zone)
                at[visit.spot][visit.ordinal, clock][sign_up_id] = facts.people[sign_up_id]
    return {
        spot: tuple(
            TableRow(
                number=str(ordinal),
                at=clock,
                guests=tuple(
                    Guest(name=one.name, about=one.about)
                    for one in present.values()
                    if one.id not in hosts[spot]
                ),
                note=_note(present, hosts[spot]),
            )
            for (ordinal, clock), present in sorted(rounds.items())
        )
        for spot, rounds in sorted(at.items(), key=lambda one: (one[0].number, one[0].place))
    }


def hosts_of_tables(facts: Facts, paths: Paths) -> dict[Spot, dict[int, Somebody]]:
    """Return who receives at each table in some round."""
    found: dict[Spot, dict[int, Somebody]] = defaultdict(dict)
    for sign_up_id, visits in paths.items():
        for visit in visits:
            if visit.spot is not None and visit.is_host:
                found[visit.spot][sign_up_id] = facts.people[sign_up_id]
    return found


def tents(spot: Spot, rows: Sequence[TableRow], hosts: Sequence[Somebody]) -> list[Tent]:
    """Return a table's sheets: the tent, and what does not fit on its inside."""
    front = _front(spot, hosts)
    parts = fitting.deal(rows, height_of, first=_FIRST_ROOM, others=_NEXT_ROOM) or [[]]
    return [
        replace(
            front,
            rows=tuple(part),
            is_first=at == 1,
            part=f"sheet {at} of {len(parts)}" if len(parts) > 1 else "",
        )
        for at, part in enumerate(parts, start=1)
    ]


def height_of(row: TableRow) -> float:
    """Return how tall a row of such a table is, in mm."""
    leading = _PT * fitting.MM_PER_PT * 1.32
    written = [f"{guest.name} {guest.about} {guest.question}" for guest in row.guests]
    counts = [
        fitting.lines(text, size_pt=_PT, width=_TEXT) for text in (*written, row.note) if text
    ]
    return max(1, sum(counts)) * leading + 4.2


def _note(present: Mapping[int, Somebody], hosts: Mapping[int, Somebody]) -> str:
    """Return who receives in this round where that is not the same in every round."""
    theirs = [fitting.apart(one.name) for one in present.values() if one.id in hosts]
    if len(theirs) == len(hosts) and len(hosts) <= _MOST_HOSTS:
        return ""
    return f"Receives: {', '.join(theirs)}" if theirs else ""


def _front(spot: Spot, hosts: Sequence[Somebody]) -> Tent:
    shown = hosts if len(hosts) <= _MOST_HOSTS else ()
    name = ", ".join(fitting.apart(one.name) for one in shown)
    alone = shown[0] if len(shown) == 1 else None
    about = alone.about if alone else ""
    topics = alone.topics[:_MOST_TOPICS] if alone else ()
    sign = spot.sign or spot.place
    return Tent(
        sign=sign,
        sign_size=_fit(sign, _SIGNS, most=1 if spot.sign else 4),
        hosts=name,
        host_size=_host_size(name, about, topics),
        about=about,
        topics=topics,
        rows=(),
    )


def _host_size(name: str, about: str, topics: Sequence[str]) -> str:
    """Return the largest letters in which who receives stands on the face of a table card."""
    offered = 2 + sum(5.1 * fitting.lines(one, size_pt=11, width=_FACE) for one in topics)
    for size, (points, small, most) in _HOSTS.items():
        count = fitting.lines(name, size_pt=points, width=_FACE)
        below = fitting.lines(about, size_pt=small, width=_FACE)
        tall = (count * points * 1.15 + below * small * 1.25) * fitting.MM_PER_PT
        if count <= most and tall + offered <= _FACE_TALL:
            return size
    return _HOSTS_LEAST


def _fit(text: str, sizes: Mapping[str, tuple[float, float]], *, most: int) -> str:
    for size, (points, width) in sizes.items():
        if fitting.lines(text, size_pt=points, width=width) <= most:
            return size
    return "least"
