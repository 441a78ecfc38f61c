from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import Base, make_session_factory, unit_of_work
from app.enums import Role
from app.models import Attempt, SignUp
from app.prepared import Prepared, run_together
from app.tenancy import UNSCOPED
from tests.builders import make_event, make_sign_up

ATTEMPT, EVENT, SIGN_UP = (Base.metadata.tables[name] for name in ("attempt", "event", "sign_up"))
AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def test_values_come_back_as_the_models_have_them(any_engine: Engine) -> None:
    read = Prepared(
        select(
            SIGN_UP.c.role,
            SIGN_UP.c.topics,
            SIGN_UP.c.created_at,
            EVENT.c.confirms_address,
            SIGN_UP.c.held_until,
        )
        .join(EVENT, EVENT.c.id == SIGN_UP.c.event_id)
        .where(SIGN_UP.c.id == bindparam("ours"), SIGN_UP.c.role == Role.MENTOR)
    )
    with unit_of_work(make_session_factory(any_engine, tenant=UNSCOPED)) as session:
        event = make_event(session)
        sign_up = make_sign_up(session, event, role=Role.MENTOR, topics=("Ärzte",), at=AT)
        session.flush()

        for _ in range(2):
            (row,) = read.run(session, {"ours": sign_up.id})
            assert tuple(row) == (Role.MENTOR, ["Ärzte"], AT, True, None)
            assert row.role is Role.MENTOR
        assert read.run(session, {"ours": 0}) == []


def test_rows_are_written_in_the_sessions_transaction(any_engine: Engine) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    write = Prepared(insert(ATTEMPT).returning(ATTEMPT.c.id), ("key", "at"))
    many = Prepared(insert(ATTEMPT), ("key", "at"))

    with unit_of_work(factory) as session:
        first = write.run(session, {"key": "a", "at": AT})[0].id
        many.run_many(session, [{"key": "b", "at": AT}, {"key": "c", "at": AT}])

    def fail() -> None:
        with unit_of_work(factory) as session:
            write.run(session, {"key": "d", "at": AT})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with unit_of_work(factory, write=False) as session:
        rows = session.scalars(select(Attempt).order_by(Attempt.id)).all()
        assert [(row.key, row.at) for row in rows] == [("a", AT), ("b", AT), ("c", AT)]
        assert rows[0].id == first


def test_columns_that_are_not_named_take_their_defaults(session: Session) -> None:
    event = make_event(session)
    person_id = make_sign_up(session, event).person_id
    session.delete(session.get_one(SignUp, 1))
    session.flush()
    names = ("event_id", "person_id", "role", "state", "seq", "wants_state")
    write = Prepared(insert(SIGN_UP), (*names, "created_at", "changed_at"))

    values = dict(zip(names, (event.id, person_id, "mentee", "placed", 9, "placed"), strict=True))
    write.run(session, values | {"created_at": AT, "changed_at": AT})

    found = session.scalars(select(SignUp)).one()
    assert (found.question, found.topics, found.needs) == ("", [], [])


def test_an_error_is_sqlalchemys_and_says_nothing_of_the_values(any_engine: Engine) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    write = Prepared(insert(ATTEMPT), ("id", "key", "at"))

    def write_one() -> None:
        with unit_of_work(factory) as session:
            write.run(session, {"id": 1, "key": "CANARY", "at": AT})

    write_one()
    with pytest.raises(IntegrityError) as caught:
        write_one()

    assert "CANARY" not in str(caught.value)


def test_statements_sent_together_see_what_those_before_them_did(any_engine: Engine) -> None:
    write = Prepared(insert(ATTEMPT).returning(ATTEMPT.c.id), ("key", "at"))
    read = Prepared(select(ATTEMPT.c.key, ATTEMPT.c.at).where(ATTEMPT.c.key == bindparam("ours")))

    with unit_of_work(make_session_factory(any_engine, tenant=UNSCOPED)) as session:
        for number, key in enumerate(("a", "b"), start=1):
            new = (write, {"key": key, "at": AT})
            nobody, made, found = run_together(
                session, [(read, {"ours": key}), new, (read, {"ours": key})]
            )

            assert nobody == []
            assert len(made) == 1
            assert [tuple(row) for row in found] == [(key, AT)]
            assert session.query(Attempt).count() == number


def test_what_went_wrong_in_the_first_of_several_is_told(any_engine: Engine) -> None:
    """Not that one after it could not run then."""
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    with unit_of_work(factory) as session:
        event_id = make_event(session).id
    take = Prepared(update(EVENT).where(EVENT.c.id == bindparam("ours")).values(next_seq=2))
    spoil = Prepared(
        update(EVENT)
        .where(EVENT.c.id == bindparam("ours"))
        .values(next_seq=None)
        .returning(EVENT.c.id)
    )
    read = Prepared(select(EVENT.c.next_seq).where(EVENT.c.id == bindparam("ours")))

    def fail() -> None:
        with unit_of_work(factory) as session:
            run_together(session, [(spoil, {"ours": event_id}), (read, {"ours": event_id})])

    with pytest.raises(IntegrityError, match=r"(?i)not[ -]null"):
        fail()

    with unit_of_work(factory) as session:  # the connection is as good as before
        assert take.run(session, {"ours": event_id}) == []
        assert read.run(session, {"ours": event_id})[0].next_seq == 2


def test_a_plain_text_is_run_too(session: Session) -> None:
    found = Prepared(text("SELECT 1 AS one, :two AS two")).run(session, {"two": "zwei"})

    assert [(row.one, row.two) for row in found] == [(1, "zwei")]
