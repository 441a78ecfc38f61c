"""Small problems, seats and plans for the planner's tests."""

from __future__ import annotations

from typing import Any

from scheduler.arrays import Arrays
from scheduler.jsonio import digest
from scheduler.plan import GoalValue, Plan, SolveStatus
from scheduler.problem import Person, Problem, Role, Round, Seat, Table
from scheduler.score import goal_values
from scheduler.verify import verify_seats


def make_rounds(count: int = 2) -> tuple[Round, ...]:
    """Rounds r1, r2, ..."""
    return tuple(Round(id=f"r{number}") for number in range(1, count + 1))


def make_tables(count: int = 2, **fields: Any) -> tuple[Table, ...]:
    """Tables t1, t2, ... that are all alike."""
    return tuple(Table(id=f"t{number}", **fields) for number in range(1, count + 1))


def make_person(name: str = "a", *, role: Role = Role.PEER, **fields: Any) -> Person:
    return Person(id=name, role=role, **fields)


def make_people(names: str = "a b c d", *, role: Role = Role.PEER, **fields: Any) -> Any:
    """People with the given ids, all alike."""
    return tuple(make_person(name, role=role, **fields) for name in names.split())


def make_problem(
    *,
    rounds: int = 2,
    tables: int | tuple[Table, ...] = 2,
    people: str | tuple[Person, ...] = "a b c d",
    **fields: Any,
) -> Problem:
    """Four peers, two rounds, two tables, no rule."""
    return Problem(
        rounds=make_rounds(rounds),
        tables=make_tables(tables) if isinstance(tables, int) else tables,
        people=make_people(people) if isinstance(people, str) else people,
        **fields,
    )


def make_seats(*lines: str) -> tuple[Seat, ...]:
    """Seats from lines such as "r1 t1 a b": round, table, people; sorted as a plan's are."""
    seats = []
    for line in lines:
        round_id, table, *people = line.split()
        seats += [(round_id, table, person) for person in people]
    return tuple(Seat(person, round_id, table) for round_id, table, person in sorted(seats))


def make_plan(problem: Problem, seats: tuple[Seat, ...], **fields: Any) -> Plan:
    """A plan that claims the truth about its seats, and that nothing better exists."""
    arrays = Arrays(problem)
    goals = problem.goals_in_order
    values = goal_values(arrays, arrays.seating_from(seats), goals)
    claims = tuple(
        GoalValue(goal=entry.goal, value=value, best=value, bound=value)
        for entry, value in zip(goals, values, strict=True)
    )
    defaults: dict[str, Any] = {
        "problem_digest": digest(problem),
        "status": SolveStatus.FEASIBLE,
        "seats": seats,
        "goals": claims,
        "solver": "by hand",
    }
    return Plan(**(defaults | fields))


def make_hosted(**fields: Any) -> Problem:
    """One mentor at t1, three mentees, two rounds."""
    host = make_person("m", role=Role.MENTOR, table="t1")
    return make_problem(people=(host, *make_people("a b c", role=Role.MENTEE)), **fields)


def broken(problem: Problem, *lines: str) -> list[str]:
    """Names of the rules that the seats break, once per violation."""
    return [violation.rule for violation in verify_seats(problem, make_seats(*lines))]
