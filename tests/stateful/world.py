"""The installation under test: two organisations, each with an event, and one outbox for both.

Each verb does in one transaction what its page does, and returns the name of the error it got.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, make_engine, make_session_factory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, PlanRunState, Role, SignUpState
from app.errors import MentoringError
from app.models import Event, Person, PlanRun, SignUp
from app.services import (
    access,
    delivery,
    events,
    invites,
    planning,
    privacy,
    publishing,
    signups,
)
from app.services.signups import places, waitlist
from app.services.signups.form import SignUpForm
from app.tenancy import UNSCOPED, Tenant
from config import Config
from tests.builders import default_rules, make_event, make_organisation, make_sign_up, planned_block
from tests.conftest import Clock
from tests.stateful import facts
from tests.stateful.stand_ins import Killed, MortalTransport, Planner

SEATS = 3
ROUNDS = 2
LEASE = timedelta(seconds=delivery.LEASE_S + 1)


@dataclass
class World:
    """Handles on everything; events are known by the letter of their organisation."""

    url: str
    engine: Engine
    clock: Clock
    settings: Config
    key: bytes
    factory: SessionFactory = field(init=False)
    transport: MortalTransport = field(default_factory=MortalTransport)
    events: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    runs: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.factory = make_session_factory(self.engine, tenant=UNSCOPED)  # the worker's

    def restart(self) -> None:
        """Forget everything that is not in the database."""
        self.engine.dispose()
        self.engine = make_engine(self.url)
        self.__post_init__()

    def read(self) -> dict[str, facts.Facts]:
        """Return what the database says of each event."""
        with unit_of_work(self.factory, write=False) as session:
            found = facts.read(session, tuple(self.events.values()))
        return {letter: found[event_id] for letter, event_id in self.events.items()}

    def make(
        self, letter: str, capacity: dict[Role, int | None], *, confirms: bool, asks: bool
    ) -> datetime:
        """Make an organisation with an event that takes sign-ups; return when it begins."""
        rules = default_rules() | {"goals": ["attendance"]}
        with unit_of_work(self.factory) as session:
            event = make_event(
                session,
                organisation=make_organisation(session, name=f"Organisation {letter}"),
                slug=f"event-{letter.lower()}",
                rounds=ROUNDS,
                tables=3,
                seats=SEATS,
                capacities=capacity,
                confirms_address=confirms,
                rules=rules,
            )
            event.asks_approval = asks
            self.events[letter], self.runs[letter] = event.id, []
            self.organisations[letter] = event.organisation_id
            return event.starts_at

    def admit(self, letter: str, name: str, role: Role, state: SignUpState) -> None:
        """Write down somebody who signed up and confirmed before."""
        with unit_of_work(self.factory) as session:
            event = session.get_one(Event, self.events[letter])
            sign_up = make_sign_up(
                session,
                event,
                name=f"{letter} {name}",
                email=address_of(name),
                role=role,
                state=state,
                consents=(ConsentKind.PLAN, ConsentKind.NAME),
                at=self.clock(),
            )
            who, purpose = sign_up.person_id, LinkPurpose.CONFIRM
            access.link_for(session, who, purpose, key=self.key, now=self.clock())
            link = access.find(session, who, purpose)
            assert link is not None
            access.consume(session, link, self.clock())

    def sign_up(self, letter: str, name: str, role: Role, not_with: tuple[str, ...] = ()) -> str:
        def register(session: Session) -> None:
            event = session.get_one(Event, self.events[letter])
            form = self._form(event, letter, name, role, "How do I begin?", not_with)
            signups.register(
                session, event.id, form, now=self.clock(), key=self.key, settings=self.settings
            )

        return self._by_person(letter, register)

    def confirm(self, letter: str, name: str) -> str:
        def confirm(session: Session) -> None:
            person = self._sign_up(session, letter, name).person_id
            token = access.link_for(
                session, person, LinkPurpose.CONFIRM, key=self.key, now=self.clock()
            )
            signups.confirm(session, token, now=self.clock(), key=self.key)

        return self._by_person(letter, confirm)

    def edit(self, letter: str, name: str, question: str) -> str:
        def edit(session: Session) -> None:
            sign_up = self._sign_up(session, letter, name)
            event = session.get_one(Event, sign_up.event_id)
            form = self._form(event, letter, name, sign_up.role, question, None)
            signups.edit(session, sign_up, form, now=self.clock())

        return self._by_person(letter, edit)

    def withdraw(self, letter: str, name: str) -> str:
        def withdraw(session: Session) -> None:
            sign_up = self._sign_up(session, letter, name)
            signups.withdraw(session, sign_up, now=self.clock())
            invites.cancel_for(session, sign_up, now=self.clock(), settings=self.settings)

        return self._by_person(letter, withdraw)

    def erase(self, letter: str, name: str) -> str:
        def erase(session: Session) -> None:
            privacy.erase(
                session,
                self._sign_up(session, letter, name).person,
                now=self.clock(),
                actor="test",
                journal=privacy.journal_path(self.settings.data),
                settings=self.settings,
            )

        return self._by_person(letter, erase)

    def accept(self, letter: str, name: str) -> str:
        def accept(session: Session) -> None:
            signups.accept_offer(session, self._sign_up(session, letter, name), now=self.clock())

        return self._by_person(letter, accept)

    def answer(self, letter: str, name: str, *, says_yes: bool) -> str:
        """Say the organisers' yes or no."""
        verb = signups.approve if says_yes else signups.refuse

        def answer(session: Session) -> None:
            verb(session, self._sign_up(session, letter, name), now=self.clock(), actor="test")

        return self._by_organiser(letter, answer)

    def set_capacity(
        self, letter: str, role: Role, number: int | None, per_mentor: float | None
    ) -> str:
        def set_capacity(session: Session) -> None:
            event = places.lock_event(session, self.events[letter])
            waitlist.set_capacity(
                session,
                event,
                role,
                number,
                now=self.clock(),
                actor="test",
                per_mentor=per_mentor,
            )

        return self._by_organiser(letter, set_capacity)

    def move(self, letter: str, to: datetime) -> str:
        def move(session: Session) -> None:
            event, now = session.get_one(Event, self.events[letter]), self.clock()
            before = signups.when_line(event)
            shift = events.move(session, event, to, now=now, actor="test")
            invites.sync(session, event, now=now, settings=self.settings, actor="test")
            if shift:
                signups.tell_moved(session, event, before, now=now)
            signups.promote_from_waitlist(session, event, now)

        return self._by_organiser(letter, move)

    def plan(self, letter: str) -> str:
        """Ask for a plan and let a worker make it."""

        def start(session: Session) -> None:
            event = session.get_one(Event, self.events[letter])
            run = planning.start_run(
                session, event, planned_block(event), now=self.clock(), actor="test"
            )
            self.runs[letter].append(run.id)

        error = self._by_organiser(letter, start)
        if not error:
            run_id = self.runs[letter][-1]
            planning.execute(
                self.factory, run_id, owner="w", clock=self.clock, start=Planner, poll_s=0
            )
        return error

    def has_plan(self, letter: str) -> bool:
        """Return whether the newest run ended with seats."""
        with unit_of_work(self.factory, write=False) as session:
            run = session.get_one(PlanRun, self.runs[letter][-1])
            return run.state is PlanRunState.DONE and run.status in {"optimal", "feasible"}

    def publish(self, letter: str, *, seen: int) -> str:
        """Publish the newest plan to whoever saw that version as published."""

        def publish(session: Session) -> None:
            event = session.get_one(Event, self.events[letter])
            run = planning.get_run(session, event, self.runs[letter][-1])
            now = self.clock()
            publishing.publish(session, event, [run], expected_version=seen, now=now, actor="test")
            invites.sync(session, event, now=now, settings=self.settings, actor="test")

        return self._by_organiser(letter, publish)

    def tick(self) -> None:
        with unit_of_work(self.factory) as session:
            waitlist.release_expired(session, self.clock())

    def deliver(self) -> bool:
        """Send what is due; return whether the worker lived to see the end of it."""
        try:
            delivery.deliver_due(
                self.factory,
                self.transport,
                clock=self.clock,
                settings=self.settings,
                key=self.key,
                owner=f"w{self.clock():%H%M%S}",
            )
        except Killed:
            return False
        return True

    def _by_person(self, letter: str, verb: Callable[[Session], None]) -> str:
        """Do what a personal link or the public page lets people do: they see one event."""
        return self._try(Tenant(event_id=self.events[letter]), verb)

    def _by_organiser(self, letter: str, verb: Callable[[Session], None]) -> str:
        return self._try(Tenant(organisation_id=self.organisations[letter]), verb)

    def _try(self, tenant: Tenant, verb: Callable[[Session], None]) -> str:
        try:
            with unit_of_work(self.factory, tenant=tenant) as session:
                verb(session)
        except MentoringError as error:
            return type(error).__name__
        return ""

    def _sign_up(self, session: Session, letter: str, name: str) -> SignUp:
        return session.scalars(
            select(SignUp)
            .join(Person, Person.id == SignUp.person_id)
            .where(SignUp.event_id == self.events[letter], Person.email == address_of(name))
        ).one()

    def _form(  # noqa: PLR0917 -- a form's parts, called twice above
        self,
        event: Event,
        letter: str,
        name: str,
        role: Role,
        question: str,
        not_with: tuple[str, ...] | None,
    ) -> SignUpForm:
        return SignUpForm(
            role=role,
            name=f"{letter} {name}",
            email=address_of(name),
            stage="student",
            question=question,
            goals=question,
            topics=("Career planning",),
            rounds=tuple(round_.id for round_ in planned_block(event).rounds),
            not_with=None if not_with is None else tuple(map(address_of, not_with)),
            consents=frozenset({ConsentKind.PLAN, ConsentKind.NAME}),
        )


def address_of(name: str) -> str:
    """Return the address of somebody, who has the same at every event."""
    return f"{name}@example.org"
