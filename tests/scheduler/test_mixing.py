"""How well stages can mix, against all ways to seat a few people."""

from itertools import product

import pytest

from scheduler.bounds.mixing import Mix, best_mix


def by_trying(stages: tuple[int, ...], least: int, most: int, tables: int) -> int:
    """Return the most that stages mix over all ways to put people at tables."""
    people = [stage for stage, count in enumerate(stages) for _ in range(count)]
    best = 0
    for places in product(range(tables), repeat=len(people)):
        value = 0
        for table in set(places):
            there = [s for s, t in zip(people, places, strict=True) if t == table]
            if not least <= len(there) <= most:
                break
            value += len(there) * len(set(there)) - len(there)
        else:
            best = max(best, value)
    return best


@pytest.mark.parametrize(
    ("stages", "least", "most", "tables"),
    [
        ((3, 3), 2, 3, 3),
        ((4, 2, 1), 2, 4, 3),
        ((1, 1, 5), 2, 4, 3),
        ((2, 2, 2), 3, 3, 2),
        ((5, 2), 2, 5, 3),
        ((7,), 2, 4, 3),
    ],
)
def test_mix_is_that_of_all_ways_to_sit(
    stages: tuple[int, ...], least: int, most: int, tables: int
) -> None:
    mix = best_mix(sum(stages), stages, least, most, tables)

    assert mix is not None
    assert mix.value == by_trying(stages, least, most, tables)


def test_fuller_tables_mix_better_than_more_of_them() -> None:
    mix = best_mix(195, (37, 44, 39, 38, 37), 4, 5, 40)

    assert mix == Mix(value=755, sizes=(5,) * 39)


def test_nothing_is_said_where_nobody_can_sit() -> None:
    assert best_mix(7, (7,), 4, 5, 2) is None
