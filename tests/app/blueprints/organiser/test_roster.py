from __future__ import annotations

import re

from sqlalchemy import select

from app.db import unit_of_work
from app.enums import LinkPurpose, SignUpState
from app.models import AuditEntry, OutboxMessage, SignUp
from app.services import access
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_sign_up


def make(desk: Desk, **changes: object) -> tuple[int, int]:
    """Return the ids of an event and of one sign-up."""
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        sign_up = make_sign_up(session, event, name="Róża Tylus", **changes)  # type: ignore[arg-type]
        return event.id, sign_up.id


def state_of(desk: Desk, sign_up_id: int) -> SignUpState:
    with unit_of_work(desk.factory, write=False) as session:
        return session.get_one(SignUp, sign_up_id).state


def mail_kinds(desk: Desk) -> list[str]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(session.scalars(select(OutboxMessage.kind)))


def test_empty_roster_says_how_to_fill_it(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event_id = make_event(session, organisation=desk.house(session)).id

    page = desk.client.get(f"/events/{event_id}/roster").text

    assert "Nobody has signed up yet" in page


def test_roster_lists_people_without_their_secrets(desk: Desk) -> None:
    event_id, _ = make(
        desk, not_with=("Dr CANARY",), wishes=("Prof FINCH",), question="Why SPARROW?"
    )

    page = desk.client.get(f"/events/{event_id}/roster").text

    assert "Róża Tylus" in page
    assert re.findall("CANARY|FINCH|SPARROW", page) == []


def test_search_keeps_the_filter(desk: Desk) -> None:
    event_id, _ = make(desk)

    page = desk.client.get(f"/events/{event_id}/roster?show=mentee&q=nobody").text

    assert "Nobody here is like that." in page
    assert '<input type="hidden" name="show" value="mentee">' in page
    assert 'name="q" value="nobody"' in page


def test_person_page_shows_answers_but_no_link(desk: Desk) -> None:
    event_id, sign_up_id = make(desk, not_with=("Dr CANARY",))

    page = desk.client.get(f"/events/{event_id}/roster/{sign_up_id}").text

    assert "Northern General" in page
    assert "CANARY" not in page
    assert "/me/" not in page


def test_looking_at_a_link_is_written_down(desk: Desk, key: bytes) -> None:
    event_id, sign_up_id = make(desk)

    page = desk.client.post(f"/events/{event_id}/roster/{sign_up_id}/link").text

    with unit_of_work(desk.factory) as session:
        sign_up = session.get_one(SignUp, sign_up_id)
        link = access.find(session, sign_up.person_id, LinkPurpose.ACCESS)
        assert link is not None
        assert f"http://localhost/me/{access.derive(link, key=key)}" in page
        entries = session.execute(select(AuditEntry.what, AuditEntry.detail)).all()
        assert ("personal link shown", {"sign_up_id": sign_up_id}) in [tuple(e) for e in entries]


def test_link_is_sent_again(desk: Desk) -> None:
    event_id, sign_up_id = make(desk)

    answer = desk.client.post(
        f"/events/{event_id}/roster/{sign_up_id}/resend", follow_redirects=True
    )

    assert "The link is on its way to Róża Tylus." in answer.text
    assert mail_kinds(desk) == ["link_again"]


def test_taking_somebody_off_asks_first(desk: Desk) -> None:
    event_id, sign_up_id = make(desk)

    page = desk.client.get(f"/events/{event_id}/roster/{sign_up_id}/cancel").text

    assert "Take <bdi>Róża Tylus</bdi> off the roster?" in page
    assert "The place goes to the first mentee on the waitlist." in page
    assert state_of(desk, sign_up_id) is SignUpState.PLACED


def test_taking_somebody_off_withdraws_and_tells_them(desk: Desk) -> None:
    event_id, sign_up_id = make(desk)

    answer = desk.client.post(f"/events/{event_id}/roster/{sign_up_id}/cancel")

    assert answer.headers["Location"] == f"/events/{event_id}/roster"
    assert state_of(desk, sign_up_id) is SignUpState.WITHDRAWN
    assert mail_kinds(desk) == ["withdrawn"]


def test_person_of_another_event_is_not_found(desk: Desk) -> None:
    event_id, _ = make(desk)
    with unit_of_work(desk.factory) as session:
        other = make_sign_up(session, make_event(session, organisation=make_organisation(session)))

    base = f"/events/{event_id}/roster/{other.id}"
    statuses = [
        desk.client.get(base).status_code,
        desk.client.get(f"{base}/cancel").status_code,
        *(
            desk.client.post(f"{base}/{action}").status_code
            for action in ("link", "resend", "cancel")
        ),
    ]

    assert statuses == [404] * 5
    assert state_of(desk, other.id) is SignUpState.PLACED
