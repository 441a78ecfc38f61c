"""An edit, and what it changes: who moves, who sits where they come and go, which pairs meet."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.edits.scene import Pair, Scene, pair_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """New places of some people in one round.

    Parameters
    ----------
    round : str
    moves : tuple of (str, str or None)
        Person and table; None for nobody's: the person sits out.
    """

    round: str
    moves: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different in a round.

    Parameters
    ----------
    round : str
    moved : dict
        Table before and after of each person who moves.
    groups : dict
        People at each touched table afterwards.
    gained, lost : frozenset of pairs
        Pairs that share a table in the round afterwards only, before only.
    """

    round: str
    moved: dict[str, tuple[str | None, str | None]]
    groups: dict[str, frozenset[str]]
    gained: frozenset[Pair]
    lost: frozenset[Pair]

    def table(self, scene: Scene, person: str, round_id: str) -> str | None:
        """Return where somebody sits in a round afterwards."""
        if round_id == self.round and person in self.moved:
            return self.moved[person][1]
        return scene.table_of[person].get(round_id)

    def rounds(self, scene: Scene, pair: Pair) -> frozenset[str]:
        """Return the rounds in which a pair meets afterwards."""
        shared = scene.shared(pair)
        if pair in self.gained:
            return shared | {self.round}
        return shared - {self.round} if pair in self.lost else shared


def change_of(scene: Scene, edit: Edit) -> Change:
    """Return what an edit changes."""
    r = edit.round
    moved: dict[str, tuple[str | None, str | None]] = {}
    for person, table in edit.moves:
        before = scene.table_of[person].get(r)
        if before != table:
            moved[person] = before, table
    groups: dict[str, set[str]] = {}
    for places in moved.values():
        for table in reversed(places):  # where they go matters more than what they leave
            if table is not None and table not in groups:
                groups[table] = set(scene.at.get((r, table), ())).difference(moved)
    for person, (_, table) in moved.items():
        if table is not None:
            groups[table].add(person)
    before_pairs = {
        pair_of(person, other)
        for person, (old, _) in moved.items()
        if old is not None
        for other in scene.at[r, old]
        if other != person
    }
    after_pairs = {
        pair_of(person, other)
        for person, (_, new) in moved.items()
        if new is not None
        for other in groups[new]
        if other != person
    }
    gained = (pair for pair in after_pairs - before_pairs if not scene.are_hosts(pair))
    lost = (pair for pair in before_pairs - after_pairs if not scene.are_hosts(pair))
    return Change(
        round=r,
        moved=moved,
        groups={table: frozenset(group) for table, group in groups.items()},
        gained=frozenset(gained),
        lost=frozenset(lost),
    )
