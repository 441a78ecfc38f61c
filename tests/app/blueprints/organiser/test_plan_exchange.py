"""Plans from elsewhere: every kind of fault named, a sound one kept like any other."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import unit_of_work
from app.enums import PlanOrigin, WishKind
from app.errors import InvalidInput
from app.models import Event, PlanRun, SignUp, Wish
from app.services import planning
from app.services.plan_bringing import read_seats
from tests.app.blueprints.organiser.conftest import Desk
from tests.app.queries.runs import make_hosted
from tests.builders import planned_block

HEAD = "person,round,table\n"
HOSTS = "".join(
    f"{name},{number},{table}\n"
    for table, name in ((1, "Diane Le Lévêque"), (2, "Oskar Lind"))
    for number in (1, 2, 3)
)
SOUND = HEAD + HOSTS + "Róża Tylus,1,1\nRóża Tylus,Round 2,Table 2\n三浦 翼,3,1\n"


def make_evening(desk: Desk) -> int:
    with unit_of_work(desk.factory) as session:
        return make_hosted(session, organisation=desk.house(session))[0].id


def bring(desk: Desk, event_id: int, content: str | bytes, **form: Any) -> TestResponse:
    file = (BytesIO(content.encode() if isinstance(content, str) else content), "plan.csv")
    return desk.client.post(
        f"/events/{event_id}/plans/import", data={"file": file} | form, follow_redirects=True
    )


def last_run(desk: Desk) -> PlanRun | None:
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalar(select(PlanRun).order_by(PlanRun.id.desc()).limit(1))


def test_a_sound_plan_is_kept_scored_and_can_be_published(desk: Desk) -> None:
    event_id = make_evening(desk)

    page = bring(desk, event_id, SOUND).text

    run = last_run(desk)
    assert run is not None
    assert (run.origin, run.status, planning.verify_run(run)) == (
        PlanOrigin.IMPORTED, "feasible", (),
    )  # fmt: skip
    assert "Compare and publish" in page


def test_names_addresses_labels_and_spreadsheets_spellings_are_understood(desk: Desk) -> None:
    event_id = make_evening(desk)
    with unit_of_work(desk.factory, write=False) as session:
        address = session.scalars(select(SignUp).order_by(SignUp.id)).all()[2].person.email

    bring(desk, event_id, SOUND.replace("Róża Tylus,1,1", f"{address.upper()};1.0;TABLE 1").replace(
        ",", ";"))  # fmt: skip

    run = last_run(desk)
    assert run is not None
    assert run.status == "feasible"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Róża Tylus,1,1\nRóża Tylus,1,2\n", "Róża Tylus has more than one seat in round 1"),
        ("Róża Tylus,1,1\nRóża Tylus,2,1\n", "they may meet once"),
        ("Oskar Lind,1,1\n", "Oskar Lind has more than one seat in round 1"),
        ("Róża Tylus,1,1\n三浦 翼,1,1\nMaarten van Kempen,1,1\nLucy Turner,1,1\n",
         "table 1 in round 1"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named_with_person_table_and_round(
    desk: Desk, rows: str, said: str
) -> None:
    with unit_of_work(desk.factory) as session:
        event_id = make_hosted(session, mentees=5, organisation=desk.house(session))[0].id

    page = bring(desk, event_id, HEAD + HOSTS + rows).text

    run = last_run(desk)
    assert run is not None
    assert said.casefold() in page.casefold()
    assert "it cannot be published" in page
    assert (run.status, bool(planning.verify_run(run))) == ("unknown", True)
    assert "Compare and publish" not in page


def test_a_report_cannot_be_published_through_its_address(desk: Desk) -> None:
    event_id = make_evening(desk)
    bring(desk, event_id, HEAD + HOSTS + "Róża Tylus,1,1\nRóża Tylus,1,2\n")
    run = last_run(desk)
    assert run is not None

    answer = desk.client.post(
        f"/events/{event_id}/publish/{run.id}", data={"expected_version": 0, "tell": "no"}
    )

    assert answer.status_code == 409


def test_a_pair_kept_apart_is_never_named(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event, _mentors, mentees = make_hosted(session, organisation=desk.house(session))
        mentees[0].wishes.append(
            Wish(kind=WishKind.NOT_WITH, target="三浦 翼", target_canonical="三浦 翼", weight=1)
        )
        event_id = event.id

    page = bring(desk, event_id, HEAD + HOSTS + "Róża Tylus,1,1\n三浦 翼,1,1\n").text

    assert "Table 1, round 1: not by the rules of this event." in page
    assert "Tylus" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "Choose a file"),
        ("who,when\na,b\n", "Name the columns person, round and table"),
        (HEAD, "No row stands under the headings"),
        (HEAD + "Nobody Known,1,1\n", "Row 2: nobody with a place is called Nobody Known."),
        (HEAD + "Róża Tylus,9,1\n", "Row 2: there is no round 9."),
        (HEAD + "Róża Tylus,1,77\n,1,1\n", "Row 2: there is no table 77."),
        (HEAD + "Róża Tylus,,1\n", "Row 2: the round is missing."),
        ('{"format": "roundabout-plan/2"}', "This is no plan that can be read"),
        ("[1, 2", "This is no plan that can be read"),
        (b"{\xff\xfe", "This is no plan that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row(
    desk: Desk, content: str | bytes, said: str
) -> None:
    event_id = make_evening(desk)

    answer = bring(desk, event_id, content)

    assert (answer.status_code, said in answer.text) == (422, True)
    assert last_run(desk) is None


def test_a_file_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    event_id = make_evening(desk)

    with unit_of_work(desk.factory, write=False) as session:
        event = session.get_one(Event, event_id)
        with pytest.raises(InvalidInput, match="larger than 900 kB"):
            read_seats(session, event, planned_block(event), b"x" * 900_001)


def test_two_people_of_one_name_are_told_apart_by_their_address(desk: Desk) -> None:
    with unit_of_work(desk.factory) as session:
        event, _mentors, mentees = make_hosted(session, organisation=desk.house(session))
        mentees[1].person.name = mentees[0].person.name
        event_id = event.id

    answer = bring(desk, event_id, HEAD + "Róża Tylus,1,1\n")

    assert "two people are called Róża Tylus. Write the address." in answer.text


def test_documents_hold_no_names_and_come_back_as_a_plan(desk: Desk) -> None:
    event_id = make_evening(desk)
    bring(desk, event_id, SOUND)
    run = last_run(desk)
    assert run is not None
    base = f"/events/{event_id}/plans/{run.id}"

    problem = desk.client.get(f"{base}/problem.json")
    plan = desk.client.get(f"{base}/plan.json")
    again = bring(desk, event_id, plan.data)

    assert problem.headers["Content-Disposition"] == f'attachment; filename="problem-{run.id}.json"'
    assert json.loads(problem.data)["format"] == "roundabout-problem/1"
    assert "Tylus" not in problem.text + plan.text
    assert "Compare and publish" in again.text


def test_an_empty_roster_is_said(desk: Desk) -> None:
    event_id = make_evening(desk)
    with unit_of_work(desk.factory) as session:
        block = planned_block(session.get_one(Event, event_id))
        block.rules = block.rules | {"roles": ["peer"]}

    answer = bring(desk, event_id, SOUND)

    assert (answer.status_code, "There is nobody to seat yet" in answer.text) == (422, True)
