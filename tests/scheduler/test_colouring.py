import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from scheduler.construct.colouring import colour_edges, split_vertices, spread_meetings

Side = NDArray[np.int64]
edge_lists = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=60)


Edge = tuple[int, int]


def ends(edges: list[Edge]) -> tuple[Side, Side]:
    left = np.array([u for u, _ in edges], dtype=np.int64)
    right = np.array([v for _, v in edges], dtype=np.int64)
    return left, right


def most(side: Side) -> int:
    return int(np.bincount(side).max()) if side.size else 0


@given(edges=edge_lists, spare=st.integers(0, 3))
def test_colouring_is_proper_with_maximum_degree_colours(edges: list[Edge], spare: int) -> None:
    left, right = ends(edges)
    n_colours = max(most(left), most(right), 1) + spare

    colours = colour_edges(left, right, n_colours=n_colours)

    assert len(colours) == len(edges)
    assert all(0 <= c < n_colours for c in colours)
    for side in (left, right):
        assert len(set(zip(side.tolist(), colours.tolist(), strict=True))) == len(edges)


def test_colouring_refuses_too_few_colours() -> None:
    with pytest.raises(ValueError, match="more edges than colours"):
        colour_edges([0, 0], [0, 1], n_colours=1)


@given(edges=edge_lists, size=st.integers(1, 4))
def test_split_keeps_vertices_apart_and_fills_copies(edges: list[Edge], size: int) -> None:
    old, _ = ends(edges)

    new = split_vertices(old, size=size)

    assert most(new) <= size
    owner = dict(zip(new.tolist(), old.tolist(), strict=True))
    assert [owner[v] for v in new.tolist()] == old.tolist()
    assert len(owner) == sum(-(-int(d) // size) for d in np.bincount(old)) if edges else not owner


@settings(max_examples=50)
@given(edges=edge_lists)
def test_table_loads_differ_by_one_at_most(edges: list[Edge]) -> None:
    movers, tables = ends(edges)
    n_rounds = max(most(movers), 1)

    rounds = spread_meetings(movers, tables, n_rounds=n_rounds)

    assert len(set(zip(movers.tolist(), rounds.tolist(), strict=True))) == len(edges)
    for table in set(tables.tolist()):
        loads = np.bincount(rounds[tables == table], minlength=n_rounds)
        assert loads.max() - loads.min() <= 1


def test_spare_rounds_are_used_about_equally() -> None:
    movers = np.repeat(np.arange(12), 2)
    tables = np.arange(24) % 8

    rounds = spread_meetings(movers, tables, n_rounds=6)

    assert np.bincount(rounds, minlength=6).tolist() == [4] * 6


def test_same_edges_give_same_rounds() -> None:
    rng = np.random.default_rng(5)
    movers = np.repeat(np.arange(30), 5)
    tables = np.concatenate([rng.permutation(12)[:5] for _ in range(30)])

    first = spread_meetings(movers, tables, n_rounds=5)
    second = spread_meetings(movers, tables, n_rounds=5)

    assert first.tolist() == second.tolist()


def test_two_thousand_people_are_coloured() -> None:
    rng = np.random.default_rng(1)
    movers = np.repeat(np.arange(1700), 8)
    deck = np.tile(np.arange(300), 46)[: movers.size]
    tables = rng.permutation(deck)

    rounds = spread_meetings(movers, tables, n_rounds=8)

    assert len(set(zip(movers.tolist(), rounds.tolist(), strict=True))) == movers.size
