from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from app.enums import Role
from app.services.remembered import Remembered
from app.services.roster import Roster, RosterPerson, RosterRound, RosterTable

ROSTER = Roster(
    name="An evening",
    rounds=(RosterRound(id="r1", number=1, minutes=10),),
    tables=(RosterTable(id="t1", number=1, features=frozenset({"quiet"})),),
    people=(RosterPerson(id="p1", name="Ann", email="ann@example.org", role=Role.MENTOR),),
)
RULES = {"hosts": ["mentor"], "repeats": [{"between": ["mentor", "mentee"], "limit": "never"}]}


@dataclass
class Worker:
    """Counts how often it has to work."""

    asked: list[object] = field(default_factory=list)

    def work(self, roster: Roster, rules: dict[str, Any], *, past: tuple[Any, ...] = ()) -> int:
        self.asked.append((roster, rules, past))
        return len(self.asked)


def test_what_was_asked_before_is_worked_out_once() -> None:
    worker, memory = Worker(), Remembered[int]()
    same = replace(ROSTER, people=tuple(replace(one) for one in ROSTER.people))

    found = [
        memory.of(worker.work, roster, dict(RULES), past=((1, 2),)) for roster in (ROSTER, same)
    ]

    assert found == [1, 1]
    assert len(worker.asked) == 1


def test_whatever_it_depends_on_is_part_of_the_question() -> None:
    worker, memory = Worker(), Remembered[int]()
    (person,), (table,), (round_,) = ROSTER.people, ROSTER.tables, ROSTER.rounds
    changed = (
        ROSTER,
        replace(ROSTER, people=(replace(person, role=Role.MENTEE),)),
        replace(ROSTER, people=(replace(person, needs=frozenset({"quiet"})),)),
        replace(ROSTER, people=(replace(person, not_with=("p2",)),)),
        replace(ROSTER, people=(replace(person, rounds=frozenset()),)),
        replace(ROSTER, people=(replace(person, traits={"field": "law"}),)),
        replace(ROSTER, people=()),
        replace(ROSTER, tables=(replace(table, seats=3),)),
        replace(ROSTER, tables=(replace(table, features=frozenset()),)),
        replace(ROSTER, rounds=(round_, replace(round_, id="r2", number=2))),
        replace(ROSTER, stages=("student",)),
        replace(ROSTER, version=1),
    )

    found = [memory.of(worker.work, roster, RULES) for roster in changed]
    found += [memory.of(worker.work, ROSTER, RULES | {"hosts_per_table": 2})]
    found += [memory.of(worker.work, ROSTER, RULES, past=((1, 2),))]

    assert found == list(range(1, len(changed) + 3))


def test_what_was_not_asked_for_longest_goes() -> None:
    worker, memory = Worker(), Remembered[int](most=2)

    found = [
        memory.of(worker.work, replace(ROSTER, version=version), RULES)
        for version in (1, 2, 1, 3, 1, 2)
    ]

    assert found == [1, 2, 1, 3, 1, 4]
    assert len(memory) == 2
