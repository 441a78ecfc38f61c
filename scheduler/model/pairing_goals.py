"""Takes the goals that depend on who meets whom in their order, each with a proven bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pulp

from scheduler.arrays import Ints
from scheduler.model.cuts import Cut
from scheduler.model.pairing import PairingModel
from scheduler.model.pairing_limits import (
    CANDIDATES_PER_MOVER,
    Grid,
    ceiling,
    concerns_nobody,
)
from scheduler.model.pairing_search import MANY_PAIRS, Lacking, Search
from scheduler.model.pairing_turn import Turn
from scheduler.model.pairing_worth import LINEAR, Kept, is_expressible, worth
from scheduler.problem import Goal, GoalName
from scheduler.road import Report, is_over
from scheduler.rotation import Rotation

TRIES = 8
"""Deterministic limits; the deadline is the safety net."""
_EASY = (
    GoalName.ATTENDANCE_FLOOR,
    GoalName.ATTENDANCE,
    GoalName.HOSTS_FLOOR,
    GoalName.WISHES_FLOOR,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Who meets whom.

    Attributes
    ----------
    counts : array of int, shape (m, S)
        Rounds of each mover at each station.
    reached : dict of GoalName to (best, bound)
        For each goal that had its turn.
    complete : bool
        Whether all did.
    cuts : tuple of Cut
        What absences turned out to forbid.
    doubtful : frozenset of GoalName
        Goals for whose ``best`` no rounds were found.
    """

    counts: Ints
    reached: dict[GoalName, tuple[float, float]]
    complete: bool
    cuts: tuple[Cut, ...] = ()
    doubtful: frozenset[GoalName] = frozenset()


def pair(
    rotation: Rotation,
    goals: Sequence[Goal],
    *,
    deadline: float,
    seed: int,
    report: Report,
    many_pairs: int = MANY_PAIRS,
    lacking: Lacking | None = None,
) -> Pairing | None:
    """Return who meets whom, best in the goals in their order; None when no x was found.

    Parameters
    ----------
    lacking : callable or None
        The meetings, shape (k, 2), for which no rounds were found; cuts are looked for then.
    """
    return _Turns(
        rotation=rotation,
        goals=goals,
        deadline=deadline,
        seed=seed,
        report=report,
        many_pairs=many_pairs,
        lacking=lacking,
    ).run()


def programs_size(rotation: Rotation) -> int:
    """Return about how many pairs the programs begin with."""
    pairs = int(rotation.may.sum())
    return pairs if pairs <= MANY_PAIRS else min(pairs, 2 * CANDIDATES_PER_MOVER * rotation.m)


def bound_after(
    rotation: Rotation,
    name: GoalName,
    kept: Sequence[Kept],
    *,
    deadline: float,
    cuts: Sequence[Cut] = (),
) -> float:
    """Return a proven limit on a goal for all plans that keep the limits of earlier goals."""
    if concerns_nobody(rotation, name):
        return 0.0
    search = Search(rotation=rotation, deadline=deadline, seed=1, kept=list(kept), cuts=list(cuts))
    if name == GoalName.FIT_FLOOR:
        return Grid(rotation).below(search.relaxed_floor())
    if name in LINEAR:
        return search.price(name)
    return ceiling(rotation, name)


@dataclass(kw_only=True)
class _Turns(Turn):
    """The goals' turns: what was reached, and the last solution."""

    goals: Sequence[Goal]
    reached: dict[GoalName, tuple[float, float]] = field(default_factory=dict)
    timed: Ints | None = None
    """The last of a turn's solutions for which rounds were found."""
    stopped: bool = False
    sound: set[GoalName] = field(default_factory=set)

    def run(self) -> Pairing | None:
        todo = [g for g in self.goals if is_expressible(self.rotation, g.goal)]
        if not self._assume_easy(todo):
            self.kept.clear()
            self.reached.clear()
            for goal in todo:
                self._turn(goal)
        else:
            for goal in todo[len(self.reached) :]:
                self._turn(goal)
        if self.counts is None and not self.solve_any():
            return None
        self._polish(todo)
        self._even_out()
        self._give_up()
        assert self.counts is not None  # noqa: S101 -- solve_any saw to it
        return Pairing(
            counts=self.counts,
            reached=self.reached,
            complete=not self.stopped,
            cuts=tuple(self.cuts),
            doubtful=frozenset(self.reached) - self.sound,
        )

    def _assume_easy(self, todo: Sequence[Goal]) -> bool:
        """Keep the leading attendance goals at what counting allows, if that can be."""
        easy = []
        for goal in todo:
            if goal.goal not in _EASY:
                break
            easy.append(goal)
        for goal in easy:
            best = 0.0
            if not concerns_nobody(self.rotation, goal.goal):
                best = ceiling(self.rotation, goal.goal)
                self.kept.append((goal.goal, goal.limit(best)))
            self.reached[goal.goal] = (best, best)
        # Slack of one of them may be used only later, so the guess is tested at full value.
        strict = [(name, self.reached[name][0]) for name, _ in self.kept]
        following = todo[len(easy)] if len(easy) < len(todo) else None
        if following is not None and self._asks(following.goal) and strict == self.kept:
            self._turn(following)
            is_done = following.goal in self.reached
            self.stopped &= is_done
            return is_done
        return bool(easy) and self.solve_any(strict)

    def _asks(self, name: GoalName) -> bool:
        """Return whether a goal's turn means to solve for a linear objective."""
        is_idle = concerns_nobody(self.rotation, name)
        return name in LINEAR and not is_idle and bool(worth(self.rotation, name).any())

    def _polish(self, todo: Sequence[Goal]) -> None:
        """Use no slack that the last goals did not need."""
        if self.stopped or not any(goal.slack for goal in todo) or self.counts is None:
            return
        bests = [(g.goal, self.reached[g.goal][0]) for g in todo]
        linear = [kept for kept in bests if self._asks(kept[0])]
        if all(self.value(self.counts, name) >= best - 1e-6 for name, best in linear):
            return
        self._bring(self.model())

    def _even_out(self) -> None:
        """Where tables can have equal loads in all rounds at once, let them, for ``balance``."""
        rotation = self.rotation
        wanted = any(goal.goal == GoalName.BALANCE for goal in self.goals)
        crowds = {len(who) for _, who in rotation.stations}
        if self.stopped or not wanted or not rotation.several or len(crowds) > 1:
            return
        assert self.counts is not None  # noqa: S101 -- run saw to it
        loads = self.counts.sum(axis=0)
        load, rest = divmod(int(loads.sum()), len(loads))
        if rest or load % rotation.n_rounds or not rotation.is_steady or (loads == load).all():
            return
        model = self.model()
        model.keep_even(load)
        if self.solve(model, model.linear(GoalName.FIT), gap=1e-3).has_values:
            self.counts = model.counts()

    def _give_up(self) -> None:
        """Give up meetings without rounds until the others have some, or no others can be."""
        assert self.counts is not None  # noqa: S101 -- run saw to it
        for _ in range(TRIES):
            missing = None if self.lacking is None else self.lacking(self.counts)
            if missing is None or not missing.size:
                return
            self.candidates = self.candidates.copy()
            self.candidates[missing[:, 0], missing[:, 1]] = False
            model = self.model()
            if self.stopped or is_over(self.deadline) or not self._bring(model):
                break
        if self.timed is not None:
            self.counts = self.timed

    def _bring(self, model: PairingModel) -> bool:
        """Solve for all linear goals together, each as a share of its best."""
        linear = [(name, best) for name, (best, _) in self.reached.items() if self._asks(name)]
        shares = [model.linear(name) * (1.0 / max(1.0, abs(best))) for name, best in linear]
        found = self.solve(model, pulp.lpSum(shares)).has_values
        if found:
            self.counts = model.counts()
        return found

    def _turn(self, goal: Goal) -> None:
        name = goal.goal
        if self.stopped or is_over(self.deadline):
            self.stopped = True
            return
        if concerns_nobody(self.rotation, name):
            self.reached[name] = (0.0, 0.0)
            return
        if name in LINEAR:
            outcome = self.linear(name)
        elif name == GoalName.FIT_FLOOR:
            outcome = self.fit_floor()
        else:
            outcome = self.counted_floor(name)
        if outcome is None:
            self.stopped = True
            return
        self.reached[name] = outcome
        if self.counts is not None and self.has_rounds(self.counts):
            self.timed = self.counts
            self.sound.update(self.reached)
        self.kept.append((name, goal.limit(outcome[0])))
        self.stopped = not self.report(name, *outcome)
