from __future__ import annotations

from sqlalchemy import select

from app.blueprints.guards import SESSION_KEY
from app.db import unit_of_work
from app.enums import OrganiserRole, SignUpState
from app.models import AuditEntry, Person, SignUp
from app.services import accounts, privacy
from tests.app.blueprints.organiser.conftest import Desk
from tests.builders import make_event, make_organisation, make_organiser, make_sign_up
from tests.conftest import Clock
from tests.visitor import Visitor


def make(desk: Desk, *, elsewhere: bool = False) -> tuple[str, int]:
    """Return the address of the page that erases somebody, and their sign-up's id."""
    with unit_of_work(desk.factory) as session:
        house = make_organisation(session) if elsewhere else desk.house(session)
        event = make_event(session, organisation=house)
        sign_up = make_sign_up(session, event, name="Róża Tylus")
    return f"/events/{event.id}/people/{sign_up.id}/erase", sign_up.id


def name_of(desk: Desk, sign_up_id: int) -> str:
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalars(
            select(Person.name).join(SignUp).where(SignUp.id == sign_up_id)
        ).one()


def test_an_owner_erases_somebody_after_a_tick(desk: Desk) -> None:
    url, sign_up_id = make(desk)
    visitor = Visitor(desk.client)
    page = visitor.open(url)

    refused = visitor.send(page, page.form(url), status=422)
    before = name_of(desk, sign_up_id)
    after = visitor.send(page, page.form(url), sure="yes")

    assert refused.title.startswith("Error: ")
    assert "one last mail tells them" in page.html
    assert (before, name_of(desk, sign_up_id)) == ("Róża Tylus", privacy.ERASED_NAME)
    assert "Everything about this person is erased." in after.html
    assert "Róża" not in after.html
    with unit_of_work(desk.factory, write=False) as session:
        assert session.get_one(SignUp, sign_up_id).state is SignUpState.WITHDRAWN
        entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "person erased")).one()
        assert entry.actor.startswith("organiser ")


def test_the_page_of_an_erased_person_says_so(desk: Desk) -> None:
    url, _sign_up_id = make(desk)
    desk.client.post(url, data={"sure": "yes"})

    again = desk.client.post(url, data={"sure": "yes"})

    assert again.status_code == 303
    assert "This person is erased already" in desk.client.get(url).text


def test_no_owner_of_another_organisation_erases_anybody(desk: Desk) -> None:
    url, sign_up_id = make(desk, elsewhere=True)

    answers = [desk.client.get(url), desk.client.post(url, data={"sure": "yes"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert name_of(desk, sign_up_id) == "Róża Tylus"


def test_an_organiser_who_is_no_owner_may_not(desk: Desk, clock: Clock) -> None:
    url, sign_up_id = make(desk)
    with unit_of_work(desk.factory) as session:
        helper = make_organiser(
            session,
            organisation=desk.house(session),
            email="helper@example.org",
            role=OrganiserRole.ORGANISER,
        )
        token = accounts.open_session(session, helper.id, now=clock())
    with desk.client.session_transaction() as browser:
        browser[SESSION_KEY] = token

    answer = desk.client.post(url, data={"sure": "yes"})

    assert answer.status_code == 403
    assert name_of(desk, sign_up_id) == "Róża Tylus"


def test_the_event_s_page_says_when_names_are_removed(desk: Desk, clock: Clock) -> None:
    with unit_of_work(desk.factory) as session:
        event = make_event(session, organisation=desk.house(session))
        sign_up = make_sign_up(session, event)
    url = f"/events/{event.id}"

    before = desk.client.get(url).text
    with unit_of_work(desk.factory) as session:
        session.get_one(type(event), event.id).anonymised_at = clock()
    after = desk.client.get(url).text

    assert "Names are removed on 2 June 2027." in before
    assert "Names were removed on 1 March 2027." in after
    page = desk.client.get(f"/events/{event.id}/roster/{sign_up.id}").text
    assert f"/events/{event.id}/people/{sign_up.id}/erase" in page
