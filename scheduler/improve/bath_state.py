"""What a heat bath knows: people on slots of tables, who met whom, and what changes cost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduler.arrays import AVOID, NEVER, Bools, Floats, Ints, Seating
from scheduler.improve.costs import Meetings, all_meetings, table_use
from scheduler.improve.tables import TableRules
from scheduler.problem import GoalName

_DEARER, _CHEAPER = 1.2, 0.9
_RANGE = (0.02, 30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BathPrices:
    """What units are worth while the bath cools from about 1 to little.

    Attributes
    ----------
    hard : float
        A broken rule.
    goals : dict of GoalName to float
        A unit of a goal; of goals in ``limits``, where the search for their price begins.
    limits : dict of GoalName to float
        What the sums of earlier goals must reach.
    targets : dict of GoalName to float
        What everybody's own sum should reach: ``fit_floor``; 1 for ``wishes_floor``.
    """

    hard: float
    goals: dict[GoalName, float]
    limits: dict[GoalName, float] = field(default_factory=dict)
    targets: dict[GoalName, float] = field(default_factory=dict)


@dataclass(eq=False)
class Floor:
    """People's own sums over their meetings, and what each lacks.

    Attributes
    ----------
    amount : Floats
        What a first meeting brings the one (row); shape (n + 1, n + 1).
    sums, target : Floats
        Shape (n + 1,); a target of -inf asks for nothing.
    price : float
    for_movers : bool
        Whether meeting movers brings anybody anything; if not, who stays does not mind who comes.
    """

    amount: Floats
    sums: Floats
    target: Floats
    price: float
    for_movers: bool = True

    def shortfall(self, who: Ints, change: Floats) -> Floats:
        """Return by how much a change of their sums makes shortfalls dearer."""
        lack = self.target[who] - self.sums[who]
        return np.asarray(
            self.price * (np.maximum(lack - change, 0.0) - np.maximum(lack, 0.0)), dtype=np.float64
        )


class BathState:
    """People on slots of tables in all rounds, who met whom, and the prices."""

    def __init__(self, rules: TableRules, seating: Seating, prices: BathPrices) -> None:
        self.rules = rules
        self.arrays = rules.arrays
        self.n = self.arrays.n
        self.prices = prices
        self.goals = dict(prices.goals)
        self.seating = seating.copy()
        self.rounds = np.flatnonzero(~self.arrays.frozen)
        self.met = self._padded(all_meetings(seating)).astype(np.int16)
        self._lay_slots()
        self._lay_tables()
        self._set_fixed()
        self._set_pairs()
        self._set_singles()
        self.floors = [f for goal in prices.targets if (f := self._floor(goal)) is not None]

    def _padded(self, matrix: Floats | Meetings | Bools) -> Floats:
        """Add a row and a column for nobody."""
        full = np.zeros((self.n + 1, self.n + 1), dtype=np.float64)
        full[:-1, :-1] = matrix
        return full

    def _lay_slots(self) -> None:
        """``slots[r, t]`` holds the people of a table, filled up with n for nobody."""
        arrays = self.arrays
        loads = [np.bincount(c[c >= 0], minlength=1).max() for c in self.seating[:, self.rounds].T]
        width = int(min(max(loads, default=0) + 1, arrays.seats.max()))
        width = max(width, max(loads, default=0))
        self.is_seat = np.arange(width)[None, :] < arrays.seats[:, None]
        self.slots = np.full((arrays.n_rounds, arrays.n_tables, width), self.n, dtype=np.int64)
        self.used: list[Ints] = []
        for r, column in enumerate(self.seating.T):
            people = np.flatnonzero(column >= 0)
            order = people[np.argsort(column[people], kind="stable")]
            tables, starts, counts = np.unique(column[order], return_index=True, return_counts=True)
            rank = np.arange(len(order)) - np.repeat(starts, counts)
            if not arrays.frozen[r]:
                self.slots[r, column[order], rank] = order
            self.used.append(tables.astype(np.int64))
        self.may = np.vstack([arrays.may_sit, np.zeros((1, arrays.n_tables), dtype=bool)])
        self.moves = np.zeros((self.n + 1, arrays.n_rounds), dtype=bool)
        free = arrays.is_mover & ~arrays.together.any(axis=1)
        self.moves[:-1] = (self.seating >= 0) & free[:, None]
        for person, round_id, _ in arrays.problem.pins:
            self.moves[arrays.person_index[person], arrays.round_index[round_id]] = False

    def _lay_tables(self) -> None:
        """Count kinds at tables, and look up what exchanges of movers' kinds change there."""
        rules, arrays = self.rules, self.arrays
        kinds = np.unique(rules.kind[arrays.is_mover])
        self.kind = np.full(self.n + 1, len(kinds), dtype=np.int64)
        self.kind[:-1] = np.minimum(np.searchsorted(kinds, rules.kind), len(kinds) - 1)
        chosen = np.append(kinds, rules.n_kinds)
        self.exchanges = rules.exchanges[np.ix_(chosen, chosen)]
        self.counts = np.stack(
            [rules.counts(np.where(c < 0, arrays.n_tables, c))[:-1] for c in self.seating.T]
        )
        hosted = np.zeros(arrays.n_tables, dtype=bool)
        hosted[arrays.host[~arrays.is_mover]] = True
        self.in_use = (table_use(arrays, self.seating) & hosted[:, None]).T
        sizes = self.counts.sum(axis=2)
        seated = (sizes > 0).sum(axis=1)
        self.usual = sizes.sum(axis=1) / np.maximum(seated, 1)
        size = len(chosen)
        self.table = np.zeros((arrays.n_rounds, arrays.n_tables, size, size))
        self._look_up()

    def _look_up(self) -> None:
        for r in self.rounds.tolist():
            self._price(r, np.arange(self.arrays.n_tables))

    def _price(self, r: int, tables: Ints) -> None:
        now = self.counts[r, tables]
        changed = np.maximum(now[:, None, None, :] + self.exchanges[None], 0)
        wide = np.broadcast_to(tables[:, None, None], changed.shape[:-1])
        level = self._levels(r, tables, now)
        self.table[r, tables] = self._levels(r, wide, changed) - level[:, None, None]

    def _levels(self, r: int, tables: Ints, counts: Ints) -> Floats:
        rules, hard = self.rules, self.prices.hard
        use = rules.in_use(counts)
        total = hard * (rules.broken(tables, counts) + (self.in_use[r, tables] & ~use))
        mix, even = self.goals.get(GoalName.STAGE_MIX), self.goals.get(GoalName.BALANCE)
        if mix:
            total = total - mix * rules.mix(counts)
        if even:
            total = total + even * use * (counts.sum(axis=-1) - self.usual[r]) ** 2
        return np.asarray(total)

    def _set_fixed(self) -> None:
        """Set what meetings cost at prices that do not change on the way."""
        arrays, hard = self.arrays, self.prices.hard
        repeat = self.goals.get(GoalName.REPEATS, 0.0) * (arrays.limit == AVOID)
        again = repeat + hard * (arrays.limit == NEVER) + hard * arrays.apart
        first = hard * arrays.blocked + repeat * arrays.past
        first -= hard * arrays.pair_matrix(arrays.problem.must_meet)
        wished = np.zeros((self.n, self.n))
        one, other, weight = arrays.wishes
        np.add.at(wished, (one, other), weight)
        self.wished = self._padded(wished + wished.T)
        self.fit = self._padded(arrays.fit)
        self.fixed, self.again = self._padded(first), self._padded(again)

    def _set_pairs(self) -> None:
        """Set what a pair's first meeting costs, and with it what each pair's next and last do."""
        goals = self.goals
        self.first = self.fixed.copy()
        for goal, worth in ((GoalName.FIT, self.fit), (GoalName.WISHES, self.wished)):
            if goals.get(goal):
                self.first -= goals[goal] * worth
        self.joins = np.where(self.met == 0, self.first, self.again)
        self.leaves = np.where(self.met == 1, self.first, self.again)

    def _set_singles(self) -> None:
        arrays, goals = self.arrays, self.goals
        liking = goals.get(GoalName.FIT, 0.0) * arrays.table_fit
        single = np.broadcast_to(-liking, (arrays.n_rounds, *liking.shape)).copy()
        price = goals.get(GoalName.CHANGES, 0.0)
        if price:
            who, r = np.nonzero(arrays.previous >= 0)
            single[r, who, arrays.previous[who, r]] -= price
        self.single = single if single.any() else None

    def _floor(self, goal: GoalName) -> Floor | None:
        arrays = self.arrays
        target = np.full(self.n + 1, -np.inf)
        if goal == GoalName.WISHES_FLOOR:
            one, other, _ = arrays.wishes
            amount = np.zeros((self.n, self.n))
            amount[one, other] = 1.0
            target[np.unique(one)] = 1.0
        else:
            counted = arrays.has_fit & arrays.is_mover & (arrays.possible > 0)
            scale = arrays.n_rounds / np.maximum(arrays.possible, 1)
            amount = arrays.fit * scale[:, None]
            target[:-1][counted] = self.prices.targets[goal]
        if not np.isfinite(target).any() or (target.max() <= 0 and amount.min() >= 0):
            return None
        amount = self._padded(amount)
        sums = (amount * (self.met > 0)).sum(axis=1)
        for_movers = bool(amount[np.isfinite(target)][:, :-1][:, arrays.is_mover].any())
        return Floor(amount, sums, target, self.goals.get(goal, 0.0), for_movers=for_movers)

    def total(self, goal: GoalName) -> float:
        """Return what a goal that is a sum has reached."""
        met = self.met[:-1, :-1] > 0
        if goal == GoalName.WISHES:
            one, other, weight = self.arrays.wishes
            return float((weight * met[one, other]).sum())
        if goal == GoalName.STAGE_MIX:
            return float(self.rules.mix(self.counts).sum())
        who, r = np.nonzero(self.seating >= 0)
        at_tables = self.arrays.table_fit[who, self.seating[who, r]].sum()
        return float((self.arrays.fit * met).sum() / 2 + at_tables)

    def balance_prices(self) -> None:
        """Make goals short of their limits dearer and others cheaper."""
        if not self.prices.limits:
            return
        for goal, limit in self.prices.limits.items():
            short = self.total(goal) < limit
            factor = _DEARER if short else _CHEAPER
            low, high = (self.prices.goals[goal] * edge for edge in _RANGE)
            self.goals[goal] = min(max(self.goals[goal] * factor, low), high)
        self._set_pairs()
        if GoalName.FIT in self.prices.limits:
            self._set_singles()
        if GoalName.STAGE_MIX in self.prices.limits:
            self._look_up()
