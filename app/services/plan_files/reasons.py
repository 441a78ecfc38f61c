"""Why somebody sits out: for the event's owners only.

Three reasons are told apart: they said they cannot come, the round has fewer places than people,
or the rules of this event. Which rule, and who asked for it, is said nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.plan_files.itineraries import Itinerary
from app.services.planning.problem import Rules
from app.services.roster import Roster, RosterPerson, RosterRound

THE_RULES = "the rules of this event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Rounds of one person without a seat, and why."""

    rounds: tuple[int, ...]
    reason: str


class Reasons:
    """Counts places and people once, then answers for everybody."""

    def __init__(self, roster: Roster, rules: Rules, hosts: Mapping[str, str]) -> None:
        self._roster = roster
        self._hosts = hosts
        self._needed = _needed_roles(rules)
        self._most = _most_movers(rules)
        self._tight = {item.id: self._shortage(item) for item in roster.rounds}

    def why(self, itinerary: Itinerary) -> tuple[Absence, ...]:
        """Return every round without a seat, grouped by reason."""
        person = itinerary.person
        grouped: dict[str, list[int]] = {}
        for item in self._roster.rounds:
            if not _attends(person, item):
                grouped.setdefault("not available", []).append(item.number)
        for stop in itinerary.sit_outs:
            grouped.setdefault(self._of_sit_out(itinerary, stop.round), []).append(
                stop.round.number
            )
        return tuple(
            Absence(rounds=tuple(rounds), reason=reason) for reason, rounds in grouped.items()
        )

    def _of_sit_out(self, itinerary: Itinerary, item: RosterRound) -> str:
        if itinerary.is_host:
            partners = self._missing_partner(itinerary.person, item)
            return partners or "more places than people"
        return self._tight[item.id] or THE_RULES

    def _missing_partner(self, person: RosterPerson, item: RosterRound) -> str:
        """Return that the table cannot be used because its mentor, say, is away."""
        table = self._hosts[person.id]
        there = {
            one.role.value
            for one in self._roster.people
            if self._hosts.get(one.id) == table and _attends(one, item)
        }
        missing = sorted(self._needed - there)
        return f"no {missing[0]} at the table" if missing else ""

    def places_line(self) -> str:
        """Return the rounds that have fewer places than people; empty when there are none."""
        tight = [
            f"round {item.number} has {self._places(item)} for {len(self._movers(item))} people"
            for item in self._roster.rounds
            if self._tight[item.id]
        ]
        return f"Places: {', '.join(tight)}." if tight else ""

    def _movers(self, item: RosterRound) -> list[RosterPerson]:
        return [
            one for one in self._roster.people if one.id not in self._hosts and _attends(one, item)
        ]

    def _shortage(self, item: RosterRound) -> str:
        movers = [
            one for one in self._roster.people if one.id not in self._hosts and _attends(one, item)
        ]
        places = self._places(item)
        if places is None or len(movers) <= places:
            return ""
        return "more people than places"

    def _places(self, item: RosterRound) -> int | None:
        if not self._needed or self._most is None:
            return None
        there: dict[str, set[str]] = {}
        for person in self._roster.people:
            table = self._hosts.get(person.id)
            if table is not None and _attends(person, item):
                there.setdefault(table, set()).add(person.role.value)
        return self._most * sum(1 for roles in there.values() if self._needed <= roles)


def _attends(person: RosterPerson, item: RosterRound) -> bool:
    return person.rounds is None or item.id in person.rounds


def _counts(rules: Rules) -> Sequence[Mapping[str, object]]:
    return [
        {**entry["count"], "min": entry.get("min", 0), "max": entry.get("max")}
        for entry in rules.get("composition", ())
        if "count" in entry and "tables" not in entry
    ]


def _needed_roles(rules: Rules) -> frozenset[str]:
    """Return the hosting roles without which a table cannot be used."""
    hosting = set(rules.get("hosts", ()))
    return frozenset(
        str(entry["role"])
        for entry in _counts(rules)
        if entry.get("role") in hosting and entry["min"] != 0
    )


def _most_movers(rules: Rules) -> int | None:
    hosting = set(rules.get("hosts", ()))
    most = [
        entry["max"]
        for entry in _counts(rules)
        if entry.get("role") not in hosting and isinstance(entry["max"], int)
    ]
    return sum(number for number in most if isinstance(number, int)) if most else None
