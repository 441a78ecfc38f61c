from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import InviteState, LinkPurpose, Method, OutboxState, SignUpState
from app.errors import Erased
from app.models import (
    Answer,
    AuditEntry,
    BlockRole,
    Consent,
    Erasure,
    IncomingMail,
    Invite,
    OutboxMessage,
    Person,
    PlanRun,
    Reply,
    ScheduledSeat,
    SignUp,
    Wish,
)
from app.services import access, blanking, delivery, invites, planning, privacy, signups
from app.services.privacy import journal_file
from app.tenancy import UNSCOPED
from config import Config
from tests.app.services.privacy.scene import ADDRESS, Scene, make_scene, make_waiting
from tests.conftest import Clock
from tests.fakes import MemoryTransport


@pytest.fixture
def scene(session: Session, now: datetime, settings: Config, key: bytes) -> Scene:
    return make_scene(session, now=now, settings=settings, key=key)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return privacy.journal_path(tmp_path)


def erase(
    session: Session, scene: Scene, *, now: datetime, settings: Config, journal: Path
) -> bool:
    person = scene.marked.person
    return privacy.erase(
        session, person, now=now, actor=f"person {person.id}", journal=journal, settings=settings
    )


def mails_of(session: Session, sign_up: SignUp) -> list[OutboxMessage]:
    return list(
        session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.person_id == sign_up.person_id)
            .order_by(OutboxMessage.id)
        )
    )


def test_erase_takes_away_everything_the_person_told(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    marked, person = scene.marked, scene.marked.person

    assert erase(session, scene, now=now, settings=settings, journal=journal) is True

    assert (person.name, person.affiliation, person.stage) == ("Erased person", "", None)
    assert person.email.endswith("@erased.invalid")
    assert person.erased_at == now
    assert (marked.question, marked.goals, marked.topics, marked.needs) == ("", "", [], [])
    left = set(session.scalars(select(Wish.target)))
    assert left == {"other-friend@example.org", "nobody@example.org"}  # nobody names them now
    for model in (Wish, Answer, Consent, BlockRole):
        assert not session.scalars(select(model).where(model.sign_up_id == marked.id)).all()
    assert session.scalar(select(func.count()).select_from(Reply)) == 0
    letter = session.scalars(select(IncomingMail)).one()
    assert (letter.from_address, letter.subject, letter.text) == ("", "", "")


def test_erase_keeps_the_seats_so_that_plans_stay_whole(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    run = session.scalars(select(PlanRun)).one()
    seats = len(planning.decode(run).seats)

    erase(session, scene, now=now, settings=settings, journal=journal)

    count = select(func.count()).where(ScheduledSeat.sign_up_id == scene.marked.id)
    assert session.scalar(count) == 3
    assert len(planning.decode(run).seats) == seats
    entry = next(
        one for one in json.loads(run.problem)["people"] if one["id"] == f"p{scene.marked.id}"
    )
    assert set(entry) == {"id", "role"}


def test_erase_gives_the_place_to_the_next(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    following = make_waiting(session, scene)

    erase(session, scene, now=now, settings=settings, journal=journal)

    assert scene.marked.state is SignUpState.WITHDRAWN
    assert following.state is SignUpState.OFFERED


def test_erase_lets_the_cancellation_leave_and_nothing_else(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    erase(session, scene, now=now, settings=settings, journal=journal)

    mails = mails_of(session, scene.marked)
    assert [(mail.kind, mail.state) for mail in mails] == [
        ("invite", OutboxState.DROPPED),
        ("welcome", OutboxState.DROPPED),
        ("withdrawn", OutboxState.DROPPED),
        ("cancelled", OutboxState.QUEUED),
    ]
    assert [mail.to_address for mail in mails] == ["", "", "", ADDRESS]
    assert (mails[-1].method, mails[-1].sequence) == (Method.CANCEL, 1)
    invite = session.scalars(select(Invite).where(Invite.sign_up_id == scene.marked.id)).one()
    assert (invite.state, invite.fingerprint) == (InviteState.CANCELLED, "")


def test_erase_again_does_nothing_and_links_open_nothing(
    session: Session, scene: Scene, settings: Config, journal: Path, key: bytes
) -> None:
    now = scene.evening.event.starts_at - timedelta(days=2)
    token = access.link_for(session, scene.marked.person_id, LinkPurpose.ACCESS, key=key, now=now)
    erase(session, scene, now=now, settings=settings, journal=journal)

    assert erase(session, scene, now=now, settings=settings, journal=journal) is False

    assert session.scalar(select(func.count()).select_from(Erasure)) == 1
    assert len(journal_file.read(journal).lines) == 1
    with pytest.raises(Erased):
        access.person_of(session, token, key=key, now=now)


def test_erase_keeps_a_wish_for_a_name_that_somebody_else_bears(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    scene.evening.mentees[3].person.name = "kanaria  VOGELSANG"
    session.flush()

    erase(session, scene, now=now, settings=settings, journal=journal)

    assert "Kanaria Vogelsang" in set(session.scalars(select(Wish.target)))


def test_erase_hides_what_the_audit_log_said_and_keeps_that_it_was_said(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    erase(session, scene, now=now, settings=settings, journal=journal)

    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.actor == f"person {scene.marked.person_id}")
    ).all()
    assert [(entry.what, entry.detail) for entry in entries] == [
        ("withdrawn", {"sign_up_id": scene.marked.id, "state": "█"}),
        (
            "person erased",
            {"sign_up_id": scene.marked.id, "person_id": scene.marked.person_id},
        ),
    ]


def test_partners_mails_that_name_the_person_are_blank_once_they_left(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    met, not_met = scene.evening.mentors[0], scene.evening.mentors[3]
    for sign_up in (met, not_met):
        [mail] = mails_of(session, sign_up)
        mail.state, mail.sent_at = OutboxState.SENT, now

    erase(session, scene, now=now, settings=settings, journal=journal)

    [blank], [whole] = mails_of(session, met), mails_of(session, not_met)
    assert (blank.text, blank.calendar) == (blanking.BLANK_TEXT, None)
    assert blank.to_address == met.person.email
    assert whole.calendar is not None
    waiting = mails_of(session, scene.evening.mentors[1])[0]
    assert (waiting.forget_after, waiting.state) == (True, OutboxState.QUEUED)


def test_after_the_event_has_begun_data_go_and_the_place_stays(
    session: Session, scene: Scene, settings: Config, journal: Path
) -> None:
    late = scene.evening.event.starts_at + timedelta(minutes=1)

    assert erase(session, scene, now=late, settings=settings, journal=journal) is True

    assert scene.marked.state is SignUpState.PLACED
    assert scene.marked.person.name == "Erased person"
    assert {mail.state for mail in mails_of(session, scene.marked)} == {OutboxState.DROPPED}


def test_who_withdrew_before_still_gets_their_cancellation(
    session: Session, scene: Scene, now: datetime, settings: Config, journal: Path
) -> None:
    signups.withdraw(session, scene.marked, now=now)
    invites.cancel_for(session, scene.marked, now=now, settings=settings)

    erase(session, scene, now=now, settings=settings, journal=journal)

    queued = [
        mail.kind for mail in mails_of(session, scene.marked) if mail.state is OutboxState.QUEUED
    ]
    assert queued == ["cancelled"]


def test_the_journal_is_written_before_the_transaction_ends(
    session_factory: SessionFactory, settings: Config, key: bytes, clock: Clock, journal: Path
) -> None:
    with unit_of_work(session_factory) as session:
        scene = make_scene(session, now=clock(), settings=settings, key=key)
        person = scene.marked.person
    blocked = journal / "not" / "a folder"
    journal.write_text("")

    with pytest.raises(OSError, match="ot a directory"), unit_of_work(session_factory) as session:
        privacy.erase(
            session,
            session.get_one(Person, person.id),
            now=clock(),
            actor="test",
            journal=blocked,
            settings=settings,
        )

    with unit_of_work(session_factory) as session:
        assert session.get_one(Person, person.id).erased_at is None


@pytest.mark.parametrize("paused_minutes", [0, 90])
def test_the_cancellation_reaches_the_mailbox_and_is_blank_then(
    any_engine: Engine,
    settings: Config,
    key: bytes,
    clock: Clock,
    paused_minutes: int,
) -> None:
    factory = make_session_factory(any_engine, tenant=UNSCOPED)
    transport = MemoryTransport()
    with unit_of_work(factory) as session:
        scene = make_scene(session, now=clock(), settings=settings, key=key)
    with unit_of_work(factory) as session:
        privacy.erase(
            session,
            session.get_one(Person, scene.marked.person_id),
            now=clock(),
            actor="test",
            journal=privacy.journal_path(settings.data),
            settings=settings,
        )
    clock.advance(minutes=paused_minutes)

    delivery.deliver_due(factory, transport, clock=clock, settings=settings, key=key, owner="w")

    to_them = [mail for mail in transport.delivered if mail.to_address == ADDRESS]
    assert [mail.subject for mail in to_them] == ["You no longer have a place at An evening"]
    assert to_them[0].calendar is not None
    assert to_them[0].calendar.method is Method.CANCEL
    with unit_of_work(factory, write=False) as session:
        last = mails_of(session, scene.marked)[-1]
        assert (last.state, last.to_address, last.text) == (
            OutboxState.SENT,
            "",
            blanking.BLANK_TEXT,
        )
