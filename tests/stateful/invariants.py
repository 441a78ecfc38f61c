"""I1 to I7 of one event: what must hold after every step, and between one step and the next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from math import floor
from typing import Any

from icalendar import Calendar
from sqlalchemy import Row

from app.enums import InviteState, Method, OutboxState, Role, SignUpState
from tests.stateful.facts import Facts, SignUpFact
from tests.stateful.model import TAKES, Entry, Model
from tests.stateful.world import SEATS

S = SignUpState
TELLS = {
    S.OFFERED: {"offered"},
    S.PLACED: {"welcome"},
    S.WITHDRAWN: {"withdrawn", "cancelled"},
}
"""Which mail, exactly one of them, tells somebody what they are now."""
_LINE = re.compile(r"Round (\d+): Table (\d+)")


def as_the_model_says(now: Facts, model: Model) -> None:
    """Everybody is in the state that the model has them in, who was erased too."""
    found = [(_name(fact), _entry(fact)) for fact in now.sign_ups.values()]
    wanted = [*model.people.items(), *(("", entry) for entry in model.erased)]
    assert _in_order(found) == _in_order(wanted)
    assert now.starts_at == model.starts_at
    places = {role: number for role, (number, _) in now.places.items()}
    assert places == model.capacity
    assert now.places[Role.MENTEE][1] == model.per_mentor


def _in_order(people: Iterable[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    """Return people as they came; who asked twice may have left a number out."""
    line = sorted(people, key=lambda one: one[1].seq)
    return [(name, replace(entry, seq=at)) for at, (name, entry) in enumerate(line)]


def _name(fact: SignUpFact) -> str:
    return "" if fact.is_erased else fact.address.split("@", maxsplit=1)[0]


def _entry(fact: SignUpFact) -> Entry:
    return Entry(
        role=fact.role,
        seq=fact.seq,
        state=fact.state,
        is_confirmed=fact.is_confirmed,
        held_until=fact.held_until,
        offered_until=fact.offered_until,
    )


def _erased(now: Facts) -> set[int]:
    """Return the people of whom nothing is left to look at."""
    return {fact.person_id for fact in now.sign_ups.values() if fact.is_erased}


def i1_places(before: Facts, now: Facts, at: datetime, *, confirms: bool) -> None:
    """No place too many is given, and none is free while somebody waits who could have it."""
    for role, (places, per_mentor) in now.places.items():
        limit = _limit(now, places, per_mentor)
        if limit is None:
            assert not _eligible(now, role, confirms=confirms)
            continue
        taking = {fact.id for fact in now.sign_ups.values() if _takes(fact, role)}
        before_taking = {fact.id for fact in before.sign_ups.values() if _takes(fact, role)}
        if len(taking) > limit:  # the limit was lowered: nobody loses a place, nobody gets one
            assert taking <= before_taking, "oversold"
        if len(taking) < limit and at < now.starts_at:
            assert not _eligible(now, role, confirms=confirms), "a free place, and somebody waits"


def _limit(now: Facts, places: int | None, per_mentor: float | None) -> int | None:
    if per_mentor is None:
        return places
    mentors = [
        fact
        for fact in now.sign_ups.values()
        if fact.role is Role.MENTOR and fact.state is S.PLACED
    ]
    most = floor(per_mentor * len(mentors))
    return most if places is None else min(places, most)


def _takes(fact: SignUpFact, role: Role) -> bool:
    return fact.role is role and fact.state in TAKES


def _eligible(now: Facts, role: Role, *, confirms: bool) -> list[SignUpFact]:
    return [
        fact
        for fact in now.sign_ups.values()
        if fact.role is role and fact.state is S.WAITING and (fact.is_confirmed or not confirms)
    ]


def i2_first_come(before: Facts, now: Facts, *, confirms: bool) -> None:
    """Nobody gets a place past somebody who waited before them, and waits still."""
    for role in now.places:
        waits = [
            fact.seq
            for fact in _eligible(now, role, confirms=confirms)
            if fact.id in before.sign_ups
            and before.sign_ups[fact.id].state is S.WAITING
            and before.sign_ups[fact.id].is_confirmed is fact.is_confirmed
        ]
        got = [
            fact.seq
            for fact in now.sign_ups.values()
            if fact.role is role
            and fact.state in {S.OFFERED, S.PLACED}
            and fact.id in before.sign_ups
            and before.sign_ups[fact.id].state is S.WAITING
        ]
        assert max(got, default=0) < min(waits, default=max(got, default=0) + 1)


def i3_seats(before: Facts, now: Facts) -> None:
    """Published versions stay what they are; in none is a table too full or somebody twice."""
    for version, seats in before.versions.items():
        assert now.versions[version] == seats, "a published version was changed"
    for version in now.versions.keys() - before.versions.keys():
        seats = now.versions[version]
        assert max(Counter((s, r) for s, r, _ in seats).values(), default=0) <= 1
        loads = Counter((r, t) for _, r, t in seats)
        assert max(loads.values(), default=0) <= SEATS
        if _is_moved(now, version):  # without whom left and asked again: they are planned anew
            assert seats <= now.versions[version - 1]
            continue
        hosts = {s for s, _, _ in seats if now.sign_ups[s].role is Role.MENTOR}
        assert {(r, t) for s, r, t in seats if s in hosts} == set(loads), "a table without a mentor"
        assert {s for s, _, _ in seats} <= now.sign_ups.keys()


def _is_moved(now: Facts, version: int) -> bool:
    """Return whether a version is the one before at other times."""
    return any(
        row.what == "schedule moved" and row.detail["version"] == version for row in now.audit
    )


def i3_apart(now: Facts, pairs: Iterable[tuple[str, str]]) -> None:
    """In the newest version no two sit together whom one of them asked to keep apart."""
    at: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for sign_up, round_, table in now.versions[now.version]:
        at[_name(now.sign_ups[sign_up])].add((round_, table))
    for one, other in pairs:
        assert not at[one] & at[other], f"{one} sits with {other}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one calendar message says; ``lines`` are its rounds with their tables."""

    method: str
    uid: str
    sequence: int
    stamp: datetime
    span: tuple[datetime, datetime]
    lines: frozenset[tuple[int, int]]


def _told(row: Row[Any], known: dict[str, Told] = {}) -> Told:  # noqa: B006 -- a memory
    """Return what a row says; or said, before somebody whom it names was erased."""
    if row.message_id not in known:
        known[row.message_id] = _parse(row.calendar)
    return known[row.message_id]


def _parse(text: str) -> Told:
    calendar = Calendar.from_ical(text)
    [entry] = calendar.walk("VEVENT")
    lines = _LINE.findall(str(entry.get("DESCRIPTION", "")))
    return Told(
        method=str(calendar["METHOD"]),
        uid=str(entry["UID"]),
        sequence=entry["SEQUENCE"],
        stamp=entry["DTSTAMP"].dt,
        span=(entry["DTSTART"].dt, entry["DTEND"].dt),
        lines=frozenset((int(number), int(table)) for number, table in lines),
    )


def i4_calendar(now: Facts) -> None:
    """One UID a person; SEQUENCE and DTSTAMP as RFC 5546 wants them, message by message."""
    owners = {row.uid: now.sign_ups[sign_up].person_id for sign_up, row in now.invites.items()}
    assert len(owners) == len(now.invites)
    erased = _erased(now)
    last: dict[str, Told] = {}
    for row in now.outbox:
        if row.uid is None or row.person_id in erased:
            continue
        told = _told(row)
        assert owners[row.uid] == row.person_id
        assert (told.method, told.uid, told.sequence) == (row.method, row.uid, row.sequence)
        if row.uid in last:
            _follows(last[row.uid], told)
        else:
            assert (told.method, told.sequence) == ("REQUEST", 0)
        last[row.uid] = told


def _follows(before: Told, told: Told) -> None:
    assert told.stamp > before.stamp
    assert "REQUEST" in {before.method, told.method}, "cancelled twice"
    rises = "CANCEL" in {before.method, told.method} or told.span != before.span
    assert told.sequence == before.sequence + rises


def i5_calendars(now: Facts) -> None:
    """Each calendar, after all its messages, says what is published, and nothing else."""
    erased = _erased(now)
    mails = [row for row in now.outbox if row.uid is not None and row.person_id not in erased]
    last = {row.uid: _told(row) for row in mails}
    seats = _seats_still_theirs(now)
    for fact in now.sign_ups.values():
        row = now.invites.get(fact.id)
        if fact.is_erased:
            is_live = row is not None and row.state is InviteState.LIVE
            assert is_live <= (fact.state is S.PLACED)  # erased after it began: nothing to cancel
            continue
        told = None if row is None else last.get(row.uid)
        knows = told is not None and told.method == "REQUEST"
        assert knows == (row is not None and row.state is InviteState.LIVE)
        if not knows:
            has_seat = fact.state is S.PLACED and seats[fact.id]
            assert not has_seat, f"{fact.name} has a seat and was not told"
            continue
        assert fact.state is S.PLACED, f"{fact.name} is {fact.state}, with a calendar entry"
        assert told.span == (now.starts_at, now.ends_at)
        assert told.lines == seats[fact.id]
        assert (row.sequence, row.told_version <= now.version) == (told.sequence, True)


def _seats_still_theirs(now: Facts) -> dict[int, set[tuple[int, int]]]:
    """Return the newest seats as numbers of round and table, by sign-up.

    They are not theirs any more who left and asked again after the plan was made.
    """
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    rounds = now.rounds.get(now.version, ())
    numbers = {round_id: at for at, (round_id, _, _) in enumerate(rounds, start=1)}
    asked_at = {round_id: now.planned_at[run_id] for round_id, _, run_id in rounds}
    for sign_up, round_, table in now.versions.get(now.version, ()):
        if now.sign_ups[sign_up].created_at <= asked_at[round_]:
            found[sign_up].add((numbers[round_], now.tables[table]))
    return found


def i5_dropped(now: Facts) -> None:
    """What was not sent after all is said by a message behind it."""
    erased = _erased(now)
    for at, row in enumerate(now.outbox):
        is_erased = row.person_id in erased
        if row.state is OutboxState.DROPPED and not is_erased:
            later = [other for other in now.outbox[at + 1 :] if other.person_id == row.person_id]
            if row.uid is None:
                assert "cancelled" in {other.kind for other in later}
            else:
                assert row.method is Method.REQUEST
                sequences = [other.sequence for other in later if other.uid == row.uid]
                assert max(sequences) > row.sequence


def i5_readers(before: Facts, now: Facts) -> None:
    """Every message goes to its own person, and tells them once what they became in this step."""
    addresses = {f.person_id: f.address for f in now.sign_ups.values() if not f.is_erased}
    for row in now.outbox:
        assert addresses.get(row.person_id, row.to_address) == row.to_address
    fresh = now.outbox[len(before.outbox) :]
    kinds = Counter(
        (row.person_id, row.kind) for row in fresh if row.state is not OutboxState.DROPPED
    )
    for fact in now.sign_ups.values():
        was = before.sign_ups.get(fact.id)
        if fact.state in TELLS and (was is None or was.state is not fact.state):
            told = sum(kinds[fact.person_id, kind] for kind in TELLS[fact.state])
            assert told == 1, f"{fact.name} is {fact.state} and was told {told} times"


def i7_audit(before: Facts, now: Facts) -> None:
    """Whatever changed has its entry, and nothing has one that did not change."""
    fresh = now.audit[len(before.audit) :]
    kept = now.audit[: len(before.audit)]
    if not any(row.what == "person erased" for row in fresh):  # which takes out what was theirs
        assert kept == before.audit, "the record was rewritten"
    assert [row.what for row in kept] == [row.what for row in before.audit]
    assert {row.organisation_id for row in fresh} <= {now.organisation_id}
    assert all(row.actor for row in fresh)
    noted = {row.detail["sign_up_id"] for row in fresh if "sign_up_id" in row.detail}
    assert noted == {
        fact.id for fact in now.sign_ups.values() if fact != before.sign_ups.get(fact.id)
    }
    said = Counter(row.what for row in fresh)
    assert said["schedule published"] + said["schedule moved"] == now.version - before.version
    assert said["event moved"] == (now.starts_at != before.starts_at)
    assert bool(said["capacity changed"]) >= (now.places != before.places)


def i6_untouched(before: Facts, now: Facts) -> None:
    """Nothing of an event changes by what is done to another organisation's."""
    assert now == before
