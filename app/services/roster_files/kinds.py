"""What a file is by its own bytes; its name may say anything."""

from __future__ import annotations

import io
import zipfile
from enum import Enum

from app.services.roster_csv.text import UnreadableFile

_SAVE = "Save the list as XLSX or CSV, then upload that."
_SPREADSHEET = f"Open it in a spreadsheet. {_SAVE}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BEGINNINGS = (
    (b"%PDF", f"This is a PDF, not a table. {_SAVE}"),
    (b"\x89PNG", f"This is a picture, not a table. {_SAVE}"),
    (b"\xff\xd8\xff", f"This is a picture, not a table. {_SAVE}"),
    (b"GIF8", f"This is a picture, not a table. {_SAVE}"),
    (b"RIFF", f"This is a picture or a recording, not a table. {_SAVE}"),
    (b"{\\rtf", f"This is a text document, not a table. {_SAVE}"),
    (b"\x1f\x8b", "This is a packed archive. Unpack it, then upload the list inside."),
    (b"7z\xbc\xaf", "This is a packed archive. Unpack it, then upload the list inside."),
    (b"Rar!", "This is a packed archive. Unpack it, then upload the list inside."),
    (b"SQLite format 3", f"This is a database, not a table. {_SAVE}"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<svg")
_PARTS = (
    ("xl/workbook.xml", ""),
    ("xl/workbook.bin", f"This is a binary workbook (XLSB). {_SPREADSHEET}"),
    ("word/document.xml", f"This is a Word document, not a table. {_SPREADSHEET}"),
    ("ppt/presentation.xml", f"This is a presentation, not a table. {_SAVE}"),
    ("content.xml", f"This is an OpenDocument file (ODS or ODT). {_SPREADSHEET}"),
    ("Index/Document.iwa", f"This is a Numbers document. {_SPREADSHEET}"),
)


class Kind(Enum):
    TEXT = "text"
    WORKBOOK = "workbook"


def kind_of(content: bytes) -> Kind:
    """Return whether the bytes are text or a workbook; refuse everything else by its name."""
    if not content.strip(b"\0 \t\r\n"):
        msg = "The file is empty. A line of headings and a row for each person are expected."
        raise UnreadableFile(msg)
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(_OLE):
        raise UnreadableFile(_old_workbook(content))
    for begin, message in _BEGINNINGS:
        if content.startswith(begin):
            raise UnreadableFile(message)
    head = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_MARKUP):
        msg = f"This is a web page with the ending of a table. {_SPREADSHEET}"
        raise UnreadableFile(msg)
    return Kind.TEXT


def _old_workbook(content: bytes) -> str:
    if _LOCKED in content:
        return "This workbook is locked with a password. Save it without one, then upload it."
    return f"This is an old Excel or Office file (XLS). {_SPREADSHEET}"


def _packed(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        msg = "This workbook arrived damaged. Open it in a spreadsheet, save it, then upload it."
        raise UnreadableFile(msg) from None
    for part, message in _PARTS:
        if part in names:
            if message:
                raise UnreadableFile(message)
            return Kind.WORKBOOK
    msg = "This is a packed archive. Unpack it, then upload the list inside."
    raise UnreadableFile(msg)
