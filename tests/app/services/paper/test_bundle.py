"""What stands on the sheets, and on how many."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import BlockKind, SignUpState
from app.errors import NotFound
from app.services import paper
from app.services.paper import Bundle, Kind, Order, Section
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_event, make_schedule, make_sign_up, planned_block
from tests.paper import Hall, add_break, make_hall, publish_hall

LONG = " ".join(["W" * 40] * 4) + "M" * 36


@pytest.fixture
def hall(session: Session) -> Hall:
    found = make_hall(session)
    publish_hall(session, found)
    return found


def printed(
    session: Session, hall: Hall, *kinds: Kind, now: datetime, settings: Config, **order: int
) -> Bundle:
    asked = Order(kinds=kinds or tuple(Kind), **order)  # type: ignore[arg-type]
    return paper.make(session, hall.event, asked, now=now, settings=settings)


def only(bundle: Bundle) -> Section:
    [section] = bundle.sections
    return section


def cards_in(bundle: Bundle) -> list[paper.sheets.Card]:
    sheets = [one for one in only(bundle).sheets if isinstance(one, paper.sheets.CardSheet)]
    return [card for sheet in sheets for card in sheet.cards]


def told(text: str) -> str:
    """Return a line of names without the marks that keep their directions apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_every_sheet_says_its_version_and_when_it_was_printed(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    bundle = printed(session, hall, now=now, settings=settings)

    assert bundle.stamp.line == "Version 1, printed Monday 1 March, 10:00"
    assert [(section.kind, len(section.sheets)) for section in bundle.sections] == [
        (Kind.SIGN_IN, 1),
        (Kind.TABLES, 3),
        (Kind.MENTORS, 3),
        (Kind.CARDS, 3),  # 11 people, four on a sheet
        (Kind.BADGES, 2),
    ]
    assert bundle.sheets == 12


def test_card_says_when_where_and_whom(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    add_break(session, hall.event)

    cards = cards_in(printed(session, hall, Kind.CARDS, now=now, settings=settings))

    lena = next(card for card in cards if card.name == hall.mentees[0].person.name)
    assert [(one.kind, one.at, one.sign, told(one.who)) for one in lena.lines] == [
        ("seat", "18:15", "1", "Diane Le Lévêque"),
        ("break", "18:21", "", "Break"),
        ("seat", "18:27", "2", "Oskar Lind"),
        ("seat", "18:39", "3", "Agneta Dahlqvist"),
    ]
    assert lena.lines[0].small == "Career planning"


def test_question_stands_only_where_its_person_agreed(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    shows, keeps = hall.mentees[0], hall.mentees[1]
    shows.question, keeps.question = "May I ask this?", "This stays with me"

    bundle = printed(session, hall, now=now, settings=settings)

    everything = str(asdict(bundle))
    assert "May I ask this?" in everything
    assert "This stays with me" not in everything


def test_table_card_lies_open_and_has_no_questions(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    section = only(printed(session, hall, Kind.TABLES, now=now, settings=settings))

    assert "senior colleague" not in str(asdict(section))
    assert section.names == ("Table 1", "Table 2", "Table 3")


def test_nobody_reads_addresses_links_or_whom_somebody_avoids(
    session: Session, now: datetime, settings: Config
) -> None:
    hall = make_hall(session)
    avoids = make_sign_up(session, hall.event, email="a@b.example.org", not_with=("Oskar Lind X",))
    make_schedule(session, hall.event, seats={avoids.id: {1: 1}})

    everything = str(asdict(printed(session, hall, now=now, settings=settings)))

    assert "example.org" not in everything
    assert "Oskar Lind X" not in everything
    assert "/me/" not in everything


def test_round_without_a_table_is_one_to_reflect(
    session: Session, now: datetime, settings: Config
) -> None:
    hall = make_hall(session, mentees=("Anna",), mentors=("Bo",))
    bo, anna = hall.mentors[0].id, hall.mentees[0].id
    make_schedule(session, hall.event, seats={bo: {1: 1, 2: 1, 3: 1}, anna: {1: 1, 3: 1}})

    cards = cards_in(printed(session, hall, Kind.CARDS, now=now, settings=settings))

    lines = {card.name: [told(line.who) for line in card.lines] for card in cards}
    assert lines["Anna"] == ["Bo", "Your round to reflect", "Bo"]
    assert lines["Bo"] == ["Anna", "Nobody comes: yours to reflect", "Anna"]


def test_peers_read_everybody_at_their_table(
    session: Session, now: datetime, settings: Config
) -> None:
    event = make_event(session, kind=BlockKind.GROUP, tables=1, rounds=1)
    hall = make_hall(session, event=event, mentors=(), mentees=("Anna", "Bo", "Cy"))
    make_schedule(session, event, seats={one.id: {1: 1} for one in hall.mentees})

    cards = cards_in(printed(session, hall, Kind.CARDS, now=now, settings=settings))

    assert [told(card.lines[0].who) for card in cards] == ["Bo, Cy", "Anna, Cy", "Anna, Bo"]


def test_name_of_a_table_too_long_for_a_sign_stands_in_words(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    planned_block(hall.event).tables[0].label = "Ada Lovelace room"

    cards = cards_in(printed(session, hall, Kind.CARDS, now=now, settings=settings))

    diane = next(card for card in cards if card.name == "Diane Le Lévêque")
    assert {(line.sign, line.place) for line in diane.lines} == {("", "Ada Lovelace room")}


@pytest.mark.parametrize(("people", "sheets"), [(0, 0), (1, 1), (4, 1), (5, 2), (9, 3)])
def test_four_cards_fill_a_sheet(
    session: Session, now: datetime, settings: Config, people: int, sheets: int
) -> None:
    event = make_event(session, kind=BlockKind.GROUP, tables=1, rounds=2)
    hall = make_hall(session, event=event, mentors=(), mentees=[f"P{at}" for at in range(people)])
    make_schedule(session, event, seats={one.id: {1: 1, 2: 1} for one in hall.mentees})

    assert printed(session, hall, Kind.CARDS, now=now, settings=settings).sheets == sheets


def test_many_rounds_go_on_on_a_second_card(
    session: Session, now: datetime, settings: Config
) -> None:
    hall = make_hall(session, mentees=("Anna",), mentors=("Bo",), rounds=60)
    publish_hall(session, hall)

    cards = cards_in(printed(session, hall, Kind.CARDS, now=now, settings=settings))

    anna = [card for card in cards if card.name == "Anna"]
    assert [card.part for card in anna] == [
        f"{at} of {len(anna)}" for at in range(1, len(anna) + 1)
    ]
    assert sum(len(card.lines) for card in anna) == 60
    assert len({line.at for card in anna for line in card.lines}) == 60


def test_twelve_rounds_fit_on_one_card(session: Session, now: datetime, settings: Config) -> None:
    hall = make_hall(session, rounds=12)
    publish_hall(session, hall)

    cards = cards_in(printed(session, hall, Kind.CARDS, now=now, settings=settings))

    mentees = [card for card in cards if card.name == hall.mentees[0].person.name]
    assert [len(card.lines) for card in mentees] == [12]


def test_name_of_200_signs_stands_in_full_everywhere(
    session: Session, now: datetime, settings: Config
) -> None:
    hall = make_hall(session, mentees=(LONG,))
    publish_hall(session, hall)

    bundle = printed(session, hall, now=now, settings=settings)

    for section in bundle.sections:
        assert LONG in str(asdict(section)), section.kind


def test_only_who_was_moved_and_whom_they_meet_is_printed_again(
    session: Session, now: datetime, settings: Config
) -> None:
    hall = make_hall(session, mentees=("Anna", "Ben", "Cy", "Dan", "Eva"), rounds=1)
    publish_hall(session, hall)
    publish_hall(session, hall, version=2, shift=1)

    bundle = printed(session, hall, now=now, settings=settings, since=1)

    names = {section.kind: section.names for section in bundle.sections}
    assert names[Kind.CARDS] == (
        "Agneta Dahlqvist",
        "Anna",
        "Ben",
        "Diane Le Lévêque",
        "Oskar Lind",
    )
    assert names[Kind.BADGES] == ("Anna", "Ben")
    assert names[Kind.MENTORS] == ("Agneta Dahlqvist", "Diane Le Lévêque", "Oskar Lind")
    assert names[Kind.TABLES] == ("Table 1", "Table 2", "Table 3")
    assert len(names[Kind.SIGN_IN]) == 8  # one list, always whole


def test_nothing_is_printed_again_when_nothing_changed(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    publish_hall(session, hall, version=2)

    bundle = printed(session, hall, now=now, settings=settings, since=1)

    assert [section.kind for section in bundle.sections if section.sheets] == [Kind.SIGN_IN]


def test_who_left_takes_their_name_off_other_cards(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    left = hall.mentees[2]
    left.state, left.withdrawn_at = SignUpState.WITHDRAWN, now + timedelta(days=1)

    bundle = printed(session, hall, Kind.CARDS, Kind.SIGN_IN, now=now, settings=settings, since=1)

    cards, listed = bundle.sections
    assert cards.gone == (left.person.name,)
    assert cards.names == ("Agneta Dahlqvist", "Diane Le Lévêque", "Oskar Lind")
    assert left.person.name not in listed.names


def test_who_is_known_to_be_absent_gets_no_paper(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    hall.mentees[0].absent_at = now

    everything = str(asdict(printed(session, hall, now=now, settings=settings)))

    assert hall.mentees[0].person.name not in everything


def test_erased_name_stands_nowhere(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    hall.mentees[0].person.erased_at = now

    everything = str(asdict(printed(session, hall, now=now, settings=settings)))

    assert hall.mentees[0].person.name not in everything


def test_blank_cards_have_the_times(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    cards = cards_in(printed(session, hall, Kind.CARDS, now=now, settings=settings, blanks=2))

    assert [card.is_blank for card in cards] == [False] * 11 + [True] * 2
    assert [(one.kind, one.at, one.who) for one in cards[-1].lines] == [
        ("blank", "18:15", ""),
        ("blank", "18:27", ""),
        ("blank", "18:39", ""),
    ]


def test_list_and_badges_are_there_before_any_plan(
    session: Session, now: datetime, settings: Config
) -> None:
    hall = make_hall(session)

    bundle = printed(session, hall, now=now, settings=settings, blanks=1)

    assert bundle.stamp.version == "Before the first plan"
    found = {section.kind: len(section.sheets) for section in bundle.sections}
    assert found == {
        Kind.SIGN_IN: 1,
        Kind.TABLES: 0,
        Kind.MENTORS: 0,
        Kind.CARDS: 1,  # the blank one
        Kind.BADGES: 2,
    }


def test_one_persons_paper_alone(
    session: Session, hall: Hall, now: datetime, settings: Config
) -> None:
    bundle = printed(
        session, hall, Kind.MENTORS, now=now, settings=settings, sign_up_id=hall.mentors[0].id
    )

    assert only(bundle).names == ("Diane Le Lévêque",)


@pytest.mark.parametrize("order", [{"since": 9}, {"sign_up_id": 9_999}])
def test_version_or_person_that_is_not_there(
    session: Session, hall: Hall, now: datetime, settings: Config, order: dict[str, int]
) -> None:
    with pytest.raises(NotFound):
        printed(session, hall, now=now, settings=settings, **order)


def test_paper_is_the_same_on_both_databases(
    any_engine: Engine, now: datetime, settings: Config
) -> None:
    with unit_of_work(make_session_factory(any_engine, tenant=UNSCOPED)) as session:
        hall = make_hall(session)
        publish_hall(session, hall)
        publish_hall(session, hall, version=2, shift=1)

        bundle = printed(session, hall, now=now, settings=settings, since=1)

    assert [len(section.sheets) for section in bundle.sections] == [1, 3, 3, 2, 1]
