"""Parts who must not sit together, where no swap could."""

from __future__ import annotations

import numpy as np

from scheduler.arrays import Ints
from scheduler.rotation import Rotation


def part(rotation: Rotation, rota: Ints) -> Ints:
    """Return a rota in which nobody sits with somebody they are kept apart from: some sit out."""
    if not rotation.apart_pairs[0].size:
        return rota
    apart = rotation.pair_limit == 2
    rota = rota.copy()
    for r, s in np.argwhere(rotation.is_on.T).tolist():
        who = np.flatnonzero(rota[:, r] == s)
        while who.size:
            clashes = apart[np.ix_(who, who)].sum(axis=1)
            if not clashes.any():
                break
            rota[who[clashes.argmax()], r] = -1
            who = np.delete(who, clashes.argmax())
        if who.size < rotation.least[s]:
            rota[who, r] = -1
    return rota
