"""Ways out that the planner found, tried on: the same problem without some pieces of its rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import MentoringError, NotFound
from app.models import Block, PlanRun
from app.services import audit
from app.services.planning.view import FindingView, WayView, view_finding
from scheduler import jsonio
from scheduler.atoms import Atom, atoms, lifted
from scheduler.errors import InvalidProblem
from scheduler.explain.relaxations import finer
from scheduler.problem import Problem
from scheduler.relax import more_room

_RULE_OF_BLOCK = re.compile(
    r"^(lift composition entry|say in composition entry|let (mentor|mentee|peer|facilitator) and )"
)
_KEPT = ("composition", "repeats")


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


def is_open(finding: FindingView, way: WayView) -> bool:
    """Return whether everybody who plans may read a way out of a finding.

    Of a confidential one, only ways that name nobody: they give no pair away.
    """
    return not finding.is_confidential or (way.is_general and not way.settle)


def way_of(run: PlanRun, key: str) -> WayView:
    """Return a way out that a run found and its page offers; ``key`` is as ``0-2``.

    Raises ``NotFound`` for one that is not there or not for everybody.
    """
    places = [int(part) for part in key.split("-") if part.isdecimal()]
    findings = tuple(view_finding(entry) for entry in run.findings)
    if len(places) == 2 and places[0] < len(findings):
        finding = findings[places[0]]
        if places[1] < len(finding.ways) and is_open(finding, finding.ways[places[1]]):
            return finding.ways[places[1]]
    raise NotFound


def is_rule_of_block(order: str) -> bool:
    """Return whether an order changes a rule that stands in the block, and not a fact."""
    return _RULE_OF_BLOCK.match(order) is not None


def can_keep(block: Block) -> bool:
    """Return whether a block's rules can be changed by an order: evened numbers are not its own."""
    return not block.rules.get("even_tables")


def keep(
    session: Session, block: Block, run: PlanRun, way: WayView, *, now: datetime, actor: str
) -> None:
    """Write a way out into the block's rules, for every plan to come."""
    before = jsonio.read_problem(run.problem)
    known = jsonio.problem_document(before)
    same = all(_as_set(known.get(key)) == _as_set(block.rules.get(key)) for key in _KEPT)
    if not same or not can_keep(block) or not all(map(is_rule_of_block, way.orders)):
        raise NoSuchWayOut
    document = jsonio.problem_document(relaxed(before, way.orders))
    block.rules = {**block.rules, **{key: document.get(key, []) for key in _KEPT}}
    audit.record(
        session,
        actor=actor,
        what="rule changed",
        now=now,
        event_id=block.event_id,
        block=block.id,
        plan_run=run.id,
    )


def _as_set(entries: object) -> set[str]:
    return (
        {repr(sorted(entry.items())) for entry in entries} if isinstance(entries, list) else set()
    )
