"""Every goal's value once more, in plain Python; what a plan claims is held against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from scheduler.problem import GoalName
from scheduler.verify.pairs import limited_pairs
from scheduler.verify.view import View, pair_of


def attendance_floor(view: View) -> float:
    """Fewest seats of a mover, made up to the number of rounds for those who cannot sit more."""
    floors = [
        len(view.table_of[person.id]) + len(view.rounds) - possible
        for person in view.problem.people
        if person.table is None and (possible := view.possible(person)) > 0
    ]
    return float(min(floors, default=0))


def attendance(view: View) -> float:
    """Count the movers' seats."""
    return float(
        sum(len(seats) for name, seats in view.table_of.items() if name not in view.host_of)
    )


def hosts_floor(view: View) -> float:
    """Fewest rounds with the table in use, over hosts, made up like the movers' floor."""
    floors = [
        len(view.rounds_in_use.get(person.table, ())) + len(view.rounds) - possible
        for person in view.problem.people
        if person.table is not None and (possible := view.possible(person)) > 0
    ]
    return float(min(floors, default=0))


def wishes_floor(view: View) -> float:
    """Count the people who get at least one wish."""
    granted = {
        person
        for person, other, _ in view.problem.wishes
        if pair_of(person, other) in view.meetings
    }
    return float(len(granted))


def wishes(view: View) -> float:
    """Sum the weights of the wishes granted."""
    return float(
        sum(
            weight
            for person, other, weight in view.problem.wishes
            if pair_of(person, other) in view.meetings
        )
    )


def fit_floor(view: View) -> float:
    """Least fit of a mover's meetings, scaled up to all rounds."""
    total: dict[str, float] = defaultdict(float)
    for first, second, value in view.problem.fit:
        met = pair_of(first, second) in view.meetings
        for name in (first, second):
            total[name] += value if met else 0.0
    floors = []
    for person in view.problem.people:
        if person.table is None and person.id in total:
            possible = view.possible(person)
            if possible > 0:
                floors.append(total[person.id] * len(view.rounds) / possible)
    return float(min(floors, default=0.0))


def fit(view: View) -> float:
    """Sum the fit of all meetings, and of people with their tables round by round."""
    pairs = sum(
        value
        for first, second, value in view.problem.fit
        if pair_of(first, second) in view.meetings
    )
    tables = sum(
        value * list(view.table_of[person].values()).count(table)
        for person, table, value in view.problem.table_fit
    )
    return float(pairs + tables)


def repeats(view: View) -> float:
    """Count second and later meetings of pairs that should avoid them."""
    past = {pair_of(*pair) for pair in view.problem.past_meetings}
    return float(
        sum(len(view.meetings[pair]) - 1 + (pair in past) for pair in limited_pairs(view, "avoid"))
    )


def stage_mix(view: View) -> float:
    """Count, for every seat at a table in use, the other stages at that table."""
    total = 0
    for group in view.in_use.values():
        stages = {view.people[name].stage for name in group} - {None}
        total += sum(len(stages - {view.people[name].stage}) for name in group)
    return float(total)


def balance(view: View) -> float:
    """Sum, over rounds, the difference between the fullest and emptiest table in use."""
    sizes: dict[str, list[int]] = defaultdict(list)
    for (round_id, _), group in view.in_use.items():
        sizes[round_id].append(len(group))
    return float(sum(max(row) - min(row) for row in sizes.values()))


def changes(view: View) -> float:
    """Count the seats of the previous plan that could have been kept and were not."""
    lost = 0
    for person, round_id, table in view.problem.previous or ():
        counted = (
            round_id in view.rounds
            and view.is_live(round_id)
            and table in view.tables
            and person in view.people
            and view.is_here(person, round_id)
        )
        lost += counted and view.table_of[person].get(round_id) != table
    return float(lost)


VALUES: dict[GoalName, Callable[[View], float]] = {
    GoalName.ATTENDANCE_FLOOR: attendance_floor,
    GoalName.ATTENDANCE: attendance,
    GoalName.HOSTS_FLOOR: hosts_floor,
    GoalName.WISHES_FLOOR: wishes_floor,
    GoalName.WISHES: wishes,
    GoalName.FIT_FLOOR: fit_floor,
    GoalName.FIT: fit,
    GoalName.REPEATS: repeats,
    GoalName.STAGE_MIX: stage_mix,
    GoalName.BALANCE: balance,
    GoalName.CHANGES: changes,
}
