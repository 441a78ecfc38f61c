"""What was worked out last, kept in memory by everything that it was worked out from.

Bounds on a roster of thousands take a third of a second, and nothing about them changes until the
roster, the agenda or the rules do. The key is a digest of all arguments, so no worker can answer
with what another one has changed meanwhile, and no name is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")
MOST = 256
"""Answers kept at once, of a few hundred bytes each."""


class Remembered(Generic[Found]):
    """The answers asked for last; safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[bytes, Found] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, work: Callable[..., Found], *args: object, **more: object) -> Found:
        """Return what a function gives for these arguments, from memory where it was asked before.

        The function must depend on its arguments alone, and these must show all they hold by
        ``repr``. Two who ask at once may both work it out.
        """
        key = sha256(repr((work.__qualname__, args, more)).encode()).digest()
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = work(*args, **more)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
