"""Why somebody cannot sit somewhere, in words.

Who may not sit with whom is confidential and must not be guessed. So one sentence stands for every
rule of the event, whichever it is; owners, who may read the rules themselves, are told those that
are open. Facts that the seating shows to everybody (who is away, what is pinned) are always named.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.services.plan_edits.mixtures import asked, rounds
from app.services.plan_edits.names import Names
from app.services.planning.edits import Scene, Violation

THE_RULES = "Not by the rules of this event"
FACTS = frozenset({"availability", "frozen_rounds", "host", "one_seat", "pins"})
NEVER_NAMED = frozenset({"keep_apart", "keep_apart_same"})


def may_be_named(rule: str, *, is_owner: bool) -> bool:
    """Return whether a rule is said by its name."""
    return rule in FACTS or (is_owner and rule not in NEVER_NAMED)


def reasons(
    found: Iterable[Violation], scene: Scene, names: Names, *, is_owner: bool
) -> tuple[str, ...]:
    """Return why not; a rule without a name is told only when there is no reason with one."""
    named = dict.fromkeys(
        _reason(one, scene, names) for one in found if may_be_named(one.rule, is_owner=is_owner)
    )
    return tuple(named) or (THE_RULES,)


def _reason(one: Violation, scene: Scene, names: Names) -> str:  # noqa: C901, PLR0911 -- one for each rule
    who = names.person(one.people[0]) if one.people else ""
    where = names.table(one.tables[0]) if one.tables else ""
    match one.rule:
        case "availability":
            if one.detail == "person not available":
                return f"{who} is away in this round"
            return f"{where.capitalize()} is closed in this round"
        case "needs":
            lacking = one.detail.removeprefix("lacks ").replace("_", " ")
            return f"{who} needs {lacking}, which {where} does not have"
        case "seats":
            return f"No seat is left at {where}"
        case "host":
            return f"{who} stays at {where}"
        case "pins":
            return f"{who} is pinned to {where}"
        case "frozen_rounds":
            return "This round is over"
        case "company":
            return f"{who} would sit alone at {where}"
        case "repeats":
            return _again(one, scene, names)
        case "together":
            return f"{names.everybody(one.people)} belong together"
        case "must_meet":
            return f"{names.everybody(one.people)} would not meet any more"
        case "max_rounds" | "min_rounds":
            return f"{who} would have {rounds(one.detail)}"
    return f"{where.capitalize()} would have {_mixed(one, scene)}"


def _again(one: Violation, scene: Scene, names: Names) -> str:
    pair = one.people
    first, second = sorted(pair, key=lambda name: name in scene.host_of)  # who comes, whom they see
    met = [name for name in scene.rounds if name in scene.shared((pair[0], pair[1]))]
    if not met:
        return f"{names.person(first)} has met {names.person(second)} before"
    there = names.round(met[0])
    return f"{names.person(first)} meets {names.person(second)} in {there} already"


def _mixed(one: Violation, scene: Scene) -> str:
    index, fault = one.detail.removeprefix("composition[").split("]: ", 1)
    return asked(scene.problem.composition[int(index)], fault)
