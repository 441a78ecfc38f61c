from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError


def test_what_people_wrote_stays_out_of_error_messages(any_engine: Engine) -> None:
    statement = text("SELECT 1 FROM no_such_table WHERE email = :email")

    with pytest.raises(DBAPIError) as caught, any_engine.connect() as connection:
        connection.execute(statement, {"email": "secret@example.org"})

    assert "secret@example.org" not in str(caught.value)
