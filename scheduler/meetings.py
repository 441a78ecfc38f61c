"""Counting proofs that people who must meet cannot: the part of `precheck` about `must_meet`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from scheduler.arrays import Arrays
from scheduler.capacity import Capacity, names
from scheduler.findings import Finding


def impossible_meetings(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield pairs that must meet and cannot."""
    for first, second in arrays.problem.must_meet:
        p, q = arrays.person_index[first], arrays.person_index[second]
        co_hosts = (capacity.host_there[p] & capacity.host_there[q]).any()
        if capacity.could_meet[p, q] or (arrays.co_host[p, q] and co_hosts):
            continue
        rule, reason = _meeting_fault(arrays, p, q)
        yield Finding(
            rule=rule,
            message=f"{first} and {second} must meet, but {reason}.",
            people=tuple(sorted((first, second))),
            suggestions=(f"Give up that {first} and {second} must meet.",),
        )


def _meeting_fault(arrays: Arrays, p: int, q: int) -> tuple[str, str]:
    if arrays.apart[p, q]:
        named = arrays.pair_matrix(arrays.problem.keep_apart)[p, q]
        return ("keep_apart" if named else "keep_apart_same"), "they must be kept apart"
    if arrays.blocked[p, q]:
        return "repeats", "they met before and may not meet again"
    if not np.logical_and(arrays.here[p], arrays.here[q])[~arrays.frozen].any():
        return "availability", "they are never available in the same round"
    return "must_meet", "no table suits both"


def too_many_meetings(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield movers who must meet hosts of more tables than they can visit."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for pair in arrays.problem.must_meet:
        p, q = (arrays.person_index[name] for name in pair)
        for mover, other in ((p, q), (q, p)):
            if arrays.is_mover[mover] and not arrays.is_mover[other]:
                wanted[mover].add(other)
    for p, hosts in sorted(wanted.items()):
        tables = {int(arrays.host[h]) for h in hosts if not capacity.met[p, h]}
        if len(tables) > capacity.most_seats[p] - capacity.sat[p]:
            yield Finding(
                rule="must_meet",
                message=f"{arrays.person_ids[p]} must meet hosts of {len(tables)} tables "
                f"and can visit {capacity.most_seats[p] - capacity.sat[p]}.",
                people=names(arrays, [p, *hosts]),
                suggestions=("Give up one of these meetings.", "Add a round."),
            )


def crowded_meetings(arrays: Arrays, capacity: Capacity) -> Iterator[Finding]:
    """Yield movers who must meet more people than can sit beside them in their rounds."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for pair in arrays.problem.must_meet:
        p, q = (arrays.person_index[name] for name in pair)
        wanted[p].add(q)
        wanted[q].add(p)
    beside = np.maximum((capacity.room + capacity.hosts_at)[:, capacity.live] - 1, 0)
    most = int(beside.max(initial=0))
    for p, others in sorted(wanted.items()):
        left = int(capacity.most_seats[p] - capacity.sat[p])
        unmet = [q for q in sorted(others) if not capacity.met[p, q]]
        if arrays.is_mover[p] and len(unmet) > left * most:
            yield Finding(
                rule="must_meet",
                message=f"{arrays.person_ids[p]} must meet {len(unmet)} people "
                f"and can sit beside {left * most}: {left} rounds, {most} others at a table.",
                people=names(arrays, [p, *unmet]),
                suggestions=("Give up one of these meetings.", "Add a round.", "Add seats."),
            )
