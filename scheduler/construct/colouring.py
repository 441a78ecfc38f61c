"""When who meets: König's edge colouring of bipartite multigraphs, by alternating paths.

A colour is a round. Dénes König (1916): a bipartite multigraph of maximum degree d has a proper
edge colouring with d colours. A vertex that may have several edges of one colour (a table with
several seats) is split into copies first; full copies make the colouring *equitable* there: every
colour appears floor(degree / colours) or one time more (de Werra, 1971).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Edges = NDArray[np.int64]


def colour_edges(left: ArrayLike, right: ArrayLike, *, n_colours: int) -> Edges:
    """Return a proper colouring of a bipartite multigraph.

    Parameters
    ----------
    left, right : array of int, shape (edges,)
        Ends of each edge; the two sides are numbered separately from 0.
    n_colours : int
        At least the maximum degree. Where fewer would do, all are used about equally often.

    Returns
    -------
    array of int, shape (edges,)
        A colour in ``range(n_colours)`` for each edge; edges that share an end differ.

    Raises
    ------
    ValueError
        When a vertex has more edges than there are colours.
    """
    ends = [np.asarray(side, dtype=np.int64) for side in (left, right)]
    if any(side.size and int(np.bincount(side).max()) > n_colours for side in ends):
        msg = "Expected no vertex with more edges than colours."
        raise ValueError(msg)
    offset = int(ends[0].max()) + 1 if ends[0].size else 0
    shifted = (ends[1] + offset).tolist()
    n_vertices = max(shifted, default=-1) + 1
    return _Painter(ends[0].tolist(), shifted, n_vertices, n_colours).paint()


class _Painter:
    """Colours edges one by one; ``at[v][c]`` is the edge of colour c at vertex v, or -1."""

    def __init__(self, left: list[int], right: list[int], n_vertices: int, n_colours: int) -> None:
        self.left = left
        self.right = right
        self.at = [[-1] * n_colours for _ in range(n_vertices)]
        self.free = [(1 << n_colours) - 1] * n_vertices
        self.used = [0] * n_colours
        self.colour = [-1] * len(left)

    def paint(self) -> Edges:
        """Return the colours of all edges."""
        for edge, (u, v) in enumerate(zip(self.left, self.right, strict=True)):
            both = self.free[u] & self.free[v]
            if both:
                self._give(edge, self._rarest(both))
                continue
            first, second = self._rarest(self.free[u]), self._rarest(self.free[v])
            self._flip_path(v, first, second)
            self._give(edge, first)
        return np.array(self.colour, dtype=np.int64)

    def _rarest(self, mask: int) -> int:
        """Return the least used colour of a set given as bits; ties go to the lowest."""
        best = -1
        while mask:
            low = mask & -mask
            colour = low.bit_length() - 1
            if best < 0 or self.used[colour] < self.used[best]:
                best = colour
            mask ^= low
        return best

    def _give(self, edge: int, colour: int) -> None:
        bit = 1 << colour
        for vertex in (self.left[edge], self.right[edge]):
            self.at[vertex][colour] = edge
            self.free[vertex] &= ~bit
        self.colour[edge] = colour
        self.used[colour] += 1

    def _take(self, edge: int) -> None:
        colour = self.colour[edge]
        bit = 1 << colour
        for vertex in (self.left[edge], self.right[edge]):
            self.at[vertex][colour] = -1
            self.free[vertex] |= bit
        self.used[colour] -= 1

    def _flip_path(self, vertex: int, first: int, second: int) -> None:
        """Swap two colours along the path that leaves ``vertex`` with ``first``.

        ``second`` is free at ``vertex``. The path cannot reach the other end of the edge being
        coloured: it enters that side by ``first`` only, which is free there.
        """
        path = []
        colour, other = first, second
        edge = self.at[vertex][colour]
        while edge >= 0:
            path.append(edge)
            vertex = self.right[edge] if self.left[edge] == vertex else self.left[edge]
            colour, other = other, colour
            edge = self.at[vertex][colour]
        old = [self.colour[item] for item in path]
        for item in path:
            self._take(item)
        for item, was in zip(path, old, strict=True):
            self._give(item, second if was == first else first)


def split_vertices(ends: ArrayLike, *, size: int) -> Edges:
    """Return new ends: each vertex becomes copies of ``size`` edges each, the last one of the rest.

    Edges go to the copies in the order given.
    """
    old = np.asarray(ends, dtype=np.int64)
    order = np.argsort(old, kind="stable")
    degree = np.bincount(old) if old.size else np.zeros(0, dtype=np.int64)
    starts = np.cumsum(degree) - degree
    rank = np.arange(old.size) - starts[old[order]]
    copies = -(-degree // size)
    first_copy = np.cumsum(copies) - copies
    new = np.empty(old.size, dtype=np.int64)
    new[order] = first_copy[old[order]] + rank // size
    return new


def spread_meetings(movers: ArrayLike, tables: ArrayLike, *, n_rounds: int) -> Edges:
    """Return a round for each meeting of a mover and a table.

    No mover has two meetings in one round; each table has its meetings spread over the rounds so
    that their numbers differ by one at most, and is in use in as many rounds as possible.

    Parameters
    ----------
    movers, tables : array of int, shape (meetings,)
    n_rounds : int
        At least the most meetings of a mover.
    """
    copies = split_vertices(tables, size=n_rounds)
    return colour_edges(movers, copies, n_colours=n_rounds)
