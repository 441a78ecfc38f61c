from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import OrganiserRole, OutboxState, PartStat, Role, SignUpState
from app.models import (
    Attempt,
    AuditEntry,
    Consent,
    Event,
    IncomingMail,
    Invite,
    OrganiserInvitation,
    OrganiserSession,
    OutboxMessage,
    PasswordLink,
    Person,
    PlanRun,
    SignUp,
    StewardLink,
    Wish,
)
from app.services import blanking, privacy
from app.services.privacy import Forgotten, journal_file
from app.services.privacy.retention import LINKS_KEPT, MAIL_KEPT
from app.services.signups import waitlist
from app.tenancy import UNSCOPED
from config import Config
from tests.app.services.privacy.scene import Scene, make_scene
from tests.builders import make_event, make_organiser, make_sign_up
from tests.conftest import Clock

NOTHING = Forgotten(events=0, people=0, unconfirmed=0, mails=0)


@pytest.fixture
def scene(session: Session, now: datetime, settings: Config, key: bytes) -> Scene:
    return make_scene(session, now=now, settings=settings, key=key)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return privacy.journal_path(tmp_path)


def end_of(event: Event) -> datetime:
    return event.ends_at + timedelta(days=90)


def counts_of(session: Session, event: Event) -> Counter[tuple[Role, SignUpState, str | None]]:
    rows = session.execute(
        select(SignUp.role, SignUp.state, Person.stage)
        .join(Person, Person.id == SignUp.person_id)
        .where(SignUp.event_id == event.id)
    )
    return Counter((role, state, stage) for role, state, stage in rows)


def test_names_are_kept_until_the_last_day_and_not_longer(
    session: Session, scene: Scene, journal: Path
) -> None:
    event = scene.evening.event
    due = end_of(event)

    before = privacy.anonymise_due(session, now=due - timedelta(seconds=1), journal=journal)
    after = privacy.anonymise_due(session, now=due, journal=journal)

    assert privacy.names_kept_until(event) == due
    assert (before.events, before.people) == (0, 0)
    assert (after.events, after.people) == (1, 8)
    assert event.anonymised_at == due
    names = set(session.scalars(select(Person.name)))
    assert names == {privacy.ERASED_NAME}


@pytest.mark.postgres
def test_an_event_is_made_anonymous_on_postgresql(
    postgres: Engine, clock: Clock, settings: Config, key: bytes
) -> None:
    journal = privacy.journal_path(settings.data)
    with unit_of_work(make_session_factory(postgres, tenant=UNSCOPED)) as session:
        scene = make_scene(session, now=clock(), settings=settings, key=key)
        due = end_of(scene.evening.event)

        found = privacy.anonymise_due(session, now=due, journal=journal)

        assert found == Forgotten(events=1, people=8, unconfirmed=0, mails=0)
        assert set(session.scalars(select(Person.name))) == {privacy.ERASED_NAME}


def test_a_shorter_period_holds(session: Session, scene: Scene, journal: Path) -> None:
    event = scene.evening.event
    event.retention_days = 1

    found = privacy.anonymise_due(session, now=event.ends_at + timedelta(days=1), journal=journal)

    assert found.events == 1


def test_what_people_said_goes_and_what_is_counted_stays(
    session: Session, scene: Scene, journal: Path
) -> None:
    event = scene.evening.event
    before = counts_of(session, event)
    invite = session.scalars(select(Invite).where(Invite.sign_up_id == scene.marked.id)).one()
    invite.partstat = PartStat.ACCEPTED

    privacy.anonymise_due(session, now=end_of(event), journal=journal)

    assert counts_of(session, event) == before
    assert invite.partstat is PartStat.ACCEPTED
    for model in (Wish, Consent):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    mails = session.scalars(select(OutboxMessage)).all()
    assert {(mail.to_address, mail.text) for mail in mails} == {("", blanking.BLANK_TEXT)}
    assert {mail.state for mail in mails} == {OutboxState.DROPPED}
    run = session.scalars(select(PlanRun)).one()
    assert "stage" not in run.problem
    details = session.scalars(select(AuditEntry.detail).where(AuditEntry.event_id == event.id))
    assert not [one for one in details if "placed" in one.values()]


def test_it_happens_once_whoever_asks_again(session: Session, scene: Scene, journal: Path) -> None:
    due = end_of(scene.evening.event)
    privacy.anonymise_due(session, now=due, journal=journal)

    again = privacy.anonymise_due(session, now=due + timedelta(hours=1), journal=journal)

    assert again == NOTHING
    assert len(journal_file.read(journal).lines) == 8
    entries = session.scalars(
        select(AuditEntry.detail).where(AuditEntry.what == "event made anonymous")
    )
    assert [entry["people"] for entry in entries] == [8]


def test_a_restored_event_is_made_anonymous_by_the_journal(
    session: Session, scene: Scene, journal: Path
) -> None:
    due = end_of(scene.evening.event)
    person = scene.other.person
    line = journal_file.Line(
        person_id=person.id,
        event_id=person.event_id,
        person_created_at=person.created_at,
        at=due,
    )
    journal_file.append(journal, [line])

    assert privacy.replay(session, journal, now=due) == 1

    assert scene.other.state is SignUpState.PLACED  # it is over: nothing is given back
    assert person.name == privacy.ERASED_NAME


def test_who_never_confirmed_is_forgotten_when_the_place_is_let_go(
    session: Session, journal: Path, now: datetime
) -> None:
    event = make_event(session)
    never = make_sign_up(session, event, name="Never There", state=SignUpState.HELD, at=now)
    waits = make_sign_up(session, event, name="Waits", state=SignUpState.OFFERED, at=now)
    late = now + timedelta(hours=48)

    waitlist.release_expired(session, late - timedelta(seconds=1))
    early = privacy.anonymise_due(session, now=late - timedelta(seconds=1), journal=journal)
    waitlist.release_expired(session, late)
    found = privacy.anonymise_due(session, now=late, journal=journal)

    assert (early.unconfirmed, found.unconfirmed) == (0, 1)
    assert never.person.name == privacy.ERASED_NAME
    assert (waits.state, waits.person.name) == (SignUpState.RELEASED, "Waits")


@pytest.mark.usefixtures("scene")
def test_mail_texts_are_kept_for_thirty_days(
    session: Session, journal: Path, now: datetime
) -> None:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    for row in rows[:3]:
        row.state, row.sent_at = OutboxState.SENT, now

    early = privacy.anonymise_due(session, now=now + MAIL_KEPT, journal=journal)
    found = privacy.anonymise_due(
        session, now=now + MAIL_KEPT + timedelta(seconds=1), journal=journal
    )

    assert (early.mails, found.mails) == (0, 3)
    assert [row.text == blanking.BLANK_TEXT for row in rows] == [True] * 3 + [False] * 6
    assert session.scalars(select(IncomingMail)).one().text == ""


def test_ended_sessions_links_and_tries_are_deleted(
    session: Session, journal: Path, now: datetime
) -> None:
    organiser = make_organiser(session)
    event = make_event(session)
    before, after = now - timedelta(seconds=1), now + timedelta(seconds=1)
    for at, token in ((before, b"a" * 32), (after, b"b" * 32)):
        long_ago = at - LINKS_KEPT
        session.add_all(
            [
                OrganiserSession(
                    organiser=organiser, token_hash=token, created_at=at, seen_at=at, expires_at=at
                ),
                PasswordLink(organiser_id=organiser.id, token_hash=token, expires_at=at),
                OrganiserInvitation(
                    organisation_id=organiser.organisation_id,
                    email="new@example.org",
                    role=OrganiserRole.ORGANISER,
                    token_hash=token,
                    expires_at=long_ago,
                ),
                StewardLink(
                    event_id=event.id,
                    label="door",
                    token_hash=token,
                    created_at=long_ago,
                    expires_at=long_ago,
                ),
                Attempt(key=token.decode(), at=at - timedelta(days=1)),
            ]
        )

    privacy.anonymise_due(session, now=now, journal=journal)

    for model in (OrganiserSession, PasswordLink, OrganiserInvitation, StewardLink):
        assert list(session.scalars(select(model.token_hash))) == [b"b" * 32], model
    assert list(session.scalars(select(Attempt.key))) == ["b" * 32]
