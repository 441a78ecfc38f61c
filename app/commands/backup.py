"""`roundabout backup`: the whole database in one checked file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from app.commands.serve import environ_with
from app.services import backups
from config import Config


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(), help="Folder of the database.")
@click.option(
    "--keep",
    type=click.IntRange(1),
    help="Remove all but the newest N in the data folder's own backups.",
)
def backup(file: Path | None, data: str | None, keep: int | None) -> None:
    """Write a backup into FILE, or into the data folder; the server may be running."""
    settings = Config.from_env(environ_with(data=data))
    path = backups.make(settings, file, environ=os.environ, now=datetime.now(UTC))
    click.echo(f"{path}  ({path.stat().st_size:,} bytes, checked)")
    if keep is not None:
        for gone in backups.thin_out(settings, keep=keep):
            click.echo(f"removed {gone}")
    if not settings.secret_key:
        click.echo(
            f"The key {settings.data / 'secret_key'} is not in it: keep a copy of it elsewhere, "
            "or the personal links in mails do not open after a restore.",
            err=True,
        )
