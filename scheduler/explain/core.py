"""Pieces of rules that cannot hold together, none of which can be left out: a deletion filter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.atoms import Atom, lifted
from scheduler.errors import InvalidProblem
from scheduler.explain.judge import Judge
from scheduler.explain.pairing_judge import SEATS, PairingJudge
from scheduler.explain.twins import Twins
from scheduler.explain.verdict import Verdict
from scheduler.findings import Violation
from scheduler.problem import GoalName, Problem
from scheduler.road import seconds_left
from scheduler.verify import verify_seats

LEAST_BLAMED = (
    "repeats",
    "availability",
    "max_rounds",
    "keep_apart_same",
    "needs",
    "seats",
    "composition",
    "keep_apart",
    "together",
    "must_meet",
    "min_rounds",
    "pins",
)
"""Rules in the order in which they are let go: first what nobody would name as the cause."""

_ENOUGH_NEEDED = 3
_PARTS_SHARE = 0.6
COUNTED_ONCE = frozenset({GoalName.FIT, GoalName.FIT_FLOOR, GoalName.WISHES, GoalName.WISHES_FLOOR})
"""Goals that a second meeting of the same two adds nothing to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """A contradiction.

    Attributes
    ----------
    pieces : tuple of Atom
        In the order of ``atoms``.
    is_irreducible : bool
        Whether a plan was found without each of them (or without one that is its twin).
    """

    pieces: tuple[Atom, ...]
    is_irreducible: bool


def irreducible(problem: Problem, pieces: Sequence[Atom], judge: Judge) -> Core:
    """Return pieces that cannot hold together, none of which can be left out.

    What counting does not name goes first, then whole rules, then halves of what is left of each,
    then single pieces: each is lifted where the rest stays impossible. What could not be judged in
    time is kept, and said to be so.
    """
    search = _Filter(problem, tuple(pieces), judge, kept=list(pieces))
    search.drop_unnamed()
    search.drop_rules()
    return Core(pieces=tuple(search.kept), is_irreducible=search.is_settled())


@dataclass(frozen=True, eq=False)
class _SeatProgram:
    """Who judges tables' seats while some other pieces are gone.

    Attributes
    ----------
    gone : tuple of Atom
    judge : PairingJudge
    is_exact : bool
        Whether ``judge`` keeps no other rule; else it keeps more, and its plans alone count.
    """

    gone: tuple[Atom, ...]
    judge: PairingJudge
    is_exact: bool = True


@dataclass(eq=False)
class _Filter:
    problem: Problem
    pieces: tuple[Atom, ...]
    judge: Judge
    kept: list[Atom]
    needed: set[int] = field(default_factory=set)
    """Pieces (by ``id``) without which a plan was found."""
    seats: _SeatProgram | None = None
    alike: tuple[tuple[Atom, ...], Twins] | None = None
    """What is alike while these pieces are kept."""

    def drop_unnamed(self) -> None:
        """Keep only what a counting proof speaks of, where that is enough of a contradiction."""
        for finding in self.judge.counted(self.problem):
            named = {*finding.people, *finding.tables}
            alike = [piece for piece in self.kept if piece.rule == finding.rule]
            touched = [p for p in self.kept if {*p.people, *p.tables} & named]
            for some in (_both(touched, alike), touched):
                others = [piece for piece in self.kept if piece not in some]
                if others and some and self.judge.counted(self.without(others)):
                    self.kept = [piece for piece in self.kept if piece in some]
                    return

    def drop_rules(self) -> None:
        """Let whole rules go, then parts of those that cannot.

        Who meets whom can be planned exactly while nobody meets twice; so where meetings are what
        is wanted, that rule goes last of all.
        """
        counted_once = COUNTED_ONCE & {goal for goal, _ in self.judge.wanted}
        last = LEAST_BLAMED[:1] if counted_once else ()
        undone: list[list[Atom]] = []
        for rules in ([rule for rule in LEAST_BLAMED if rule not in last], last):
            chunks: list[list[Atom]] = []
            for rule in rules:
                chunk = [piece for piece in self.kept if piece.rule == rule]
                if chunk and not self.drop(chunk) and len(chunk) > 1:
                    chunks += self.parts(chunk)[::-1]
            left = seconds_left(self.judge.deadline)
            spare = left * (1 - _PARTS_SHARE) if last and rules is not last else 0.0
            chunks = [*undone, *chunks[::-1]]
            undone = self.drop_parts(chunks, spare if math.isfinite(spare) else 0.0)

    def drop_parts(self, chunks: list[list[Atom]], spare_s: float) -> list[list[Atom]]:
        """Let chunks go, the last first; those that cannot go, in smaller parts.

        Returns what there was no time for.
        """
        while chunks and seconds_left(self.judge.deadline) > spare_s:
            chunk = [p for p in chunks.pop() if p in self.kept and id(p) not in self.needed]
            if chunk and not self.drop(chunk) and len(chunk) > 1:
                chunks += self.parts(chunk)
        return chunks

    def parts(self, chunk: Sequence[Atom]) -> list[list[Atom]]:
        """Return a chunk in parts, the one more likely to be let go as a whole last.

        A plan was found without the chunk: what it keeps all the same is hardly to blame. Where
        that says nothing, the later half goes first: the set names the first of their like. Once
        several of a rule were needed, halves are hardly ever let go, and single pieces are tried.
        """
        broken = [
            v for v in verify_seats(self.problem, self.judge.witness) if v.rule == chunk[0].rule
        ]
        hurt = [piece for piece in chunk if any(_is_about(v, piece) for v in broken)]
        alike = [piece for piece in self.kept if piece.rule == chunk[0].rule]
        if sum(id(piece) in self.needed for piece in alike) >= _ENOUGH_NEEDED:
            return [[piece] for piece in reversed(chunk)]
        if not 0 < len(hurt) < len(chunk):
            return [list(chunk[: len(chunk) // 2]), list(chunk[len(chunk) // 2 :])]
        return [hurt, [piece for piece in chunk if piece not in hurt]]

    def drop(self, chunk: Sequence[Atom]) -> bool:
        """Let pieces go where the rest stays impossible; remember a single one that is needed."""
        self.judge.witness = ()
        if self.judge.is_over:
            return False
        verdict = self.by_seats(chunk)
        if verdict is Verdict.NOT_FOUND:
            verdict = self.verdict([*self.gone(), *chunk])
        if verdict is Verdict.IMPOSSIBLE:
            self.kept = [piece for piece in self.kept if piece not in chunk]
            # Fewer pieces: whoever was needed among more is needed still.
            return True
        if len(chunk) == 1 and verdict is Verdict.POSSIBLE:
            self.needed |= {id(piece) for piece in self.twins(chunk[0])}
        return False

    def by_seats(self, chunk: Sequence[Atom]) -> Verdict:
        """Judge tables' seats by one program for all of them, where who meets whom decides."""
        if any(piece.rule != SEATS for piece in chunk):
            return Verdict.NOT_FOUND
        gone = self.gone()
        others = tuple(piece for piece in gone if piece.rule != SEATS)
        try:
            self.seats = _seat_program(self, others)
        except InvalidProblem:
            return Verdict.NOT_FOUND
        left = seconds_left(self.judge.deadline)
        verdict = self.seats.judge.without([*(p for p in gone if p.rule == SEATS), *chunk], left)
        if verdict is Verdict.POSSIBLE:
            self.judge.witness = self.seats.judge.witness
        elif not self.seats.is_exact:
            return Verdict.NOT_FOUND
        return verdict

    def twins(self, piece: Atom) -> list[Atom]:
        """Return the kept pieces that a swap of two people or tables turns this one into."""
        kept = tuple(self.kept)
        if self.alike is None or self.alike[0] != kept:
            goals = [goal for goal, _ in self.judge.wanted]
            self.alike = kept, Twins(self.without(self.gone()), goals)
        twins = self.alike[1]
        key = twins.of(piece)
        return [other for other in self.kept if twins.of(other) == key]

    def gone(self) -> list[Atom]:
        """Return what was let go."""
        return [piece for piece in self.pieces if piece not in self.kept]

    def without(self, gone: Sequence[Atom]) -> Problem:
        """Return the problem without some pieces."""
        return lifted(self.problem, gone)

    def verdict(self, gone: Sequence[Atom]) -> Verdict:
        """Judge the problem without some pieces."""
        try:
            return self.judge.judge(self.without(gone))
        except InvalidProblem:
            return Verdict.NOT_FOUND

    def is_settled(self) -> bool:
        """Return whether every kept piece is known to be needed."""
        return all(id(piece) in self.needed for piece in self.kept)


def _seat_program(search: _Filter, gone: tuple[Atom, ...]) -> _SeatProgram:
    """Return a program for tables' seats, the one at hand where it still says something."""
    known = search.seats
    if known is not None and known.gone == gone:
        return known
    every = [piece for piece in search.pieces if piece.rule == SEATS]
    judge = PairingJudge(search.without(gone), every, search.judge.wanted, search.judge.seed)
    if known is None or judge.applies or not set(known.gone) <= set(gone):
        return _SeatProgram(gone, judge)
    return _SeatProgram(gone, known.judge, is_exact=False)


def _both(one: Sequence[Atom], other: Sequence[Atom]) -> list[Atom]:
    return [*one, *(piece for piece in other if piece not in one)]


def _is_about(violation: Violation, piece: Atom) -> bool:
    return set(piece.people) <= set(violation.people) and set(piece.tables) <= set(violation.tables)
