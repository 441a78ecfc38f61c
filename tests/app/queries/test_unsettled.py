"""Who should be asked before a plan is published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import ConsentKind, SignUpState
from app.queries import roster_view
from app.queries.roster_filter import RosterFilter
from app.queries.unsettled import Named, named, unsettled
from tests.app.queries.counting import statements
from tests.builders import make_event, make_sign_up


def test_those_with_a_place_and_no_yes_and_those_not_confirmed(
    session: Session, now: datetime
) -> None:
    event = make_event(session)
    make_sign_up(session, event, name="Agreed")
    make_sign_up(session, event, name="zoe", consents=())
    make_sign_up(session, event, name="Ada", consents=(ConsentKind.NAME,))
    taken_back = make_sign_up(session, event, name="Ben")
    taken_back.consents[0].withdrawn_at = now
    make_sign_up(session, event, name="Waits", state=SignUpState.WAITING, consents=())
    make_sign_up(session, event, name="Held", state=SignUpState.HELD)
    session.flush()
    event_id = event.id

    with statements(session) as sent:
        found = unsettled(session, event_id)

    assert found.not_agreed == Named(names=("Ada", "Ben", "zoe"), number=3)
    assert found.unconfirmed == Named(names=("Held",), number=1)
    assert len(sent) == 1


def test_ten_are_named_and_the_others_counted() -> None:
    found = named(f"Person {at:02}" for at in range(13))

    assert (len(found.names), found.names[-1], found.others) == (10, "Person 09", 3)
    assert named([]) == Named(names=(), number=0)


def test_the_roster_shows_just_those_without_a_yes(session: Session) -> None:
    event = make_event(session)
    make_sign_up(session, event)
    make_sign_up(session, event, name="Ada", consents=())
    make_sign_up(session, event, state=SignUpState.WITHDRAWN, consents=())

    page = roster_view.read(session, event.id, RosterFilter(show="not_agreed"))

    assert [row.name for row in page.rows] == ["Ada"]
    assert [(one.label, one.number) for one in page.filters if one.key == "not_agreed"] == [
        ("not agreed yet", 1)
    ]
