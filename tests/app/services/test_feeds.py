"""The address of an organiser's feed: one each, derived, made anew at will."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import FeedLink, Organiser
from app.services import feeds
from config import ServerKey
from tests.builders import make_organiser


@pytest.fixture
def organiser(session: Session) -> Organiser:
    return make_organiser(session)


def renew(session: Session, organiser: Organiser, key: bytes, now: datetime) -> str:
    return feeds.renew(session, organiser.id, organiser.organisation_id, key=key, now=now)


def test_link_is_the_same_each_time_and_is_kept_nowhere(
    session: Session, organiser: Organiser, key: bytes, now: datetime
) -> None:
    before = feeds.existing_token(session, organiser.id, key=key)

    token = feeds.link_for_organiser(session, organiser.id, key=key, now=now)

    assert before is None
    assert token == feeds.link_for_organiser(session, organiser.id, key=key, now=now)
    assert token == feeds.existing_token(session, organiser.id, key=key)
    assert feeds.resolve(session, token, key=key) == organiser.organisation_id
    assert token.encode() not in session.scalars(select(FeedLink.token_hash)).one()


def test_renewed_link_ends_the_old_one(
    session: Session, organiser: Organiser, key: bytes, now: datetime
) -> None:
    old = renew(session, organiser, key, now)

    new = renew(session, organiser, key, now)

    assert feeds.resolve(session, new, key=key) == organiser.organisation_id
    with pytest.raises(NotFound):
        feeds.resolve(session, old, key=key)
    with pytest.raises(NotFound):
        feeds.resolve(session, "x" * 32, key=key)


def test_link_of_a_closed_account_opens_nothing(
    session: Session, organiser: Organiser, key: bytes, now: datetime
) -> None:
    token = feeds.link_for_organiser(session, organiser.id, key=key, now=now)
    organiser.left_at = now
    session.flush()

    with pytest.raises(NotFound):
        feeds.resolve(session, token, key=key)


def test_link_outlives_a_change_of_the_key_while_the_old_one_is_listed(
    session: Session, organiser: Organiser, key: bytes, now: datetime
) -> None:
    token = feeds.link_for_organiser(session, organiser.id, key=key, now=now)
    changed = b"another key, of 32 characters too"

    listed = feeds.resolve(session, token, key=ServerKey(changed, (key,)))

    assert listed == organiser.organisation_id
    assert feeds.existing_token(session, organiser.id, key=changed) is None
    with pytest.raises(NotFound):
        feeds.resolve(session, token, key=changed)
    anew = feeds.link_for_organiser(session, organiser.id, key=changed, now=now)
    assert feeds.resolve(session, anew, key=changed) == organiser.organisation_id
