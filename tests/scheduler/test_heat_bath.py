"""The heat bath keeps its books: what it counts on the way is what its seating has."""

import numpy as np

from scheduler.arrays import Arrays, Seating
from scheduler.improve.costs import all_meetings
from scheduler.improve.heat_bath import BathPrices, HeatBath
from scheduler.improve.tables import TableRules
from scheduler.problem import Goal, GoalName, Person, Problem, Role, Round, Table


def make_evening(*, peers: int = 11, hosts: int = 3, rounds: int = 3) -> Problem:
    movers = [
        Person(id=f"p{n:02}", role=Role.PEER, stage=("early", "late")[n % 2]) for n in range(peers)
    ]
    seated = [Person(id=f"h{n}", role=Role.FACILITATOR, table=f"t{n}") for n in range(hosts)]
    return Problem(
        rounds=tuple(Round(id=f"r{r}") for r in range(rounds)),
        tables=tuple(Table(id=f"t{t}", seats=6) for t in range(hosts)),
        people=(*movers, *seated),
        fit=tuple((f"p{n:02}", f"h{n % hosts}", 0.5 + n) for n in range(peers)),
        wishes=(("p00", "p01", 1.0), ("p02", "h1", 1.0), ("h0", "p03", 2.0)),
        goals=(Goal(goal=GoalName.REPEATS), Goal(goal=GoalName.FIT)),
    )


def seated_in_turn(arrays: Arrays) -> Seating:
    seating = np.tile(arrays.host[:, None], (1, arrays.n_rounds)).astype(np.int32)
    for number, p in enumerate(np.flatnonzero(arrays.is_mover)):
        seating[p] = (number + np.arange(arrays.n_rounds)) % arrays.n_tables
    return seating


def make_bath(problem: Problem, **fields: object) -> HeatBath:
    arrays = Arrays(problem)
    goals = {GoalName.REPEATS: 2.0, GoalName.FIT: 0.2, GoalName.STAGE_MIX: 0.1}
    prices = BathPrices(**({"hard": 6.0, "goals": goals} | fields))
    return HeatBath(TableRules(arrays, with_stages=True), seated_in_turn(arrays), prices)


def stirred(bath: HeatBath, *, steps: int = 60) -> HeatBath:
    rng = np.random.default_rng(1)
    for _ in range(steps):
        bath.step(rng, 2.0)
    return bath


def test_bath_moves_people_but_leaves_who_sits_when() -> None:
    bath = make_bath(make_evening())
    before = bath.seating.copy()

    stirred(bath)

    assert (bath.seating != before).any()
    assert np.array_equal(bath.seating >= 0, before >= 0)
    assert np.array_equal(bath.seating[~bath.arrays.is_mover], before[~bath.arrays.is_mover])
    assert all(np.bincount(column).max() <= 6 for column in bath.seating.T)


def test_bath_counts_meetings_and_kinds_as_they_are() -> None:
    bath = stirred(make_bath(make_evening()))

    met = all_meetings(bath.seating)
    assert np.array_equal(bath.met[:-1, :-1], met)
    first, again = bath.first[:-1, :-1], bath.again[:-1, :-1]
    assert np.array_equal(bath.joins[:-1, :-1], np.where(met == 0, first, again))
    for r in range(bath.arrays.n_rounds):
        counts = bath.rules.counts(bath.seating[:, r].astype(np.int64))[:-1]
        assert np.array_equal(bath.counts[r], counts)


def test_bath_knows_what_everybody_has_of_their_own() -> None:
    goals = {GoalName.REPEATS: 2.0, GoalName.FIT_FLOOR: 1.0, GoalName.WISHES_FLOOR: 1.0}
    targets = {GoalName.FIT_FLOOR: 3.0, GoalName.WISHES_FLOOR: 1.0}

    bath = stirred(make_bath(make_evening(), goals=goals, targets=targets))

    assert len(bath.floors) == 2
    for floor in bath.floors:
        sums = (floor.amount * (bath.met > 0)).sum(axis=1)
        assert np.allclose(floor.sums[:-1], sums[:-1])


def test_goals_short_of_their_limits_become_dearer() -> None:
    bath = make_bath(make_evening(), limits={GoalName.FIT: 1e6, GoalName.STAGE_MIX: 0.0})

    bath.balance_prices()

    assert bath.goals[GoalName.FIT] > 0.2
    assert bath.goals[GoalName.STAGE_MIX] < 0.1
