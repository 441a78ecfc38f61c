from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.enums import ConsentKind, LinkPurpose, QuestionKind, Role, SignUpState
from app.mail.message import MailMessage
from app.models import (
    Answer,
    AuditEntry,
    Consent,
    CustomQuestion,
    OutboxMessage,
    Person,
    SignUp,
    Wish,
)
from app.services import access, delivery, invites, mail_confidences, privacy
from app.services.privacy import journal_file
from config import Config
from tests.app.services.privacy.scene import ADDRESS, CANARIES, OTHERS, Scene, make_scene
from tests.builders import make_event, make_organisation, make_sign_up
from tests.conftest import Clock
from tests.fakes import MemoryTransport
from tests.visitor import Visitor

Link = Callable[[SignUp], str]
Mailbox = Callable[[], list[MailMessage]]


@pytest.fixture
def link(session_factory: SessionFactory, key: bytes, clock: Clock) -> Link:
    """Return a function that gives a sign-up's personal page."""

    def page(sign_up: SignUp) -> str:
        with unit_of_work(session_factory) as session:
            token = access.link_for(
                session, sign_up.person_id, LinkPurpose.ACCESS, key=key, now=clock()
            )
        return f"/me/{token}"

    return page


@pytest.fixture
def scene(session_factory: SessionFactory, settings: Config, key: bytes, clock: Clock) -> Scene:
    with unit_of_work(session_factory) as session:
        return make_scene(session, now=clock(), settings=settings, key=key)


@pytest.fixture
def mailbox(session_factory: SessionFactory, settings: Config, key: bytes, clock: Clock) -> Mailbox:
    """Return a function that delivers what is due and returns it."""

    def delivered() -> list[MailMessage]:
        transport = MemoryTransport()
        delivery.deliver_due(
            session_factory, transport, clock=clock, settings=settings, key=key, owner="w"
        )
        return transport.delivered

    return delivered


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    return Visitor(client)


def person_of(factory: SessionFactory, sign_up: SignUp) -> Person:
    with unit_of_work(factory, write=False) as session:
        return session.get_one(Person, sign_up.person_id)


def make_one(factory: SessionFactory, **changes: object) -> SignUp:
    with unit_of_work(factory) as session:
        event = make_event(session, slug="evening")
        return make_sign_up(session, event, **changes)  # type: ignore[arg-type]


def test_the_page_says_who_reads_what_by_what_was_agreed_to(
    session_factory: SessionFactory, visitor: Visitor, link: Link
) -> None:
    agreed = (ConsentKind.PLAN, ConsentKind.QUESTION)
    url = link(make_one(session_factory, consents=agreed))

    page = visitor.open(f"{url}/data")

    assert page.title == "Who can see what about me · Roundabout"
    assert "The organisers; your mentors, before the event." in page.html
    assert "Not calendars of others: you did not say yes to that." in page.html
    assert "public page" not in page.html  # mentees are not asked for that
    assert "Until 2 June 2027." in page.html  # ninety days after the event
    assert visitor.open(url).link("/data") == f"{url}/data"


def test_the_page_names_the_organisers_own_questions_and_who_reads_the_answers(
    session_factory: SessionFactory, visitor: Visitor, link: Link
) -> None:
    sign_up = make_one(session_factory)
    with unit_of_work(session_factory) as session:
        for position, is_private in ((1, False), (2, True)):
            question = CustomQuestion(
                event_id=sign_up.event_id,
                position=position,
                key=f"q{position}",
                label=f"Question {position}",
                kind=QuestionKind.TEXT,
                is_private=is_private,
            )
            session.add(question)
            session.flush()
            session.add(Answer(sign_up_id=sign_up.id, question_id=question.id, value="yes"))

    html = visitor.open(f"{link(sign_up)}/data").html

    shared, private = html.split("Question 1", 1)[1].split("Question 2", 1)
    assert "The organisers." in shared
    assert "Owners of the organisation only" in private


def test_single_yeses_are_taken_back_on_the_page(
    session_factory: SessionFactory, visitor: Visitor, link: Link
) -> None:
    agreed = (ConsentKind.PLAN, ConsentKind.QUESTION, ConsentKind.NAME)
    sign_up = make_one(session_factory, consents=agreed)
    page = visitor.open(f"{link(sign_up)}/data")

    after = visitor.send(page, page.form("consents/question"))

    assert "and took it back on Monday 1 March, 10:00." in after.html
    assert [form.action.rpartition("/")[2] for form in after.forms] == ["name"]
    with unit_of_work(session_factory, write=False) as session:
        ended = session.scalars(select(Consent.kind).where(Consent.withdrawn_at.is_not(None)))
        assert list(ended) == [ConsentKind.QUESTION]


def test_the_yes_to_everything_leads_to_the_page_that_erases(
    session_factory: SessionFactory, client: FlaskClient, link: Link
) -> None:
    url = link(make_one(session_factory))

    answers = [client.post(f"{url}/data/consents/{kind}") for kind in ("plan", "other")]

    assert [answer.status_code for answer in answers] == [303, 404]
    assert answers[0].location == f"{url}/erase"


def test_the_downloads_hold_everything_and_nothing_of_others(
    client: FlaskClient, scene: Scene, link: Link
) -> None:
    url = link(scene.marked)

    files = [client.get(f"{url}/data.{kind}") for kind in ("json", "csv")]

    for file in files:
        text = file.get_data(as_text=True)
        missing = [canary for canary in CANARIES if canary.lower() not in text.lower()]
        assert missing == ["canary-foe"]  # it goes to the mailbox only
        assert [word for word in OTHERS if word in text] == []
        assert file.headers["Cache-Control"] == "no-store"
    slug = scene.evening.event.slug
    assert [file.headers["Content-Disposition"] for file in files] == [
        f'attachment; filename="my-data-{slug}.json"',
        f'attachment; filename="my-data-{slug}.csv"',
    ]


def test_whom_they_would_rather_not_sit_with_goes_to_their_mailbox_and_nowhere_else(
    session_factory: SessionFactory,
    visitor: Visitor,
    scene: Scene,
    link: Link,
    mailbox: Mailbox,
) -> None:
    page = visitor.open(f"{link(scene.marked)}/data")

    after = visitor.send(page, page.form("/data/confidential"))

    assert "is on its way to your mailbox" in after.html
    assert "foe" not in (page.html + after.html).lower()
    [mail] = [one for one in mailbox() if "in confidence" in one.subject]
    assert (mail.to_address, "- Canary-Foe Person" in mail.text) == (ADDRESS, True)
    assert "<b>Canary-Foe Person</b>" in mail.html
    with unit_of_work(session_factory, write=False) as session:
        row = session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == mail_confidences.KIND)
        ).one()
        assert "foe" not in (row.text + row.html).lower()
        shown = mail_confidences.texts_of(session, row, is_preview=True)
        assert [mail_confidences.HIDDEN in text for text in shown] == [True, True]


def test_nothing_confidential_goes_to_an_address_that_nobody_confirmed(
    session_factory: SessionFactory, client: FlaskClient, link: Link
) -> None:
    url = link(make_one(session_factory, state=SignUpState.HELD, not_with=("A Foe",)))

    answer = client.post(f"{url}/data/confidential")

    assert answer.status_code == 409
    assert "Write to the organiser for it." in client.get(f"{url}/data").text


def test_the_confidential_mail_is_sent_a_few_times_an_hour(
    client: FlaskClient, scene: Scene, link: Link
) -> None:
    url = f"{link(scene.marked)}/data/confidential"

    assert [client.post(url).status_code for _ in range(4)] == [303, 303, 303, 429]


def test_no_get_changes_anything(
    session_factory: SessionFactory, client: FlaskClient, scene: Scene, link: Link
) -> None:
    url = link(scene.marked)

    for path in ("data", "data.json", "data.csv", "erase", "sheet"):
        for method in (client.get, client.head):
            method(f"{url}/{path}?sure=yes")
    answer = client.get(f"{url}/data/consents/name")

    assert answer.status_code == 405
    assert person_of(session_factory, scene.marked).erased_at is None
    with unit_of_work(session_factory, write=False) as session:
        assert not list(session.scalars(select(Consent).where(Consent.withdrawn_at.is_not(None))))


def test_erasing_asks_for_a_tick(
    session_factory: SessionFactory, visitor: Visitor, scene: Scene, link: Link
) -> None:
    page = visitor.open(f"{link(scene.marked)}/erase")

    after = visitor.send(page, page.form(), status=422)

    assert after.title.startswith("Error: ")
    assert 'href="#sure"' in after.html
    assert person_of(session_factory, scene.marked).erased_at is None


def test_who_erases_themselves_is_gone_at_once(
    session_factory: SessionFactory,
    visitor: Visitor,
    scene: Scene,
    link: Link,
    caplog: pytest.LogCaptureFixture,
) -> None:
    url = link(scene.marked)
    caplog.set_level(logging.DEBUG)
    page = visitor.open(f"{url}/erase")
    assert "One last mail takes the entry out of your calendar." in page.html

    after = visitor.send(page, page.form(), sure="yes")

    assert "Nothing is kept here any more" in after.html
    assert person_of(session_factory, scene.marked).name == privacy.ERASED_NAME
    for path in ("", "/data", "/data.json", "/erase", "/edit", "/invite.ics"):
        again = visitor.open(url + path, status=404)
        assert "Nothing is kept here any more" in again.html
    assert [one for one in CANARIES if one.lower() in caplog.text.lower()] == []
    with unit_of_work(session_factory, write=False) as session:
        actors = session.scalars(select(AuditEntry.actor).where(AuditEntry.what == "person erased"))
        assert list(actors) == [f"person {scene.marked.person_id}"]


def test_a_second_click_finds_the_page_that_says_it_is_done(
    client: FlaskClient, scene: Scene, link: Link, settings: Config
) -> None:
    url = link(scene.marked)

    answers = [client.post(f"{url}/erase", data={"sure": "yes"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert all("Nothing is kept here any more" in answer.text for answer in answers)
    assert len(journal_file.read(privacy.journal_path(settings.data)).lines) == 1


def test_who_was_erased_can_sign_up_anew(
    session_factory: SessionFactory, client: FlaskClient, link: Link
) -> None:
    first = make_one(session_factory, name="Wei Chen", email="wei@example.org")
    client.post(f"{link(first)}/erase", data={"sure": "yes"})

    form = {
        "name": "Wei Chen",
        "email": "WEI@example.org",
        "stage": "student",
        "question": "Again?",
        "topic1": "Career planning",
        "consent_plan": "y",
    }
    page = Visitor(client).open("/e/evening?role=mentee")
    sent = page.form("/e/evening").fields | {key: [value] for key, value in form.items()}
    answer = client.post("/e/evening?role=mentee", data=sent)

    assert answer.status_code == 303
    with unit_of_work(session_factory, write=False) as session:
        people = session.scalars(select(Person).order_by(Person.id)).all()
    assert [person.name for person in people] == ["Erased person", "Wei Chen"]


def test_after_the_start_others_read_somebody(
    client: FlaskClient, scene: Scene, link: Link, clock: Clock
) -> None:
    clock.at = scene.evening.event.starts_at + timedelta(minutes=1)
    mentor = scene.evening.mentors[0]
    before = client.get(f"{link(mentor)}").text

    client.post(f"{link(scene.marked)}/erase", data={"sure": "yes"})

    after = client.get(f"{link(mentor)}").text
    assert "Kanaria Vogelsang" in before
    assert "Kanaria" not in after
    assert "Somebody" in after
    assert "somebody" in client.get(f"{link(mentor)}/sheet").text


def test_the_pages_open_in_every_state(
    session_factory: SessionFactory, client: FlaskClient, link: Link
) -> None:
    statuses = {}
    with unit_of_work(session_factory) as session:
        event = make_event(session)
        people = [
            make_sign_up(session, event, role=Role.MENTOR, state=state) for state in SignUpState
        ]
    for sign_up in people:
        url = link(sign_up)
        for path in ("", "/data", "/erase", "/sheet", "/data.csv"):
            statuses[sign_up.state, path] = client.get(url + path).status_code

    assert statuses == dict.fromkeys(statuses, 200)
    assert len(statuses) == 5 * len(SignUpState)


def test_the_privacy_page_shows_the_whole_inventory(client: FlaskClient) -> None:
    html = client.get("/privacy").text

    assert "Whom you would love to meet, and whom you would rather not sit with" in html
    assert "(only with your yes)" in html
    assert "An organiser&#39;s account" in html
    assert "Plan my time with these answers" in html


def test_another_organisations_person_is_not_in_ones_wishes_or_partners(
    session_factory: SessionFactory, client: FlaskClient, scene: Scene, link: Link
) -> None:
    with unit_of_work(session_factory) as session:
        event = make_event(session, organisation=make_organisation(session, name="Another"))
        elsewhere = make_sign_up(
            session, event, name="Kanaria Vogelsang", not_with=("canary-address@example.org",)
        )

    client.post(f"{link(scene.marked)}/erase", data={"sure": "yes"})

    with unit_of_work(session_factory, write=False) as session:
        [wish] = session.scalars(select(Wish).where(Wish.sign_up_id == elsewhere.id))
        assert wish.target == "canary-address@example.org"
    assert person_of(session_factory, elsewhere).name == "Kanaria Vogelsang"


def test_partners_calendars_follow_with_the_same_sequence(
    session_factory: SessionFactory,
    client: FlaskClient,
    scene: Scene,
    link: Link,
    settings: Config,
) -> None:
    client.post(f"{link(scene.marked)}/erase", data={"sure": "yes"})
    later = scene.evening.event.starts_at - timedelta(days=1)

    with unit_of_work(session_factory) as session:
        event = session.merge(scene.evening.event, load=True)
        told = invites.sync(session, event, now=later, settings=settings)
        rows = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.created_at == later)
            .order_by(OutboxMessage.id)
        ).all()

    assert told == 3  # the three mentors whose visitor is gone
    assert {row.sequence for row in rows} == {0}
    assert [row for row in rows if "Kanaria" in row.text + (row.calendar or "")] == []
