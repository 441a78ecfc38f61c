"""What an event's numbers allow, and what would raise it: tried with the planner's bounds.

Nothing is written: numbers become a roster of people without names, and the bounds are asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.enums import Role
from app.models import Block, Event
from app.services.planning import Feasibility, feasibility
from app.services.remembered import Remembered
from app.services.roster import Roster, RosterPerson, RosterRound, RosterTable

FEATURES = frozenset({"step_free", "quiet", "hearing_loop"})
MOST_PEOPLE, MOST_ROUNDS, MOST_TABLES, MOST_SEATS = 2000, 30, 500, 60
SHORT_ROUND = 8
OF_THE_AGENDA = ("one more table", "one more round", "one more seat at each table")
MOST_TRIED = 600
"""Beyond so many people, what would raise it takes too long to try for a page."""


class Memory(Remembered[Feasibility]):
    """What rosters allow, as far as it was asked for before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What an organiser may try: ``seats`` are those for people who move, at each table."""

    people: Mapping[Role, int]
    rounds: int
    tables: int
    seats: int
    minutes: int = 10
    changeover_minutes: int = 0

    @property
    def takes_minutes(self) -> int:
        """How long all rounds take, with the moves between them."""
        return self.rounds * self.minutes + max(0, self.rounds - 1) * self.changeover_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """One change of the numbers and what it would give."""

    what: str
    reach: int
    further: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What some numbers allow; ``raises`` are changes that allow more, best first."""

    numbers: Numbers
    allows: Feasibility
    raises: tuple[Raise, ...] = field(default=())


def numbers_of(block: Block, people: Mapping[Role, int]) -> Numbers:
    """Return the numbers of a block as they are, with so many people of each role."""
    roles = roles_of(block.rules)
    return Numbers(
        people={role: people.get(role, 0) for role in roles},
        rounds=len(block.rounds),
        tables=len(block.tables),
        seats=min((seats_of(block.rules), *_free_at_the_widest(block))),
        minutes=block.minutes,
        changeover_minutes=block.changeover_minutes,
    )


def places_of(event: Event, block: Block) -> dict[Role, int]:
    """Return how many people of each role there would be with every place taken."""
    known = {one.role: one.places or 0 for one in event.capacities}
    return {role: known.get(role, 0) for role in roles_of(block.rules)}


def roles_of(rules: Mapping[str, Any]) -> tuple[Role, ...]:
    """Return the roles that take part in a block, those who stay first."""
    named = [Role(one) for one in rules.get("roles") or _counted(rules)]
    hosting = [Role(one) for one in rules.get("hosts", ()) if Role(one) in named]
    return (*hosting, *(role for role in named if role not in hosting))


def seats_of(rules: Mapping[str, Any]) -> int:
    """Return how many people who move a table takes by the rules."""
    sizes = [entry["max"] for entry in rules.get("composition", ()) if _is_group(rules, entry)]
    return min(sizes, default=4)


def _free_at_the_widest(block: Block) -> tuple[int, ...]:
    """Return what the largest table leaves beside those who stay; nothing when none has a limit."""
    seats = [table.seats for table in block.tables]
    if not seats or None in seats:
        return ()
    hosts = set(block.rules.get("hosts", ()))
    stay = sum(
        entry.get("min", 0)
        for entry in block.rules.get("composition", ())
        if entry.get("count", {}).get("role") in hosts and "tables" not in entry
    )
    return (max(1, max(one or 0 for one in seats) - stay),)


def could_say_more(numbers: Numbers, today: Feasibility) -> bool:
    """Return whether numbers alone could promise more than was found for the people themselves.

    Of many people nothing is tried that would raise it, and more than every round there is not.
    """
    return today.reach < today.rounds or sum(numbers.people.values()) <= MOST_TRIED


def forecast(
    numbers: Numbers, rules: Mapping[str, Any], stages: Sequence[str], *, memory: Memory
) -> Forecast:
    """Return what some numbers allow, of people who can come to every round."""
    allows = memory.of(_allow, numbers, rules, stages)
    is_small = allows.movers > 0 and sum(numbers.people.values()) <= MOST_TRIED
    raises = _raises(numbers, rules, stages, memory) if is_small else ()
    return Forecast(numbers=numbers, allows=allows, raises=raises)


def with_sign_ups(
    roster: Roster, numbers: Numbers, rules: Mapping[str, Any], *, memory: Memory
) -> Feasibility:
    """Return what the people of a roster could have with other rounds, tables and seats."""
    rounds = _rounds(numbers)
    kept = {one.id: new.id for one, new in zip(roster.rounds, rounds, strict=False)}
    added = {one.id for one in rounds[len(roster.rounds) :]}
    people = tuple(
        one
        if one.rounds is None
        else replace(one, rounds=frozenset({kept[r] for r in one.rounds if r in kept} | added))
        for one in roster.people
    )
    tables = [*roster.tables[: numbers.tables]]
    tables += _tables(numbers)[len(tables) :]
    tried = replace(roster, rounds=rounds, tables=tuple(tables), people=people)
    return memory.of(feasibility, tried, _seated(rules, numbers.seats))


def _allow(numbers: Numbers, rules: Mapping[str, Any], stages: Sequence[str]) -> Feasibility:
    people = tuple(
        RosterPerson(
            id=f"p{role}{at}",
            name="",
            email="",
            role=role,
            stage=stages[at % len(stages)] if stages else None,
        )
        for role, number in numbers.people.items()
        for at in range(number)
    )
    roster = Roster(
        name="", rounds=_rounds(numbers), tables=_tables(numbers), people=people, stages=(*stages,)
    )
    own = {**_seated(rules, numbers.seats), "keep_apart_same": []}
    return feasibility(roster, own)


def _raises(
    numbers: Numbers, rules: Mapping[str, Any], stages: Sequence[str], memory: Memory
) -> tuple[Raise, ...]:
    """Return the single steps that help, those that help most first."""
    now = memory.of(_allow, numbers, rules, stages)
    hosting = [Role(one) for one in rules.get("hosts", ())]
    steps = [
        (
            f"one more {role}",
            replace(
                numbers,
                people={**numbers.people, role: numbers.people[role] + 1},
                tables=numbers.tables + 1,
            ),
        )
        for role in hosting
        if role in numbers.people
    ]
    table, round_, seat = OF_THE_AGENDA
    if not hosting:
        steps.append((table, replace(numbers, tables=numbers.tables + 1)))
    steps.append((round_, replace(numbers, rounds=numbers.rounds + 1)))
    steps.append((seat, replace(numbers, seats=numbers.seats + 1)))
    found = []
    for what, step in steps:
        then = memory.of(_allow, step, rules, stages)
        if (then.reach, then.further) > (now.reach, now.further):
            found.append(Raise(what=what, reach=then.reach, further=then.further))
    return tuple(sorted(found, key=lambda one: (-one.reach, -one.further)))


def _rounds(numbers: Numbers) -> tuple[RosterRound, ...]:
    return tuple(
        RosterRound(id=f"r{at}", number=at, minutes=numbers.minutes)
        for at in range(1, numbers.rounds + 1)
    )


def _tables(numbers: Numbers) -> tuple[RosterTable, ...]:
    return tuple(
        RosterTable(id=f"t{at}", number=at, features=FEATURES)
        for at in range(1, numbers.tables + 1)
    )


def _seated(rules: Mapping[str, Any], seats: int) -> dict[str, Any]:
    """Return rules with so many seats at a table for those who move."""
    entries = [
        entry | {"max": seats, "min": min(entry.get("min", 0), seats)}
        if _is_group(rules, entry)
        else entry
        for entry in rules.get("composition", ())
    ]
    return {**rules, "composition": entries}


def _is_group(rules: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Return whether an entry says how many people who move a table takes."""
    role = entry.get("count", {}).get("role")
    return "max" in entry and role is not None and role not in set(rules.get("hosts", ()))


def _counted(rules: Mapping[str, Any]) -> list[str]:
    named = [entry.get("count", {}).get("role") for entry in rules.get("composition", ())]
    return list(dict.fromkeys(name for name in named if name)) or [role.value for role in Role]
