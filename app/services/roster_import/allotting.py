"""Who of a file gets a place and who waits: the same sum before the yes and after it.

Mentors come first, because places may follow them; then those who wait already; then the file, row
by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.enums import Role
from app.services.roster_import.standing import Room
from app.services.signups.places import limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotted:
    """What the file does to the places of one role.

    ``promoted`` are people who wait today and get a place; ``enough`` is the number of places with
    which nobody would wait, None when more places alone would not do it.
    """

    role: Role
    places: int | None
    taken: int
    new: int
    placed: int
    promoted: int
    waiting_before: int
    enough: int | None

    @property
    def waits(self) -> int:
        """How many of the file go to the waitlist."""
        return self.new - self.placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Allotment:
    roles: tuple[Allotted, ...]
    placed: frozenset[int]
    """The rows that get a place."""

    @property
    def promoted(self) -> int:
        """How many people who wait today get a place."""
        return sum(one.promoted for one in self.roles)


def allot(
    rooms: Sequence[Room],
    mentors: int,
    newcomers: Sequence[tuple[int, Role]],
    *,
    raised: frozenset[Role] = frozenset(),
    promotes: bool = True,
) -> Allotment:
    """Return who gets a place; ``newcomers`` are (row, role), ``raised`` roles get enough places.

    ``promotes`` is whether places go to who waits at all: not once an event has begun.
    """
    placed: set[int] = set()
    roles: list[Allotted] = []
    for room in sorted(rooms, key=lambda one: one.role is not Role.MENTOR):
        rows = [row for row, role in newcomers if role is room.role]
        one = _allot_role(room, mentors, len(rows), is_raised=room.role in raised)
        if not promotes:
            fits = min(one.new, one.placed + one.promoted)
            one = replace(one, promoted=0, placed=fits)
        placed.update(rows[: one.placed])
        if room.role is Role.MENTOR:
            mentors += one.placed
        roles.append(one)
    return Allotment(roles=tuple(roles), placed=frozenset(placed))


def _allot_role(room: Room, mentors: int, new: int, *, is_raised: bool) -> Allotted:
    enough = room.taken + room.waiting + new
    places = room.places
    if is_raised and places is not None:
        places = max(places, enough)
    most = limit(places, room.per_mentor, mentors)
    free = enough if most is None else max(0, most - room.taken)
    promoted = min(room.waiting, free)
    by_mentors = limit(None, room.per_mentor, mentors)
    can_raise = room.places is not None and (by_mentors is None or by_mentors >= enough)
    return Allotted(
        role=room.role,
        places=places,
        taken=room.taken,
        new=new,
        placed=min(new, free - promoted),
        promoted=promoted,
        waiting_before=room.waiting,
        enough=enough if can_raise else None,
    )
