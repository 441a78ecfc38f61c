"""What is held about people: why, on what ground, who reads it, how long. One list for all pages.

Each entry names its columns; a test finds the column that neither an entry nor
``impersonal.COLUMNS`` names.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.enums import ConsentKind, Role


class Basis(StrEnum):
    """On what ground it is held (GDPR, article 6)."""

    CONSENT = "your yes"
    CONTRACT = "giving you what you signed up for"
    DUTY = "what the law asks for"
    INTEREST = "keeping the service honest and safe"


class Kept(StrEnum):
    """How long it is held."""

    EVENT = "until {until}"
    COUNTED = "until {until}; after that it is counted, without anything that says who"
    MAIL = "its text 30 days, to whom and when until {until}"
    LETTER = "30 days"
    HOURS_24 = "24 hours"
    ACCOUNT = "as long as the account is there"
    INVITATION = "30 days after it ended"
    LOG = "what happened stays; what it says about you until {until}"
    ALWAYS = "as long as this installation, to repeat an erasure on a restored copy"


class Whom(StrEnum):
    PARTICIPANT = "participants"
    ORGANISER = "organisers"


ANYBODY = "Anybody, on the event's page"
TABLES = "People at your tables"
MENTORS = "Your mentors, before the event"
CALENDARS = "Calendars of people at your tables"
ORGANISERS = "The organisers"
HELPERS = "Helpers on the day, by a link that expires"
OWNERS = "Owners of the organisation only, on a page that logs each look"
NOBODY = "Nobody but you"
EVENTS_OWN_TIME = "some days after the event, which its sign-up form names"
SERVER = "Whoever runs this server"
TEAM = "The organisers of your organisation"
MAILBOX = "You, in your mailbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who reads it; with ``if_yes`` only when the person said so."""

    who: str
    if_yes: ConsentKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that is held, with the columns it is held in."""

    what: str
    columns: tuple[str, ...]
    why: str
    basis: Basis
    kept: Kept
    readers: tuple[Reader, ...]
    roles: frozenset[Role] = frozenset(Role)
    whom: Whom = Whom.PARTICIPANT


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEntry:
    """An entry as it holds for one person. ``unread_by`` would read it, had they said yes."""

    what: str
    why: str
    readers: tuple[str, ...]
    unread_by: tuple[str, ...]
    until: str


def own_entries(
    entries: Collection[Entry], *, role: Role, consents: Collection[ConsentKind], until: str
) -> tuple[OwnEntry, ...]:
    """Return the entries that are about a participant of a role who said these yeses."""
    return tuple(
        own_entry(entry, consents=consents, until=until)
        for entry in entries
        if entry.whom is Whom.PARTICIPANT and role in entry.roles
    )


def own_entry(entry: Entry, *, consents: Collection[ConsentKind], until: str) -> OwnEntry:
    """Return an entry as it holds for somebody who said these yeses."""
    reads = tuple(
        reader.who for reader in entry.readers if reader.if_yes is None or reader.if_yes in consents
    )
    return OwnEntry(
        what=entry.what,
        why=entry.why,
        readers=reads or (NOBODY,),
        unread_by=tuple(one.who for one in entry.readers if one.who not in reads),
        until=entry.kept.value.format(until=until),
    )


def readers_of_answer(*, is_private: bool) -> tuple[Reader, ...]:
    """Return who reads the answer to an organiser's own question."""
    return (Reader(who=OWNERS),) if is_private else (Reader(who=ORGANISERS),)
