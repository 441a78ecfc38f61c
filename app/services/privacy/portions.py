"""Long lists in statements of a size that every database takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

AT_ONCE = 500
Key = TypeVar("Key", int, str)


def portions(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Return the keys, each once and in order, in lists of a few hundred."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
