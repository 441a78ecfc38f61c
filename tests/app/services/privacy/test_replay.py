from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import InviteState, OutboxState, SignUpState
from app.models import Erasure, Invite, OutboxMessage, Person
from app.services import privacy
from app.services.privacy import journal_file
from app.services.privacy.journal_file import Line
from config import Config
from tests.app.services.privacy.scene import Scene, make_scene, make_waiting
from tests.builders import make_event, make_sign_up


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return privacy.journal_path(tmp_path)


@pytest.fixture
def scene(session: Session, now: datetime, settings: Config, key: bytes) -> Scene:
    return make_scene(session, now=now, settings=settings, key=key)


def line_of(person: Person, now: datetime, **changes: object) -> Line:
    values: dict[str, object] = {
        "person_id": person.id,
        "event_id": person.event_id,
        "person_created_at": person.created_at,
        "at": now,
    }
    return Line(**(values | changes))  # type: ignore[arg-type]


def test_replay_erases_again_whom_a_restore_brought_back(
    session: Session, scene: Scene, journal: Path, now: datetime
) -> None:
    following = make_waiting(session, scene)
    person = scene.marked.person
    journal_file.append(journal, [line_of(person, now)])

    assert privacy.replay(session, journal, now=now + timedelta(hours=1)) == 1

    assert (person.name, person.erased_at) == (privacy.ERASED_NAME, now)
    assert scene.marked.state is SignUpState.WITHDRAWN
    assert following.state is SignUpState.OFFERED
    assert session.scalar(select(func.count()).select_from(Erasure)) == 1


def test_replay_writes_to_nobody_who_was_erased(
    session: Session, scene: Scene, journal: Path, now: datetime
) -> None:
    journal_file.append(journal, [line_of(scene.marked.person, now)])

    privacy.replay(session, journal, now=now)

    states = session.scalars(
        select(OutboxMessage.state).where(OutboxMessage.person_id == scene.marked.person_id)
    )
    assert set(states) == {OutboxState.DROPPED}
    invite = session.scalars(select(Invite).where(Invite.sign_up_id == scene.marked.id)).one()
    assert (invite.state, invite.sequence) == (InviteState.CANCELLED, 1)


def test_replay_twice_is_the_same_as_once(
    session: Session, scene: Scene, journal: Path, now: datetime
) -> None:
    journal_file.append(journal, [line_of(scene.marked.person, now)] * 2)

    assert privacy.replay(session, journal, now=now) == 1
    assert privacy.replay(session, journal, now=now) == 0


def test_replay_never_meets_somebody_who_was_given_the_id_since(
    session: Session, scene: Scene, journal: Path, now: datetime
) -> None:
    person = scene.other.person
    journal_file.append(
        journal,
        [
            line_of(person, now, person_created_at=person.created_at - timedelta(microseconds=1)),
            line_of(person, now, event_id=make_event(session).id),
            line_of(person, now, person_id=10_000),
        ],
    )

    assert privacy.replay(session, journal, now=now) == 0

    assert person.erased_at is None


def test_replay_without_a_journal_does_nothing(
    session: Session, journal: Path, now: datetime
) -> None:
    make_sign_up(session, make_event(session))

    assert privacy.replay(session, journal, now=now) == 0


def test_a_spoilt_line_is_named_and_stops_nothing(
    session: Session,
    scene: Scene,
    journal: Path,
    now: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    journal.write_bytes(
        b"\n{\n"
        b'{"person_id": "1", "event_id": 1, "person_created_at": 3, "at": 4}\n'
        b'{"person_id": 1, "event_id": 1, "person_created_at": "2027-01-01", "at": "2027-01-01"}\n'
        b"[]\n\xff\xfe\n" + b'{"person_id": 7'
    )
    journal_file.append(journal, [line_of(scene.marked.person, now)])

    with caplog.at_level(logging.WARNING):
        assert privacy.replay(session, journal, now=now) == 1

    faults = privacy.journal_faults(journal)
    assert [fault.partition(":")[0] for fault in faults] == [
        f"erasures.jsonl, line {number}" for number in (2, 3, 4, 5, 6, 7)
    ]
    assert [record.getMessage() for record in caplog.records] == list(faults)


def test_the_journal_holds_ids_and_times_only_and_is_its_owners(
    session: Session, scene: Scene, journal: Path, now: datetime, settings: Config
) -> None:
    person = scene.marked.person
    line = line_of(person, now)

    privacy.erase(session, person, now=now, actor="t", journal=journal, settings=settings)

    assert journal_file.read(journal).lines == (line,)
    assert journal.stat().st_mode & 0o777 == 0o600
    assert journal.read_text() == (
        f'{{"person_id": {line.person_id}, "event_id": {line.event_id}, '
        f'"person_created_at": "{line.person_created_at.isoformat()}", '
        f'"at": "{now.isoformat()}"}}\n'
    )
