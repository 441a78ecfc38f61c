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
    cost = _lacking(hosts, tables)
    for column, table in enumerate(tables):
        for row, host in enumerate(hosts if guests.get(table.id) else ()):
            if not cost[row, column]:
                cost[row, column] = _company(host, guests[table.id], apart, every)
    return cost


def _lacking(hosts: Sequence[RosterPerson], tables: Sequence[RosterTable]) -> Costs:
    """Return what no table offers that lacks what a host needs; each kind is looked at once."""
    needs = {one: at for at, one in enumerate({host.needs for host in hosts})}
    offers = {one: at for at, one in enumerate({table.features for table in tables})}
    lacks = np.array(
        [[_IMPOSSIBLE * (not need <= offer) for offer in offers] for need in needs],
        dtype=np.float64,
    ).reshape(len(needs), len(offers))
    rows = np.array([needs[host.needs] for host in hosts], dtype=np.intp)
    columns = np.array([offers[table.features] for table in tables], dtype=np.intp)
    return np.asarray(lacks[rows[:, None], columns[None, :]])


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


def _company(
    host: RosterPerson,
    others: Iterable[RosterPerson],
    apart: AbstractSet[frozenset[str]],
    every: frozenset[str],
) -> float:
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
