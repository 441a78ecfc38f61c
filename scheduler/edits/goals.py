"""Every goal's value after a change, from the one before; ``score`` computes it from nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from scheduler.edits.change import Change
from scheduler.edits.scene import Ranked, Scene
from scheduler.problem import GoalName, Limit


def _least(ranked: Ranked, changed: Mapping[str, float]) -> float:
    """Return the least value when some have changed; 0 over nobody."""
    rest = next((value for value, name in ranked if name not in changed), None)
    values = [*changed.values()] if rest is None else [rest, *changed.values()]
    return min(values, default=0.0)


def _attendance_floor(scene: Scene, change: Change) -> float:
    changed = {
        name: scene.seat_floors[name] + (new is not None) - (old is not None)
        for name, (old, new) in change.moved.items()
        if name in scene.seat_floors
    }
    return _least(scene.ranked_seats, changed)


def _attendance(scene: Scene, change: Change) -> float:
    step = sum(
        (new is not None) - (old is not None)
        for name, (old, new) in change.moved.items()
        if name not in scene.host_of
    )
    return scene.values[GoalName.ATTENDANCE] + step


def _hosts_floor(scene: Scene, change: Change) -> float:
    changed = {}
    for table, group in change.groups.items():
        was_used = change.round in scene.used_in.get(table, ())
        step = scene.is_used(table, group) - was_used
        for host in scene.hosts_at.get(table, ()) if step else ():
            if host in scene.host_floors:
                changed[host] = scene.host_floors[host] + step
    return _least(scene.ranked_hosts, changed)


def _first_and_last(scene: Scene, change: Change) -> tuple[list[tuple[str, str]], ...]:
    """Return the pairs that begin to meet at all, and those that do not meet any more."""
    begun = [pair for pair in change.gained if pair not in scene.meetings]
    ended = [pair for pair in change.lost if scene.meetings[pair] == {change.round}]
    return begun, ended


def _wishes(scene: Scene, change: Change) -> float:
    begun, ended = _first_and_last(scene, change)
    step = sum(weight for pair in begun for _, weight in scene.wishes.get(pair, ()))
    step -= sum(weight for pair in ended for _, weight in scene.wishes.get(pair, ()))
    return scene.values[GoalName.WISHES] + step


def _wishes_floor(scene: Scene, change: Change) -> float:
    begun, ended = _first_and_last(scene, change)
    steps: dict[str, int] = {}
    for pairs, step in ((begun, 1), (ended, -1)):
        for pair in pairs:
            for person, _ in scene.wishes.get(pair, ()):
                steps[person] = steps.get(person, 0) + step
    value = scene.values[GoalName.WISHES_FLOOR]
    for person, step in steps.items():
        before = scene.granted[person]
        value += (before + step > 0) - (before > 0)
    return value


def _fit_floor(scene: Scene, change: Change) -> float:
    begun, ended = _first_and_last(scene, change)
    sums: dict[str, float] = {}
    for pairs, sign in ((begun, 1.0), (ended, -1.0)):
        for pair in pairs:
            value = scene.fit.get(pair, 0.0)
            for name in pair:
                if value and name in scene.fit_sums:
                    sums[name] = sums.get(name, scene.fit_sums[name]) + sign * value
    changed = {name: scene.scaled(name, total) for name, total in sums.items()}
    return _least(scene.ranked_fit, changed)


def _fit(scene: Scene, change: Change) -> float:
    begun, ended = _first_and_last(scene, change)
    value = scene.values[GoalName.FIT]
    value += sum(scene.fit.get(pair, 0.0) for pair in begun)
    value -= sum(scene.fit.get(pair, 0.0) for pair in ended)
    for name, (old, new) in change.moved.items():
        value += scene.table_fit.get((name, new), 0.0) if new is not None else 0.0
        value -= scene.table_fit.get((name, old), 0.0) if old is not None else 0.0
    return value


def _repeats(scene: Scene, change: Change) -> float:
    def counted(rounds: int, *, met_before: bool) -> int:
        return rounds - 1 + met_before if rounds else 0

    value = scene.values[GoalName.REPEATS]
    for pairs, step in ((change.gained, 1), (change.lost, -1)):
        for pair in pairs:
            if scene.limit(pair) is Limit.AVOID:
                rounds, past = len(scene.shared(pair)), pair in scene.past
                value += counted(rounds + step, met_before=past) - counted(rounds, met_before=past)
    return value


def _mix(scene: Scene, table: str, group: Collection[str]) -> int:
    """Return the other stages met at a table, over everybody there."""
    if not scene.is_used(table, group):
        return 0
    stages = [scene.people[name].stage for name in group]
    known = [stage for stage in stages if stage is not None]
    return len(set(known)) * len(stages) - len(known)


def _stage_mix(scene: Scene, change: Change) -> float:
    value = scene.values[GoalName.STAGE_MIX]
    for table, group in change.groups.items():
        before = scene.at.get((change.round, table), ())
        value += _mix(scene, table, group) - _mix(scene, table, before)
    return value


def _balance(scene: Scene, change: Change) -> float:
    before = scene.sizes[change.round]
    after = dict(before)
    for table, group in change.groups.items():
        after.pop(table, None)
        if scene.is_used(table, group):
            after[table] = len(group)
    value = scene.values[GoalName.BALANCE]
    return value + _spread(after) - _spread(before)


def _spread(sizes: Mapping[str, int]) -> int:
    return max(sizes.values()) - min(sizes.values()) if sizes else 0


def _changes(scene: Scene, change: Change) -> float:
    value = scene.values[GoalName.CHANGES]
    for name, (old, new) in change.moved.items():
        wanted = scene.previous.get((name, change.round))
        if wanted is not None:
            value += (new != wanted) - (old != wanted)
    return value


VALUES: dict[GoalName, Callable[[Scene, Change], float]] = {
    GoalName.ATTENDANCE_FLOOR: _attendance_floor,
    GoalName.ATTENDANCE: _attendance,
    GoalName.HOSTS_FLOOR: _hosts_floor,
    GoalName.WISHES_FLOOR: _wishes_floor,
    GoalName.WISHES: _wishes,
    GoalName.FIT_FLOOR: _fit_floor,
    GoalName.FIT: _fit,
    GoalName.REPEATS: _repeats,
    GoalName.STAGE_MIX: _stage_mix,
    GoalName.BALANCE: _balance,
    GoalName.CHANGES: _changes,
}
