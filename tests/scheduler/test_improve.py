import math
import time

import numpy as np
import pytest

from scheduler.arrays import Arrays, Seating
from scheduler.improve import improve
from scheduler.improve.costs import CostModel, Prices, all_meetings, broken_rules, count_meetings
from scheduler.improve.round_moves import RoundSearch
from scheduler.improve.tables import TableRules
from scheduler.problem import (
    Count,
    Distinct,
    Goal,
    GoalName,
    NotAlone,
    Person,
    Picker,
    Problem,
    Role,
    Round,
    Seat,
    Table,
)
from scheduler.score import goal_value
from scheduler.verify import verify_seats

PEER_GOALS = (
    Goal(goal=GoalName.ATTENDANCE_FLOOR),
    Goal(goal=GoalName.ATTENDANCE),
    Goal(goal=GoalName.REPEATS),
)


def make_peers(*, groups: int = 4, size: int = 3, rounds: int = 3, **fields: object) -> Problem:
    roles = [Role.FACILITATOR if n < groups else Role.PEER for n in range(groups * size)]
    return Problem(
        rounds=tuple(Round(id=f"r{r}") for r in range(rounds)),
        tables=tuple(Table(id=f"t{t:02}", seats=size) for t in range(groups)),
        people=tuple(
            Person(id=f"p{n:03}", role=role, stage=("early", "mid", "late")[n % 3])
            for n, role in enumerate(roles)
        ),
    ).replace(**({"goals": PEER_GOALS} | fields))


def scattered(problem: Problem, *, seed: int = 0) -> Seating:
    """Everybody somewhere, without regard to any rule but the seats."""
    rng = np.random.default_rng(seed)
    arrays = Arrays(problem)
    places = np.repeat(np.arange(arrays.n_tables), arrays.seats)
    columns = [rng.permutation(places)[: arrays.n] for _ in range(arrays.n_rounds)]
    return np.stack(columns, axis=1).astype(np.int32)


def improved(problem: Problem, seating: Seating, **options: object) -> Seating:
    settings = {"goals": problem.goals_in_order, "deadline": math.inf, "seed": 1} | options
    return improve(Arrays(problem), seating, **settings)


def test_search_removes_all_repeats_of_eight_groups_of_four() -> None:
    problem = make_peers(groups=8, size=4, rounds=7)
    problem = problem.replace(
        people=tuple(Person(id=person.id, role=Role.PEER) for person in problem.people)
    )

    seating = improved(problem, scattered(problem))

    assert goal_value(Arrays(problem), seating, GoalName.REPEATS) == 0
    assert verify_seats(problem, Arrays(problem).seats_from(seating)) == ()


def test_search_mends_quotas_stages_and_pairs_to_keep_apart() -> None:
    problem = make_peers(
        groups=6,
        size=4,
        composition=(
            Count(count=Picker(role=Role.FACILITATOR), min=1, max=1),
            Distinct(distinct="stage", min=3),
            NotAlone(not_alone=Picker(stage="late")),
        ),
        keep_apart=(("p000", "p010"), ("p011", "p012")),
        people=tuple(
            Person(
                id=f"p{n:03}",
                role=Role.FACILITATOR if n < 6 else Role.PEER,
                stage=("early", "late", "mid", "late")[n % 4],
            )
            for n in range(24)
        ),
    )

    seating = improved(problem, scattered(problem))

    assert verify_seats(problem, Arrays(problem).seats_from(seating)) == ()
    assert goal_value(Arrays(problem), seating, GoalName.ATTENDANCE) == 72


def test_search_keeps_pins_absences_hosts_and_history() -> None:
    base = make_peers(groups=4, size=4, rounds=3)
    people = (
        *(Person(id=p.id, role=Role.PEER) for p in base.people[:12]),
        Person(id="late", role=Role.PEER, rounds=frozenset({"r1", "r2"})),
        Person(id="host", role=Role.FACILITATOR, table="t03"),
    )
    history = tuple(Seat(p.id, "r0", "t00" if n < 4 else "t01") for n, p in enumerate(people[:8]))
    problem = base.replace(
        people=people,
        pins=(Seat("p005", "r1", "t02"),),
        previous=history,
        frozen_rounds=("r0",),
    )
    arrays = Arrays(problem)
    start = np.full((arrays.n, 3), -1, dtype=np.int32)
    start[:, 0] = arrays.seating_from(history)[:, 0]
    start[arrays.person_index["p005"], 1] = 2
    start[arrays.person_index["host"], 1:] = 3

    seating = improved(problem, start)

    assert verify_seats(problem, arrays.seats_from(seating)) == ()
    assert goal_value(arrays, seating, GoalName.ATTENDANCE) == 8 + 13 + 13
    assert goal_value(arrays, seating, GoalName.REPEATS) == 0


def test_search_keeps_linked_people_together_and_grants_must_meet() -> None:
    problem = make_peers(together=(("p004", "p007"),), must_meet=(("p000", "p011"),))

    seating = improved(problem, scattered(problem))

    assert verify_seats(problem, Arrays(problem).seats_from(seating)) == ()


def test_search_rotates_who_sits_out() -> None:
    # Seven people, three tables of two: one sits out each round, never the same.
    problem = make_peers(groups=3, size=2, rounds=7)
    people = tuple(Person(id=f"p{n}", role=Role.PEER) for n in range(7))
    problem = problem.replace(people=people)
    arrays = Arrays(problem)
    start = np.full((7, 7), -1, dtype=np.int32)

    seating = improved(problem, start)

    assert verify_seats(problem, arrays.seats_from(seating)) == ()
    assert goal_value(arrays, seating, GoalName.ATTENDANCE_FLOOR) == 6
    assert goal_value(arrays, seating, GoalName.ATTENDANCE) == 42
    assert goal_value(arrays, seating, GoalName.REPEATS) == 0


def test_slack_of_an_earlier_goal_is_not_exceeded() -> None:
    problem = make_peers(
        groups=5,
        table_fit=tuple((f"p{n:03}", f"t{n % 5:02}", 1.0) for n in range(15)),
        goals=(
            Goal(goal=GoalName.ATTENDANCE),
            Goal(goal=GoalName.FIT, slack=3.0),
            Goal(goal=GoalName.REPEATS),
        ),
    )
    start = scattered(problem)
    only_fit = problem.replace(goals=problem.goals[:2])

    best_fit = goal_value(Arrays(problem), improved(only_fit, start), GoalName.FIT)
    seating = improved(problem, start)

    assert best_fit == 45
    assert goal_value(Arrays(problem), seating, GoalName.FIT) >= 42
    assert goal_value(Arrays(problem), seating, GoalName.REPEATS) < 30


def test_search_keeps_previous_seats_for_changes() -> None:
    problem = make_peers(goals=(Goal(goal=GoalName.ATTENDANCE), Goal(goal=GoalName.CHANGES)))
    arrays = Arrays(problem)
    before = scattered(problem, seed=5)
    problem = problem.replace(previous=arrays.seats_from(before))

    seating = improved(problem, scattered(problem, seed=6))

    assert np.array_equal(seating, before)


def test_same_seed_gives_the_same_seating() -> None:
    problem = make_peers(groups=6, size=4, goals=(*PEER_GOALS, Goal(goal=GoalName.STAGE_MIX)))
    start = scattered(problem)

    assert np.array_equal(improved(problem, start), improved(problem, start))


def test_start_is_kept_without_iterations() -> None:
    problem = make_peers()
    start = scattered(problem)

    assert np.array_equal(improved(problem, start, max_iterations=0), start)


@pytest.mark.parametrize("reason", ["asked", "deadline"])
def test_search_stops_when_asked_and_when_time_is_over(reason: str) -> None:
    problem = make_peers(groups=10, size=5, rounds=10)
    calls = []

    def report(goal: GoalName, _value: float | None, _bound: float | None) -> bool:
        calls.append(goal)
        return reason != "asked"

    deadline = time.perf_counter() - 1 if reason == "deadline" else math.inf
    improved(problem, scattered(problem), report=report, deadline=deadline)

    assert len(calls) == 1


def test_looked_up_costs_stay_true_through_a_search() -> None:
    problem = make_peers(
        groups=5,
        size=4,
        composition=(Distinct(distinct="stage", min=3),),
        fit=(("p000", "p001", 0.5), ("p002", "p013", 1.0)),
    )
    arrays = Arrays(problem)
    rules = TableRules(arrays, with_stages=True)
    names = (GoalName.REPEATS, GoalName.FIT, GoalName.STAGE_MIX, GoalName.BALANCE)
    prices = Prices(hard=1000.0, goals=dict.fromkeys(names, 1.0))
    seating = scattered(problem)
    others = all_meetings(seating)
    count_meetings(others, seating[:, 1], -1)
    costs = CostModel(arrays, rules, prices).costs(seating, others, 1)
    search = RoundSearch(rules, costs, seating[:, 1].astype(np.int64))

    gain, steps = search.run(np.random.default_rng(3), most=40, patience=40)

    fresh = RoundSearch(rules, costs, search.place)
    assert steps == 40
    assert gain > 0
    assert np.allclose(fresh.at, search.at)
    assert np.allclose(fresh.table, search.table)


def test_energy_is_the_change_of_rules_and_goals() -> None:
    problem = make_peers(groups=5, size=4, composition=(Distinct(distinct="stage", min=3),))
    arrays = Arrays(problem)
    rules = TableRules(arrays, with_stages=True)
    prices = Prices(hard=1000.0, goals={GoalName.REPEATS: 10.0, GoalName.STAGE_MIX: 1.0})

    def energy(seating: Seating) -> float:
        broken = broken_rules(arrays, rules, seating, all_meetings(seating))
        repeats = goal_value(arrays, seating, GoalName.REPEATS)
        return 1000 * broken + 10 * repeats - goal_value(arrays, seating, GoalName.STAGE_MIX)

    before = scattered(problem)
    others = all_meetings(before)
    count_meetings(others, before[:, 2], -1)
    costs = CostModel(arrays, rules, prices).costs(before, others, 2)
    search = RoundSearch(rules, costs, before[:, 2].astype(np.int64))
    gain, _ = search.run(np.random.default_rng(3), most=30, patience=30)

    after = before.copy()
    after[:, 2] = np.where(search.best_place == arrays.n_tables, -1, search.best_place)
    assert gain == pytest.approx(energy(before) - energy(after))
