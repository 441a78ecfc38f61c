"""From a roster and a block's rules to a problem for the planner: opaque ids, no names."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import ceil
from typing import Any

from app.enums import Role
from app.errors import MentoringError, NothingToPlan
from app.services.addresses import canonical_name
from app.services.planning.fit import asks_for_fit, fit_entries
from app.services.planning.hosts import place_hosts
from app.services.planning.past import Pairs, met_before
from app.services.planning.view import SeatView
from app.services.roster import Roster, RosterPerson, RosterTable
from scheduler import jsonio
from scheduler.errors import InvalidProblem
from scheduler.problem import Problem

Rules = Mapping[str, Any]
_PASSED_ON = ("composition", "repeats", "keep_apart_same", "goals")


class RulesDoNotFit(MentoringError):
    """The rules of this block do not fit together."""

    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Somebody who cannot take part in any plan, and why; for the event's owners only."""

    person_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A problem with what had to be decided on the way to it."""

    problem: Problem
    hosts: Mapping[str, str]
    left_out: tuple[LeftOut, ...]


def prepare(
    roster: Roster,
    rules: Rules,
    previous: Sequence[SeatView] = (),
    *,
    past: Pairs = (),
    pins: Sequence[SeatView] = (),
) -> Prepared:
    """Return the problem of a block; hosts have their tables, and who cannot be seated is out.

    With ``previous`` seats, hosts keep their tables where they can, and few changes come first.
    ``past`` are pairs of sign-ups that have met before, ``pins`` seats that every plan keeps; those
    of people, rounds or tables that are not there any more say nothing.
    """
    roles = {Role(role) for role in rules.get("roles") or [role.value for role in Role]}
    hosting = [Role(role) for role in rules.get("hosts", ())]
    people = sorted((one for one in roster.people if one.role in roles), key=lambda one: one.id)
    apart = _apart(people)
    places = place_hosts(
        roster,
        [[person for person in people if person.role is role] for role in hosting],
        [_hosts_at_most(rules, role) for role in hosting],
        apart,
        {seat.person_id: seat.table_id for seat in (*previous, *pins)},
    )
    movers = [person for person in people if person.role not in hosting]
    tables = _tables(roster, rules, places.tables, len(movers), {pin.table_id for pin in pins})
    out = [LeftOut(person_id=one.id, reason=_no_table(one, roster)) for one in places.without]
    out += _without_feature(movers, tables)
    people = _without(people, {one.person_id for one in out})
    if not tables or all(person.role in hosting for person in people):
        raise NothingToPlan(_nobody(roster, roles))
    document = _document(roster, rules, people, tables, places.tables, apart)
    if previous:
        document |= _near(rules, previous)
    if met := met_before(past, people, places.tables, rules):
        document["past_meetings"] = met
    if kept := pins_within(pins, document):
        document["pins"] = kept
    return Prepared(problem=_read(document), hosts=places.tables, left_out=tuple(out))


def _without(people: Iterable[RosterPerson], gone: Container[str]) -> list[RosterPerson]:
    return [person for person in people if person.id not in gone]


def _without_feature(
    movers: Iterable[RosterPerson], tables: Iterable[RosterTable]
) -> list[LeftOut]:
    """Return the people who need what no single table has."""
    offers = [table.features for table in tables]
    return [
        LeftOut(person_id=person.id, reason=_no_feature(person))
        for person in movers
        if not any(person.needs <= features for features in offers)
    ]


def _read(document: Mapping[str, Any]) -> Problem:
    try:
        return jsonio.read_problem(json.dumps(document))
    except InvalidProblem as error:
        msg = f"The rules of this block do not fit together: {error}"
        raise RulesDoNotFit(msg) from error


def pins_within(pins: Sequence[SeatView], document: Mapping[str, Any]) -> list[list[str]]:
    """Return the pins whose person, round and table a problem's document knows."""
    people, rounds, tables = (
        {entry["id"] for entry in document[key]} for key in ("people", "rounds", "tables")
    )
    return sorted(
        [pin.person_id, pin.round_id, pin.table_id]
        for pin in pins
        if pin.person_id in people and pin.round_id in rounds and pin.table_id in tables
    )


def _hosts_at_most(rules: Rules, role: Role) -> int:
    """Return how many hosts of a role share a table: no more than the composition lets in."""
    most = [
        int(entry["max"])
        for entry in rules.get("composition", ())
        if entry.get("count") == {"role": role} and "max" in entry and "tables" not in entry
    ]
    return min([int(rules.get("hosts_per_table", 1)), *most])


def _near(rules: Rules, previous: Sequence[SeatView]) -> dict[str, Any]:
    seats = [[seat.person_id, seat.round_id, seat.table_id] for seat in previous]
    goals = [goal for goal in rules.get("goals") or () if goal != "changes"]
    return {"previous": seats} | ({"goals": ["changes", *goals]} if goals else {})


def _nobody(roster: Roster, roles: Iterable[Role]) -> str:
    counted = [(roster.count(role), role.value) for role in sorted(roles)]
    counts = ", ".join(f"{number} {role}{'' if number == 1 else 's'}" for number, role in counted)
    return f"There is nobody to seat yet: {counts}."


def _no_table(person: RosterPerson, roster: Roster) -> str:
    if any(person.needs <= table.features for table in roster.tables):
        return f"no table is left for another {person.role}"
    return _no_feature(person)


def _no_feature(person: RosterPerson) -> str:
    words = " and ".join(sorted(need.replace("_", " ") for need in person.needs))
    return f"no table in use has {words}"


def _apart(people: Iterable[RosterPerson]) -> frozenset[frozenset[str]]:
    """Return the pairs that must not meet; who asked does not matter any more."""
    known = {person.id: person for person in people}
    return frozenset(
        frozenset({person.id, other})
        for person in known.values()
        for other in person.not_with
        if other in known and other != person.id
    )


def _tables(
    roster: Roster, rules: Rules, hosts: Mapping[str, str], movers: int, pinned: AbstractSet[str]
) -> list[RosterTable]:
    """Return the tables worth planning with: those with a host, or as many as the movers fill.

    One that somebody is pinned to is among them, if only to say that it will not do.
    """
    tables = sorted(roster.tables, key=lambda table: table.number)
    if _needs_host(rules):
        used = pinned | set(hosts.values())
        return [table for table in tables if table.id in used]
    size = _largest_group(rules)
    if hosts or size is None or any((table.seats or size) < size for table in tables):
        return tables
    best = sorted(
        tables, key=lambda table: (table.id not in pinned, -len(table.features), table.number)
    )
    return sorted(best[: max(1, ceil(movers / size))], key=lambda table: table.number)


def _needs_host(rules: Rules) -> bool:
    hosting = set(rules.get("hosts", ()))
    return any(
        entry.get("min", 0) >= 1 and entry["count"].get("role") in hosting
        for entry in rules.get("composition", ())
        if "count" in entry and "tables" not in entry
    )


def _largest_group(rules: Rules) -> int | None:
    sizes = [
        entry["max"]
        for entry in rules.get("composition", ())
        if _bounds_group(entry) and "tables" not in entry
    ]
    return max(sizes) if sizes else None


def _bounds_group(entry: Mapping[str, Any]) -> bool:
    """Return whether it says how large a group is; a trait or stage counts a part of one only."""
    if "count" not in entry or "max" not in entry:
        return False
    return not {"trait", "stage"} & set(entry["count"])


def _document(  # noqa: PLR0917 -- everything a problem is made of
    roster: Roster,
    rules: Rules,
    people: list[RosterPerson],
    tables: list[RosterTable],
    hosts: Mapping[str, str],
    apart: frozenset[frozenset[str]],
) -> dict[str, Any]:
    ids = {person.id for person in people}
    pairs = sorted(sorted(pair) for pair in apart if pair <= ids)
    host_of = {person.id: hosts[person.id] for person in people if person.id in hosts}
    document: dict[str, Any] = {
        "format": jsonio.PROBLEM_FORMAT,
        "name": roster.name,
        "rounds": [
            {"id": item.id, "minutes": item.minutes}
            | ({"starts_at": item.starts_at.isoformat()} if item.starts_at else {})
            for item in roster.rounds
        ],
        "tables": [_table(table) for table in tables],
        "people": _people(roster, people, host_of),
        "keep_apart": pairs,
        "wishes": _wishes(people, host_of, apart),
    }
    document |= {key: rules[key] for key in _PASSED_ON if rules.get(key)}
    if rules.get("even_tables"):
        movers = [person for person in people if person.id not in host_of]
        document["composition"] = _evened(rules, roster, movers, len(tables))
    if asks_for_fit(rules.get("goals") or ()):
        document |= fit_entries(roster, people, tables, host_of, apart)
    return {key: value for key, value in document.items() if value not in ([], "")}


def _evened(
    rules: Rules, roster: Roster, movers: list[RosterPerson], tables: int
) -> list[dict[str, Any]]:
    """Return the composition with the movers spread: at most one group's share, nearly that."""
    present = [
        sum(1 for one in movers if one.rounds is None or item.id in one.rounds)
        for item in roster.rounds
    ]
    hosting = set(rules.get("hosts", ()))
    entries = []
    for entry in rules.get("composition", ()):
        if _bounds_group(entry) and entry["count"].get("role") not in hosting:
            most = min(entry["max"], ceil(max(present) / tables))
            slack = 1 if hosting else 0  # who has been at a station cannot fill it again
            least = max(entry.get("min", 0), min(present) // tables - slack)
            entries.append(entry | {"min": min(least, most), "max": most})
        else:
            entries.append(entry)
    return entries


def _table(table: RosterTable) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": table.id}
    if table.features:
        entry["features"] = sorted(table.features)
    if table.seats is not None:
        entry["seats"] = table.seats
    return entry


def _people(
    roster: Roster, people: list[RosterPerson], host_of: Mapping[str, str]
) -> list[dict[str, Any]]:
    names = sorted({canonical_name(person.affiliation) for person in people} - {""})
    affiliation = {name: f"a{number}" for number, name in enumerate(names, start=1)}
    entries = []
    for person in people:
        entry: dict[str, Any] = {"id": person.id, "role": person.role.value}
        if person.stage:
            entry["stage"] = person.stage
        if person.affiliation.strip():
            entry["affiliations"] = [affiliation[canonical_name(person.affiliation)]]
        if person.rounds is not None:
            entry["rounds"] = [item.id for item in roster.rounds if item.id in person.rounds]
        if person.needs:
            entry["needs"] = sorted(person.needs)
        if person.traits:
            entry["traits"] = dict(sorted(person.traits.items()))
        if person.id in host_of:
            entry["table"] = host_of[person.id]
        entries.append(entry)
    return entries


def _wishes(
    people: list[RosterPerson], host_of: Mapping[str, str], apart: frozenset[frozenset[str]]
) -> list[list[Any]]:
    """Return the wishes that somebody could grant: two hosts never meet, nor do kept-apart."""
    ids = {person.id for person in people}
    wishes: dict[tuple[str, str], int] = {}
    for person in people:
        for other, weight in person.wishes:
            grantable = (
                other in ids
                and other != person.id
                and frozenset({person.id, other}) not in apart
                and not (person.id in host_of and other in host_of)
            )
            if grantable:
                wishes[person.id, other] = max(weight, wishes.get((person.id, other), 0))
    return [
        [person, other] if weight == 1 else [person, other, weight]
        for (person, other), weight in sorted(wishes.items())
    ]
