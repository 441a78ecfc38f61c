from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.enums import Role
from app.services import presets, roster_csv, tables_csv
from app.services.roster_csv import RosterFile, UnreadableFile
from app.services.roster_csv.values import read_rounds

SAMPLES = Path(__file__).parents[2] / "samples"
MESSY = [
    'error row 8 email: found "not-an-address", expected an e-mail address',
    (
        'error row 15 email: found "joel.smith@example.org", '
        "expected an address of its own (row 14 has it)"
    ),
    'error row 19 role: found "observer", expected mentor or mentee',
    'error row 22 name: found "", expected a name',
    (
        'error row 26 stage: found "professor emeritus", '
        "expected student, resident, fellow, mid career or senior"
    ),
    'error row 29 available: found "from round 9", expected a round from 1 to 5',
    (
        'warning row 31 wishes: found "nobody@example.org", '
        "expected somebody on this list; kept as unresolved"
    ),
    (
        'warning row 34 name: found "=HYPERLINK("http://evil.example","x")", '
        "begins like a formula; kept as text"
    ),
    (
        'error row 37 not_with: found "francois.jacob.blanchard@example.org", '
        "expected somebody else than the person of this row"
    ),
]
HEADINGS = "name,email,role,stage,affiliation,topics,question,available,wishes,not_with,needs"
PLAIN = f"{HEADINGS}\nZoë Müller,zoe@example.org,mentee,student,Charité,,,all,,,\n"


def read(
    content: bytes | str, *, preset: str = "conference-hour", rounds: int | None = None
) -> RosterFile:
    chosen = presets.get(preset)
    block = chosen.planned_block
    return roster_csv.read_people(
        content.encode() if isinstance(content, str) else content,
        rounds=rounds or block.rounds,
        roles=block.roles,
        stages=chosen.stages,
    )


def make_csv(**cells: str) -> str:
    """Return a file of one mentee, and a mentor whom nothing is wrong with."""
    row = {"name": "Ann Bee", "email": "ann@example.org", "role": "mentee"} | cells
    out = io.StringIO()
    writer = csv.DictWriter(out, [*HEADINGS.split(","), "consent_share"])
    writer.writeheader()
    writer.writerow(row)
    writer.writerow({"name": "Meg Tor", "email": "meg@example.org", "role": "mentor"})
    return out.getvalue()


def found(content: bytes | str) -> list[str]:
    return [str(finding) for finding in read(content).findings]


def test_messy_export_gives_exactly_the_reports_of_its_readme() -> None:
    file = read((SAMPLES / "messy_export.csv").read_bytes())

    assert [str(finding) for finding in file.findings] == MESSY
    assert file.bad_rows == (8, 15, 19, 22, 26, 29, 37)
    assert len(file.people) == 52 - 7


@pytest.mark.parametrize("preset", ["society-tracks", "group-stations", "small-all-meet"])
def test_messy_export_gives_the_same_rows_with_another_preset(preset: str) -> None:
    file = read((SAMPLES / "messy_export.csv").read_bytes(), preset=preset)

    assert file.bad_rows == (8, 15, 19, 22, 26, 29, 37)
    assert [one.row for one in file.findings if one.level == "warning"] == [31, 34]


def test_messy_export_is_cleaned_silently() -> None:
    people = {one.row: one for one in read((SAMPLES / "messy_export.csv").read_bytes()).people}

    assert people[4].email == "fru.charlotte.bertelsen@example.org"
    assert people[10].role is Role.MENTOR
    assert people[12].stage == "senior"
    assert people[3].affiliation == "Charité Mitte"
    assert people[31].unresolved == ("nobody@example.org",)


@pytest.mark.parametrize(
    ("name", "preset", "people"),
    [
        ("conference_hour", "conference-hour", 120),
        ("conference_hour", "society-tracks", 120),
        ("group_stations", "group-stations", 42),
        ("stage_mixed_rooms", "stage-mixed-rooms", 155),
        ("mixer_200", "one-population-mixer", 200),
    ],
)
def test_a_clean_sample_has_no_findings(name: str, preset: str, people: int) -> None:
    file = read((SAMPLES / f"{name}.csv").read_bytes(), preset=preset)

    assert file.findings == ()
    assert len(file.people) == people


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac-roman"],
)
def test_any_usual_encoding_is_read(encoding: str) -> None:
    person = read(PLAIN.encode(encoding)).people[0]

    assert (person.name, person.affiliation) == ("Zoë Müller", "Charité")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_usual_separator_and_line_end_is_read(separator: str, line_end: str) -> None:
    text = PLAIN.replace(",", separator).replace("\n", line_end)

    assert read(text).people[0].email == "zoe@example.org"


def test_a_line_that_names_the_separator_is_no_row() -> None:
    assert read("sep=;\r\n" + PLAIN.replace(",", ";")).people[0].row == 1


def test_first_and_last_name_make_a_name() -> None:
    file = read("First name;Last name;E-Mail;Role\nZoë;Müller;zoe@example.org;Mentee\n")

    assert file.people[0].name == "Zoë Müller"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n\n ,,\n", "the file is empty"),
        (b"PK\x03\x04rest", "found an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n", "found a picture"),
        (b"\xff\xfe\x00", "found bytes that are no text"),
        (b"name,email,role\n", "the file has headings but no rows"),
        (b"name,email\nA,a@example.org\n", "expected columns for role"),
        (b"just one line", "expected columns for name and email and role"),
        (b"name,name,email,role\nA,B,a@example.org,mentor\n", "expected one column for name"),
        (b'name,email,role\n"A,a@example.org,mentor\n', "row 1: a quotation mark is opened"),
        (b"name,email,role" + b",x" * 10_000, "found 10003 columns"),
        (b"name,email,role\n" + b"A,a@example.org,mentor\n" * 100_000, "found 100000 people"),
    ],
)
def test_an_unreadable_file_gets_one_clear_line(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(content)

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"available": "rounds 1,6"}, [('error row 1 available: found "rounds 1,6", '
                                       "expected a round from 1 to 5")]),
        ({"available": "until round 9"}, []),
        ({"available": "sometimes"}, [('error row 1 available: found "sometimes", expected "all", '
                                      '"from round N", "until round N" or "rounds 1,3"')]),
        ({"needs": "quiet table; step-free access"}, []),
        ({"needs": "a window"}, [('warning row 1 needs: found "a window", expected step-free '
                                 "access, quiet table or hearing loop; kept as a note")]),
        ({"wishes": "meg@example.org; Meg Tor"}, []),
        ({"wishes": "ANN@example.org "}, [('error row 1 wishes: found "ANN@example.org", '
                                          "expected somebody else than the person of this row")]),
        ({"consent_share": "perhaps"}, [('warning row 1 consent_share: found "perhaps", '
                                        "expected yes or no; taken as no")]),
        ({"question": "a\x00b"}, [('error row 1 question: found "a?b", '
                                  "expected text without control characters")]),
        ({"question": "a line\r\nand another"}, []),
        ({"name": "x" * 300}, ['error row 1 name: found "300 characters", expected at most 200']),
        ({"question": "x" * 1_000_000}, [('error row 1 question: found "1000000 characters", '
                                         "expected at most 2000")]),
        ({"name": "@SUM(A1)"}, [('warning row 1 name: found "@SUM(A1)", '
                                "begins like a formula; kept as text")]),
        ({"role": "\x1b[31mboss"}, [('error row 1 role: found "?[31mboss", '
                                    "expected text without control characters"),
                                    ('error row 1 role: found "?[31mboss", '
                                    "expected mentor or mentee")]),
    ],
)  # fmt: skip
def test_a_cell_is_understood_or_named(cells: dict[str, str], expected: list[str]) -> None:
    assert found(make_csv(**cells)) == expected


def test_a_row_with_too_many_cells_is_named() -> None:
    text = PLAIN + "Ann,ann@example.org,mentee,,,,,,,,,and,more\n"

    assert found(text) == [
        'error row 2 cells: found "13 cells", expected 11, as many as there are headings'
    ]


def test_a_short_row_is_read_as_far_as_it_goes() -> None:
    assert read(PLAIN + "Ann,ann@example.org,mentee\n").people[1].rounds is None


@pytest.mark.parametrize(
    ("text", "rounds"),
    [
        ("all", None),
        ("", None),
        ("from round 1", None),
        ("from round 3", {3, 4, 5}),
        ("From Round 5", {5}),
        ("until round 2", {1, 2}),
        ("until round 5", None),
        ("rounds 1,3", {1, 3}),
        ("round 2", {2}),
        ("rounds 1, 2 and 4", {1, 2, 4}),
        ("rounds 1,2,3,4,5", None),
    ],
)
def test_availability_is_read(text: str, rounds: set[int] | None) -> None:
    assert read_rounds(text, 5) == (rounds, "")


def test_twins_in_the_address_are_found_whatever_their_case() -> None:
    text = PLAIN + "Zoe again,ZOE@EXAMPLE.ORG,mentee,,,,,,,,\n"

    assert found(text) == [
        'error row 2 email: found "zoe@example.org", expected an address of its own (row 1 has it)'
    ]


def test_tables_are_read_with_their_features() -> None:
    file = tables_csv.read_tables(b"id,features,seats\nA,step_free;quiet,4\nB,,\n")

    assert file.findings == ()
    assert [(one.label, one.seats) for one in file.tables] == [("A", 4), ("B", None)]
    assert file.tables[0].features == {"step_free", "quiet"}


def test_faults_in_tables_are_named() -> None:
    file = tables_csv.read_tables(b"id,features,seats\nA,sauna,0\nA,,many\n")

    assert [str(finding) for finding in file.findings] == [
        'error row 1 seats: found "0", expected a number from 1 to 1000',
        'error row 1 features: found "sauna", expected step_free, quiet or hearing_loop',
        'error row 2 id: found "A", expected an id of its own',
        'error row 2 seats: found "many", expected a number from 1 to 1000',
    ]


def test_a_cell_escaped_by_us_is_read_as_it_was() -> None:
    assert read(make_csv(name="'=1+1")).people[0].name == "=1+1"
    assert read(make_csv(name="'s-Hertogenbosch")).people[0].name == "'s-Hertogenbosch"


def test_a_first_line_of_a_megabyte_is_one_clear_line() -> None:
    with pytest.raises(UnreadableFile):
        read(("name" * 250_000).encode())
