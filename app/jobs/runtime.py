"""What work outside a request needs: the same parts a request has, plus the mail transport."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from app import schema
from app.db import SessionFactory, make_engine, make_session_factory
from app.mail.inbox import Inbox, make_inbox
from app.mail.outgoing import make_transport
from app.mail.transport import Transport
from app.tenancy import UNSCOPED
from config import Config, server_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """One process's connections and clock."""

    settings: Config
    session_factory: SessionFactory
    transport: Transport
    key: bytes
    clock: Callable[[], datetime]
    inbox: Inbox | None = None


def utc_now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)


def make_runtime(settings: Config) -> Runtime:
    """Open the database and the transport of an installation."""
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        schema.check_not_newer(connection)
    return Runtime(
        settings=settings,
        session_factory=make_session_factory(engine, tenant=UNSCOPED),
        transport=make_transport(settings),
        key=server_key(settings),
        clock=utc_now,
        inbox=make_inbox(settings),
    )
