"""A plan from each person's side: where they go, whom they meet, when they reflect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from app.services.planning.view import PlanView
from app.services.roster import Roster, RosterPerson, RosterRound, RosterTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One round of one person; without a table it is a round to reflect."""

    round: RosterRound
    table: RosterTable | None
    hosts: tuple[RosterPerson, ...] = ()
    guests: tuple[RosterPerson, ...] = ()

    @property
    def others(self) -> tuple[RosterPerson, ...]:
        """Everybody else at the table, hosts first."""
        return (*self.hosts, *self.guests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Itinerary:
    """One person's path through the rounds they can attend, in order."""

    person: RosterPerson
    stops: tuple[Stop, ...]
    is_host: bool

    @property
    def sit_outs(self) -> tuple[Stop, ...]:
        """Rounds to reflect."""
        return tuple(stop for stop in self.stops if stop.table is None)

    @property
    def met(self) -> frozenset[str]:
        """Everybody met at least once."""
        return frozenset(other.id for stop in self.stops for other in stop.others)


def itineraries(roster: Roster, plan: PlanView, hosts: Mapping[str, str]) -> tuple[Itinerary, ...]:
    """Return everybody's itinerary, by name; a host alone at the table has a round to reflect."""
    people = {person.id: person for person in roster.people}
    tables = {table.id: table for table in roster.tables}
    at: dict[tuple[str, str], list[str]] = defaultdict(list)
    seat_of: dict[tuple[str, str], str] = {}
    for seat in plan.seats:
        at[seat.round_id, seat.table_id].append(seat.person_id)
        seat_of[seat.person_id, seat.round_id] = seat.table_id

    def stop(person: RosterPerson, item: RosterRound) -> Stop:
        table_id = seat_of.get((person.id, item.id))
        present = at[item.id, table_id] if table_id is not None else []
        if table_id is None or all(one in hosts for one in present):
            return Stop(round=item, table=None)
        others = [people[one] for one in present if one != person.id]
        return Stop(
            round=item,
            table=tables[table_id],
            hosts=tuple(other for other in others if other.id in hosts),
            guests=tuple(other for other in others if other.id not in hosts),
        )

    return tuple(
        Itinerary(
            person=person,
            stops=tuple(
                stop(person, item)
                for item in roster.rounds
                if person.rounds is None or item.id in person.rounds
            ),
            is_host=person.id in hosts,
        )
        for person in sorted(roster.people, key=lambda one: (one.name.casefold(), one.id))
    )
