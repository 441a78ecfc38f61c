from __future__ import annotations

import csv
import io
import json
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import ConsentKind, SignUpState
from app.errors import InvalidInput, NotFound
from app.models import BlockRole, Person
from app.services import privacy, signups
from app.services.privacy.consents import TEXTS, yeses_of
from app.services.privacy.export_files import safe_cell
from app.services.signups.form import CONSENTS
from config import Config
from tests.app.services.privacy.scene import CANARIES, OTHERS, Scene, make_scene
from tests.builders import planned_block

FORMULAS = [
    '=HYPERLINK("http://evil","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u3000=1",
    "'=1",
    "'' =1",
    '"=1',
    "|calc",
    "%1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    " \uff1d1",
]


@pytest.fixture
def scene(session: Session, now: datetime, settings: Config, key: bytes) -> Scene:
    return make_scene(session, now=now, settings=settings, key=key)


def files_of(session: Session, person: Person) -> tuple[str, str]:
    export = privacy.export_of(session, person.id)
    return privacy.as_json(export).decode("utf-8"), privacy.as_csv(export).decode("utf-8-sig")


def test_everything_that_the_person_told_is_in_both_files(session: Session, scene: Scene) -> None:
    for text in files_of(session, scene.marked.person):
        found = [canary for canary in CANARIES if canary.lower() in text.lower()]

        assert found == list(CANARIES)


def test_files_for_a_link_do_not_say_whom_they_would_rather_not_sit_with(
    session: Session, scene: Scene
) -> None:
    export = privacy.export_of(session, scene.marked.person_id, confidential=False)

    for content in (privacy.as_json(export), privacy.as_csv(export)):
        text = content.decode("utf-8").lower()
        assert [canary for canary in CANARIES if canary.lower() not in text] == ["canary-foe"]
        assert "sent to your mailbox only" in text


def test_nothing_that_others_told_is_in_either_file(session: Session, scene: Scene) -> None:
    met = {scene.evening.mentors[at].person for at in range(3)}
    others = [*scene.evening.mentors, *scene.evening.mentees[1:]]
    addresses = [one.person.email for one in others]
    unseen = [one.person.name for one in others if one.person not in met]

    for text in files_of(session, scene.marked.person):
        assert [word for word in (*OTHERS, *addresses, *unseen) if word in text] == []
        assert [one.name for one in met if one.name not in text] == []


def test_the_other_s_export_does_not_say_who_would_rather_not_sit_with_them(
    session: Session, scene: Scene
) -> None:
    scene.other.wishes.clear()
    session.flush()

    for text in files_of(session, scene.other.person):
        assert [canary for canary in CANARIES if canary.lower() in text.lower()] == []


def test_json_has_a_list_for_every_kind_of_thing(
    session: Session, scene: Scene, now: datetime
) -> None:
    marked, event = scene.marked, scene.evening.event
    marked.block_roles.append(BlockRole(block_id=planned_block(event).id, role=None))
    privacy.take_back(session, marked, ConsentKind.NAME, now=now)
    session.flush()

    document = json.loads(files_of(session, marked.person)[0])

    assert document["format"] == "roundabout-my-data/1"
    assert {name for name, records in document.items() if records == []} == set()
    assert [one["kind"] for one in document["wishes"]] == ["wish", "not_with"]
    assert document["consents"][1] == {
        "to": "Show my first name in other people's calendar entries",
        "version": 1,
        "given": "2027-02-01T10:00:00+01:00",
        "taken_back": "2027-03-01T10:00:00+01:00",
    }
    assert [one["people"] for one in document["schedule"]] == [
        "Diane Le Lévêque",
        "Oskar Lind",
        "Agneta Dahlqvist",
    ]
    assert document["log"][-1] == {
        "what": "consent taken back",
        "by": "you",
        "at": "2027-03-01T10:00:00+01:00",
        "detail": "consent: name",
    }


def test_who_has_no_seat_any_more_finds_no_names(
    session: Session, scene: Scene, now: datetime
) -> None:
    signups.withdraw(session, scene.marked, now=now)

    document = json.loads(files_of(session, scene.marked.person)[0])

    assert document["schedule"] == []
    assert document["person"][0]["state"] == SignUpState.WITHDRAWN


def test_an_erased_person_has_nothing_to_hand_over(
    session: Session, scene: Scene, now: datetime
) -> None:
    scene.marked.person.erased_at = now

    with pytest.raises(NotFound):
        privacy.export_of(session, scene.marked.person_id)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_what_people_wrote_is_made_safe_in_the_file(session: Session, scene: Scene) -> None:
    scene.marked.goals = scene.marked.person.affiliation = "\uff1dcmd\r\n=2"
    session.flush()

    rows = list(csv.reader(io.StringIO(files_of(session, scene.marked.person)[1], newline="")))

    values = [row[3] for row in rows if row[2] in {"affiliation", "value"}]
    assert values.count("'\uff1dcmd\r\n=2") == 2
    assert rows[0] == ["section", "number", "field", "value"]


@pytest.mark.parametrize("text", ["plain", "a=1", "two\nlines", "Ω", "", "O'Brien", "(+1)"])
def test_other_cells_stay_as_they_were_written(text: str) -> None:
    assert safe_cell(text) == text


def test_taking_back_a_yes_ends_that_one_only(
    session: Session, scene: Scene, now: datetime
) -> None:
    assert privacy.take_back(session, scene.marked, ConsentKind.NAME, now=now) is True
    assert privacy.take_back(session, scene.marked, ConsentKind.NAME, now=now) is False
    assert privacy.take_back(session, scene.marked, ConsentKind.QUESTION, now=now) is False

    assert [(one.kind, one.withdrawn_at) for one in yeses_of(scene.marked)] == [
        (ConsentKind.PLAN, None),
        (ConsentKind.NAME, now),
    ]


def test_the_yes_to_being_planned_goes_with_the_answers_only(
    session: Session, scene: Scene, now: datetime
) -> None:
    with pytest.raises(InvalidInput) as caught:
        privacy.take_back(session, scene.marked, ConsentKind.PLAN, now=now)

    assert list(caught.value.fields) == ["consent"]


def test_every_wording_that_is_asked_now_is_kept_for_good() -> None:
    assert {TEXTS[kind, text.version] for kind, text in CONSENTS.items()} == {
        text.text for text in CONSENTS.values()
    }
