"""A signed-in organiser with a published evening, for the pages that tell people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.models import Organisation
from app.services import accounts, delivery, invites
from config import Config
from tests.builders import default_rules, make_event, make_organisation, make_organiser
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.published import Evening, make_evening, make_run, publish


@dataclass
class Desk:
    """The organiser's browser and what stands behind it."""

    factory: SessionFactory
    client: FlaskClient
    settings: Config
    clock: Clock
    key: bytes
    evening: Evening

    @property
    def event_id(self) -> int:
        return self.evening.event.id

    def attached(self, session: Any) -> Evening:
        return Evening(
            event=session.merge(self.evening.event),
            mentors=tuple(session.merge(one) for one in self.evening.mentors),
            mentees=tuple(session.merge(one) for one in self.evening.mentees),
        )

    def plan(self, tables: list[list[int | None]] | None = None) -> int:
        with unit_of_work(self.factory) as session:
            run = make_run(session, self.attached(session), now=self.clock(), tables=tables)
            return run.id

    def publish(self) -> None:
        with unit_of_work(self.factory) as session:
            evening = self.attached(session)
            publish(session, evening, now=self.clock())
            invites.sync(session, evening.event, now=self.clock(), settings=self.settings)

    def deliver(self) -> None:
        delivery.deliver_due(
            self.factory,
            MemoryTransport(),
            clock=self.clock,
            settings=self.settings,
            key=self.key,
            owner="test",
        )


def make_desk(
    *,
    factory: SessionFactory,
    client: FlaskClient,
    settings: Config,
    clock: Clock,
    key: bytes,
    name: str = "Institute of Medical Education",
    email: str = "olivia@example.org",
) -> Desk:
    with unit_of_work(factory) as session:
        organisation: Organisation = make_organisation(session, name=name)
        organiser = make_organiser(session, organisation=organisation, email=email)
        rules = default_rules() | {"goals": [{"goal": "attendance"}]}
        event = make_event(session, organisation=organisation, rules=rules, name="An evening")
        evening = make_evening(session, event=event)
        token = accounts.open_session(session, organiser.id, now=clock())
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = token
    return Desk(
        factory=factory,
        client=client,
        settings=settings,
        clock=clock,
        key=key,
        evening=evening,
    )
