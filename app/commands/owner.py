"""`roundabout invite-owner`, `reset-password`: one-time links for who runs the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

from app.commands.serve import environ_with, prepare
from app.db import make_engine, make_session_factory, unit_of_work
from app.services import accounts
from app.tenancy import UNSCOPED
from config import Config


@click.command("invite-owner")
@click.argument("email")
@click.option("--organisation", default="Our organisation", help="Name of the organisation.")
@click.option("--data", type=click.Path(), help="Folder of the database.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port the link leads to.")
def invite_owner(email: str, organisation: str, data: str | None, port: int | None) -> None:
    """Print a one-time link that makes EMAIL the owner of an organisation."""
    settings = Config.from_env(environ_with(port=port, data=data))
    with _database(settings) as session:
        token = accounts.invite_owner(
            session, email=email, organisation_name=organisation, now=datetime.now(UTC)
        )
    days = accounts.INVITATION_LASTS.days
    click.echo(f"Open this link within {days} days to choose your password:")
    click.echo(f"  {settings.base_url}/welcome/{token}")


@click.command("reset-password")
@click.argument("email")
@click.option("--data", type=click.Path(), help="Folder of the database.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port the link leads to.")
def reset_password(email: str, data: str | None, port: int | None) -> None:
    """Print a one-time link with which the organiser EMAIL sets a new password."""
    settings = Config.from_env(environ_with(port=port, data=data))
    with _database(settings) as session:
        token = accounts.link_for_console(session, email, now=datetime.now(UTC))
    minutes = round(accounts.PASSWORD_LINK_LASTS.total_seconds() / 60)
    click.echo(f"Open this link within {minutes} minutes to choose a new password:")
    click.echo(f"  {settings.base_url}/reset/{token}")


@contextmanager
def _database(settings: Config) -> Iterator[Session]:
    prepare(settings)
    engine = make_engine(settings.database_url)
    try:
        with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
            yield session
    finally:
        engine.dispose()
