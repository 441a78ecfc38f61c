"""Rosters for tests: boring defaults, keyword-only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.enums import Role
from app.services.roster import Roster, RosterPerson, RosterRound, RosterTable

STARTS_AT = datetime(2027, 3, 4, 17, 0, tzinfo=UTC)  # 18:00 in Berlin
FEATURES = frozenset({"step_free", "quiet", "hearing_loop"})


def make_person(
    person_id: str,
    *,
    role: Role = Role.MENTEE,
    name: str = "",
    affiliation: str = "",
    stage: str | None = None,
    topics: tuple[str, ...] = (),
    question: str = "",
    shares_question: bool = False,
    rounds: frozenset[str] | None = None,
    wishes: tuple[str, ...] = (),
    not_with: tuple[str, ...] = (),
    needs: frozenset[str] = frozenset(),
) -> RosterPerson:
    return RosterPerson(
        id=person_id,
        name=name or f"Person {person_id}",
        email=f"{person_id}@example.org",
        role=role,
        affiliation=affiliation,
        stage=stage,
        topics=topics,
        question=question,
        shares_question=shares_question,
        rounds=rounds,
        wishes=tuple((one, 1) for one in wishes),
        not_with=not_with,
        needs=needs,
    )


def make_mentor(person_id: str, **options: object) -> RosterPerson:
    return make_person(person_id, role=Role.MENTOR, **options)  # type: ignore[arg-type]


def make_table(number: int, *, features: frozenset[str] = FEATURES) -> RosterTable:
    return RosterTable(id=f"t{number}", number=number, features=features)


def make_roster(
    *people: RosterPerson,
    tables: int = 3,
    rounds: int = 3,
    has_times: bool = False,
    real_tables: tuple[RosterTable, ...] = (),
) -> Roster:
    return Roster(
        name="Conference hour",
        rounds=tuple(
            RosterRound(
                id=f"r{number}",
                number=number,
                minutes=10,
                starts_at=STARTS_AT + timedelta(minutes=12 * (number - 1)) if has_times else None,
            )
            for number in range(1, rounds + 1)
        ),
        tables=real_tables or tuple(make_table(number) for number in range(1, tables + 1)),
        people=people,
        stages=("student", "resident", "fellow", "mid_career", "senior"),
        zone="Europe/Berlin",
    )
