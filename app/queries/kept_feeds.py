"""Feeds kept in memory: written anew only when a fact that their bytes depend on has changed.

Calendars ask every hour, most of them for nothing new. The facts are read each time, so that a
process never answers with what another one has changed meanwhile; what is saved is the writing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from threading import Lock

from sqlalchemy.orm import Session

from app.queries import calendar, feed_facts
from app.queries.calendar import Feed
from app.queries.feed_facts import Fact, Watched
from config import Config

MOST = 4096
"""Feeds kept at once, of a few kilobytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A written feed with the facts it was written from."""

    facts: tuple[Fact, ...]
    feed: Feed
    etag: str
    watched: Watched | None = None

    @property
    def content(self) -> bytes:
        """The feed's bytes."""
        return self.feed.content


class FeedCache:
    """The feeds asked for last; safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Hashable) -> Kept | None:
        """Return what was kept last under a key."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        return kept

    def keep(self, key: Hashable, kept: Kept) -> Kept:
        """Keep a feed; the one not asked for longest goes when there are too many."""
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept


def of_person(
    session: Session, person_id: int, *, settings: Config, now: datetime, cache: FeedCache
) -> Kept:
    """Return a person's feed with its ETag, written anew only if it may have changed."""
    key = ("person", person_id)
    known = cache.find(key)
    head = feed_facts.read_head(session, person_id)
    if known is not None and known.watched is not None and known.facts[0] == head.facts:
        watched = known.watched
    else:
        watched = feed_facts.find_watched(session, head.sign_up_id)
    return of_facts(
        key,
        (head.facts, *feed_facts.read_watched(session, watched)),
        lambda: calendar.person_feed(session, person_id, settings=settings, now=now),
        now=now,
        cache=cache,
        watched=watched,
    )


def of_facts(
    key: Hashable,
    facts: tuple[Fact, ...],
    write: Callable[[], Feed],
    *,
    now: datetime,
    cache: FeedCache,
    watched: Watched | None = None,
) -> Kept:
    """Return what was kept under a key if it was written from these facts, else what is written.

    The facts are read before the feed is written: should a change come in between, they are the
    older ones, and the next one to ask has it written again.
    """
    known = cache.find(key)
    if known is not None and known.facts == facts and known.feed.is_still_good(now):
        return known
    feed = write()
    return cache.keep(key, Kept(facts=facts, feed=feed, etag=etag_of(feed), watched=watched))


def etag_of(feed: Feed) -> str:
    """Return the hash of a feed's bytes: a strong ETag."""
    return sha256(feed.content).hexdigest()
