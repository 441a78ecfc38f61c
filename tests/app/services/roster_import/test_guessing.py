from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.enums import Role
from app.services import roster_files
from app.services.roster_import.drafts import parts_of
from app.services.roster_import.faulty import EMPTY_LIST
from app.services.roster_import.fields import LABELS, Field
from app.services.roster_import.guessing import guess
from app.services.roster_import.mapping import KEEP, Decisions
from app.services.roster_import.words import unknown_words
from app.services.signups.form import choices_of
from tests.app.services.roster_import.files import as_csv, table
from tests.builders import make_event

ROLES = (Role.MENTOR, Role.MENTEE)
MADE_BY = {
    "German": (
        "Vorname;Nachname;E-Mail-Adresse;Rolle;Ausbildungsstand;Klinik;Themen;Bitte nicht mit",
        "Ann;Bee;ann@example.org;Mentee;Studentin;Charité;Forschung;",
        ["first_name", "last_name", "email", "role", "stage", "affiliation", "topics", "not_with"],
    ),
    "Microsoft Forms": (
        (
            "ID,Start time,Completion time,Email,Name,Last modified time,Your full name,"
            "Your e-mail address,I come as a,Which topics?,Do you have access needs?"
        ),
        "1,1/2/27,1/2/27,anonymous,,,Ann Bee,ann@example.org,Mentee,Research,",
        ["", "", "", "", "", "", "name", "email", "role", "topics", "needs"],
    ),
    "Google Forms": (
        "Timestamp,Email Address,Full name,I am a,Career stage,Your question,Which rounds?",
        "2027/01/02,ann@example.org,Ann Bee,Mentee,Student,Why?,all",
        ["", "email", "name", "role", "stage", "question", "available"],
    ),
    "Eventbrite": (
        "Order #,Order Date,First Name,Surname,Email,Quantity,Ticket Type,Event Name,Buyer Email",
        "77,1/2/27,Ann,Bee,ann@example.org,1,Mentor,An evening,pay@example.org",
        ["", "", "first_name", "last_name", "email", "", "role", "", ""],
    ),
    "no headings we know": (
        "A,B,C",
        "Ann Bee,ann@example.org,Mentee\nMeg Tor,meg@example.org,Mentor",
        ["", "email", "role"],
    ),
    "names and addresses swapped": (
        "Name,E-mail",
        "ann@example.org,Ann Bee",
        ["email", ""],
    ),
}


@pytest.mark.parametrize("maker", MADE_BY)
def test_columns_are_guessed(maker: str) -> None:
    headings, row, wanted = MADE_BY[maker]
    sheet = roster_files.read_sheet(f"{headings}\n{row}\n".encode(), most_rows=10)

    found = guess(sheet, ROLES)

    places = {source.column: name.value for name, source in found.items()}
    assert [places.get(place, "") for place in range(len(wanted))] == wanted


def test_our_own_headings_are_known() -> None:
    sheet = roster_files.read_sheet(EMPTY_LIST + b"x\r\n", most_rows=10)

    found = guess(sheet, ROLES)

    assert set(found) == set(Field) - {Field.FIRST_NAME, Field.LAST_NAME}
    assert [sheet.headings[source.column or 0] for source in found.values()] == [
        LABELS[name] for name in found
    ]


def test_one_role_needs_no_column() -> None:
    sheet = roster_files.read_sheet(b"Name,Mail\nA,a@example.org\n", most_rows=10)

    assert guess(sheet, (Role.PEER,))[Field.ROLE].fixed == "peer"


def test_unknown_words_come_with_what_they_probably_mean(session: Session) -> None:
    event = make_event(session)
    rows = [
        ("Ann", "a@example.org", "Mentro", "Medizinstudentin", "career plannings; Cooking", ""),
        ("Bob", "b@example.org", "mentro", "student", "Career Planning", ""),
        ("Cal", "c@example.org", "xyz", "senior", "", ""),
    ]
    sheet = roster_files.read_sheet(as_csv(table(*rows)), most_rows=10)
    choices = choices_of(event)

    found = unknown_words(sheet, guess(sheet, choices.roles), Decisions(), choices)

    assert [(one.field, one.said, one.rows, one.first_row, one.choice) for one in found] == [
        (Field.ROLE, "Mentro", 2, 2, "mentor"),
        (Field.ROLE, "xyz", 1, 4, ""),
        (Field.STAGE, "Medizinstudentin", 1, 2, "student"),
        (Field.TOPICS, "career plannings", 1, 2, "Career planning"),
        (Field.TOPICS, "Cooking", 1, 2, KEEP),
    ]
    assert found[0].options[-1][1] == "Leave these rows out"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("assessment, leading a team", ["assessment", " leading a team"]),
        ("assessment, cooking", ["assessment", " cooking"]),
        ("health, law and ethics", ["health, law and ethics"]),
        ("Cooking, baking; assessment", ["Cooking, baking", " assessment"]),
        ("assessment\ncooking", ["assessment", "cooking"]),
    ],
)
def test_commas_part_topics_where_one_of_them_is_known(text: str, parts: list[str]) -> None:
    topics = {"assessment", "leading a team", "health law and ethics"}

    assert list(parts_of(Field.TOPICS, text, topics)) == parts
