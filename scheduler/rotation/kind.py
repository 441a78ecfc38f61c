"""Which problems can be seen as rotations."""

from __future__ import annotations

import numpy as np

from scheduler.arrays import NEVER, Arrays, Ints
from scheduler.problem import Count, GoalName
from scheduler.rotation.view import Rotation


def is_rotation(arrays: Arrays) -> bool:
    """Return whether every rule and goal of the problem can be said in terms of stations."""
    problem = arrays.problem
    movers, hosts = np.flatnonzero(arrays.is_mover), np.flatnonzero(~arrays.is_mover)
    if not movers.size or not hosts.size:
        return False
    if problem.frozen_rounds or problem.pins or problem.together:
        return False
    if problem.previous is not None and any(
        goal.goal == GoalName.CHANGES for goal in problem.goals_in_order
    ):
        return False
    return (
        _hosts_are_plain(arrays, hosts)
        and _composition_is_plain(arrays, movers)
        and bool((arrays.limit[np.ix_(movers, hosts)] == NEVER).all())
        and _pairs_are_plain(arrays, movers)
    )


def _hosts_are_plain(arrays: Arrays, hosts: Ints) -> bool:
    at = arrays.host[hosts]
    there = arrays.here[hosts] & arrays.open[at]
    crowd = np.zeros((arrays.n_tables, arrays.n_rounds), dtype=np.int64)
    np.add.at(crowd, at, there)
    features = [arrays.tables[t].features for t in at]
    return (
        bool((crowd <= arrays.seats[:, None]).all())
        and bool((arrays.max_rounds[hosts] >= there.sum(axis=1)).all())
        and bool((arrays.min_rounds[hosts] == 0).all())
        and all(arrays.people[h].needs <= f for h, f in zip(hosts, features, strict=True))
    )


def _composition_is_plain(arrays: Arrays, movers: Ints) -> bool:
    """Return whether composition bounds the number of movers and nothing finer."""
    for entry in arrays.problem.composition:
        if not isinstance(entry, Count):
            return False
        picked = {entry.count.picks(arrays.people[p]) for p in movers}
        if len(picked) > 1:
            return False
    return True


def _pairs_are_plain(arrays: Arrays, movers: Ints) -> bool:
    """Return whether what is said about single pairs concerns a host and a mover."""
    is_mover = {arrays.person_ids[p] for p in movers}
    problem = arrays.problem
    if any((a in is_mover) == (b in is_mover) for a, b in problem.must_meet):
        return False
    rotation = Rotation(arrays)
    if not rotation.stations:
        return False
    if not rotation.several:
        return True
    if any(a in is_mover and b in is_mover for a, b, _ in problem.wishes):
        return False
    cells = np.ix_(movers, movers)
    return not bool(arrays.fit[cells].any() or (arrays.limit[cells] == NEVER).any())
