from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.blueprints.guards import SESSION_KEY
from app.db import SessionFactory, unit_of_work
from app.enums import OrganiserRole, Role
from app.models import Event, Person, RosterUpload
from app.services import accounts
from config import Config
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.app.services.roster_import.files import as_csv, as_xlsx, people, table
from tests.builders import make_organiser
from tests.conftest import Clock

ROWS = (
    ("Meg Tor", "meg@example.org", "mentor", "senior", "Career planning", ""),
    ("Ann Bee", "ann@example.org", "Mentro", "student", "Cooking", "secret.person@example.org"),
    ("Bad Row", "no-address", "mentee", "student", "", "ann@example.org"),
    ("Ann Again", "ann@example.org", "mentee", "student", "", ""),
)


@pytest.fixture
def desk(
    session_factory: SessionFactory,
    client: FlaskClient,
    settings: Config,
    clock: Clock,
    key: bytes,
) -> Desk:
    return make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )


def at(desk: Desk, page: str = "") -> str:
    return f"/events/{desk.event_id}/roster/import{page}"


def upload(desk: Desk, content: bytes, name: str = "people.csv") -> TestResponse:
    return send(desk.client, at(desk), content, name)


def send(client: FlaskClient, path: str, content: bytes, name: str = "people.csv") -> TestResponse:
    """Send a file as a browser does; the client's own way leaves large ones open on the disk."""
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--edge--\r\n"
    return client.post(path, data=body, content_type="multipart/form-data; boundary=edge")


def brought(desk: Desk, content: bytes, name: str = "people.csv") -> str:
    """Upload a file, say yes to its columns; return where its pages are."""
    where = upload(desk, content, name).location.removesuffix("/columns")
    desk.client.post(f"{where}/columns", data=chosen(text(desk, f"{where}/columns")))
    return where


def chosen(page: str) -> dict[str, str]:
    """Return the choices of the columns page as they stand."""
    selects = re.findall(r'<select id="(column-\w+)"(.*?)</select>', page, re.DOTALL)
    found = {name: re.search(r'value="([^"]*)" selected', body) for name, body in selects}
    return {name: match[1] for name, match in found.items() if match}


def text(desk: Desk, path: str) -> str:
    answer = desk.client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def seen(page: str) -> str:
    [mark] = re.findall(r'name="seen" value="(\w+)"', page)
    return str(mark)


def names(desk: Desk) -> set[str]:
    with unit_of_work(desk.factory, write=False) as session:
        found = select(Person.name).where(Person.event_id == desk.event_id)
        return set(session.scalars(found))


def become_organiser(desk: Desk) -> None:
    """Go on as somebody of the organisation who is no owner."""
    with unit_of_work(desk.factory) as session:
        organisation = session.merge(desk.evening.event).organisation_id
        other = make_organiser(session, email="second@example.org", role=OrganiserRole.ORGANISER)
        other.organisation_id = organisation
        session.flush()
        token = accounts.open_session(session, other.id, now=desk.clock())
    with desk.client.session_transaction() as cookie:
        cookie[SESSION_KEY] = token


def test_a_list_goes_in_step_by_step(desk: Desk) -> None:
    before = names(desk)
    first = upload(desk, as_xlsx(table(*ROWS)), "people.xlsx")
    where = first.location.removesuffix("/columns")

    columns = text(desk, first.location)
    to_words = desk.client.post(first.location, data=chosen(columns))
    words = text(desk, to_words.location)
    picked = dict(re.findall(r'name="(word-\d+)".*?value="([^"]*)" selected', words, re.DOTALL))
    to_report = desk.client.post(to_words.location, data=picked)
    report = text(desk, to_report.location)

    assert "Excel workbook: 4 rows below the headings in row 1." in columns
    assert "2 words we do not know" in words
    assert picked == {"word-0": "mentor", "word-1": "!keep"}
    assert "4 rows read, 2 ready to add" in report
    assert "no-address" in report
    assert "as in row 3" in report
    assert names(desk) == before

    mended = {"fix-4-email": "bad@example.org", "instead-5-3": "on"}
    desk.client.post(f"{where}/report", data=mended)
    report = text(desk, f"{where}/report")
    done = desk.client.post(f"{where}/add", data={"seen": seen(report)}, follow_redirects=True)

    assert "4 rows read, 3 ready to add" in report
    page = done.get_data(as_text=True)
    assert "3 people added, 1 of them to the waitlist. No mail was sent." in page
    assert names(desk) - before == {"Meg Tor", "Bad Row", "Ann Again"}
    assert "The list is in, 1 row stayed behind" in text(desk, f"{where}/report")
    assert "Put 1 row right" not in page


def test_rows_that_stayed_behind_are_named_and_wait(desk: Desk) -> None:
    where = brought(desk, as_xlsx(table(*ROWS)), "people.xlsx")
    picked = {"word-0": "mentor", "word-1": "!keep"}
    desk.client.post(f"{where}/words", data=picked)
    report = text(desk, f"{where}/report")

    added = desk.client.post(f"{where}/add", data={"seen": seen(report)}, follow_redirects=True)

    page = added.get_data(as_text=True)
    rest = re.search(r'<a role="button" href="([^"]+)/report">Put 2 rows right</a>', page)
    assert rest is not None
    assert "2 people added" in page
    assert '<td data-l="Row">4</td><th scope="row"><bdi>Bad Row</bdi></th>' in page
    assert "Write it on the page of these rows." in page
    again = text(desk, f"{rest[1]}/report")
    assert "2 rows read, 0 ready to add" in again
    assert desk.client.get(f"{where}/stayed.csv").get_data(as_text=True).splitlines() == [
        "\ufeffRow,Who,Column,Found,Why,What to do",
        (
            "4,Bad Row,E-mail address,no-address,Expected an e-mail address,"
            "Write it on the page of these rows."
        ),
        (
            "5,Ann Again,E-mail address,as in row 3,Expected one row for each address,"
            "Say which of the two rows counts."
        ),
    ]
    mended = {"fix-4-email": "bad@example.org"}
    desk.client.post(f"{rest[1]}/report", data=mended)
    ready = text(desk, f"{rest[1]}/report")
    desk.client.post(f"{rest[1]}/add", data={"seen": seen(ready)})
    assert "Bad Row" in names(desk)


def test_a_list_can_be_pasted(desk: Desk) -> None:
    pasted = as_csv(table(), "\t").decode()

    answer = desk.client.post(at(desk), data={"text": pasted})

    assert "Pasted text" in text(desk, answer.location)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7", "This is a PDF, not a table."),
        (b"Name,Mail,Role\r\n", "The file has headings but no rows below them."),
        (b"x" * 10_000_001, "This file has 10.0 MB; at most 10 MB can be read."),
    ],
)
def test_a_file_that_is_no_list_is_refused_on_the_page(
    desk: Desk, content: bytes, message: str
) -> None:
    answer = upload(desk, content)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in page
    assert "<title>Error: Bring a list" in page


def test_nothing_chosen_is_said_and_what_was_pasted_stays(desk: Desk) -> None:
    nothing = desk.client.post(at(desk), data={"text": " "})
    wrong = desk.client.post(at(desk), data={"text": "one line"})

    assert (nothing.status_code, wrong.status_code) == (422, 422)
    assert "Choose a file, or paste the list below." in nothing.get_data(as_text=True)
    assert ">one line</textarea>" in wrong.get_data(as_text=True)


def test_columns_that_are_missing_are_named_and_choices_stay(desk: Desk) -> None:
    where = upload(desk, as_csv(table())).location

    answer = desk.client.post(where, data={"column-name": "0", "column-stage": "0"})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "E-mail address: Choose the column with e-mail addresses" in page
    assert 'href="#column-email"' in page
    assert chosen(page)["column-name"] == "0"


def test_another_sheet_of_a_workbook_can_be_read(desk: Desk) -> None:
    def change(book: object) -> None:
        sheet = book.create_sheet("Late")  # type: ignore[attr-defined]
        sheet.append(["Name", "Mail", "Role"])
        sheet.append(["Late Comer", "late@example.org", "mentee"])
        book.create_sheet("Notes")  # type: ignore[attr-defined]

    where = upload(desk, as_xlsx(table(), change), "people.xlsx").location

    empty = desk.client.post(where, data={"sheet": "Notes"})
    desk.client.post(where, data={"sheet": "Late"})

    assert empty.status_code == 422
    assert "The file is empty." in empty.get_data(as_text=True)
    assert "Late Comer" in text(desk, where)


def test_a_roster_that_moved_is_shown_anew_and_nobody_added(desk: Desk) -> None:
    where = brought(desk, as_csv(table()))
    mark = seen(text(desk, f"{where}/report"))
    with unit_of_work(desk.factory) as session:
        event = session.get_one(Event, desk.event_id)
        next(one for one in event.capacities if one.role is Role.MENTEE).places = 0

    answer = desk.client.post(f"{where}/add", data={"seen": mark})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "The roster changed since you looked. Nothing was added" in page
    assert "2 of 2 mentees go to the waitlist" in page
    assert "Meg Tor" not in names(desk)


def test_whom_somebody_would_avoid_is_read_back_to_nobody(desk: Desk) -> None:
    avoided = "secret.person@example.org"
    row = ("Bad Row", "no-address", "mentee", "", "", avoided)
    where = brought(desk, as_csv(table(ROWS[0], row)))
    pages = ("/columns", "/report", "/report?show=place", "/rows.csv")

    own = [avoided in text(desk, f"{where}{page}") for page in pages]
    become_organiser(desk)
    theirs = [avoided in text(desk, f"{where}{page}") for page in pages]

    assert own == [False, False, False, True]
    assert theirs == [False] * 4


def test_a_list_can_be_put_away(desk: Desk) -> None:
    where = brought(desk, as_csv(table()))

    answer = desk.client.post(f"{where}/drop", follow_redirects=True)

    assert "The file is put away. Nothing of it was added." in answer.get_data(as_text=True)
    assert desk.client.get(f"{where}/report").status_code == 404


def test_a_list_that_waits_is_found_again(desk: Desk) -> None:
    brought(desk, as_csv(table()), "spring <list>.csv")

    page = text(desk, at(desk))

    assert "This list waits for your yes" in page
    assert "spring &lt;list&gt;.csv" in page


def test_many_rows_come_in_pages(desk: Desk) -> None:
    where = brought(desk, as_csv(table(*people(250))))

    page = text(desk, f"{where}/report?show=wait&page=2")

    assert "250 rows read, 250 ready to add" in page
    assert "Page 2 of 3" in page


def test_a_list_of_another_organisation_is_not_there(desk: Desk) -> None:
    where = brought(desk, as_csv(table()))
    with unit_of_work(desk.factory) as session:
        other = make_organiser(session, email="other@example.org")
        token = accounts.open_session(session, other.id, now=desk.clock())
    with desk.client.session_transaction() as cookie:
        cookie[SESSION_KEY] = token

    statuses = {desk.client.get(f"{where}/{page}").status_code for page in ("columns", "report")}

    assert statuses == {404}


def test_who_is_not_signed_in_cannot_send_a_large_file(client: FlaskClient) -> None:
    answer = send(client, "/events/1/roster/import", b"x" * 2_000_000)

    assert answer.status_code == 413


def test_the_empty_list_has_our_headings(desk: Desk) -> None:
    content = desk.client.get(at(desk, "/empty.csv")).get_data()

    where = brought(desk, content + b"Ann Bee,ann@example.org,mentee\r\n")
    with unit_of_work(desk.factory, write=False) as session:
        assert session.scalar(select(func.count(RosterUpload.id))) == 1
    assert "1 row read, 1 ready to add" in text(desk, f"{where}/report")
