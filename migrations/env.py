"""Run schema steps on the connection that the caller opened."""

from __future__ import annotations

from alembic import context

from app.models import Base


def run() -> None:
    """Run every step in one transaction of its own.

    Foreign keys are off meanwhile (see ``app.schema``): SQLite rebuilds a table to change it, and
    dropping the old copy would take the rows that refer to it along.
    """
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
