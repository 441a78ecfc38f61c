"""Fetching: one connection, one transaction a message, and no message that stops the next one."""

from __future__ import annotations

import logging
from datetime import timedelta

from app.db import unit_of_work
from app.errors import Busy, CannotStore
from app.jobs.runtime import Runtime
from app.mail.inbox import InboxError, InboxRefused, Letter, OpenInbox
from app.services import leases, replies

log = logging.getLogger(__name__)
LEASE = "inbox"
LEASE_FOR = timedelta(minutes=5)
"""Longer than anything takes for one message; it is renewed at each."""
BATCH = 200
MOST_BUSY = 3
"""Messages in a row that may find the database busy; then the rest waits for the next minute."""


def fetch(runtime: Runtime, owner: str) -> int:
    """Take what is in the mailbox; return how many messages that were.

    A message is put away after its transaction is committed: whoever dies in between takes it
    again, and knows it by its digest.
    """
    inbox = runtime.inbox
    if inbox is None or not _leads(runtime, owner):
        return 0
    try:
        return _work(runtime, inbox.open(), owner)
    except InboxError as error:
        log.warning("the mailbox could not be read: %s", error.message)
        return 0
    finally:
        inbox.close()
        with unit_of_work(runtime.session_factory) as session:
            leases.give_back(session, LEASE, owner=owner)


def _work(runtime: Runtime, box: OpenInbox, owner: str) -> int:
    taken = busy = 0
    for letter in box.letters():
        if taken >= BATCH or busy >= MOST_BUSY or not _leads(runtime, owner):
            break
        try:
            is_odd = _is_odd(runtime, letter)
        except (Busy, CannotStore) as error:
            log.warning("message %s waits: %s", letter.uid, error.message)
            busy += 1
            continue
        busy = 0
        taken += 1
        try:
            box.put_away(letter.uid, is_odd=is_odd)
        except InboxRefused as error:  # it comes again, and is known by its digest
            log.warning("message %s stays where it is: %s", letter.uid, error.message)
    return taken


def _is_odd(runtime: Runtime, letter: Letter) -> bool:
    """Take one message; return whether it went wrong in a way that trying again does not mend."""
    try:
        with unit_of_work(runtime.session_factory) as session:
            replies.take(
                session,
                letter.raw,
                now=runtime.clock(),
                settings=runtime.settings,
                key=runtime.key,
            )
    except (Busy, CannotStore):
        raise
    except Exception:
        log.exception("message %s is set aside, flagged: it could not be taken", letter.uid)
        return True
    return False


def _leads(runtime: Runtime, owner: str) -> bool:
    with unit_of_work(runtime.session_factory) as session:
        return leases.take(session, LEASE, owner=owner, now=runtime.clock(), lasts=LEASE_FOR)
