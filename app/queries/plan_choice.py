"""One choice of a new seat, and what it would do: before and after of everybody it touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.services import plan_edits
from app.services.plan_edits import OUT, Names, Wanted
from app.services.planning.edits import Scene


class Kind(StrEnum):
    """What a choice would do: nothing bad, cost something, break a rule."""

    OK = "ok"
    CARE = "care"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A table or a person's seat: what taking it costs, gains, or why it cannot be."""

    to: str
    name: str
    kind: Kind
    costs: tuple[str, ...] = ()
    gains: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return all that is to say about it, as one sentence without its stop."""
        if self.kind is Kind.NO:
            return self.reasons[0]
        said = [*self.costs, *self.gains]
        words = "; ".join(said) if said else "costs nothing"
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Before and after of one person or table."""

    label: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dock:
    """The change in hand, before it is confirmed."""

    choice: Choice
    title: str
    button: str
    people: tuple[Line, ...]
    tables: tuple[Line, ...]


def dock(scene: Scene, names: Names, wanted: Wanted, found: Mapping[str, Choice]) -> Dock | None:
    choice = found.get(wanted.to)
    if choice is None:
        return None
    edit = plan_edits.edit_for(scene, wanted)
    who, number = names.person(wanted.person), names.round(wanted.round)
    if wanted.to in scene.people:
        title, button = f"{who} and {choice.name}, {number}", "Swap these two"
    elif wanted.to == OUT:
        title, button = f"{who} sits out {number}", "Let them sit out"
    else:
        title, button = f"{who} to {choice.name}, {number}", f"Move to {choice.name}"
    before, after = _groups(scene, edit.round), _groups(scene, edit.round, dict(edit.moves))
    people = tuple(
        Line(
            label=names.person(person),
            was=_place(scene, scene.table_of[person].get(edit.round), names),
            becomes=_place(scene, table, names),
        )
        for person, table in edit.moves
    )
    touched = sorted(one for one in {*before, *after} if before.get(one) != after.get(one))
    tables = tuple(
        Line(
            label=names.table(table).capitalize(),
            was=_company(scene, names, before.get(table, ())),
            becomes=_company(scene, names, after.get(table, ())),
        )
        for table in touched
    )
    return Dock(choice=choice, title=title, button=button, people=people, tables=tables)


def _groups(
    scene: Scene, round_id: str, moved: Mapping[str, str | None] | None = None
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    moves = moved or {}
    for person, tables in scene.table_of.items():
        table = moves[person] if person in moves else tables.get(round_id)
        if table is not None:
            found.setdefault(table, []).append(person)
    return {table: tuple(sorted(people)) for table, people in found.items()}


def _place(scene: Scene, table: str | None, names: Names) -> str:
    if table is None:
        return "A round to reflect"
    hosts = [names.person(one) for one in scene.hosts_at.get(table, ())]
    return ", ".join([names.table(table).capitalize(), *hosts])


def _company(scene: Scene, names: Names, group: tuple[str, ...]) -> str:
    """Return who sits at a table, its hosts first; "nobody" for an empty one."""
    ordered = sorted(group, key=lambda one: (one not in scene.host_of, names.person(one)))
    return ", ".join(names.person(one) for one in ordered) or "nobody"
