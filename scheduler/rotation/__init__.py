"""The speed-mentoring view of a problem: hosts stay at their tables, movers rotate.

A *station* is a table with one set of hosts present: a table whose hosts are there all the time
is one station, a table whose host misses a round is two (the second without a host). Who may sit
where, and what it is worth, depends on the station alone, so integer programs need no rounds.
"""

from scheduler.rotation.kind import is_rotation
from scheduler.rotation.view import Rotation

__all__ = ["Rotation", "is_rotation"]
