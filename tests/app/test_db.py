from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app.db import make_session_factory, unit_of_work
from app.tenancy import UNSCOPED

IDLE = 0
"""What libpq calls a connection outside any transaction."""


def test_what_people_wrote_stays_out_of_error_messages(any_engine: Engine) -> None:
    statement = text("SELECT 1 FROM no_such_table WHERE email = :email")

    with pytest.raises(DBAPIError) as caught, any_engine.connect() as connection:
        connection.execute(statement, {"email": "secret@example.org"})

    assert "secret@example.org" not in str(caught.value)


@pytest.mark.parametrize("write", [False, True])
def test_only_small_reads_go_without_begin_and_end(any_engine: Engine, *, write: bool) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)

    with unit_of_work(factory, write=write, one_by_one=True) as session:
        session.execute(text("SELECT 1"))
        driver = session.connection().connection.driver_connection
        assert driver is not None
        if any_engine.dialect.name == "sqlite":
            is_begun = driver.in_transaction
        else:
            is_begun = driver.info.transaction_status != IDLE

    assert is_begun == (write or any_engine.dialect.name == "sqlite")
