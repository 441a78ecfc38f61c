"""Which rules do not hold where a change was made; each function has its rule's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scheduler.arrays import SAME_AFFILIATION_ROLES
from scheduler.edits.change import Change
from scheduler.edits.scene import Scene, pair_of
from scheduler.findings import Violation
from scheduler.problem import Composition, Count, Distinct, Limit, NotAlone, Person


def broken(scene: Scene, change: Change) -> Iterator[Violation]:
    """Yield every rule broken at the places, people and pairs that a change touches."""
    if change.round in scene.frozen:
        for name, places in change.moved.items():
            tables = tuple(table for table in places if table is not None)
            yield Violation(rule="frozen_rounds", people=(name,), tables=tables, round=change.round)
        return
    for rule in _RULES:
        yield from rule(scene, change)


def _seats_taken(change: Change) -> Iterator[tuple[str, str]]:
    for name, (_, table) in change.moved.items():
        if table is not None:
            yield name, table


def availability(scene: Scene, change: Change) -> Iterator[Violation]:
    """Only rounds in which the person is available and the table is open."""
    for name, table in _seats_taken(change):
        detail = ""
        if table not in scene.tables:
            detail = "no such table"
        elif not scene.is_here(name, change.round):
            detail = "person not available"
        elif not scene.is_open(table, change.round):
            detail = "table closed"
        if detail:
            yield Violation(
                rule="availability",
                people=(name,),
                tables=(table,),
                round=change.round,
                detail=detail,
            )


def needs(scene: Scene, change: Change) -> Iterator[Violation]:
    """Only tables whose features cover the person's needs."""
    for name, table in _seats_taken(change):
        wanted = scene.people[name].needs
        missing = wanted - scene.tables[table].features if table in scene.tables else frozenset()
        if missing:
            yield Violation(
                rule="needs",
                people=(name,),
                tables=(table,),
                round=change.round,
                detail="lacks " + ", ".join(sorted(missing)),
            )


def seats(scene: Scene, change: Change) -> Iterator[Violation]:
    """At most so many people at a table."""
    for table, group in change.groups.items():
        limit = scene.tables[table].seats if table in scene.tables else None
        if limit is not None and len(group) > limit:
            detail = f"{len(group)} people, {limit} seats"
            yield Violation(rule="seats", tables=(table,), round=change.round, detail=detail)


def host(scene: Scene, change: Change) -> Iterator[Violation]:
    """Hosts sit at their own table whenever both are there, and nowhere else."""
    for name, (_, table) in change.moved.items():
        own = scene.host_of.get(name)
        if own is None or table == own:
            continue
        must = scene.is_here(name, change.round) and scene.is_open(own, change.round)
        if table is not None or must:
            detail = "not at the own table" if table is None else f"sits at {table}"
            yield Violation(
                rule="host", people=(name,), tables=(own,), round=change.round, detail=detail
            )


def rounds(scene: Scene, change: Change) -> Iterator[Violation]:
    """At most and at least so many seats (host: rounds with the table in use)."""
    for name, (_, new) in change.moved.items():
        if name not in scene.host_of:
            own = set(scene.table_of[name]) - {change.round}
            if new is not None:
                own.add(change.round)
            yield from _rounds(scene, scene.people[name], own)
    for table, group in change.groups.items():
        used = set(scene.used_in.get(table, ())) - {change.round}
        if scene.is_used(table, group):
            used.add(change.round)
        for name in scene.hosts_at.get(table, ()):
            yield from _rounds(scene, scene.people[name], used)


def _rounds(scene: Scene, person: Person, own: set[str]) -> Iterator[Violation]:
    most, least = person.max_rounds, person.min_rounds
    if most is not None and len(own) > most and not own <= scene.frozen:
        detail = f"{len(own)} rounds, at most {most}"
        yield Violation(rule="max_rounds", people=(person.id,), detail=detail)
    if least and len(own) < least:
        detail = f"{len(own)} rounds, at least {least}"
        yield Violation(rule="min_rounds", people=(person.id,), detail=detail)


def company(scene: Scene, change: Change) -> Iterator[Violation]:
    """Movers never sit alone."""
    for table, group in change.groups.items():
        if len(group) == 1 and not group <= scene.host_of.keys():
            yield Violation(
                rule="company",
                people=tuple(group),
                tables=(table,),
                round=change.round,
                detail="alone",
            )


def composition(scene: Scene, change: Change) -> Iterator[Violation]:
    """Who sits at a table in use, entry by entry."""
    for table, group in change.groups.items():
        if not scene.is_used(table, group):
            continue
        people = [scene.people[name] for name in group]
        for index, entry in enumerate(scene.problem.composition):
            if entry.tables is not None and table not in entry.tables:
                continue
            fault = _fault(entry, people)
            if fault:
                yield Violation(
                    rule="composition",
                    tables=(table,),
                    round=change.round,
                    detail=f"composition[{index}]: {fault}",
                )


def _fault(entry: Composition, people: Sequence[Person]) -> str:
    if isinstance(entry, NotAlone):
        return "one alone" if sum(map(entry.not_alone.picks, people)) == 1 else ""
    if isinstance(entry, Count):
        found, what = sum(map(entry.count.picks, people)), "people"
    else:
        found, what = _distinct(entry, people)
    if found < entry.min:
        return f"{found} {what}, at least {entry.min}"
    if entry.max is not None and found > entry.max:
        return f"{found} {what}, at most {entry.max}"
    return ""


def _distinct(entry: Distinct, people: Sequence[Person]) -> tuple[int, str]:
    if entry.distinct == "stage":
        return len({one.stage for one in people} - {None}), "stages"
    return len({name for one in people for name in one.affiliations}), "affiliations"


def keep_apart(scene: Scene, change: Change) -> Iterator[Violation]:
    """Pairs of the list never share a table."""
    for name, table in _seats_taken(change):
        for other in sorted(change.groups[table] - {name}):
            pair = pair_of(name, other)
            if pair in scene.apart:
                yield Violation(rule="keep_apart", people=pair, tables=(table,), round=change.round)


def keep_apart_same(scene: Scene, change: Change) -> Iterator[Violation]:
    """No mentor with a mentee, no facilitator with a peer or mentee, of one affiliation."""
    if "affiliation" not in scene.problem.keep_apart_same:
        return
    for name, table in _seats_taken(change):
        one = scene.people[name]
        for other in sorted(change.groups[table] - {name}):
            two = scene.people[other]
            shared = one.affiliations & two.affiliations
            if shared and frozenset({one.role, two.role}) in SAME_AFFILIATION_ROLES:
                yield Violation(
                    rule="keep_apart_same",
                    people=pair_of(name, other),
                    tables=(table,),
                    round=change.round,
                    detail=f"both {', '.join(sorted(shared))}",
                )


def together(scene: Scene, change: Change) -> Iterator[Violation]:
    """Both sit at one table, or both sit out, in every round in which both are available."""
    if not scene.partners:
        return
    touched = {host for table in change.groups for host in scene.hosts_at.get(table, ())}
    for name in sorted(touched.union(change.moved)):
        for other in scene.partners.get(name, ()):
            if not (scene.is_here(name, change.round) and scene.is_here(other, change.round)):
                continue
            places = _sits_at(scene, change, name), _sits_at(scene, change, other)
            if places[0] != places[1]:
                yield Violation(
                    rule="together",
                    people=pair_of(name, other),
                    tables=tuple(sorted(table for table in places if table is not None)),
                    round=change.round,
                )


def _sits_at(scene: Scene, change: Change, name: str) -> str | None:
    """Return the table; None for who sits out, as a host of an idle table does."""
    table = change.table(scene, name, change.round)
    if table is None or scene.host_of.get(name) != table:
        return table
    group = change.groups.get(table) or scene.at[change.round, table]
    return table if scene.is_used(table, group) else None


def must_meet(scene: Scene, change: Change) -> Iterator[Violation]:
    """Pairs of the list share a table in some round."""
    for name in change.moved:
        for other in scene.must_meet.get(name, ()):
            shared = (
                table
                for round_id in scene.rounds
                if (table := change.table(scene, name, round_id)) is not None
                and table == change.table(scene, other, round_id)
            )
            if next(shared, None) is None:
                yield Violation(
                    rule="must_meet", people=pair_of(name, other), detail="no table shared"
                )


def repeats(scene: Scene, change: Change) -> Iterator[Violation]:
    """Pairs whose limit is ``never`` meet once at most, and not when they met before."""
    for pair in sorted(change.gained):
        if scene.limit(pair) is not Limit.NEVER:
            continue
        met = change.rounds(scene, pair)
        if len(met) > 1 or pair in scene.past:
            live = [name for name in scene.rounds if name in met and name not in scene.frozen]
            detail = f"{len(met)} rounds" if len(met) > 1 else "met before"
            yield Violation(rule="repeats", people=pair, round=live[-1], detail=detail)


def pins(scene: Scene, change: Change) -> Iterator[Violation]:
    """Pins are kept."""
    for name, (_, table) in change.moved.items():
        pinned = scene.pins.get((name, change.round))
        if pinned is not None and pinned != table:
            detail = f"found at {table}" if table else "sits out"
            yield Violation(
                rule="pins", people=(name,), tables=(pinned,), round=change.round, detail=detail
            )


_RULES: tuple[Callable[[Scene, Change], Iterator[Violation]], ...] = (
    availability,
    needs,
    seats,
    host,
    rounds,
    company,
    composition,
    keep_apart,
    keep_apart_same,
    together,
    must_meet,
    repeats,
    pins,
)
