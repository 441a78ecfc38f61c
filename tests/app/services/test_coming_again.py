"""Somebody who left and comes again, by the form, by hand or by a file: nothing old holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.enums import ConsentKind, LinkPurpose, Role, SignUpState
from app.models import Event, SignUp
from app.services import access, publishing, roster_edit, signups
from app.services.roster import close_roster
from app.services.roster_edit import RosterEntry
from app.services.roster_import.bringing import import_people, read_for
from app.services.signups.form import SignUpForm
from config import Config
from tests.builders import planned_block
from tests.published import make_evening, publish


@dataclass(kw_only=True)
class Scene:
    session: Session
    event: Event
    somebody: SignUp
    now: datetime
    settings: Config
    key: bytes

    @property
    def form(self) -> SignUpForm:
        return SignUpForm(
            role=Role.MENTEE,
            name=self.somebody.person.name,
            email=self.somebody.person.email,
            stage="student",
            question="Another one?",
            topics=("Career planning",),
            rounds=tuple(one.id for one in planned_block(self.event).rounds),
            consents=frozenset({ConsentKind.PLAN}),
        )


def by_form(scene: Scene) -> None:
    made = signups.register(
        scene.session,
        scene.event.id,
        scene.form,
        now=scene.now,
        key=scene.key,
        settings=scene.settings,
    )
    token = access.link_for(
        scene.session, made.person_id, LinkPurpose.CONFIRM, key=scene.key, now=scene.now
    )
    signups.confirm(scene.session, token, now=scene.now, key=scene.key)


def by_hand(scene: Scene) -> None:
    entry = RosterEntry(form=scene.form, consented=True)
    roster_edit.add(scene.session, scene.event, entry, now=scene.now, actor="test")


def by_file(scene: Scene) -> None:
    person = scene.somebody.person
    content = f"name,email,role\n{person.name},{person.email},mentee\n".encode()
    people = read_for(scene.event, content).people
    import_people(scene.session, scene.event, people, now=scene.now, actor="test")


@pytest.fixture
def scene(session: Session, now: datetime, settings: Config, key: bytes) -> Scene:
    """Return an evening that is published; the first mentee was marked absent, and then left."""
    evening = make_evening(session)
    publish(session, evening, now=now)
    somebody = evening.mentees[0]
    roster_edit.mark_absent(session, somebody, now=now, actor="test")
    signups.withdraw(session, somebody, now=now)
    return Scene(
        session=session,
        event=evening.event,
        somebody=somebody,
        now=now + timedelta(minutes=1),
        settings=settings,
        key=key,
    )


@pytest.mark.parametrize("come", [by_form, by_hand, by_file])
def test_who_comes_again_is_planned_again(scene: Scene, come: Callable[[Scene], None]) -> None:
    come(scene)

    assert scene.somebody.state is SignUpState.PLACED
    roster = close_roster(scene.session, scene.event, planned_block(scene.event), scene.now)
    assert f"p{scene.somebody.id}" in {one.id for one in roster.people}


@pytest.mark.parametrize("come", [by_form, by_hand, by_file])
def test_who_comes_again_has_no_seat_of_before(scene: Scene, come: Callable[[Scene], None]) -> None:
    before = publishing.current(scene.session, scene.event.id).people

    come(scene)

    after = publishing.current(scene.session, scene.event.id)
    assert scene.somebody.id in before
    assert after.people == before - {scene.somebody.id}
