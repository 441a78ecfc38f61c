"""Counting proofs, before any solving, that no plan can keep the hard rules.

Every finding is a proof; no finding proves nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np

from scheduler.arrays import NEVER, Arrays, Bools, Ints
from scheduler.capacity import Capacity, names
from scheduler.findings import Finding
from scheduler.meetings import crowded_meetings, impossible_meetings, too_many_meetings
from scheduler.problem import Problem

Check = Callable[[Arrays, Capacity], Iterator[Finding]]


def precheck(problem: Problem) -> tuple[Finding, ...]:
    """Return what certainly cannot be, with who and where; empty when counting finds nothing."""
    return counted_out(Capacity(Arrays(problem)))


def counted_out(capacity: Capacity) -> tuple[Finding, ...]:
    """Return the findings of `precheck` for a problem whose room is looked at elsewhere, too."""
    arrays = capacity.arrays
    if arrays.frozen.all():
        return ()
    return tuple(finding for check in CHECKS for finding in check(arrays, capacity))


def hosts_needs(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield hosts whose own table lacks what they need."""
    for p in np.flatnonzero(capacity.host_there.any(axis=1)):
        t = int(arrays.host[p])
        if not arrays.may_sit[p, t]:
            missing = ", ".join(sorted(arrays.people[p].needs - arrays.tables[t].features))
            yield Finding(
                rule="needs",
                message=f"{arrays.person_ids[p]} hosts {arrays.table_ids[t]}, "
                f"which lacks {missing}.",
                people=(arrays.person_ids[p],),
                tables=(arrays.table_ids[t],),
                suggestions=("Give the host a table with what they need.",),
            )


def hosts_seats(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield tables with more hosts than seats."""
    for t, r in np.argwhere(capacity.hosts_at > arrays.seats[:, None]):
        hosts = np.flatnonzero(capacity.host_there[:, r] & (arrays.host == t))
        yield Finding(
            rule="seats",
            message=f"{arrays.table_ids[t]} has {arrays.seats[t]} seats for {len(hosts)} hosts.",
            people=names(arrays, hosts),
            tables=(arrays.table_ids[t],),
            rounds=(arrays.round_ids[r],),
            suggestions=("Add a seat to the table.", "Move a host to another table."),
        )


def hosts_apart(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield hosts of one table who must be kept apart."""
    for p, q in np.argwhere(np.triu(arrays.apart & arrays.co_host)):
        both = np.flatnonzero(capacity.host_there[p] & capacity.host_there[q])
        if len(both):
            yield Finding(
                rule="keep_apart_same",
                message=f"{arrays.person_ids[p]} and {arrays.person_ids[q]} host one table "
                "and must be kept apart.",
                people=names(arrays, [p, q]),
                tables=(arrays.table_ids[arrays.host[p]],),
                rounds=tuple(arrays.round_ids[r] for r in both),
                suggestions=("Move one of the hosts to another table.",),
            )


def pinned_seats(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield pins that another rule forbids by itself."""
    for person, round_id, table in arrays.problem.pins:
        p, t, r = (
            arrays.person_index[person],
            arrays.table_index[table],
            arrays.round_index[round_id],
        )
        if arrays.frozen[r]:
            continue
        reason = _pin_fault(arrays, capacity, p, t, r)
        if reason:
            yield Finding(
                rule="pins",
                message=f"{person} is pinned to {table} in {round_id}, but {reason}.",
                people=(person,),
                tables=(table,),
                rounds=(round_id,),
                suggestions=(f"Remove the pin of {person} in {round_id}.",),
            )


def _pin_fault(arrays: Arrays, capacity: Capacity, p: int, t: int, r: int) -> str:
    own = arrays.host[p] == t
    hosts = np.flatnonzero(capacity.host_there[:, r] & (arrays.host == t) & capacity.barred[p])
    faults = (
        (not arrays.here[p, r], "is not available then"),
        (not arrays.open[t, r], "the table is closed then"),
        (not arrays.is_mover[p] and not own, "hosts another table"),
        (not arrays.may_sit[p, t], "the table lacks what they need"),
        (not own and capacity.room[t, r] < 1, "the table cannot take anybody then"),
        (not own and len(hosts) > 0, f"may not sit with {', '.join(names(arrays, hosts))}"),
    )
    return next((reason for is_so, reason in faults if is_so), "")


def pinned_together(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield pins that contradict each other: pairs apart, pairs met twice, too many people."""
    at: dict[tuple[int, int], list[int]] = defaultdict(list)
    for person, round_id, table in arrays.problem.pins:
        r = arrays.round_index[round_id]
        if not arrays.frozen[r]:
            at[arrays.table_index[table], r].append(arrays.person_index[person])
    meetings: Counter[tuple[int, int]] = Counter()
    for (t, r), people in sorted(at.items()):
        place = {"tables": (arrays.table_ids[t],), "rounds": (arrays.round_ids[r],)}
        movers = [p for p in people if arrays.is_mover[p]]
        if len(movers) > capacity.room[t, r] > 0:
            yield Finding(
                rule="seats",
                message=f"{len(movers)} people are pinned to {arrays.table_ids[t]} "
                f"in {arrays.round_ids[r]}, which takes {capacity.room[t, r]}.",
                people=names(arrays, movers),
                suggestions=("Remove one of these pins.", "Add seats to the table."),
                **place,
            )
        for p, q in combinations(sorted(people), 2):
            meetings[p, q] += 1
            rule = "keep_apart" if arrays.apart[p, q] else "repeats"
            again = arrays.limit[p, q] == NEVER and meetings[p, q] > 1
            if (capacity.barred[p, q] or again) and not arrays.co_host[p, q]:
                yield Finding(
                    rule=rule,
                    message=f"{arrays.person_ids[p]} and {arrays.person_ids[q]} are pinned "
                    "to one table and may not meet there.",
                    people=names(arrays, [p, q]),
                    suggestions=("Remove one of the two pins.",),
                    **place,
                )


def pinned_rounds(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield people with more pins than rounds they may sit in."""
    live = [pin for pin in arrays.problem.pins if pin.round not in arrays.problem.frozen_rounds]
    for person, count in sorted(Counter(pin.person for pin in live).items()):
        p = arrays.person_index[person]
        if arrays.is_mover[p] and count > max(arrays.max_rounds[p] - capacity.sat[p], 0):
            yield Finding(
                rule="max_rounds",
                message=f"{person} has {count} pins and may sit in {arrays.max_rounds[p]} rounds.",
                people=(person,),
                suggestions=(f"Remove a pin of {person}.", f"Let {person} sit more rounds."),
            )


def too_many_rounds(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield people who cannot sit as often as they must."""
    uses = capacity.uses[np.maximum(arrays.host, 0)]
    possible = np.where(arrays.is_mover, capacity.most_seats, uses)
    possible = np.minimum(possible, np.maximum(arrays.max_rounds, capacity.sat))
    for p in np.flatnonzero(arrays.min_rounds > possible):
        person = arrays.person_ids[p]
        yield Finding(
            rule="min_rounds",
            message=f"{person} must sit in {arrays.min_rounds[p]} rounds "
            f"and can sit in {possible[p]} at most.",
            people=(person,),
            suggestions=(f"Lower min_rounds of {person} to {possible[p]}.",),
        )


def too_few_seats(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield shortages of seats: over all rounds, and in rounds where people must sit."""
    must = np.where(arrays.is_mover, arrays.min_rounds, 0)
    if must.sum() > capacity.seats_in_round.sum():
        yield Finding(
            rule="seats",
            message=f"People must take {must.sum()} seats together, and there are "
            f"{capacity.seats_in_round.sum()} in all rounds.",
            people=names(arrays, np.flatnonzero(must)),
            suggestions=("Add a table or seats.", "Lower min_rounds."),
        )
    for r in capacity.live:
        forced = np.flatnonzero(forced_in(arrays, capacity, int(r)))
        if len(forced) > capacity.seats_in_round[r]:
            yield Finding(
                rule="seats",
                message=f"{len(forced)} people must sit in {arrays.round_ids[r]}, "
                f"and {capacity.seats_in_round[r]} can.",
                people=names(arrays, forced),
                rounds=(arrays.round_ids[r],),
                suggestions=("Add a table or seats.", "Lower min_rounds."),
            )


def forced_in(arrays: Arrays, capacity: Capacity, r: int) -> Bools:
    """Return the movers who must sit in a round: as many rounds to sit as are left, or a pin."""
    forced = arrays.is_mover & (arrays.min_rounds > 0) & arrays.here[:, r]
    forced &= arrays.min_rounds >= capacity.most_seats
    forced &= (arrays.min_rounds - capacity.sat) >= _rounds_left(arrays, capacity)
    return np.asarray(forced)


def _rounds_left(arrays: Arrays, capacity: Capacity) -> Ints:
    anywhere = np.asarray(arrays.open[:, capacity.live].any(axis=0))
    return np.asarray((arrays.here[:, capacity.live] & anywhere[None, :]).sum(axis=1))


def cliques_apart(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield people kept apart from each other who must all sit, with too few tables."""
    for r in capacity.live:
        tables = int((capacity.room[:, r] > 0).sum())
        forced = forced_in(arrays, capacity, int(r))
        clique = _clique(arrays.apart, np.flatnonzero(forced))
        if len(clique) > tables:
            yield Finding(
                rule="keep_apart",
                message=f"{len(clique)} people who must be kept apart from each other must sit "
                f"in {arrays.round_ids[r]}, and {tables} tables are open.",
                people=names(arrays, clique),
                rounds=(arrays.round_ids[r],),
                suggestions=("Lift one of these keep_apart pairs.", "Add a table."),
            )


def _clique(pairs: Bools, people: Ints) -> list[int]:
    """Return a large set of people who are all kept apart from each other, found greedily."""
    degree = pairs[np.ix_(people, people)].sum(axis=1)
    clique: list[int] = []
    for p in people[np.argsort(-degree, kind="stable")]:
        if all(pairs[p, q] for q in clique):
            clique.append(int(p))
    return clique


CHECKS: tuple[Check, ...] = (
    hosts_needs,
    hosts_seats,
    hosts_apart,
    pinned_seats,
    pinned_together,
    pinned_rounds,
    too_many_rounds,
    too_few_seats,
    cliques_apart,
    impossible_meetings,
    too_many_meetings,
    crowded_meetings,
)
