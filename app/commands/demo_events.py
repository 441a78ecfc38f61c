"""What the demo holds: made through the same services as real events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.resources import files

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands import demo_sign_up
from app.db import unit_of_work
from app.enums import ConsentKind, LinkPurpose, OrganiserRole, Role
from app.jobs.runtime import Runtime
from app.models import Consent, Event, PlanRun, SignUp
from app.services import (
    access,
    accounts,
    delivery,
    events,
    invites,
    planning,
    presets,
    publishing,
    roster_import,
    stewards,
)
from app.services.roster_csv import CsvPerson
from app.services.signups.form import consents_for

EMAIL = "organiser@example.org"
PASSWORD = "five tables and a bell"  # noqa: S105 -- printed on purpose: the demo holds nothing real
ZONE = "Europe/Berlin"
PLAN_WITHIN_S = 15.0
OPEN_MENTORS, OPEN_MENTEES, ASKING = 25, 31, 4
STARTS_IN = timedelta(minutes=10)
SAID_YES_TO = {ConsentKind.PLAN, ConsentKind.NAME, ConsentKind.LISTED}
"""What a roster file has no column for, and the demo's invented people agreed to."""


@dataclass(slots=True)
class Demo:
    """The demo while it is being made."""

    runtime: Runtime
    now: datetime
    organisation_id: int = 0
    organiser_id: int = 0
    event_ids: dict[str, int] = field(default_factory=dict)
    steward_token: str = ""

    def add_organiser(self) -> None:
        """Add the organisation and its owner."""
        with unit_of_work(self.runtime.session_factory) as session:
            organisation = accounts.create_organisation(
                session, "Institute of Medical Education", now=self.now
            )
            organiser = accounts.create_organiser(
                session,
                organisation_id=organisation.id,
                name="Demo organiser",
                email=EMAIL,
                password=PASSWORD,
                role=OrganiserRole.OWNER,
                now=self.now,
            )
            self.organisation_id, self.organiser_id = organisation.id, organiser.id

    def add_open_event(self) -> None:
        """Add an event that people are signing up for: mentors wanted, mentees waiting."""
        starts_at = self.at_hour(days=21, hour=17)
        with unit_of_work(self.runtime.session_factory) as session:
            event = self.event(
                session,
                "open",
                preset="society-tracks",
                name="An evening of good questions",
                venue="Atrium",
                starts_at=starts_at,
                capacities={Role.MENTOR: 30, Role.MENTEE: 28},
            )
            event.signup_closes_at = starts_at - timedelta(days=7)
            people = self.people(event, "conference_hour.csv")
            mentors = [one for one in people if one.role is Role.MENTOR][:OPEN_MENTORS]
            mentees = [one for one in people if one.role is Role.MENTEE]
            demo_sign_up.ask_questions(session, event, now=self.now, actor=self.actor)
            self.sign_up(session, event, [*mentors, *mentees[:OPEN_MENTEES]])
            demo_sign_up.answer_questions(session, event)
            demo_sign_up.offer_places(session, event, now=self.now)
            demo_sign_up.ask_for_a_yes(
                session,
                event,
                mentees[OPEN_MENTEES:][:ASKING],
                now=self.now,
                key=self.runtime.key,
                settings=self.runtime.settings,
            )

    def add_closed_event(self) -> None:
        """Add an event whose roster is complete and waits for its plan."""
        with unit_of_work(self.runtime.session_factory) as session:
            event = self.event(
                session,
                "closed",
                preset="group-stations",
                name="Teaching day: five stations",
                venue="Skills centre",
                starts_at=self.at_hour(days=5, hour=13),
            )
            self.sign_up(session, event, self.people(event, "group_stations.csv"))
            events.close_signup(session, event, now=self.now, actor=self.actor)

    def add_planned_event(self) -> None:
        """Add the event that begins in ten minutes, its roster complete."""
        starts_at = (self.now + STARTS_IN).replace(second=0, microsecond=0)
        with unit_of_work(self.runtime.session_factory) as session:
            event = self.event(
                session,
                "planned",
                preset="conference-hour",
                name="Conference hour",
                venue="Hall 2",
                starts_at=starts_at,
                welcome_minutes=0,
            )
            self.sign_up(session, event, self.people(event, "conference_hour.csv"))
            events.close_signup(session, event, now=self.now, actor=self.actor)
            self.steward_token = stewards.make_link(
                session,
                event,
                label="Front desk",
                expires_at=stewards.usual_end(event, self.now),
                now=self.now,
                organiser_id=self.organiser_id,
            )

    def plan(self) -> None:
        """Plan the third event as the worker does."""
        with unit_of_work(self.runtime.session_factory) as session:
            event = session.get_one(Event, self.event_ids["planned"])
            block = next(block for block in event.blocks if block.kind.is_planned)
            run = planning.start_run(
                session,
                event,
                block,
                time_limit_s=PLAN_WITHIN_S,
                now=self.now,
                actor=self.actor,
            )
        planning.execute(
            self.runtime.session_factory, run.id, owner="demo", clock=self.runtime.clock
        )

    def publish(self) -> None:
        """Publish the plan and queue everybody's invite."""
        with unit_of_work(self.runtime.session_factory) as session:
            event = session.get_one(Event, self.event_ids["planned"])
            run = session.scalars(select(PlanRun).where(PlanRun.event_id == event.id)).one()
            publishing.publish(
                session,
                event,
                [run],
                expected_version=0,
                now=self.now,
                actor=self.actor,
                organiser_id=self.organiser_id,
            )
            invites.sync(session, event, now=self.now, settings=self.runtime.settings)

    def deliver(self) -> None:
        """Let all mail leave, into the local outbox."""
        runtime = self.runtime
        while delivery.deliver_due(
            runtime.session_factory,
            runtime.transport,
            clock=runtime.clock,
            settings=runtime.settings,
            key=runtime.key,
            owner="demo",
        ):
            continue

    @property
    def actor(self) -> str:
        return f"organiser {self.organiser_id}"

    def at_hour(self, *, days: int, hour: int) -> datetime:
        """Return a full hour some days from now."""
        return (self.now + timedelta(days=days)).replace(
            hour=hour, minute=0, second=0, microsecond=0
        )

    def event(
        self,
        session: Session,
        name_of: str,
        *,
        preset: str,
        name: str,
        venue: str,
        starts_at: datetime,
        capacities: dict[Role, int | None] | None = None,
        welcome_minutes: int = events.WELCOME_MINUTES,
    ) -> Event:
        """Return a new event, open for sign-up, whose tables have whatever somebody needs."""
        event = events.create_from_preset(
            session,
            organisation_id=self.organisation_id,
            preset=presets.get(preset),
            name=name,
            venue=venue,
            starts_at=starts_at,
            zone=ZONE,
            contact_email=EMAIL,
            capacities=capacities,
            welcome_minutes=welcome_minutes,
            now=self.now,
            actor=self.actor,
        )
        for block in event.blocks:
            for table in block.tables:
                table.features = list(presets.FEATURES)
        events.open_signup(session, event, now=self.now, actor=self.actor)
        self.event_ids[name_of] = event.id
        return event

    def people(self, event: Event, file: str) -> list[CsvPerson]:
        """Return the invented people of a sample roster."""
        content = files("app").joinpath("demo", file).read_bytes()
        return list(roster_import.read_for(event, content).people)

    def sign_up(self, session: Session, event: Event, people: list[CsvPerson]) -> None:
        """Give people a place, and each their personal link."""
        roster_import.import_people(session, event, people, now=self.now, actor=self.actor)
        for sign_up in session.scalars(select(SignUp).where(SignUp.event_id == event.id)):
            access.link_for(
                session, sign_up.person_id, LinkPurpose.ACCESS, key=self.runtime.key, now=self.now
            )
            agreed = {consent.kind for consent in sign_up.consents}
            sign_up.consents += [
                Consent(kind=text.kind, text_version=text.version, given_at=self.now)
                for text in consents_for(sign_up.role)
                if text.kind in SAID_YES_TO - agreed
            ]


STEPS: tuple[tuple[str, Callable[[Demo], None]], ...] = (
    ("An organiser", Demo.add_organiser),
    ("An event open for sign-up", Demo.add_open_event),
    ("An event that is ready to plan", Demo.add_closed_event),
    ("An event of 60 mentors and 60 mentees", Demo.add_planned_event),
    ("Its plan", Demo.plan),
    ("Publishing it", Demo.publish),
    ("Sending 120 invites to the outbox page", Demo.deliver),
)
