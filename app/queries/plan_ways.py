"""Ways out of an impossible plan, as lines with a button."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.queries import plan_goals
from app.queries.plan_words import Words
from app.services import planning

_NEEDS_AGENDA = re.compile(r"^(add one table$|plan (\d+) rounds instead of (\d+)$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """One way out. ``key`` names it to its run: the finding's place and the way's place in it.

    What adds a table or a round is done on the agenda; everything else can be tried at once.
    """

    key: str
    text: str
    effect: str
    can_try: bool
    can_keep: bool


def lines(
    words: Words, findings: Sequence[planning.FindingView], *, can_keep: bool
) -> tuple[WayLine, ...]:
    """Return the ways out that everybody may read, easiest to give first."""
    found = []
    for at, finding in enumerate(findings):
        for number, way in enumerate(finding.ways):
            if planning.is_open(finding, way):
                found.append(_line(f"{at}-{number}", words, way, can_keep=can_keep))
    return tuple(found)


def _line(key: str, words: Words, way: planning.WayView, *, can_keep: bool) -> WayLine:
    return WayLine(
        key=key,
        text=_settled(way) if way.settle else "; ".join(words.say(one) for one in way.orders),
        effect=_effect(way),
        can_try=bool(way.settle) or not any(map(_adds, way.orders)),
        can_keep=can_keep and not way.settle and all(map(planning.is_rule_of_block, way.orders)),
    )


def _adds(order: str) -> bool:
    found = _NEEDS_AGENDA.match(order)
    if found is None:
        return False
    return found.group(2) is None or int(found.group(2)) > int(found.group(3))


def _settled(way: planning.WayView) -> str:
    said = ", ".join(
        f"{plan_goals.title(goal).lower()}: {plan_goals.number(value)}"
        for goal, value in way.settle
    )
    return f"Be content with {said}"


def _effect(way: planning.WayView) -> str:
    told = [
        f"{plan_goals.title(goal).lower()} {plan_goals.number(value)}"
        for goal, value in way.values
        if value or goal in {"attendance_floor", "attendance", "repeats"}
    ]
    return f"A plan then has: {'; '.join(told[:3])}." if told else "A plan was found then."
