"""When who meets, where people miss rounds: alternating paths over two rounds, and ejections.

With everybody there all the time this is edge colouring (`colouring`). Absences make it a *list*
edge colouring, NP-hard in general, but few vertices are restricted at real events. A meeting
that fits nowhere first asks for an alternating path: in two rounds a and b, some movers swap
what they have in a with what they have in b. Where every such path ends at somebody absent, the
meeting pushes others out of a round, and those look for a place in their turn.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
NOBODY = -1
_TABU = 10
"""Steps for which a meeting is not pushed out again, besides one for each that is missing."""


class Timetable:
    """Meetings in rounds, and those that have no round yet.

    Parameters
    ----------
    here : array of bool, shape (m, R)
        Whether a mover is there.
    is_on : array of bool, shape (S, R)
        Whether a station is.
    room : array of int, shape (S,)
        Most movers at a station in a round.
    """

    def __init__(self, here: Bools, is_on: Bools, room: Ints) -> None:
        self.n_rounds = here.shape[1]
        self.here: list[list[bool]] = here.tolist()
        self.is_on: list[list[bool]] = is_on.tolist()
        self.room: list[int] = room.tolist()
        self.station = [[NOBODY] * self.n_rounds for _ in self.here]
        self.movers: list[list[list[int]]] = [[[] for _ in row] for row in self.is_on]
        self.missing: list[tuple[int, int]] = []

    def begin(self, wanted: Ints, rota: Ints) -> None:
        """Take over what a rota has of the wanted meetings; all others are missing.

        Parameters
        ----------
        wanted : array of int, shape (m, S)
            Rounds of each mover at each station.
        rota : array of int, shape (m, R)
            Station of each mover in each round, or -1.
        """
        left = wanted.copy()
        for p, r in np.argwhere(rota >= 0).tolist():
            s = int(rota[p, r])
            if left[p, s] > 0:
                left[p, s] -= 1
                self._put(p, s, r)
        self.missing = [
            (p, s) for p, s in np.argwhere(left > 0).tolist() for _ in range(int(left[p, s]))
        ]

    def settle(self, *, steps: int, seed: int) -> bool:
        """Look for a round for each missing meeting; return whether all have one.

        The fewest ever missing is what stands in the end.
        """
        rng = np.random.default_rng(seed)
        tabu: dict[tuple[int, int, int], int] = {}
        best = self._snapshot()
        for step in range(steps):
            if not self.missing:
                return True
            p, s = self.missing.pop(int(rng.integers(len(self.missing))))
            if not self.place(p, s):
                self._push(p, s, step, tabu, rng)
            if len(self.missing) < len(best[1]):
                best = self._snapshot()
        self._restore(best)
        return not self.missing

    def rota(self) -> Ints:
        """Return the station of each mover in each round, or -1; shape (m, R)."""
        return np.array(self.station, dtype=np.int64).reshape(len(self.here), self.n_rounds)

    def _snapshot(self) -> tuple[Ints, list[tuple[int, int]]]:
        return self.rota(), list(self.missing)

    def _restore(self, snapshot: tuple[Ints, list[tuple[int, int]]]) -> None:
        rota, self.missing = snapshot
        self.movers = [[[] for _ in row] for row in self.is_on]
        self.station = [[NOBODY] * self.n_rounds for _ in self.here]
        for p, r in np.argwhere(rota >= 0).tolist():
            self._put(p, int(rota[p, r]), r)

    def _put(self, p: int, s: int, r: int) -> None:
        self.station[p][r] = s
        self.movers[s][r].append(p)

    def _take(self, p: int, r: int) -> None:
        self.movers[self.station[p][r]][r].remove(p)
        self.station[p][r] = NOBODY

    def _has_room(self, s: int, r: int) -> bool:
        return self.is_on[s][r] and len(self.movers[s][r]) < self.room[s]

    def place(self, p: int, s: int) -> bool:
        """Give a meeting a round, by two-round swaps of others if need be; say if it could be."""
        rounds = range(self.n_rounds)
        free = [r for r in rounds if self.here[p][r] and self.station[p][r] == NOBODY]
        roomy = [r for r in rounds if self._has_room(s, r)]
        for r in free:
            if r in roomy:
                self._put(p, s, r)
                return True
        return any(self._place_by_mover(p, s, a, b) for a in roomy for b in free) or any(
            self._place_by_station(p, s, a, b) for a in roomy for b in free
        )

    def _place_by_mover(self, p: int, s: int, a: int, b: int) -> bool:
        """Move what p has in round a to round b, and seat p at s in a."""
        if not self.here[p][a]:
            return False
        path = self._path(p, a, b, {p})
        if path is None:
            return False
        self._swap(path, a, b)
        self._put(p, s, a)
        return True

    def _place_by_station(self, p: int, s: int, a: int, b: int) -> bool:
        """Move somebody who is at s in round b to round a, and seat p at s in b."""
        if not self.is_on[s][b]:
            return False
        for q in self.movers[s][b]:
            path = self._path(q, a, b, {p, q}) if self.here[q][a] else None
            if path is not None:
                self._take(q, b)
                self._swap(path, a, b)
                self._put(q, s, a)
                self._put(p, s, b)
                return True
        return False

    def _path(self, first: int, a: int, b: int, barred: set[int]) -> list[int] | None:
        """Return movers of whom the first frees round a, each next one making way in b.

        The first moves its meeting of a to b; whoever makes way there goes to a, and moves what
        it has in a to b in its turn; until somebody has nothing in a, or finds room in b.
        """
        before: dict[int, int | None] = {first: None}
        barred = set(barred)
        todo = deque([first])
        while todo:
            q = todo.popleft()
            s = self.station[q][a]
            if s == NOBODY or self._has_room(s, b):
                return _trace(before, q)
            if not self.is_on[s][b]:
                continue
            for other in self.movers[s][b]:
                if other not in barred and self.here[other][a]:
                    barred.add(other)
                    before[other] = q
                    todo.append(other)
        return None

    def _swap(self, path: list[int], a: int, b: int) -> None:
        """Swap rounds a and b of all on a path; the first has nothing in b."""
        moves = [(q, self.station[q][a], self.station[q][b]) for q in path]
        for q, at_a, at_b in moves:
            for r, s in ((a, at_a), (b, at_b)):
                if s != NOBODY:
                    self._take(q, r)
        for q, at_a, at_b in moves:
            for r, s in ((b, at_a), (a, at_b)):
                if s != NOBODY:
                    self._put(q, s, r)

    def _push(
        self,
        p: int,
        s: int,
        step: int,
        tabu: dict[tuple[int, int, int], int],
        rng: np.random.Generator,
    ) -> None:
        """Seat p at s where this pushes the fewest others out, none of them lately seated."""
        choices = []
        for r in range(self.n_rounds):
            if not (self.here[p][r] and self.is_on[s][r]):
                continue
            others = [NOBODY] if self._has_room(s, r) else self.movers[s][r]
            for q in others:
                out = [(p, self.station[p][r], r)] if self.station[p][r] != NOBODY else []
                out += [(q, s, r)] if q != NOBODY else []
                held = any(tabu.get(meeting, -1) > step for meeting in out)
                choices.append((len(out) + 2 * held + float(rng.random()), r, out))
        if not choices:
            self.missing.append((p, s))
            return
        _, r, out = min(choices)
        for q, at, _ in out:
            self._take(q, r)
            self.missing.append((q, at))
        self._put(p, s, r)
        tabu[p, s, r] = step + _TABU + len(self.missing)


def _trace(before: dict[int, int | None], last: int) -> list[int]:
    path: list[int] = []
    at: int | None = last
    while at is not None:
        path.append(at)
        at = before[at]
    return path[::-1]
