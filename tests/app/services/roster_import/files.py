"""Files of people made by code: good ones, and what arrives instead of them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Full name", "E-mail address", "Comes as", "Career stage", "Topics", "Please not with")
GOOD = (
    ("Meg Tor", "meg@example.org", "mentor", "senior", "Career planning", ""),
    ("Ann Bee", "ann@example.org", "mentee", "student", "Career planning", "meg@example.org"),
    ("Zoë Müller", "zoe@example.org", "mentee", "resident", "Career planning", ""),
)
Rows = Sequence[Sequence[Any]]


def table(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS) -> list[Sequence[Any]]:
    """Return headings and rows; without rows the good ones."""
    return [headings, *(rows or GOOD)]


def as_csv(rows: Rows, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Rows, change: Callable[[Workbook], None] | None = None) -> bytes:
    """Return a workbook of one sheet, after ``change``."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return as_zip(parts | {name: change(parts.get(name, b""))})


def people(count: int) -> list[Sequence[Any]]:
    """Return a list of many, one mentor in five."""
    return [
        (
            f"Person {number}",
            f"guest{number}@example.org",
            "mentee" if number % 5 else "mentor",
            "student" if number % 5 else "senior",
            "Career planning; Research",
            f"guest{number + 1}@example.org" if number % 50 == 0 else "",
        )
        for number in range(count)
    ]
