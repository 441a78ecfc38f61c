"""The hard rules as rows, one generator per rule; each row is named after its rule.

Rules that only forbid a seat (``availability``, ``needs``, ``host``) are kept by having no variable
for it; their functions yield the rows that no choice in the window can satisfy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
import pulp

from scheduler.arrays import NEVER, NO_LIMIT, Arrays, Bools
from scheduler.model.linear import Expr, Part, is_one, row, total
from scheduler.model.window import Window
from scheduler.problem import Count, Distinct, NotAlone, Picker

Rows = Iterator[pulp.LpConstraint]
Rule = Callable[[Window], Rows]


def one_seat(w: Window) -> Rows:
    """At most one seat a person a round."""
    for (p, r), places in w.places.items():
        if len(places) > 1:
            seats = total([(1, x) for _, x in places])
            yield row(f"one_seat_p{p}_r{r}", seats, "<=", 1)


def availability(w: Window) -> Rows:
    """Nobody sits while absent or at a closed table: such a seat has no variable."""
    for p, t, r in w.x:
        if not (w.arrays.here[p, r] and w.arrays.open[t, r]):
            yield impossible(f"availability_p{p}_t{t}_r{r}")


def needs(w: Window) -> Rows:
    """Nobody sits where a needed feature is missing; a host's own table may lack it."""
    for p, r in np.argwhere(w.present >= 0):
        if not w.arrays.may_sit[p, w.arrays.host[p]]:
            yield impossible(f"needs_p{p}_r{r}")


def seats(w: Window) -> Rows:
    """At most so many people at a table, idle hosts included."""
    for t, r in w.cells:
        limit = int(w.arrays.seats[t])
        settled = len(w.fixed_at(t, r))
        if limit < NO_LIMIT and settled + len(w.movers(t, r)) > limit:
            people = total([(1, x) for _, x in w.movers(t, r)])
            yield row(f"seats_r{r}_t{t}", people, "<=", limit - settled)


def host(w: Window) -> Rows:
    """Tie "in use" to the guests: a table is, exactly when somebody but its hosts sits there."""
    for (t, r), used in w.used.items():
        if isinstance(used, int):
            continue
        for p, x in w.movers(t, r):
            yield row(f"host_r{r}_t{t}_p{p}", total([(1, x), (-1, used)]), "<=", 0)
        guests = total([(1, x) for _, x in w.movers(t, r)])
        yield row(f"host_r{r}_t{t}", guests - used, ">=", 0)


def max_rounds(w: Window) -> Rows:
    """At most so many seats; for a host, rounds with the table in use. History uses them up."""
    for p in range(w.arrays.n):
        limit = int(w.arrays.max_rounds[p])
        if limit < w.arrays.n_rounds:
            yield from _bounded(w, p, f"max_rounds_p{p}", "<=", limit)


def min_rounds(w: Window) -> Rows:
    """At least so many seats; for a host, rounds with the table in use."""
    for p in np.flatnonzero(w.arrays.min_rounds > 0):
        yield from _bounded(w, int(p), f"min_rounds_p{p}", ">=", int(w.arrays.min_rounds[p]))


def _bounded(w: Window, p: int, name: str, sense: str, limit: int) -> Rows:
    seats_of = w.seats_of(p) if w.arrays.is_mover[p] else w.use_of(p)
    if sense == "<=":
        limit = max(limit, round(seats_of.constant))
    if len(seats_of) > 0 or seats_of.constant < limit:
        yield row(name, seats_of, sense, limit)


def company(w: Window) -> Rows:
    """Seat no mover alone."""
    everybody = np.ones(w.arrays.n, dtype=bool)
    for t, r in w.cells:
        if w.movers(t, r) and not w.fixed_at(t, r):
            people = w.headcount(t, r, everybody)
            yield row(f"company_r{r}_t{t}", people - 2 * w.in_use(t, r), ">=", 0)
        elif is_one(w.in_use(t, r)) and len(w.fixed_at(t, r)) == 1:
            yield row(f"company_r{r}_t{t}", total([(1, x) for _, x in w.movers(t, r)]), ">=", 1)


def composition(w: Window) -> Rows:
    """Bound counts and different values, and leave nobody alone of a kind, at tables in use."""
    for number, entry in enumerate(w.arrays.problem.composition):
        for t, r in w.cells:
            if entry.tables is not None and w.arrays.table_ids[t] not in entry.tables:
                continue
            name = f"composition_{number}_r{r}_t{t}"
            if isinstance(entry, Count):
                among = picked(w.arrays, entry.count)
                yield from _between(w.in_use(t, r), name, w.headcount(t, r, among), entry)
            elif isinstance(entry, Distinct):
                kinds = _kinds_at(w, t, r, name, entry.distinct)
                yield from _between(w.in_use(t, r), name, kinds, entry)
            else:
                yield from _not_alone(w, t, r, name, entry)


def _between(used: Part, name: str, amount: Expr, entry: Count | Distinct) -> Rows:
    if entry.min > 0:
        yield row(f"{name}_min", amount - entry.min * used, ">=", 0)
    if entry.max is not None:
        yield row(f"{name}_max", amount - entry.max * used, "<=", 0)


def _kinds_at(w: Window, t: int, r: int, name: str, what: str) -> Expr:
    kinds: list[tuple[float, Part]] = []
    for number, among in enumerate(groups(w.arrays, what)):
        there = w.headcount(t, r, among)
        if len(there) == 0:
            kinds.append((1, int(there.constant > 0)))
            continue
        kind = w.binary(f"kind_{name}_{number}")
        kinds.append((1, kind))
        w.add(row(f"{name}_kind{number}", there - kind, ">=", 0))
        w.add(row(f"{name}_use{number}", total([(1, kind), (-1, w.in_use(t, r))]), "<=", 0))
        for p, x in w.movers(t, r):
            if among[p]:
                w.add(row(f"{name}_kind{number}_p{p}", total([(1, kind), (-1, x)]), ">=", 0))
        if any(among[p] for p in w.fixed_at(t, r)):
            w.add(row(f"{name}_host{number}", total([(1, kind), (-1, w.in_use(t, r))]), ">=", 0))
    return total(kinds)


def _not_alone(w: Window, t: int, r: int, name: str, entry: NotAlone) -> Rows:
    among = picked(w.arrays, entry.not_alone)
    there = w.headcount(t, r, among)
    most = sum(there.values()) + there.constant
    if most == 0:
        return
    several = w.binary(f"several_{name}")
    yield row(f"{name}_two", there - 2 * several, ">=", 0)
    yield row(f"{name}_none", there - float(most) * several, "<=", 0)


def keep_apart(w: Window) -> Rows:
    """Never seat a named pair at one table."""
    return _apart(w, w.arrays.pair_matrix(w.arrays.problem.keep_apart), "keep_apart")


def keep_apart_same(w: Window) -> Rows:
    """Likewise for mentor and mentee, or facilitator and guest, of the same affiliation."""
    named = w.arrays.pair_matrix(w.arrays.problem.keep_apart)
    return _apart(w, np.asarray(w.arrays.apart & ~named), "keep_apart_same")


def _apart(w: Window, pairs: Bools, name: str) -> Rows:
    if not pairs.any():
        return
    concerned = np.asarray(pairs.any(axis=0))
    for t, r in w.cells:
        settled = w.fixed_at(t, r)
        barred = np.asarray(pairs[settled].any(axis=0))
        if settled and barred[settled].any():
            yield impossible(f"{name}_r{r}_t{t}")
        movers = [(p, x) for p, x in w.movers(t, r) if concerned[p]]
        for p, x in movers:
            if barred[p]:
                yield row(f"{name}_r{r}_t{t}_p{p}", total([(1, x)]), "<=", 0)
        free = [(p, x) for p, x in movers if not barred[p]]
        for number, clique in enumerate(cliques([p for p, _ in free], pairs)):
            people = total([(1, x) for p, x in free if p in clique])
            yield row(f"{name}_r{r}_t{t}_{number}", people, "<=", 1)


def cliques(people: list[int], pairs: Bools) -> list[frozenset[int]]:
    """Cover all pairs among some people by greedily grown cliques: fewer and tighter rows."""
    left = {(p, q) for p, q in combinations(sorted(people), 2) if pairs[p, q]}
    found = []
    while left:
        first, second = min(left)
        clique = [first, second]
        for p in sorted(people):
            if p not in clique and all(pairs[p, q] for q in clique):
                clique.append(p)
        left -= {(min(a, b), max(a, b)) for a, b in combinations(clique, 2)}
        found.append(frozenset(clique))
    return found


def together(w: Window) -> Rows:
    """Where both are available: the same table, or both out (an idle host counts as out)."""
    for first, second in w.arrays.problem.together:
        p, q = (w.arrays.person_index[name] for name in (first, second))
        both = w.arrays.here[p] & w.arrays.here[q] & ~w.arrays.frozen
        for r in np.flatnonzero(both):
            if not (w.free.people[[p, q], r].any() or w.free.tables[:, r].any()):
                continue
            for t in range(w.arrays.n_tables):
                gap = total([(1, sits(w, p, t, int(r))), (-1, sits(w, q, t, int(r)))])
                if len(gap) > 0 or abs(gap.constant) > 0:
                    yield row(f"together_r{r}_t{t}_p{p}_p{q}", gap, "==", 0)


def sits(w: Window, p: int, t: int, r: int) -> pulp.LpVariable | int:
    """Return whether somebody takes part at a table: a host only while it is in use."""
    if w.arrays.host[p] == t and w.fixed[p, r] == t:
        return w.in_use(t, r)
    return w.seat(p, t, r)


def must_meet(w: Window) -> Rows:
    """Seat a pair at one table in some round."""
    for first, second in w.arrays.problem.must_meet:
        p, q = (w.arrays.person_index[name] for name in (first, second))
        if w.arrays.co_host[p, q] and ((w.fixed[p] == w.fixed[q]) & (w.fixed[p] >= 0)).any():
            continue
        shares = w.shares(p, q, up=True, down=False)
        if len(shares) > 0 or shares.constant < 1:
            yield row(f"must_meet_p{p}_p{q}", shares, ">=", 1)


def repeats(w: Window) -> Rows:
    """Let a pair with the limit ``never`` share a table once at most, or not again."""
    limited = np.triu(w.arrays.limit == NEVER) & w.fluid_pairs
    if int(w.free.people.any(axis=0).sum()) == 1:
        limited &= (w.met_settled > 0) | w.arrays.past
    for p, q in np.argwhere(limited):
        before = w.met_before(p, q) + int(w.arrays.past[p, q])
        open_rounds = [r for r in range(w.arrays.n_rounds) if w.may_share(p, q, r)]
        if before + len(open_rounds) > 1 and open_rounds:
            shares = total(
                [(1, w.share(int(p), int(q), r, up=False, down=True)) for r in open_rounds]
            )
            yield row(f"repeats_p{p}_p{q}", shares, "<=", max(0, 1 - before))


def pins(w: Window) -> Rows:
    """Seats that the organiser fixed."""
    for person, round_id, table in w.arrays.problem.pins:
        p, r = w.arrays.person_index[person], w.arrays.round_index[round_id]
        if not w.arrays.frozen[r]:
            t = w.arrays.table_index[table]
            yield row(f"pins_p{p}_r{r}", total([(1, w.seat(p, t, r))]), "==", 1)


def frozen_rounds(w: Window) -> Rows:
    """History has no variables; this yields a row only if a window would touch it."""
    for r in np.flatnonzero(w.arrays.frozen & w.free.people.any(axis=0)):
        yield impossible(f"frozen_rounds_r{r}")


def impossible(name: str) -> pulp.LpConstraint:
    """Return a row that nothing satisfies."""
    return row(name, Expr(), ">=", 1)


def picked(arrays: Arrays, picker: Picker) -> Bools:
    """Return whom a picker counts; shape (people,)."""
    return np.array([picker.picks(person) for person in arrays.people], dtype=bool)


def groups(arrays: Arrays, what: str) -> list[Bools]:
    """Return the people of each stage or affiliation, in order of its name."""
    values = [
        ({person.stage} if person.stage is not None else set())
        if what == "stage"
        else set(person.affiliations)
        for person in arrays.people
    ]
    names = sorted(set().union(*values))
    return [np.array([name in own for own in values], dtype=bool) for name in names]


HARD_RULES: tuple[Rule, ...] = (
    one_seat,
    availability,
    needs,
    seats,
    host,
    max_rounds,
    min_rounds,
    company,
    composition,
    keep_apart,
    keep_apart_same,
    together,
    must_meet,
    repeats,
    pins,
    frozen_rounds,
)
