"""`roundabout restore`: put a backup in the database's place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from app.commands.serve import environ_with
from app.jobs import presence
from app.jobs.queue import make_queue
from app.services import backups
from app.services.backups import Restored
from config import Config, server_key


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(), help="Folder of the database.")
def restore(file: Path, data: str | None) -> None:
    """Put the backup FILE in the database's place; the server must not be running."""
    environ = environ_with(data=data)
    settings = Config.from_env(environ)
    key = server_key(settings)
    with presence.alone(settings.data):
        restored = backups.restore(
            settings, file, key=key, environ=os.environ, now=datetime.now(UTC)
        )
        make_queue(settings, create_tables=True).flush()  # it names rows of the replaced database
    for line in story(file, restored):
        click.echo(line)


def story(file: Path, restored: Restored) -> Iterator[str]:
    """Tell what happened and what to do next."""
    renewed = restored.renewed
    yield f"Restored {file} (written at schema {renewed.schema_was})."
    if restored.kept:
        yield f"The database it replaced is kept: {restored.kept}. Delete it when all is well."
    if renewed.erased:
        yield f"Erased again who had been erased since: {renewed.erased}."
    for fault in renewed.unread:
        yield f"Look at this by hand: {fault}"
    if not renewed.key_fits:
        yield (
            "The personal links in this backup were made with another key: put that key into "
            "ROUNDABOUT_SECRET_KEY_OLD, or the links in people's mails do not open."
        )
    yield (
        "Everybody is signed out. What was taken back since the backup is there again: look at "
        "the team and at the stewards' links."
    )
    yield f"Mail stands still; {renewed.waiting} waiting in the backup may have left since."
    yield "Next: start the server, sign in, look around, press `Let mail go out again`."
