import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from scheduler.construct.timetable import Timetable

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def empty(movers: int, rounds: int) -> Ints:
    return np.full((movers, rounds), -1, dtype=np.int64)


def visits(rota: Ints, stations: int) -> Ints:
    counts = np.zeros((len(rota), stations), dtype=np.int64)
    mover, r = np.nonzero(rota >= 0)
    np.add.at(counts, (mover, rota[mover, r]), 1)
    return counts


def loads(rota: Ints, stations: int) -> Ints:
    return np.array([np.bincount(c[c >= 0], minlength=stations) for c in rota.T]).T


def settle(here: Bools, is_on: Bools, wanted: Ints, *, room: int = 1, start: Ints) -> Timetable:
    table = Timetable(here, is_on, np.full(len(is_on), room, dtype=np.int64))
    table.begin(wanted, start)
    table.settle(steps=2_000, seed=1)
    return table


def hidden(seed: int, *, movers: int, stations: int, rounds: int, room: int) -> Ints:
    """Return a full rota to be found again: nobody at one station twice."""
    rng = np.random.default_rng(seed)
    rota = empty(movers, rounds)
    for r in range(rounds):
        seats = rng.permutation(np.repeat(np.arange(stations), room)).tolist()
        for p in rng.permutation(movers).tolist():
            fresh = [s for s in seats if s not in rota[p]]
            if fresh:
                rota[p, r] = fresh[0]
                seats.remove(fresh[0])
    return rota


@pytest.mark.parametrize("room", [1, 3])
@pytest.mark.parametrize("seed", range(5))
def test_meetings_of_a_rota_that_can_be_find_rounds_again(seed: int, room: int) -> None:
    rota = hidden(seed, movers=10 * room, stations=10, rounds=5, room=room)
    rng = np.random.default_rng(seed)
    here = (rota >= 0) | (rng.random(rota.shape) < 0.8)
    is_on = loads(rota, 10) > 0

    found = settle(here, is_on, visits(rota, 10), room=room, start=empty(*rota.shape))

    assert found.missing == []
    assert visits(found.rota(), 10).tolist() == visits(rota, 10).tolist()


@given(
    here=st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=4, max_size=4),
    is_on=st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=3, max_size=3),
    wanted=st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3), min_size=4, max_size=4),
    room=st.integers(1, 2),
)
def test_rounds_hold_what_they_can_and_all_else_is_missing(
    here: list[list[bool]], is_on: list[list[bool]], wanted: list[list[int]], room: int
) -> None:
    asked = np.array(wanted, dtype=np.int64)

    found = settle(np.array(here), np.array(is_on), asked, room=room, start=empty(4, 3))

    rota = found.rota()
    load = loads(rota, 3)
    lacking = np.zeros_like(asked)
    for p, s in found.missing:
        lacking[p, s] += 1
    assert ((rota < 0) | np.array(here)).all()
    assert (load <= room * np.array(is_on)).all()
    assert (visits(rota, 3) + lacking).tolist() == wanted


def test_a_path_through_two_rounds_makes_way() -> None:
    here = np.array([[True, False], [True, True]])
    is_on = np.ones((2, 2), dtype=bool)
    wanted = np.array([[1, 0], [1, 1]])
    start = np.array([[-1, -1], [0, 1]])

    found = settle(here, is_on, wanted, start=start)

    assert found.rota().tolist() == [[0, -1], [1, 0]]


def test_two_movers_there_in_one_round_only_cannot_both_meet_the_same() -> None:
    here = np.array([[True, False], [True, False]])

    found = settle(here, np.ones((1, 2), dtype=bool), np.ones((2, 1), dtype=int), start=empty(2, 2))

    assert len(found.missing) == 1


def test_what_a_rota_has_beyond_the_wanted_meetings_is_left_out() -> None:
    start = np.array([[0, 1]])
    both = np.ones((1, 2), dtype=bool)

    found = settle(both, np.ones((2, 2), dtype=bool), np.array([[0, 1]]), start=start)

    assert found.rota().tolist() == [[-1, 1]]
