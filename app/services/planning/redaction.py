"""Plan runs without what was known of somebody: their opaque id and seats stay, so plans open.

The digest stays that of the problem as it was asked for. What is left of the problem no longer has
it, so the checker refuses to vouch for the plan, and it is not published again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from app.models import PlanRun

MARK = "x_redacted"
HIDDEN = "█"
_KEPT = ("id", "role", "table")
"""Of a person: who they are to the plan. Stage, affiliation, needs, traits, hours go."""
_ABOUT_PEOPLE = (
    "keep_apart",
    "wishes",
    "fit",
    "table_fit",
    "together",
    "must_meet",
    "past_meetings",
)


def redact(run: PlanRun, sign_up_ids: Collection[int]) -> bool:
    """Take everything about these people out of a run but their ids; return whether they were in.

    A run that is on its way keeps the problem it was given; its answer holds ids only.
    """
    gone = {f"p{sign_up_id}" for sign_up_id in sign_up_ids}
    problem: dict[str, Any] = json.loads(run.problem)
    if gone.isdisjoint(entry["id"] for entry in problem.get("people", ())):
        is_changed = False
    else:
        run.problem = json.dumps(_without(problem, gone), ensure_ascii=False)
        is_changed = True
    relax = [order for order in run.options.get("relax", ()) if not _speaks_of(order, gone)]
    if relax != run.options.get("relax", []):
        run.options = {**run.options, "relax": relax}
        is_changed = True
    findings = [_silenced(one, gone) for one in run.findings]
    if findings != run.findings:
        run.findings = findings
        is_changed = True
    return is_changed


def is_redacted(problem: str) -> bool:
    """Return whether somebody was taken out of a problem."""
    return f'"{MARK}"' in problem


def _without(problem: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    people = [
        {key: entry[key] for key in _KEPT if key in entry} if entry["id"] in gone else entry
        for entry in problem["people"]
    ]
    found = problem | {"people": people, MARK: True}
    for key in _ABOUT_PEOPLE:
        if key in found:
            found[key] = [entry for entry in found[key] if gone.isdisjoint(entry[:2])]
    return {key: value for key, value in found.items() if value != []}


def _silenced(finding: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """Return a finding without what it says of somebody: as a whole, or some ways out."""
    if not gone.isdisjoint(finding.get("people", ())):
        return finding | {"message": HIDDEN, "suggestions": [], "ways": []}
    ways = finding.get("ways", ())
    left = [way for way in ways if not any(_speaks_of(order, gone) for order in way["orders"])]
    return finding if len(left) == len(ways) else finding | {"ways": left}


def _speaks_of(order: str, gone: set[str]) -> bool:
    return not gone.isdisjoint(re.findall(r"\bp\d+\b", order))
