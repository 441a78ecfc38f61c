"""What should happen to an event's sign-ups, in plain Python: no database, no mail, no planner.

Each verb returns the name of the error that must come, empty when there must be none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import floor

from app.enums import Role, SignUpState

S = SignUpState
TAKES = {S.HELD, S.PLACED, S.OFFERED}
OVER = {S.WITHDRAWN, S.RELEASED, S.REFUSED}


@dataclass
class Entry:
    role: Role
    seq: int
    state: SignUpState
    is_confirmed: bool = False
    held_until: datetime | None = None
    offered_until: datetime | None = None


@dataclass
class Model:
    now: datetime
    starts_at: datetime
    capacity: dict[Role, int | None]
    confirms: bool = True
    asks: bool = False
    per_mentor: float | None = None  # of mentees
    people: dict[str, Entry] = field(default_factory=dict)
    erased: list[Entry] = field(default_factory=list)
    roster: int = 0  # rises when a plan made before is of another roster
    next_seq: int = 1

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= self.now

    @property
    def everybody(self) -> list[Entry]:
        return [*self.people.values(), *self.erased]

    def names(self, *states: SignUpState) -> list[str]:
        return [name for name, entry in self.people.items() if entry.state in states]

    def admit(self, name: str, role: Role) -> Entry:
        """Begin with somebody who is known, confirmed and read already."""
        state = S.PLACED if self.has_room(role) else S.WAITING
        entry = Entry(role, self.next_seq, state, is_confirmed=True)
        self.next_seq += 1
        self.roster += state is S.PLACED
        self.people[name] = entry
        return entry

    def sign_up(self, name: str, role: Role) -> str:
        if self.has_begun:
            return "SignUpClosed"
        known = self.people.get(name)
        if known is not None and known.state not in {S.WITHDRAWN, S.RELEASED}:
            return ""
        wanted = S.ASKED if self.asks else S.PLACED if self.has_room(role) else S.WAITING
        entry = Entry(role, self.next_seq, wanted)
        self.next_seq += 1
        self.people[name] = entry
        if self.confirms:
            entry.held_until = min(self.now + timedelta(hours=48), self.starts_at)
            entry.state = S.HELD if wanted is S.PLACED else wanted
        self.roster += entry.state is S.PLACED
        self.promote()
        return ""

    def confirm(self, name: str) -> str:
        entry = self.people[name]
        if entry.is_confirmed:
            return "LinkExpired"
        if self.has_begun:
            return "TooLate"
        is_late = entry.held_until is not None and entry.held_until <= self.now
        if entry.state in OVER or is_late:
            return "LinkExpired"
        self.promote()
        entry.is_confirmed, entry.held_until = True, None
        if entry.state is S.HELD or (entry.state is S.WAITING and self.has_room(entry.role)):
            self.place(entry)
        return ""

    def approve(self, name: str) -> str:
        entry = self.people[name]
        if entry.state not in {S.ASKED, S.REFUSED}:
            return "StaleVersion" if entry.state in OVER else ""
        if self.has_begun:
            return "TooLate"
        if self.confirms and not entry.is_confirmed:
            return "NotConfirmed"
        self.promote()
        entry.state = S.WAITING
        if self.has_room(entry.role):
            self.place(entry)
        return ""

    def refuse(self, name: str) -> str:
        entry = self.people[name]
        if entry.state not in {S.ASKED, S.REFUSED}:
            return "StaleVersion"
        entry.state, entry.held_until = S.REFUSED, None
        return ""

    def edit(self, name: str) -> str:
        entry = self.people[name]
        if entry.state in OVER:
            return "TooLate"
        if self.has_begun:
            return "SignUpClosed"
        self.roster += entry.state is S.PLACED
        return ""

    def withdraw(self, name: str) -> str:
        entry = self.people[name]
        if entry.state in OVER:
            return ""
        if self.has_begun:
            return "TooLate"
        self.leave(entry, S.WITHDRAWN)
        return ""

    def erase(self, name: str) -> str:
        entry = self.people.pop(name)
        self.erased.append(entry)
        if not self.has_begun and entry.state not in OVER:
            self.leave(entry, S.WITHDRAWN)
        return ""

    def accept(self, name: str) -> str:
        entry = self.people[name]
        if entry.state is S.PLACED:
            return ""
        is_good = entry.offered_until is not None and entry.offered_until > self.now
        if self.has_begun or not is_good:
            return "TooLate"
        self.place(entry)
        return ""

    def set_capacity(self, role: Role, places: int | None, per_mentor: float | None) -> str:
        self.capacity[role] = places
        if role is Role.MENTEE:
            self.per_mentor = per_mentor
        self.promote()
        return ""

    def move(self, to: datetime) -> str:
        if to <= self.now:
            return "InvalidInput"
        self.starts_at = to
        self.promote()
        return ""

    def tick(self) -> None:
        """Free what was held or offered too long."""
        late = [
            entry
            for entry in self.everybody
            if entry.state not in OVER
            and any(
                until is not None and until <= self.now
                for until in (entry.held_until, entry.offered_until)
            )
        ]
        for entry in late:
            entry.state, entry.held_until, entry.offered_until = S.RELEASED, None, None
        if late:
            self.promote()

    def place(self, entry: Entry) -> None:
        entry.state, entry.offered_until = S.PLACED, None
        self.roster += 1
        self.promote()

    def leave(self, entry: Entry, state: SignUpState) -> None:
        self.roster += entry.state is S.PLACED
        entry.state, entry.held_until, entry.offered_until = state, None, None
        self.promote()

    def limit(self, role: Role) -> int | None:
        places = self.capacity[role]
        if role is not Role.MENTEE or self.per_mentor is None:
            return places
        mentors = [e for e in self.everybody if e.role is Role.MENTOR and e.state is S.PLACED]
        most = floor(self.per_mentor * len(mentors))
        return most if places is None else min(most, places)

    def has_room(self, role: Role) -> bool:
        limit = self.limit(role)
        taken = sum(e.role is role and e.state in TAKES for e in self.everybody)
        return limit is None or taken < limit

    def promote(self) -> None:
        """Give every free place to the first who waits and whose address is confirmed."""
        for entry in sorted(self.everybody, key=lambda entry: entry.seq):
            waits = entry.state is S.WAITING and (entry.is_confirmed or not self.confirms)
            if not waits or self.has_begun or not self.has_room(entry.role):
                continue
            if not self.confirms:
                self.place(entry)
            else:
                entry.state = S.OFFERED
                entry.offered_until = min(self.now + timedelta(hours=24), self.starts_at)
