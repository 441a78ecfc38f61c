"""Who has the data folder open: the parts of an installation together, a restore alone.

The lock is the operating system's own, so it ends with the process that holds it, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import MentoringError

LOCK = "running.lock"


class InUse(MentoringError):
    """Roundabout is running on this data folder: stop it first, then run this command again."""


class BeingRestored(MentoringError):
    """A backup is being restored into this data folder: wait for it to end, then start again."""


@contextmanager
def together(data: Path) -> Iterator[None]:
    """Keep a restore out while the block runs."""
    handle = take(data)
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Keep everybody else out while the block runs; raises `InUse` when somebody is in."""
    handle = _open(data)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise InUse from error
    try:
        yield
    finally:
        os.close(handle)


def take(data: Path) -> int:
    """Take a share of the lock until the handle is closed or the process ends."""
    handle = _open(data)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise BeingRestored from error
    return handle


def _open(data: Path) -> int:
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.open(data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
