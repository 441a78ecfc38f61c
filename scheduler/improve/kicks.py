"""Disturbances that a search of single exchanges does not come upon by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.arrays import Bools, Ints, Seating
from scheduler.improve.costs import CostModel
from scheduler.improve.tables import TableRules

_PEOPLE = 4
_DISSOLVE = 0.5
_OPEN = 0.5
_ANYWHERE = 0.4


@dataclass(frozen=True, eq=False)
class Kicks:
    """Disturbs one round of a seating, which the search then settles anew."""

    rules: TableRules
    rounds: Ints
    rng: np.random.Generator

    def kick(self, model: CostModel, seating: Seating, *, mending: bool) -> Seating:
        """Return a disturbed copy of a seating.

        Where rules are broken, a table that breaks them may be cleared; where people sit out, an
        empty table may be opened for several of them at once. Else a few people of one kind change
        places, or sit down anywhere.
        """
        seating = seating.copy()
        if not self.rounds.size:
            return seating  # every round is fixed
        if mending and self.rng.random() < _DISSOLVE:
            self._dissolve(model, seating)
            return seating
        r = int(self.rng.choice(self.rounds))
        allowed = model.allowed(r)
        movable = np.flatnonzero(allowed.sum(axis=1) > 1)
        waiting = movable[seating[movable, r] < 0]
        if waiting.size > 1 and self.rng.random() < _OPEN:
            self._open(seating[:, r], waiting, allowed)
        elif movable.size > 1:
            self._shuffle(seating[:, r], movable, allowed)
        return seating

    def _dissolve(self, model: CostModel, seating: Seating) -> None:
        """Send away the people of a table whose rules are broken."""
        n_tables = self.rules.arrays.n_tables
        for r in self.rng.permutation(self.rounds).tolist():
            places = seating[:, r]
            place = np.where(places < 0, n_tables, places).astype(np.int64)
            missed = self.rules.broken(np.arange(n_tables), self.rules.counts(place)[:-1])
            if missed.any():
                table = self.rng.choice(np.flatnonzero(missed))
                places[(places == table) & model.allowed(r)[:, -1]] = -1
                return

    def _open(self, places: NDArray[np.int32], waiting: Ints, allowed: Bools) -> None:
        """Seat several people who sit out at a table where no mover sits."""
        arrays = self.rules.arrays
        movers = places[arrays.is_mover & (places >= 0)]
        free = np.setdiff1d(np.flatnonzero(allowed[waiting, :-1].any(axis=0)), movers)
        if not free.size:
            return
        table = int(self.rng.choice(free))
        people = self.rng.permutation(waiting[allowed[waiting, table]])
        room = int(arrays.seats[table]) - int((places == table).sum())
        places[people[: max(room, 0)]] = table

    def _shuffle(self, places: NDArray[np.int32], movable: Ints, allowed: Bools) -> None:
        nowhere = allowed.shape[1] - 1
        anywhere = self.rng.random() < _ANYWHERE
        for _ in range(_PEOPLE):
            if anywhere:
                person = int(self.rng.choice(movable))
                target = int(self.rng.choice(np.flatnonzero(allowed[person])))
                places[person] = -1 if target == nowhere else target
            else:
                self._exchange(places, movable, allowed)

    def _exchange(self, places: NDArray[np.int32], movable: Ints, allowed: Bools) -> None:
        """Exchange two random people of one kind who may take each other's place."""
        for _ in range(_PEOPLE):
            first, second = self.rng.choice(movable, 2, replace=False)
            fits = allowed[first, places[second]] and allowed[second, places[first]]
            if fits and self.rules.kind[first] == self.rules.kind[second]:
                places[first], places[second] = places[second], places[first]
                return
