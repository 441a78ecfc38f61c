"""Who has met before, as the problem says it: only pairs whose meeting again would matter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.services.roster import RosterPerson
from scheduler.problem import DEFAULT_LIMITS, Limit

Pairs = Collection[tuple[int, int]]
"""Pairs of sign-ups."""


def met_before(
    pairs: Pairs,
    people: Sequence[RosterPerson],
    hosts: Mapping[str, str],
    rules: Mapping[str, Any],
) -> list[list[str]]:
    """Return the pairs of people of this block who may not, or should not, meet again.

    Two hosts never meet, and roles that may meet as often as they like need no record.
    """
    own = {frozenset(one["between"]): Limit(one["limit"]) for one in rules.get("repeats") or ()}
    limits = DEFAULT_LIMITS | own
    known = {person.id: person for person in people}
    found = []
    for pair in pairs:
        one, other = (known.get(f"p{id_}") for id_ in pair)
        if one is None or other is None or (one.id in hosts and other.id in hosts):
            continue
        if limits.get(frozenset({one.role, other.role}), Limit.FREE) is not Limit.FREE:
            found.append(sorted((one.id, other.id)))
    return sorted(found)
