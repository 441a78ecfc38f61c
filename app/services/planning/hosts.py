"""Who stays at which table: hosts are placed once, before anything is planned.

Needs come first, then people who must not sit together, then the rounds in which hosts of one
table are there together, then mixed affiliations and stages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from app.services.roster import Roster, RosterPerson, RosterTable

Costs = NDArray[np.float64]
_IMPOSSIBLE = 1e9
_ALONE = 1e5  # a table without the other hosting role
_ABSENCE = 100.0
_ALIKE = 1.0
_POSITION = 1e-4
_STAY = 1e4  # whoever has a table already keeps it


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPlaces:
    """Table id of every host that has one, and the hosts that have none."""

    tables: Mapping[str, str]
    without: tuple[RosterPerson, ...]


def place_hosts(
    roster: Roster,
    hosts_by_role: Sequence[Sequence[RosterPerson]],
    per_table: Sequence[int],
    apart: AbstractSet[frozenset[str]],
    before: Mapping[str, str],
) -> HostPlaces:
    """Give each host a table; roles in turn, one host of a role at every table before a second.

    ``per_table`` is how many of each role may share a table. ``before`` is where somebody sat in
    the published schedule, if there is one.
    """
    tables = sorted(roster.tables, key=lambda table: table.number)
    guests: dict[str, list[RosterPerson]] = defaultdict(list)
    placed: dict[str, str] = {}
    without: list[RosterPerson] = []
    for turn, (hosts, most) in enumerate(zip(hosts_by_role, per_table, strict=True)):
        waiting = sorted(hosts, key=lambda host: host.id)
        for _ in range(max(1, most)):
            cost = _costs(waiting, tables, guests, apart, roster)
            _prefer(cost, waiting, tables, before, guests if turn else None)
            taken = _one_each(waiting, tables, cost)
            for host, table in taken:
                guests[table.id].append(host)
                placed[host.id] = table.id
            waiting = [host for host in waiting if host.id not in placed]
        without.extend(waiting)
    return HostPlaces(tables=placed, without=tuple(without))


def _costs(
    hosts: Sequence[RosterPerson],
    tables: Sequence[RosterTable],
    guests: Mapping[str, list[RosterPerson]],
    apart: AbstractSet[frozenset[str]],
    roster: Roster,
) -> Costs:
    every = frozenset(item.id for item in roster.rounds)
    rows = [
        [_cost(host, table, guests.get(table.id, []), apart, every) for table in tables]
        for host in hosts
    ]
    return np.array(rows, dtype=np.float64).reshape(len(hosts), len(tables))


def _prefer(
    cost: Costs,
    hosts: Sequence[RosterPerson],
    tables: Sequence[RosterTable],
    before: Mapping[str, str],
    guests: Mapping[str, list[RosterPerson]] | None,
) -> None:
    """Add what does not depend on the company: low numbers, the old table, another role there."""
    cost += _POSITION * np.arange(len(tables))
    if guests is not None:
        cost += _ALONE * np.array([not guests.get(table.id) for table in tables])
    columns = {table.id: column for column, table in enumerate(tables)}
    for row, host in enumerate(hosts):
        column = columns.get(before.get(host.id, ""))
        if column is not None:
            cost[row, column] -= _STAY


def _one_each(
    hosts: Sequence[RosterPerson], tables: Sequence[RosterTable], cost: Costs
) -> list[tuple[RosterPerson, RosterTable]]:
    """Return at most one more host for each table, at the least cost in all."""
    rows, columns = linear_sum_assignment(cost)
    return [
        (hosts[row], tables[column])
        for row, column in zip(rows, columns, strict=True)
        if cost[row, column] < _IMPOSSIBLE / 2
    ]


def _cost(
    host: RosterPerson,
    table: RosterTable,
    others: Iterable[RosterPerson],
    apart: AbstractSet[frozenset[str]],
    every: frozenset[str],
) -> float:
    if not host.needs <= table.features:
        return _IMPOSSIBLE
    own = every if host.rounds is None else host.rounds
    cost = 0.0
    for other in others:
        if frozenset({host.id, other.id}) in apart:
            return _IMPOSSIBLE
        theirs = every if other.rounds is None else other.rounds
        cost += _ABSENCE * len(own ^ theirs) if host.role is not other.role else 0.0
        cost += _ALIKE * (host.affiliation.casefold() == other.affiliation.casefold())
        cost += _ALIKE / 2 * (host.stage == other.stage)
    return cost
