"""Near-peers: one sign-up with another role in one part of the event."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.enums import BlockKind, Role
from app.errors import InvalidInput
from app.models import Block, Event, Round, Table
from app.services import signups
from app.services.roster import close_roster
from app.services.signups.form import choices_of
from config import Config
from tests.app.services.test_signups import make_form
from tests.builders import make_event


@pytest.fixture
def how(now: datetime, key: bytes, settings: Config) -> dict[str, Any]:
    return {"now": now, "key": key, "settings": settings}


def make_two_parts(session: Session, **options: Any) -> tuple[Event, Block, Block]:
    """Return an event of a speed block and peer groups after it."""
    event = make_event(session, **options)
    first = next(block for block in event.blocks if block.kind.is_planned)
    groups = Block(
        position=9,
        kind=BlockKind.GROUP,
        title="Circles",
        starts_at=event.ends_at,
        ends_at=event.ends_at + timedelta(minutes=20),
        minutes=20,
        all_rounds=[Round(number=1, starts_at=event.ends_at, minutes=20)],
        all_tables=[Table(number=1)],
    )
    event.all_blocks.append(groups)
    event.ends_at = groups.ends_at
    session.flush()
    return event, first, groups


def form_of(event: Event, **changes: Any) -> Any:
    return make_form(event, **({"rounds": choices_of(event).rounds} | changes))


def test_another_role_in_one_part_is_kept_and_planned(
    session: Session, how: dict[str, Any]
) -> None:
    event, speed, groups = make_two_parts(session, confirms_address=False)
    form = form_of(event, block_roles=((groups.id, Role.MENTOR), (speed.id, Role.MENTEE)))

    sign_up = signups.register(session, event.id, form, **how)

    assert [(own.block_id, own.role) for own in sign_up.block_roles] == [(groups.id, Role.MENTOR)]
    roles = [
        [person.role for person in close_roster(session, event, block, how["now"]).people]
        for block in (speed, groups)
    ]
    assert roles == [[Role.MENTEE], [Role.MENTOR]]


def test_who_is_not_in_a_part_is_not_planned_there(session: Session, how: dict[str, Any]) -> None:
    event, speed, groups = make_two_parts(session, confirms_address=False)
    sign_up = signups.register(session, event.id, form_of(event), **how)
    version = event.roster_version

    form = replace(form_of(event), block_roles=((speed.id, None),))
    assert signups.edit(session, sign_up, form, now=how["now"])
    counts = [
        len(close_roster(session, event, block, how["now"]).people) for block in (speed, groups)
    ]
    assert signups.edit(session, sign_up, replace(form, block_roles=()), now=how["now"])

    assert counts == [0, 1]
    assert sign_up.block_roles == []
    assert event.roster_version == version + 2


def test_somebody_takes_part_in_something(session: Session, how: dict[str, Any]) -> None:
    event, speed, groups = make_two_parts(session)
    form = form_of(event, block_roles=((speed.id, None), (groups.id, None)))

    with pytest.raises(InvalidInput) as caught:
        signups.register(session, event.id, form, **how)

    assert caught.value.fields == {
        f"block_role_{speed.id}": "Take part in at least one of these parts."
    }


@pytest.mark.parametrize("role", [Role.PEER, Role.FACILITATOR])
def test_a_role_must_be_one_the_event_asks_for(
    session: Session, how: dict[str, Any], role: Role
) -> None:
    event, speed, _ = make_two_parts(session)

    with pytest.raises(InvalidInput) as caught:
        signups.register(session, event.id, form_of(event, block_roles=((speed.id, role),)), **how)

    assert list(caught.value.fields) == [f"block_role_{speed.id}"]


def test_one_part_or_one_role_leaves_nothing_to_choose(session: Session) -> None:
    one_role, *_ = make_two_parts(session, capacities={Role.PEER: None})
    both, speed, groups = make_two_parts(session)

    assert choices_of(make_event(session)).blocks == ()
    assert choices_of(one_role).blocks == ()
    assert choices_of(both).blocks == ((speed.id, "Speed mentoring"), (groups.id, "Circles"))
