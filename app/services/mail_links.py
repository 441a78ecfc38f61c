"""The addresses that a mail's placeholders stand for, found at the moment it leaves.

``{{link:access}}`` is the reader's own page, ``{{link:invitation:17}}`` a one-time link of an
organiser, ``{{reply}}`` in an invite the address that its reader answers to. No token is stored
with a mail; a preview makes no link that is not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import LinkPurpose
from app.mail.message import check_address
from app.models import OutboxMessage
from app.services import access, accounts
from app.services import addresses as spelling
from config import Config

_PLACEHOLDER = re.compile(r"\{\{link:([a-z]+(?::[0-9]+)?)((?:/[a-z.]+)*)\}\}")
_PATHS = {
    LinkPurpose.CONFIRM: "/c/{}",
    LinkPurpose.ACCESS: "/me/{}",
    LinkPurpose.FEED: "/feed/{}.ics",
    LinkPurpose.UNSUBSCRIBE: "/u/{}",
}
_ONE_TIME_PATHS = {"invitation": "/welcome/{}", "password": "/reset/{}"}


def stand_ins(base_url: str) -> dict[str, str]:
    """Return where links would begin, for a mail that is only looked at and is nobody's."""
    return {str(purpose): base_url + path.format("…") for purpose, path in _PATHS.items()}


def fill(text: str, links: Mapping[str, str]) -> str:
    """Return a text with each placeholder replaced by its address."""
    return _PLACEHOLDER.sub(
        lambda found: links[found[1]] + found[2] if found[1] in links else found[0], text
    )


def make_ready(
    session: Session,
    rows: Iterable[OutboxMessage],
    *,
    now: datetime,
    settings: Config,
    key: bytes,
) -> None:
    """Make the links that several mails will bring, in a few statements for all of them."""
    wanted: set[tuple[int, LinkPurpose]] = set()
    for row in rows:
        if row.person_id is not None:
            wanted.update((row.person_id, purpose) for purpose in _purposes(row))
            if settings.takes_replies and row.calendar is not None:
                wanted.add((row.person_id, LinkPurpose.REPLY))
    if wanted:
        access.ensure(session, wanted, key=key, now=now)


def addresses(
    session: Session,
    row: OutboxMessage,
    *,
    now: datetime,
    settings: Config,
    key: bytes,
    is_preview: bool = False,
) -> dict[str, str]:
    """Return the address of each placeholder in a mail; without a token it is the front page."""
    purposes = _purposes(row)
    found = dict.fromkeys(map(str, purposes), settings.base_url)
    if row.person_id is not None and purposes:
        tokens = access.existing_tokens(session, row.person_id, purposes, key=key)
        for purpose in purposes:
            token = tokens.get(purpose)
            if token is None and not is_preview:
                token = access.link_for(session, row.person_id, purpose, key=key, now=now)
            if token is not None:
                found[purpose] += _PATHS[purpose].format(token)
    for kind, number in _one_time(row):
        token = accounts.mailed_token(session, kind, number, key=key)
        path = "" if token is None else _ONE_TIME_PATHS[kind].format(token)
        found[f"{kind}:{number}"] = settings.base_url + path
    return found


def reply_address(
    session: Session,
    row: OutboxMessage,
    *,
    now: datetime,
    settings: Config,
    key: bytes,
    is_preview: bool = False,
) -> str:
    """Return where the answer to an invite goes: the sender itself where nobody reads answers."""
    token = None
    if settings.takes_replies and row.person_id is not None:
        token = (
            access.existing_token(session, row.person_id, LinkPurpose.REPLY, key=key)
            if is_preview
            else access.link_for(session, row.person_id, LinkPurpose.REPLY, key=key, now=now)
        )
    plain = settings.mail_from
    return check_address(plain if token is None else spelling.reply_address(plain, token))


def is_spent(session: Session, row: OutboxMessage, *, key: bytes) -> bool:
    """Return whether a mail brings a one-time link that no longer opens anything."""
    return any(
        accounts.mailed_token(session, kind, number, key=key) is None
        for kind, number in _one_time(row)
    )


def _purposes(row: OutboxMessage) -> list[LinkPurpose]:
    return [LinkPurpose(name) for name in _names(row) if name in set(_PATHS)]


def _one_time(row: OutboxMessage) -> Iterator[tuple[str, int]]:
    """Find one-time links, in mail to organisers only: no event's text may bring one about."""
    if row.organisation_id is None or row.event_id is not None or row.person_id is not None:
        return
    for name in _names(row):
        kind, _, number = name.partition(":")
        if kind in _ONE_TIME_PATHS and number:
            yield kind, int(number)


def _names(row: OutboxMessage) -> list[str]:
    return sorted({found[1] for found in _PLACEHOLDER.finditer(row.text + row.html)})
