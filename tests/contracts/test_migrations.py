"""Schema steps form one line, go up and down, and end where the models are."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from app import schema
from app.db import make_engine
from app.errors import DataTooNew
from app.models import Base


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Return a database without any table."""
    if request.param == "sqlite":
        return make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    engine: Engine = request.getfixturevalue("postgres")
    Base.metadata.drop_all(engine)
    return engine


def test_steps_form_one_numbered_line() -> None:
    steps = [
        step.revision
        for step in ScriptDirectory.from_config(schema.alembic_config()).walk_revisions()
    ]

    assert steps == [f"{number:04d}" for number in range(len(steps), 0, -1)]


def test_steps_end_where_the_models_are(empty: Engine) -> None:
    schema.upgrade(empty)

    with empty.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_steps_can_be_undone_and_done_again(empty: Engine) -> None:
    schema.upgrade(empty)

    schema.downgrade(empty, "base")

    assert inspect(empty).get_table_names() == ["alembic_version"]
    schema.upgrade(empty)
    with empty.connect() as connection:
        assert schema.current(connection) == schema.head()


def test_a_second_upgrade_changes_nothing(empty: Engine) -> None:
    schema.upgrade(empty)
    schema.upgrade(empty)

    with empty.connect() as connection:
        assert schema.current(connection) == schema.head()


def test_foreign_keys_are_on_again_after_an_upgrade(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'keys.sqlite'}")

    schema.upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_database_of_a_later_version_is_refused(empty: Engine) -> None:
    schema.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DataTooNew, match="schema 9999, this version of Roundabout knows up to"):
        schema.upgrade(empty)
