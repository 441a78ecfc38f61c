from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.enums import EventState, Role, SignUpState
from app.errors import NotFound
from app.queries import organiser
from app.queries.organiser import RoleCount, Station
from tests.app.queries.counting import statements
from tests.app.queries.runs import make_hosted, make_planned, make_run
from tests.builders import (
    STARTS_AT,
    make_event,
    make_organisation,
    make_schedule,
    make_sign_up,
)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_events_sends_five_statements(session: Session, now: datetime, count: int) -> None:
    house = make_organisation(session)
    for _ in range(count):
        event = make_event(session, organisation=house)
        make_sign_up(session, event)
    house_id = house.id

    with statements(session) as sent:
        rows = organiser.list_events(session, house_id, now=now)

    assert (len(rows), len(sent)) == (count, 5)


def test_list_of_events_shows_own_ones_ahead_before_those_over(
    session: Session, now: datetime
) -> None:
    house = make_organisation(session)
    make_event(session, name="Elsewhere")
    make_event(session, organisation=house, name="Over", starts_at=now - timedelta(days=9))
    make_event(session, organisation=house, name="Later", starts_at=now + timedelta(days=9))
    make_event(session, organisation=house, name="Soon", starts_at=now + timedelta(days=2))

    rows = organiser.list_events(session, house.id, now=now)

    assert [row.name for row in rows] == ["Soon", "Later", "Over"]
    assert [row.station for row in rows] == [Station.SIGN_UP, Station.SIGN_UP, Station.AFTERWARDS]


def test_list_of_events_counts_people_and_tells_local_time(session: Session, now: datetime) -> None:
    house = make_organisation(session)
    event = make_event(session, organisation=house, capacities={Role.MENTEE: 2, Role.MENTOR: None})
    make_sign_up(session, event)
    make_sign_up(session, event, state=SignUpState.WAITING)
    make_sign_up(session, event, state=SignUpState.WITHDRAWN)

    row = organiser.list_events(session, house.id, now=now)[0]

    assert (row.placed, row.waiting, row.places) == (1, 1, None)
    assert f"{row.starts_at:%H:%M}" == "18:00"


def test_nobody_else_finds_an_event(session: Session, now: datetime) -> None:
    event = make_event(session)

    with pytest.raises(NotFound):
        organiser.frame(session, make_organisation(session).id, event.id, now=now)


def test_station_follows_what_was_made(session: Session, now: datetime) -> None:
    event, _mentors, _mentees = make_hosted(session)

    def station(at: datetime = now) -> Station:
        return organiser.frame(session, event.organisation_id, event.id, now=at).station

    stations = [station()]
    event.state = EventState.CLOSED
    stations.append(station())
    make_run(session, event, now)
    stations.append(station())
    make_schedule(session, event, seats={})
    stations.extend([station(), station(STARTS_AT), station(event.ends_at)])

    assert stations == [
        Station.SIGN_UP,
        Station.ROSTER,
        Station.PLAN,
        Station.PUBLISH,
        Station.DAY,
        Station.AFTERWARDS,
    ]


def test_frame_names_the_latest_plan_with_seats(session: Session, now: datetime) -> None:
    event, run, _mentors, _mentees = make_planned(session, now)
    event.roster_version += 1
    make_run(session, event, now)

    found = organiser.frame(session, event.organisation_id, event.id, now=now)

    assert (found.run_id, found.run_roster_version) == (run.id, event.roster_version - 1)


def test_role_counts_name_every_role_asked_for_or_present(session: Session) -> None:
    event = make_event(session, capacities={Role.MENTEE: 3, Role.MENTOR: 1})
    for state in (SignUpState.PLACED, SignUpState.HELD, SignUpState.OFFERED, SignUpState.WAITING):
        make_sign_up(session, event, state=state)
    make_sign_up(session, event, role=Role.FACILITATOR)

    counts = organiser.role_counts(session, event.id)

    assert counts == (
        RoleCount(role=Role.MENTOR, places=1),
        RoleCount(role=Role.MENTEE, places=3, held=1, placed=1, waiting=1, offered=1),
        RoleCount(role=Role.FACILITATOR, places=0, placed=1),
    )
    assert [(count.taken, count.free) for count in counts] == [(0, 1), (3, 0), (1, 0)]
