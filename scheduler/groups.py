"""The road to plans for peer groups: a design where there is one, search for what it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scheduler.arrays import Arrays, Seating
from scheduler.construct.greedy import greedy_seating
from scheduler.construct.grouping import designed_seating
from scheduler.improve import Search, State
from scheduler.improve.vacate import vacated
from scheduler.plan import TOLERANCE, GoalValue
from scheduler.problem import MINIMISED, Goal
from scheduler.road import Report, RoadResult, earlier, is_over, keep_going, seconds_left

_SHARE_OF_DESIGN = 0.4
_CLOSING_SECONDS = 1.2e-3
"""A person's part of the time left for scoring and checking what was found."""


def applies(arrays: Arrays) -> bool:
    """Return whether this road can lead anywhere: somebody moves and something is open."""
    return bool(arrays.is_mover.any() and arrays.open[:, ~arrays.frozen].any())


def plan(
    arrays: Arrays,
    *,
    goals: Sequence[Goal],
    deadline: float,
    seed: int,
    report: Report = keep_going,
) -> RoadResult | None:
    """Return a seating of groups that keeps every hard rule, or None where none was found.

    A design is tried first. Where it leaves a rule broken or a goal short of what it could be, a
    seating dealt out round by round has the same chance, and the better one is taken.
    """
    deadline -= arrays.n * _CLOSING_SECONDS
    share = _SHARE_OF_DESIGN * seconds_left(deadline)
    best: tuple[Search, State] | None = None
    starts: tuple[Callable[[], Seating | None], ...] = (
        lambda: designed_seating(arrays, seed, earlier(deadline, share)),
        lambda: greedy_seating(arrays, seed),
    )
    for start in starts:
        if best is not None and is_over(deadline):
            break
        seating = start()
        if seating is None:
            continue
        search = Search(arrays, goals, deadline=deadline, seed=seed, report=report)
        found = search.run(seating)
        if best is None or search.rank(found) < best[0].rank(best[1]):
            best = search, found
        if found.broken == 0 and not search.short:
            break
    if best is not None and best[1].broken:
        # Nobody has to sit: what cannot be mended is given up, and then filled again.
        search = Search(arrays, goals, deadline=deadline, seed=seed, report=report)
        best = search, search.run(vacated(search.rules, best[1].seating))
    return None if best is None or best[1].broken else _result(*best)


def _result(search: Search, found: State) -> RoadResult:
    values = []
    raised = False
    for s, goal in enumerate(search.goals):
        sign = 1.0 if goal.goal in MINIMISED else -1.0
        # A later goal's turn may have bettered an earlier one by the way; what the goals after
        # that one reached in their turn, they reached under a limit that no longer holds.
        best = found.losses[s] if raised else min(search.bests[s], found.losses[s])
        raised = raised or found.losses[s] < search.bests[s] - TOLERANCE
        values.append(
            GoalValue(
                goal=goal.goal,
                value=found.losses[s] * sign + 0.0,
                best=best * sign + 0.0,
                bound=search.leasts[s] * sign + 0.0,
            )
        )
    return RoadResult(seating=found.seating, goals=tuple(values), complete=not search.stopped)
