from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import LinkPurpose
from app.errors import LinkExpired, NotFound
from app.models import AccessLink
from app.services import access, addresses
from config import ServerKey
from tests.builders import make_event, make_sign_up


def make_person_id(session: Session) -> int:
    return make_sign_up(session, make_event(session)).person_id


def test_link_for_gives_the_same_token_again(session: Session, key: bytes, now: datetime) -> None:
    person_id = make_person_id(session)

    first = access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=now)
    second = access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=now)

    assert first == second
    assert len(first) == 32


def test_link_for_never_stores_the_token(session: Session, key: bytes, now: datetime) -> None:
    token = access.link_for(session, make_person_id(session), LinkPurpose.FEED, key=key, now=now)

    (row,) = session.scalars(select(AccessLink)).all()

    assert token.encode() not in row.token_hash
    assert access.resolve(session, token, LinkPurpose.FEED, key=key, now=now) is row


def test_resolve_refuses_another_purpose(session: Session, key: bytes, now: datetime) -> None:
    token = access.link_for(session, make_person_id(session), LinkPurpose.FEED, key=key, now=now)

    with pytest.raises(NotFound):
        access.resolve(session, token, LinkPurpose.ACCESS, key=key, now=now)


def test_resolve_refuses_another_key(session: Session, key: bytes, now: datetime) -> None:
    token = access.link_for(session, make_person_id(session), LinkPurpose.ACCESS, key=key, now=now)

    with pytest.raises(NotFound):
        access.resolve(session, token, LinkPurpose.ACCESS, key=b"another key", now=now)


def test_resolve_refuses_a_late_link(session: Session, key: bytes, now: datetime) -> None:
    until = now + timedelta(hours=1)
    person_id = make_person_id(session)
    token = access.link_for(
        session, person_id, LinkPurpose.CONFIRM, key=key, now=now, expires_at=until
    )

    with pytest.raises(LinkExpired):
        access.resolve(session, token, LinkPurpose.CONFIRM, key=key, now=until)


def test_revoke_kills_the_old_token(session: Session, key: bytes, now: datetime) -> None:
    person_id = make_person_id(session)
    old = access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=now)
    link = access.resolve(session, old, LinkPurpose.ACCESS, key=key, now=now)

    new = access.revoke(session, link, key=key)

    assert access.resolve(session, new, LinkPurpose.ACCESS, key=key, now=now) is link
    with pytest.raises(NotFound):
        access.resolve(session, old, LinkPurpose.ACCESS, key=key, now=now)


def test_consume_works_once(session: Session, key: bytes, now: datetime) -> None:
    token = access.link_for(session, make_person_id(session), LinkPurpose.CONFIRM, key=key, now=now)
    link = access.resolve(session, token, LinkPurpose.CONFIRM, key=key, now=now)

    access.consume(session, link, now)

    with pytest.raises(LinkExpired):
        access.consume(session, link, now)


def test_link_of_an_older_key_opens_while_that_key_is_listed(
    session: Session, key: bytes, now: datetime
) -> None:
    person_id = make_person_id(session)
    old = access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=now)
    newer = ServerKey(b"the next key of the server, longer", (b"another", key))

    again = access.link_for(session, person_id, LinkPurpose.ACCESS, key=newer, now=now)

    assert again == old  # the mails people have and those to come name the same address
    assert access.person_of(session, old, key=newer, now=now) == person_id
    assert access.existing_token(session, person_id, LinkPurpose.ACCESS, key=newer) == old


def test_link_of_a_key_that_is_gone_is_made_anew(
    session: Session, key: bytes, now: datetime
) -> None:
    person_id = make_person_id(session)
    old = access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=now)
    newer = ServerKey(b"the next key of the server, longer")
    assert access.existing_token(session, person_id, LinkPurpose.ACCESS, key=newer) is None

    fresh = access.link_for(session, person_id, LinkPurpose.ACCESS, key=newer, now=now)

    assert access.person_of(session, fresh, key=newer, now=now) == person_id
    with pytest.raises(NotFound):
        access.resolve(session, old, LinkPurpose.ACCESS, key=newer, now=now)


def test_revoked_link_is_derived_with_the_newest_key(
    session: Session, key: bytes, now: datetime
) -> None:
    person_id = make_person_id(session)
    old = access.link_for(session, person_id, LinkPurpose.ACCESS, key=key, now=now)
    newer = ServerKey(b"the next key of the server, longer", (key,))
    link = access.resolve(session, old, LinkPurpose.ACCESS, key=newer, now=now)

    fresh = access.revoke(session, link, key=newer)

    assert fresh == access.derive(link, key=bytes(newer))
    with pytest.raises(NotFound):
        access.resolve(session, old, LinkPurpose.ACCESS, key=newer, now=now)


def test_link_for_a_reply_is_the_same_in_upper_case(
    session: Session, key: bytes, now: datetime
) -> None:
    person_id = make_person_id(session)

    token = access.link_for(session, person_id, LinkPurpose.REPLY, key=key, now=now)

    assert token == token.upper().lower()
    assert addresses.token_of(f"events+{token.upper()}@x.org", "events@x.org") == token


def test_ensure_makes_what_is_missing_and_the_same_tokens(
    session: Session, key: bytes, now: datetime
) -> None:
    both = (LinkPurpose.ACCESS, LinkPurpose.REPLY)
    people = [make_person_id(session) for _ in range(2)]
    known = access.link_for(session, people[0], LinkPurpose.ACCESS, key=key, now=now)
    wanted = [(person, purpose) for person in people for purpose in both]

    for _ in range(2):
        access.ensure(session, wanted, key=key, now=now)

    found = [access.existing_tokens(session, person, both, key=key) for person in people]
    made = [
        {name: access.link_for(session, person, name, key=key, now=now) for name in both}
        for person in people
    ]
    assert found == made
    assert found[0][LinkPurpose.ACCESS] == known
    assert len(session.scalars(select(AccessLink)).all()) == 4
