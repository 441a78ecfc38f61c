"""Round by round, where people are absent and tables closed: one exact assignment a round.

Meetings that fit all rounds at once would be a list edge colouring (NP-hard). So rounds are filled
one after the other, the tightest first, each by an exact assignment that follows what the
aggregated program (`pairing`) wants.
A *rota* is the station of each mover in each round, or -1; shape (m, R).
"""

from __future__ import annotations

import numpy as np

from scheduler.arrays import Bools, Floats, Ints, Seating
from scheduler.rotation import Rotation

_SEAT, _OWED = 1e4, 1e6


def seating_of(rotation: Rotation, rota: Ints) -> Seating:
    """Return a rota with all hosts at their tables as a seating; shape (n, R)."""
    arrays = rotation.arrays
    seating = np.full((arrays.n, arrays.n_rounds), -1, dtype=np.int32)
    seating[rotation.movers] = np.where(rota >= 0, rotation.table[rota], -1)
    at = arrays.host[rotation.hosts]
    there = arrays.here[rotation.hosts] & arrays.open[at]
    seating[rotation.hosts] = np.where(there, at[:, None], -1)
    return seating


def visits(rotation: Rotation, rota: Ints) -> Ints:
    """Return the rounds of each mover at each station; shape (m, S)."""
    counts = np.zeros((rotation.m, len(rotation.stations)), dtype=np.int64)
    mover, round_index = np.nonzero(rota >= 0)
    np.add.at(counts, (mover, rota[mover, round_index]), 1)
    return counts


def allowed_in(rotation: Rotation, rota: Ints, r: int) -> Bools:
    """Return where each mover may sit in a round, given all other rounds; shape (m, S)."""
    others = rota.copy()
    others[:, r] = -1
    met = rotation.met(visits(rotation, others)) > 0
    full = (others >= 0).sum(axis=1) >= rotation.most_seats
    free = rotation.here[:, r] & ~full
    return np.asarray(rotation.may & ~met & rotation.is_on[None, :, r] & free[:, None])


def fill(rotation: Rotation, guide: Ints) -> Ints:
    """Return a rota filled round by round, the tightest round first, following a guide.

    Parameters
    ----------
    guide : array of int, shape (m, S)
        Rounds wanted of each mover at each station.
    """
    rota = np.full((rotation.m, rotation.n_rounds), -1, dtype=np.int64)
    seats = (rotation.is_on * rotation.room[:, None]).sum(axis=0)
    tightness = rotation.here.sum(axis=0) / np.maximum(seats, 1)
    is_open = np.ones(rotation.n_rounds, dtype=bool)
    for r in np.argsort(-tightness, kind="stable").tolist():
        is_open[r] = False
        wanted = _wanted(rotation, rota, guide, rotation.here & is_open)
        rota[:, r] = assign(rotation, rota, r, wanted)
    return rota


def _wanted(rotation: Rotation, rota: Ints, guide: Ints, left: Bools) -> Floats:
    """Return what each cell of a round is worth: owed seats, any seat, the guide, fit.

    ``left`` says in which later rounds a mover is there; shape (m, R).
    """
    been = visits(rotation, rota)
    spread = float(np.abs(rotation.fit).max(initial=0.0)) + 1.0
    # The fewer chances a mover has left for what the guide wants, the more it counts now.
    open_later = left.astype(np.float64) @ rotation.is_on.T.astype(np.float64)
    missing = np.maximum(guide - been, 0)
    value = rotation.fit / spread + missing * (2.0 + 2.0 / (1.0 + open_later))
    seated = (rota >= 0).sum(axis=1)
    later = np.minimum(left.sum(axis=1), rotation.most_seats - seated)
    lost = rotation.n_rounds - rotation.most_seats
    need = 1.0 + 1.0 / (1.0 + seated + later + lost)
    owed = seated + later < rotation.arrays.min_rounds[rotation.movers] + 1
    owed &= rotation.arrays.min_rounds[rotation.movers] > seated
    must = rotation.must_meet & (been == 0)
    return np.asarray(value + _SEAT * need[:, None] + _OWED * (owed[:, None] + must))


def assign(rotation: Rotation, rota: Ints, r: int, value: Floats) -> Ints:
    """Return the stations of all movers in one round that are worth most together; shape (m,)."""
    allowed = allowed_in(rotation, rota, r) & (value > 0)
    while True:
        chosen = _assign(allowed, value, rotation.room)
        load = np.bincount(chosen[chosen >= 0], minlength=len(rotation.room))
        short = (load > 0) & (load < rotation.least)
        if not short.any():
            return chosen
        weakest = np.where(short, load - rotation.least, 0).argmin()
        allowed = allowed.copy()
        allowed[:, weakest] = False


def _assign(allowed: Bools, value: Floats, room: Ints) -> Ints:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow import

    chosen = np.full(allowed.shape[0], -1, dtype=np.int64)
    rows = np.flatnonzero(allowed.any(axis=1))
    columns = np.flatnonzero(allowed.any(axis=0))
    if not rows.size:
        return chosen
    seats = np.repeat(columns, np.minimum(room[columns], rows.size))
    worth = np.where(allowed, value, 0.0)[np.ix_(rows, columns)]
    cells = np.repeat(worth, np.minimum(room[columns], rows.size), axis=1)
    row, column = linear_sum_assignment(cells, maximize=True)
    mover, station = rows[row], seats[column]
    sits = allowed[mover, station]
    chosen[mover[sits]] = station[sits]
    return chosen


def keeps_rules(rotation: Rotation, rota: Ints, *, pairs: bool = True) -> bool:
    """Return whether a rota keeps what filling and swapping may fail at.

    Parameters
    ----------
    pairs : bool
        Whether to look at movers kept apart, too.
    """
    counts = visits(rotation, rota)
    seated = counts.sum(axis=1)
    met = all(counts[p, list(at)].any() for p, at in rotation.must_meet_at)
    enough = (seated >= rotation.arrays.min_rounds[rotation.movers]).all()
    again = (rotation.met(counts) > 1) & (counts > 0)
    apart = pairs and any(_sit_together(rotation, column) for column in rota.T)
    return bool(met and enough and not again.any() and not apart)


def too_few(rotation: Rotation, rota: Ints) -> bool:
    """Return whether a station in use has fewer movers than it needs."""
    loads = [np.bincount(column[column >= 0], minlength=len(rotation.room)) for column in rota.T]
    return any(((load > 0) & (load < rotation.least)).any() for load in loads)


def _sit_together(rotation: Rotation, column: Ints) -> bool:
    """Return whether two movers who are kept apart share a station."""
    first, second = rotation.apart_pairs
    return bool(((column[first] == column[second]) & (column[first] >= 0)).any())
