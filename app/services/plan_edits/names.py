"""What people, tables and rounds of a plan are called in sentences about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Block, Event, Person, Round, SignUp, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by id of the problem; what nobody knows is called by its id."""

    people: Mapping[str, str]
    tables: Mapping[str, str]
    rounds: Mapping[str, str]

    def person(self, id_: str) -> str:
        return self.people.get(id_, f"somebody unknown ({id_})")

    def table(self, id_: str) -> str:
        return self.tables.get(id_, f"an unknown table ({id_})")

    def round(self, id_: str | None) -> str:
        return self.rounds.get(id_ or "", f"an unknown round ({id_})")

    def everybody(self, ids: Sequence[str]) -> str:
        """Return names as a list in a sentence."""
        names = [self.person(id_) for id_ in ids]
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} and {names[-1]}"


def read_names(session: Session, event: Event) -> Names:
    """Return the names of everybody who ever signed up, and of all tables and rounds."""
    people = session.execute(
        select(SignUp.id, Person.name)
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.event_id == event.id)
    )
    tables = session.execute(
        select(Table.id, Table.number).join(Block).where(Block.event_id == event.id)
    )
    rounds = session.execute(
        select(Round.id, Round.number).join(Block).where(Block.event_id == event.id)
    )
    return Names(
        people={f"p{row.id}": row.name for row in people},
        tables={f"t{row.id}": f"table {row.number}" for row in tables},
        rounds={f"r{row.id}": f"round {row.number}" for row in rounds},
    )
