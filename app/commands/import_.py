"""``roundabout import``: people from a file into an event."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from app.commands import reading
from app.commands.serve import environ_with, prepare
from app.db import make_engine, make_session_factory, unit_of_work
from app.services import events, roster_import
from app.services.signups.form import choices_of
from app.tenancy import UNSCOPED
from config import Config


@click.command("import")
@click.argument("people", type=click.Path(path_type=Path))
@click.option("--event", "slug", required=True, help="The event's name in its address.")
@click.option("--skip-bad", is_flag=True, help="Import without the rows that have errors.")
@click.option("--dry-run", is_flag=True, help="Read and report only; nothing is imported.")
@click.option("--data", type=click.Path(), help="Folder of the database.")
def import_people(
    people: Path, slug: str, data: str | None, *, skip_bad: bool, dry_run: bool
) -> None:
    """Import the PEOPLE of a CSV file: whole, or not at all."""
    settings = Config.from_env(environ_with(data=data))
    prepare(settings)
    engine = make_engine(settings.database_url)
    try:
        with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
            event = events.named(session, slug)
            choices = choices_of(event)
            file = reading.read_roster(
                people,
                rounds=len(choices.rounds),
                roles=choices.roles,
                stages=roster_import.stages_of(event),
                skip_bad=skip_bad,
            )
            if dry_run:
                click.echo(f"{len(file.people)} people could be imported; nothing was.")
                return
            done = roster_import.import_people(
                session, event, file.people, now=datetime.now(UTC), actor="command line"
            )
    finally:
        engine.dispose()
    click.echo(
        f"Imported into {event.name}: {done.placed} placed, {done.waiting} on the waitlist, "
        f"{done.known} known before and left as they are."
    )
