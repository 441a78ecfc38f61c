from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.errors import InvalidInput, NotFound
from app.models import ApiToken, AuditEntry
from app.services import api_tokens
from app.services.api_tokens import REQUESTS, TooManyRequests
from app.tenancy import UNSCOPED
from tests.builders import make_organiser


def make(
    session: Session,
    now: datetime,
    *,
    name: str = "website",
    may_write: bool = False,
    expires_at: datetime | None = None,
) -> tuple[str, ApiToken]:
    owner = make_organiser(session, email=f"{name}@example.org")
    token = api_tokens.make(
        session,
        owner.organisation_id,
        name=name,
        may_write=may_write,
        expires_at=expires_at,
        now=now,
        organiser_id=owner.id,
    )
    return token, session.scalars(select(ApiToken).order_by(ApiToken.id.desc())).first()


def test_make_keeps_a_hash_and_records_who_made_it(session: Session, now: datetime) -> None:
    token, row = make(session, now, may_write=True)

    entry = session.scalars(select(AuditEntry)).one()
    assert token.startswith("rb_")
    assert len(token) == 46
    assert token.encode() not in row.token_hash
    assert (row.may_write, row.last_used_at, row.revoked_at) == (True, None, None)
    assert (entry.what, entry.detail) == (
        "API key made",
        {"api_token": row.id, "may_write": True},
    )


def test_use_says_whose_it_is_and_notes_the_time_once_a_minute(
    session: Session, now: datetime
) -> None:
    token, row = make(session, now)

    found = api_tokens.use(session, token, now=now)
    api_tokens.use(session, token, now=now + timedelta(seconds=59))
    first = row.last_used_at
    api_tokens.use(session, token, now=now + timedelta(seconds=60))

    assert found is not None
    assert (found.id, found.organisation_id, found.may_write) == (
        row.id,
        row.organisation_id,
        False,
    )
    assert (first, row.last_used_at) == (now, now + timedelta(seconds=60))


@pytest.mark.parametrize("said", ["", "rb_", "rb_unknown", "x" * 10_000, "rb_ü"])
def test_use_knows_no_other_key(session: Session, now: datetime, said: str) -> None:
    make(session, now)

    assert api_tokens.use(session, said, now=now) is None


def test_use_ends_with_the_last_instant_and_with_revoking(session: Session, now: datetime) -> None:
    day = now + timedelta(days=1)
    token, row = make(session, now, expires_at=day)
    before = api_tokens.use(session, token, now=day - timedelta(seconds=1))
    after = api_tokens.use(session, token, now=day)
    api_tokens.revoke(session, row.organisation_id, row.id, now=now, organiser_id=1)

    assert (before is not None, after) == (True, None)
    assert api_tokens.use(session, token, now=now) is None


def test_revoke_twice_is_once_and_a_strangers_key_is_not_found(
    session: Session, now: datetime
) -> None:
    _, row = make(session, now)
    names = [
        api_tokens.revoke(session, row.organisation_id, row.id, now=now, organiser_id=1)
        for _ in range(2)
    ]

    what = [entry.what for entry in session.scalars(select(AuditEntry))]
    assert names == ["website", "website"]
    assert what == ["API key made", "API key revoked"]
    with pytest.raises(NotFound):
        api_tokens.revoke(session, row.organisation_id + 1, row.id, now=now, organiser_id=1)


def test_use_refuses_more_than_the_limit_until_the_minute_is_over(
    any_engine: Engine, now: datetime
) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        token, _ = make(session, now)
        other, _ = make(session, now, name="sheet")
        for _ in range(REQUESTS.tries):
            api_tokens.use(session, token, now=now)

        with pytest.raises(TooManyRequests) as caught:
            api_tokens.use(session, token, now=now)
        later = api_tokens.use(session, token, now=now + REQUESTS.window)
        others = api_tokens.use(session, other, now=now)

    assert caught.value.retry_after_s == 60
    assert (later is not None, others is not None) == (True, True)


@pytest.mark.parametrize(
    ("name", "days", "field"),
    [(" ", None, "name"), ("website", 0, "expires_on"), ("website", 800, "expires_on")],
)
def test_make_says_what_is_wrong(
    session: Session, now: datetime, name: str, days: int | None, field: str
) -> None:
    owner = make_organiser(session)
    expires_at = None if days is None else now + timedelta(days=days)

    with pytest.raises(InvalidInput) as caught:
        api_tokens.make(
            session,
            owner.organisation_id,
            name=name,
            may_write=False,
            expires_at=expires_at,
            now=now,
            organiser_id=owner.id,
        )

    assert list(caught.value.fields) == [field]
