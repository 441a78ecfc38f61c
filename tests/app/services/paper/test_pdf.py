"""The PDF: as many pages as sheets, with real letters, and nothing in a name is markup."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.services import paper
from app.services.paper import Bundle, Order, pdf
from config import Config
from tests.bad_strings import NAUGHTY, OWN
from tests.paper import SCRIPTS, add_break, make_hall, publish_hall


def pages(document: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", document))


def printed(session: Session, now: datetime, settings: Config, *names: str) -> Bundle:
    hall = make_hall(session, mentees=names)
    add_break(session, hall.event)
    publish_hall(session, hall)
    return paper.make(session, hall.event, Order(blanks=1), now=now, settings=settings)


def test_pdf_has_a_page_for_each_sheet(session: Session, now: datetime, settings: Config) -> None:
    bundle = printed(session, now, settings, *SCRIPTS, "W" * 200)

    document = pdf.write(asdict(bundle), now=now)

    assert document.startswith(b"%PDF-")
    assert pages(document) == bundle.sheets


def test_names_of_eight_scripts_have_real_letters(
    session: Session, now: datetime, settings: Config
) -> None:
    document = pdf.write(asdict(printed(session, now, settings, *SCRIPTS)), now=now)

    fonts = set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([A-Za-z]+)", document))
    assert {b"OverpassLatin", b"OverpassCyrillic", b"CommissionerGreek"} <= fonts
    assert len([font for font in fonts if font.startswith(b"Noto")]) >= 4


def test_letter_without_a_font_is_told_and_no_boxes_are_printed(
    session: Session, now: datetime, settings: Config
) -> None:
    bundle = asdict(printed(session, now, settings, "Anna", "\u5b5f\u971e"))

    with pytest.raises(pdf.CannotDraw, match="no font on this computer has letters") as caught:
        pdf.write(bundle, now=now, with_system_fonts=False)

    assert "\u201c\u5b5f" in caught.value.message


def test_latin_cyrillic_and_greek_need_no_font_of_the_computer(
    session: Session, now: datetime, settings: Config
) -> None:
    bundle = printed(session, now, settings, *SCRIPTS[:2], *SCRIPTS[-2:])

    document = pdf.write(asdict(bundle), now=now, with_system_fonts=False)

    assert pages(document) == bundle.sheets


def test_same_sheets_give_the_same_file(session: Session, now: datetime, settings: Config) -> None:
    bundle = asdict(printed(session, now, settings, "Anna"))

    assert pdf.write(bundle, now=now) == pdf.write(bundle, now=now)


def test_nothing_in_a_name_is_markup(session: Session, now: datetime, settings: Config) -> None:
    names = (
        "#let x = 1; #x",
        '#read("/etc/passwd")',
        "$ x^2 $ *bold* _soft_ [z] <label> @ref // no",
        '"); #panic("now',
        "\\u{1F600} \\ #",
        "`raw` = Heading",
    )
    bundle = printed(session, now, settings, *names)

    document = pdf.write(asdict(bundle), now=now)

    assert pages(document) == bundle.sheets


@pytest.mark.parametrize("step", [24, pytest.param(1, marks=pytest.mark.night)])
def test_whatever_people_call_themselves_is_drawn_or_refused(
    session: Session, now: datetime, settings: Config, step: int
) -> None:
    texts = (*NAUGHTY, *OWN)[::step]
    names = [text.encode("utf-8", "replace").decode()[:200] or "-" for text in texts]
    bundle = printed(session, now, settings, *names)

    assert drawn(bundle, now) in {bundle.sheets, None}


def drawn(bundle: Bundle, now: datetime) -> int | None:
    """Return the pages, None where a letter has no font."""
    try:
        return pages(pdf.write(asdict(bundle), now=now))
    except pdf.CannotDraw as refused:
        if "no font on this computer" in refused.message:
            return None
        raise
