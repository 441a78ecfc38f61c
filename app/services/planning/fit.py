"""How well people fit each other, from the topics they named and the steps of their careers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.enums import Role
from app.services.roster import Roster, RosterPerson, RosterTable
from scheduler import fit
from scheduler.entities import Role as PlannerRole


def asks_for_fit(goals: Iterable[Any]) -> bool:
    """Return whether scores matter; without goals of its own a block takes all of them."""
    names = {goal if isinstance(goal, str) else goal["goal"] for goal in goals}
    return not names or bool(names & {"fit", "fit_floor"})


def fit_entries(
    roster: Roster,
    people: list[RosterPerson],
    tables: list[RosterTable],
    host_of: Mapping[str, str],
    apart: frozenset[frozenset[str]],
) -> dict[str, Any]:
    """Return ``fit`` and ``table_fit`` of a problem; people kept apart have no score."""
    profiles = _profiles(roster, people)
    pairs = [
        [first, second, value]
        for first, second, value in fit.pair_fit(profiles)
        if frozenset({first, second}) not in apart
    ]
    return {"fit": pairs, "table_fit": _table_fit(profiles, people, tables, host_of)}


def _profiles(roster: Roster, people: list[RosterPerson]) -> list[fit.FitProfile]:
    rank = {stage: number for number, stage in enumerate(roster.stages)}
    return [
        fit.FitProfile(
            id=person.id,
            role=PlannerRole(person.role.value),
            stage_rank=rank.get(person.stage) if person.stage else None,
            topics=person.topics,
        )
        for person in people
    ]


def _table_fit(
    profiles: list[fit.FitProfile],
    people: list[RosterPerson],
    tables: list[RosterTable],
    host_of: Mapping[str, str],
) -> list[list[Any]]:
    """Return scores for circles: a table's topics are its label, and its facilitator's first."""
    if any(person.role is Role.MENTOR for person in people):
        return []
    named = {topic.casefold() for person in people for topic in person.topics}
    topics = {table.id: [table.label] for table in tables if table.label.casefold() in named}
    for person in people:
        if person.role is Role.FACILITATOR and person.id in host_of:
            topics.setdefault(host_of[person.id], []).extend(person.topics[:1])
    movers = [profile for profile in profiles if profile.id not in host_of]
    return [list(entry) for entry in fit.table_fit(movers, topics)]
