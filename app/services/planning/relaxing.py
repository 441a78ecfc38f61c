"""Ways out that the planner found, tried on: the same problem without some pieces of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.errors import MentoringError
from scheduler.atoms import Atom, atoms, lifted
from scheduler.errors import InvalidProblem
from scheduler.explain.relaxations import finer
from scheduler.problem import Problem
from scheduler.relax import more_room


class NoSuchWayOut(MentoringError):
    """The roster or the rules changed since this way out was found. Plan again, then look anew."""

    status = 409


def relaxed(problem: Problem, orders: Sequence[str]) -> Problem:
    """Return a problem after some orders, each a ``way_out`` of a piece of its rules."""
    known = {piece.way_out: piece for piece in _pieces(problem)}
    if not set(orders) <= known.keys():
        raise NoSuchWayOut
    try:
        return lifted(problem, [known[order] for order in orders])
    except InvalidProblem as error:
        raise NoSuchWayOut from error


def _pieces(problem: Problem) -> Iterator[Atom]:
    yield from finer(problem)
    yield from more_room(problem)
    yield from atoms(problem)
