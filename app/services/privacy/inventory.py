"""What is held about people: why, on what ground, who reads it, how long. One list for all pages.

Each entry names its columns; a test finds the column that neither an entry nor
``impersonal.COLUMNS`` names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
NAMES_GO = "the names go"
"""For an event that is not known: its form says how many days after it that is."""
SERVER = "Whoever runs this server"
TEAM = "The organisers of your organisation"
MAILBOX = "You, in your mailbox"
NOT_READ: Mapping[ConsentKind | None, str] = {
    ConsentKind.QUESTION: "Not your mentors beforehand",
    ConsentKind.NAME: "Not calendars of others",
    ConsentKind.LISTED: "Not the event's public page",
}
"""What stays away without a yes."""


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
    is_told: bool = True  # the person said it; else it comes about by what they do here


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEntry:
    """An entry as it holds for one person; ``unread`` says who would read it after a yes."""

    what: str
    why: str
    readers: str
    unread: tuple[str, ...]
    until: str
    is_told: bool


def own_entries(
    entries: Collection[Entry],
    *,
    role: Role,
    asked: Collection[ConsentKind],
    agreed: Collection[ConsentKind],
    until: str,
) -> tuple[OwnEntry, ...]:
    """Return the entries that are about a participant of a role, who was asked and agreed so."""
    return tuple(
        own_entry(entry, asked=asked, agreed=agreed, until=until)
        for entry in entries
        if entry.whom is Whom.PARTICIPANT and role in entry.roles
    )


def own_entry(
    entry: Entry,
    *,
    asked: Collection[ConsentKind],
    agreed: Collection[ConsentKind],
    until: str,
) -> OwnEntry:
    """Return an entry as it holds for somebody who was asked for these yeses and said those."""
    reads = tuple(
        reader.who for reader in entry.readers if reader.if_yes is None or reader.if_yes in agreed
    )
    return OwnEntry(
        what=entry.what,
        why=entry.why,
        readers=in_words(reads),
        unread=tuple(
            NOT_READ[reader.if_yes]
            for reader in entry.readers
            if reader.if_yes in asked and reader.if_yes not in agreed
        ),
        until=entry.kept.value.format(until=until),
        is_told=entry.is_told,
    )


def in_words(readers: Sequence[str]) -> str:
    """Return who reads something, as one sentence without its full stop."""
    first, *others = readers or (NOBODY,)
    return "; ".join((first, *(f"{one[:1].lower()}{one[1:]}" for one in others)))


def readers_of_answer(*, is_private: bool) -> tuple[Reader, ...]:
    """Return who reads the answer to an organiser's own question."""
    return (Reader(who=OWNERS),) if is_private else (Reader(who=ORGANISERS),)
