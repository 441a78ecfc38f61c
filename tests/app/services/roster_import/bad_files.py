"""Sixty files that arrive instead of a clean list, each with what must come of it.

``REPORT`` files get a report, however much is wrong in it; the others are refused with a sentence
that holds these words.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook

from tests.app.services.roster_import.files import (
    GOOD,
    HEADINGS,
    as_csv,
    as_xlsx,
    as_zip,
    people,
    table,
    with_part,
)

REPORT = ""
SHEET = "xl/worksheets/sheet1.xml"
Made = tuple[Callable[[], bytes], str]
_TEXT = as_csv(table())
_BIDI = "\u202eAnn\u202c Bee"
_ACCENTS = "e" + "\u0301" * 500_000
_LOL = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;">]>"""


def _book(change: Callable[[Any], None]) -> bytes:
    """Return a workbook whose only sheet was changed."""

    def on_sheet(book: Workbook) -> None:
        change(book.active)

    return as_xlsx(table(), on_sheet)


def _formula(sheet: Any) -> None:
    sheet["A3"] = '=CONCATENATE("Ann"," Bee")'


def _merge(sheet: Any) -> None:
    sheet.merge_cells("D2:D4")


def _merge_across(sheet: Any) -> None:
    sheet.merge_cells("A1:B1")


def _far_cell(sheet: Any) -> None:
    sheet.cell(row=3, column=5_000, value="far")


def _sheets(book: Workbook) -> None:
    notes = book.create_sheet("Notes", 0)
    notes["A1"] = "Nothing here"
    book.create_sheet("Old", 0).sheet_state = "hidden"
    book["Old"].append(HEADINGS)


def _dates(sheet: Any) -> None:
    sheet["A2"] = date(2027, 3, 4)
    sheet["D3"] = 46085


def _no_cells(book: Workbook) -> None:
    book.active.delete_rows(1, 10)  # type: ignore[union-attr]


def _with_entity(xml: bytes) -> bytes:
    head, _, rest = xml.partition(b"<sheetData>")
    body = head.partition(b"?>")[2] or head
    cell = b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>'
    return _LOL + body + cell + rest


BAD_FILES: dict[str, Made] = {
    # encodings
    "utf-8": (lambda: _TEXT, REPORT),
    "utf-8 with a mark": (lambda: as_csv(table(), encoding="utf-8-sig"), REPORT),
    "the mark twice": (lambda: codecs.BOM_UTF8 * 2 + _TEXT, REPORT),
    "utf-16": (lambda: as_csv(table(), "\t", "utf-16"), REPORT),
    "utf-16 without a mark": (lambda: as_csv(table(), encoding="utf-16-le"), REPORT),
    "utf-32": (lambda: as_csv(table(), encoding="utf-32"), REPORT),
    "windows-1252": (lambda: as_csv(table(), ";", "cp1252"), REPORT),
    "mac roman": (lambda: as_csv(table(), ";", "mac-roman", "\r"), REPORT),
    "half of a utf-16 sign": (lambda: codecs.BOM_UTF16_LE + b"a\0b", "no text"),
    "bytes of no encoding": (lambda: _TEXT + bytes(range(128, 256)), REPORT),
    # shapes
    "semicolons": (lambda: as_csv(table(), ";"), REPORT),
    "tabs": (lambda: as_csv(table(), "\t"), REPORT),
    "upright strokes": (lambda: as_csv(table(), "|"), REPORT),
    "sep= line": (lambda: b"sep=;\r\n" + as_csv(table(), ";"), REPORT),
    "one column": (lambda: b"E-mail\r\nann@example.org\r\nmeg@example.org\r\n", REPORT),
    "one line": (lambda: b"just one line", "no rows below"),
    "short and long rows": (lambda: _TEXT + b"Cal\r\nDan,d@example.org,mentor,,,,,,x\r\n", REPORT),
    "blank lines": (lambda: b"\r\n\r\n" + _TEXT.replace(b"\r\n", b"\r\n\r\n,,,\r\n"), REPORT),
    "a title above": (lambda: b"List of people\r\nspring 2027\r\n\r\n" + _TEXT, REPORT),
    "two heading rows": (lambda: as_csv(table(HEADINGS, *GOOD)), REPORT),
    "headings again below": (lambda: as_csv(table(*GOOD, HEADINGS, *GOOD[:1])), REPORT),
    "a total below": (lambda: as_csv(table(*GOOD, ("Total", 3))), REPORT),
    "headings only": (lambda: as_csv([HEADINGS]), "no rows below"),
    "no headings": (lambda: as_csv(GOOD), REPORT),
    "headings of nothing we know": (lambda: as_csv([("a", "b"), ("c", "d")]), REPORT),
    "the same heading three times": (
        lambda: as_csv([("Name",) * 3, *(row[:3] for row in GOOD)]),
        REPORT,
    ),
    "300 columns": (lambda: as_csv([["x"] * 300, ["y"] * 300]), "300 columns"),
    "empty": (lambda: b"", "is empty"),
    "only spaces": (lambda: b" \r\n\t\r\n", "is empty"),
    "only separators": (lambda: b",,,\r\n,,,\r\n", "is empty"),
    # signs
    "a quote left open": (lambda: _TEXT + b'"Cal,c@example.org,mentor\r\nDan,d@example.org\r\n',
                          "never closed"),
    "quotes inside words": (lambda: _TEXT + b'Cal "C" Dee,c@example.org,mentor\r\n', REPORT),
    "a line break in a cell": (lambda: as_csv(table(("A\r\nB", "a@b.org", "mentor"))), REPORT),
    "NUL bytes": (lambda: _TEXT + b"Cal\0Dee,c@example.org,mentor\r\n", REPORT),
    "only NUL bytes": (lambda: b"\0" * 1_000, "is empty"),
    "control signs": (lambda: as_csv(table(("\x1b[31mAnn", "a@example.org", "mentor"))), REPORT),
    "turned text": (lambda: as_csv(table((_BIDI, "\u200fa@example.org\u200e", "mentor"))), REPORT),
    "formulas in CSV": (lambda: as_csv(table(('=HYPERLINK("x")', "a@example.org", "@mentor"))),
                        REPORT),
    "one address in every spelling": (
        lambda: as_csv(table(*(("A", one, "mentor") for one in
                               ("a@example.org", "A@EXAMPLE.ORG", " a@example.org ")))),
        REPORT,
    ),
    "dates as numbers": (lambda: as_csv(table((46085, "a@example.org", 1, 46085.5))), REPORT),
    "a cell of a megabyte": (lambda: as_csv(table(("x" * 1_000_000, "a@b", "mentor"))), REPORT),
    "an accent a million times": (lambda: as_csv(table((_ACCENTS, "a", "b"))), REPORT),
    # sizes
    "100,000 rows": (lambda: as_csv(table(*people(100_000))), "more than 5,000 rows"),
    "100,000 blank rows": (lambda: _TEXT + b",,,,,\r\n" * 100_000, REPORT),
    "ten megabytes of one column": (lambda: b"Name\r\n" + b"x\r\n" * 3_300_000, "more than 5,000"),
    "eleven megabytes": (lambda: b"x" * 11_000_000, "11.0 MB"),
    "20,000 rows in a workbook": (lambda: as_xlsx(table(*people(20_000))), "more than 5,000 rows"),
    # other kinds
    "a picture called csv": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture"),
    "a PDF called xlsx": (lambda: b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel"),
    "a workbook with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "a web page called xls": (lambda: b"<html><table><tr><td>Name</td></tr></table>", "web page"),
    "a Word document": (lambda: as_zip({"word/document.xml": b"<w/>"}), "Word document"),
    "an OpenDocument sheet": (lambda: as_zip({"content.xml": b"<o/>"}), "OpenDocument"),
    "a zip of a list": (lambda: as_zip({"people.csv": _TEXT}), "Unpack it"),
    # workbooks
    "half a workbook": (lambda: as_xlsx(table())[:3_000], "damaged"),
    "a workbook without its sheet": (
        lambda: with_part(as_xlsx(table()), SHEET, lambda _xml: b"<worksheet"),
        "damaged",
    ),
    "a zip bomb": (
        lambda: with_part(as_xlsx(table()), SHEET, lambda xml: xml + b" " * 90_000_000),
        "unpacks to 90 MB",
    ),
    "entities in a workbook": (
        lambda: with_part(as_xlsx(table()), SHEET, _with_entity),
        "instructions that no spreadsheet writes",
    ),
    "a formula without its value": (lambda: _book(_formula), REPORT),
    "merged cells": (lambda: _book(_merge), REPORT),
    "merged headings": (lambda: _book(_merge_across), REPORT),
    "a cell far to the right": (lambda: _book(_far_cell), REPORT),
    "several sheets, one hidden": (lambda: as_xlsx(table(), _sheets), REPORT),
    "dates in a workbook": (lambda: _book(_dates), REPORT),
    "an empty workbook": (lambda: as_xlsx(table(), _no_cells), "is empty"),
}  # fmt: skip
