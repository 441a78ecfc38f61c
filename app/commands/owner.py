"""`roundabout invite-owner`: the first account, by a one-time link."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from app.commands.serve import environ_with, prepare
from app.db import make_engine, make_session_factory, unit_of_work
from app.services import accounts
from app.tenancy import UNSCOPED
from config import Config


@click.command("invite-owner")
@click.argument("email")
@click.option("--organisation", default="Our organisation", help="Name of the organisation.")
@click.option("--data", type=click.Path(), help="Folder of the database.")
def invite_owner(email: str, organisation: str, data: str | None) -> None:
    """Print a one-time link that makes EMAIL the owner of an organisation."""
    settings = Config.from_env(environ_with(data=data))
    prepare(settings)
    engine = make_engine(settings.database_url)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        token = accounts.invite_owner(
            session, email=email, organisation_name=organisation, now=datetime.now(UTC)
        )
    engine.dispose()
    click.echo(
        f"Open this link within {accounts.INVITATION_LASTS.days} days to choose your password:"
    )
    click.echo(f"  {settings.base_url}/welcome/{token}")
