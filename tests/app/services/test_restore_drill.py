"""The drill: an installation is lost and comes back, on each of the two databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.orm import Session

from app import schema
from app.db import make_engine, make_session_factory, unit_of_work
from app.enums import LinkPurpose
from app.errors import DataTooNew, MentoringError
from app.factory import create_app
from app.mail.message import RenderedMail
from app.models import Base, Event, OrganiserSession, Person
from app.services import access, accounts, backups, delivery, outbox, pauses, privacy
from app.services.backups import postgres as client
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import PASSWORD, make_event, make_organiser, make_sign_up
from tests.conftest import POSTGRES, Clock
from tests.fakes import MemoryTransport

ENVIRON = dict(os.environ)


@dataclass
class Installation:
    """An installation with an owner, a participant and a mail that waits."""

    settings: Config
    clock: Clock
    key: bytes

    def __post_init__(self) -> None:
        with self.session() as session:
            owner = make_organiser(session)
            event = make_event(session, organisation=owner.organisation)
            sign_up = make_sign_up(session, event, name="Zebedee Canary")
            access.link_for(
                session, sign_up.person_id, LinkPurpose.ACCESS, key=self.key, now=self.clock()
            )
            accounts.open_session(session, owner.id, now=self.clock())
            self.write(session, event, sign_up.person)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Open the database for the block only: a restore must have it alone."""
        engine = make_engine(self.settings.database_url)
        yield engine
        engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        with (
            self.engine() as engine,
            unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session,
        ):
            yield session

    def write(self, session: Session, event: Event, person: Person) -> None:
        outbox.enqueue(
            session,
            kind="welcome",
            event_id=event.id,
            person_id=person.id,
            to_name=person.name,
            to_address=person.email,
            mail=RenderedMail(subject="Welcome", text="Hello", html="<p>Hello</p>"),
            order_key="a",
            idempotency_key="welcome-1",
            now=self.clock(),
        )

    def deliver(self) -> list[str]:
        """Let the worker send what it may; return to whom."""
        transport = MemoryTransport()
        with self.engine() as engine:
            delivery.deliver_due(
                make_session_factory(engine, tenant=UNSCOPED),
                transport,
                clock=self.clock,
                settings=self.settings,
                key=self.key,
                owner="drill",
            )
        return [mail.to_name for mail in transport.delivered]

    def back_up(self) -> Path:
        return backups.make(self.settings, None, environ=ENVIRON, now=self.clock())

    def restore(self, path: Path) -> backups.Restored:
        return backups.restore(self.settings, path, key=self.key, environ=ENVIRON, now=self.clock())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def installation(
    request: pytest.FixtureRequest, settings: Config, clock: Clock, key: bytes
) -> Installation:
    if request.param == "postgres":
        engine: Engine = request.getfixturevalue("postgres")
        with engine.begin() as connection:
            for name in inspect(connection).get_schema_names():
                if name.startswith(("replaced_", client.APART)):
                    connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        Base.metadata.drop_all(engine)
        settings = replace(settings, database_url=POSTGRES)
    else:
        engine = make_engine(settings.database_url)
    schema.upgrade(engine)
    engine.dispose()
    return Installation(settings, clock, key)


def test_drill_ends_with_a_sign_in_and_no_mail_sent_twice(installation: Installation) -> None:
    path = installation.back_up()
    assert installation.deliver() == ["Zebedee Canary"]
    installation.clock.advance(hours=2)

    restored = installation.restore(path)

    assert restored.kept
    assert (restored.renewed.waiting, restored.renewed.key_fits) == (1, True)
    assert installation.deliver() == []
    with installation.engine() as engine:
        app = create_app(installation.settings, engine=engine, clock=installation.clock)
        app.config.update(WTF_CSRF_ENABLED=False)
        browser = app.test_client()
        form = {"email": "olivia@example.org", "password": PASSWORD}
        answer = browser.post("/sign-in", data=form)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/events")
        assert "Mail stands still: the backup roundabout-" in browser.get("/events").text
        browser.post("/mail/go-on")
    assert installation.deliver() == ["Zebedee Canary"]


def test_restore_ends_every_session(installation: Installation) -> None:
    path = installation.back_up()

    installation.restore(path)

    with installation.session() as session:
        assert session.scalar(select(func.count()).select_from(OrganiserSession)) == 0
        assert pauses.is_paused(session, pauses.OUTBOX)


def test_restore_erases_again_who_was_erased_since(installation: Installation) -> None:
    path = installation.back_up()
    with installation.session() as session:
        privacy.erase(
            session,
            session.scalars(select(Person)).one(),
            now=installation.clock(),
            actor="organiser 1",
            journal=privacy.journal_path(installation.settings.data),
            settings=installation.settings,
        )

    restored = installation.restore(path)

    assert restored.renewed.erased == 1
    with installation.session() as session:
        person = session.scalars(select(Person)).one()
        assert person.erased_at is not None
        assert "Zebedee" not in person.name


def test_restore_tells_of_links_made_with_another_key(installation: Installation) -> None:
    path = installation.back_up()
    installation.key = b"another key, as long as the first"

    restored = installation.restore(path)

    assert not restored.renewed.key_fits


def test_a_restore_can_be_restored_again(installation: Installation) -> None:
    path = installation.back_up()
    installation.restore(path)
    installation.clock.advance(hours=1)

    again = installation.restore(installation.back_up())

    assert again.renewed.waiting == 1


def test_backup_of_a_later_version_changes_nothing(installation: Installation) -> None:
    set_version = "UPDATE alembic_version SET version_num = '{}'"
    with installation.session() as session:
        session.execute(text(set_version.format("9999")))
    path = installation.back_up()
    with installation.session() as session:
        session.execute(text(set_version.format(schema.head())))

    with pytest.raises(DataTooNew):
        installation.restore(path)

    with installation.session() as session:
        assert not pauses.is_paused(session, pauses.OUTBOX)
        assert session.scalar(select(func.count()).select_from(OrganiserSession)) == 1


@pytest.mark.postgres
def test_a_postgres_that_is_in_use_is_refused(postgres: Engine) -> None:
    other = make_engine(POSTGRES)

    with other.connect(), pytest.raises(MentoringError, match="running on this database"):
        client.check_alone(postgres)

    other.dispose()


def test_missing_client_programs_are_one_clear_line(settings: Config, clock: Clock) -> None:
    server = replace(settings, database_url="postgresql://nobody@127.0.0.1:1/none")

    with pytest.raises(client.NoClient) as told:
        backups.make(server, None, environ={"PATH": ""}, now=clock())

    assert told.value.message == (
        "pg_dump is not on this machine: install PostgreSQL's client programs (Debian: apt install "
        "postgresql-client), or run where they are: pg_dump --format=custom --no-owner DATABASE > "
        "roundabout-20270301T090000Z.pgdump"
    )


def test_password_of_a_database_stands_in_no_list_of_processes() -> None:
    url = "postgresql://us:secret@127.0.0.1:1/none"

    shown = client.run(["/bin/echo"], url, ENVIRON)

    assert shown == "--dbname=postgresql://us@127.0.0.1:1/none\n"
