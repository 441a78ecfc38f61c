"""The hard rules about pairs; each function has its rule's name and yields violations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from scheduler.findings import Violation
from scheduler.problem import Role
from scheduler.verify.view import Pair, View, pair_of

_NEVER = {frozenset({Role.MENTOR, Role.MENTEE})}
_AVOID = {
    frozenset({Role.MENTEE}),
    frozenset({Role.PEER}),
    frozenset({Role.FACILITATOR, Role.PEER}),
    frozenset({Role.FACILITATOR, Role.MENTEE}),
}
_APART_WITH_SAME = (
    (Role.MENTOR, Role.MENTEE),
    (Role.FACILITATOR, Role.PEER),
    (Role.FACILITATOR, Role.MENTEE),
)


def _shared(view: View, first: str, second: str) -> tuple[str, ...]:
    """Return the rounds in which two people are at one table, whoever hosts it."""
    other = view.table_of[second]
    return tuple(name for name, table in view.table_of[first].items() if other.get(name) == table)


def keep_apart(view: View) -> Iterator[Violation]:
    """Pairs of the list never share a table."""
    for first, second in view.problem.keep_apart:
        for round_id in filter(view.is_live, _shared(view, first, second)):
            yield Violation(
                rule="keep_apart",
                people=pair_of(first, second),
                tables=(view.table_of[first][round_id],),
                round=round_id,
            )


def keep_apart_same(view: View) -> Iterator[Violation]:
    """No mentor with a mentee, no facilitator with a peer or mentee, of one affiliation."""
    if "affiliation" not in view.problem.keep_apart_same:
        return
    for (round_id, table), group in view.at.items():
        if not view.is_live(round_id):
            continue
        members: dict[tuple[str, Role], list[str]] = defaultdict(list)
        for name in group:
            for affiliation in view.people[name].affiliations:
                members[affiliation, view.people[name].role].append(name)
        pairs: dict[Pair, str] = {}
        for (affiliation, role), names in sorted(members.items()):
            for first_role, second_role in _APART_WITH_SAME:
                if role == first_role:
                    others = members.get((affiliation, second_role), [])
                    pairs |= {pair_of(a, b): affiliation for a, b in product(names, others)}
        for pair, affiliation in pairs.items():
            yield Violation(
                rule="keep_apart_same",
                people=pair,
                tables=(table,),
                round=round_id,
                detail=f"both {affiliation}",
            )


def together(view: View) -> Iterator[Violation]:
    """Both sit at one table, or both sit out, in every round in which both are available."""
    for first, second in view.problem.together:
        for round_id in filter(view.is_live, view.rounds):
            if not (view.is_here(first, round_id) and view.is_here(second, round_id)):
                continue
            places = view.sits_at(first, round_id), view.sits_at(second, round_id)
            if places[0] != places[1]:
                yield Violation(
                    rule="together",
                    people=pair_of(first, second),
                    tables=tuple(sorted(name for name in places if name is not None)),
                    round=round_id,
                )


def must_meet(view: View) -> Iterator[Violation]:
    """Pairs of the list share a table in some round."""
    for first, second in view.problem.must_meet:
        if not _shared(view, first, second):
            yield Violation(
                rule="must_meet", people=pair_of(first, second), detail="no table shared"
            )


def limited_pairs(view: View, limit: str) -> Iterator[Pair]:
    """Yield the pairs that meet and whose limit on repeats is the given one."""
    roles = {"never": set(_NEVER), "avoid": set(_AVOID), "free": set[frozenset[Role]]()}
    for entry in view.problem.repeats:
        for pairs in roles.values():
            pairs.discard(frozenset(entry.between))
        roles[entry.limit.value].add(frozenset(entry.between))
    free = {pair_of(*pair) for pair in view.problem.together}
    role_of = {name: person.role for name, person in view.people.items()}
    wanted = {
        (first, second)
        for first, second in product(set(role_of.values()), repeat=2)
        if frozenset({first, second}) in roles[limit]
    }
    if not wanted:
        return
    for first, second in view.meetings:
        if (role_of[first], role_of[second]) in wanted and (first, second) not in free:
            yield first, second


def repeats(view: View) -> Iterator[Violation]:
    """Pairs whose limit is ``never`` meet once at most, and not when they met before."""
    past = {pair_of(*pair) for pair in view.problem.past_meetings}
    for pair in limited_pairs(view, "never"):
        rounds = view.meetings[pair]
        live = sorted(filter(view.is_live, rounds), key=view.rounds.index)
        if live and (len(rounds) > 1 or pair in past):
            detail = f"{len(rounds)} rounds" if len(rounds) > 1 else "met before"
            yield Violation(rule="repeats", people=pair, round=live[-1], detail=detail)
