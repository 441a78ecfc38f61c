"""Who may have signed up twice: the same name at the same place, or nearly the same address.

Nothing is decided here. It errs on the side of asking, and asks about nobody twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations
from typing import Protocol

from app.services.folding import folded

SHARED = frozenset(
    {"admin", "contact", "education", "hello", "info", "mail", "mentoring", "office"}
    | {"postmaster", "reception", "secretary", "secretariat", "team", "training"}
)
"""Local parts of mailboxes that several people read."""
SHORTEST_LOCAL = 5
ALIKE = 0.85
MOST_OF_A_KEY = 8
"""So many people under one key are no duplicates but a pattern, such as numbered test accounts."""
_WORD = re.compile(r"\w+")


class Why(StrEnum):
    """What two sign-ups have in common."""

    NAME_AND_PLACE = "same name and place of work"
    NAME_AND_ADDRESS = "same name, nearly the same address"
    MAILBOX = "same mailbox, written differently"
    LOCAL_PART = "same address at another provider"


class Somebody(Protocol):
    """What is compared of a person."""

    @property
    def sign_up_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def affiliation(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sign-ups that may be one person, the earlier one first."""

    one: int
    other: int
    why: Why


def find(
    people: Iterable[Somebody], told_apart: Collection[frozenset[int]] = frozenset()
) -> tuple[Pair, ...]:
    """Return the pairs that look like one person, surest first; each pair once."""
    everybody = list(people)
    found: dict[frozenset[int], Pair] = {}
    for why, one, other in _candidates(everybody):
        ids = frozenset({one.sign_up_id, other.sign_up_id})
        if ids in told_apart or ids in found:
            continue
        found[ids] = Pair(one=min(ids), other=max(ids), why=why)
    order = list(Why)
    return tuple(sorted(found.values(), key=lambda pair: (order.index(pair.why), pair.one)))


def _candidates(people: list[Somebody]) -> Iterator[tuple[Why, Somebody, Somebody]]:
    by_mailbox: dict[str, list[Somebody]] = {}
    by_name: dict[str, list[Somebody]] = {}
    by_local: dict[str, list[Somebody]] = {}
    for person in people:
        local, domain = mailbox(person.email)
        by_mailbox.setdefault(f"{local}@{domain}", []).append(person)
        by_name.setdefault(name_key(person.name), []).append(person)
        if len(local) >= SHORTEST_LOCAL and local not in SHARED:
            by_local.setdefault(local, []).append(person)
    for one, other in _pairs(by_name):
        why = _of_one_name(one, other)
        if why is not None:
            yield why, one, other
    for one, other in _pairs(by_mailbox):
        yield Why.MAILBOX, one, other
    for one, other in _pairs(by_local):
        yield Why.LOCAL_PART, one, other


def _pairs(groups: dict[str, list[Somebody]]) -> Iterator[tuple[Somebody, Somebody]]:
    for key, group in groups.items():
        if key and 1 < len(group) <= MOST_OF_A_KEY:
            yield from combinations(group, 2)


def _of_one_name(one: Somebody, other: Somebody) -> Why | None:
    places = {name_key(one.affiliation), name_key(other.affiliation)}
    if len(places) == 1 or "" in places:
        return Why.NAME_AND_PLACE
    alike = SequenceMatcher(None, one.email.casefold(), other.email.casefold()).ratio()
    return Why.NAME_AND_ADDRESS if alike >= ALIKE else None


def name_key(name: str) -> str:
    """Return a name without accents, case, punctuation and order: "Turner, Lucy" is Lucy Turner."""
    return " ".join(sorted(_WORD.findall(folded(name))))


def mailbox(email: str) -> tuple[str, str]:
    """Return local part and domain as most providers read them: without dots and +labels."""
    local, _, domain = folded(email).rpartition("@")
    return local.partition("+")[0].replace(".", ""), domain
