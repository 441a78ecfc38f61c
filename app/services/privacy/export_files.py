"""An export as files: JSON for programs, CSV that no spreadsheet computes."""

from __future__ import annotations

import csv
import io
import json

from app.services.privacy.export import PersonExport
from app.services.roster_csv.values import begins_like_a_formula

FORMAT = "roundabout-my-data/1"
HEADINGS = ("section", "number", "field", "value")


def as_json(export: PersonExport) -> bytes:
    """Return the export as one JSON object with a list for each section."""
    document: dict[str, object] = {"format": FORMAT, "event": export.event_slug}
    for section in export.sections:
        document[section.name] = [dict(record.fields) for record in section.records]
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_csv(export: PersonExport) -> bytes:
    """Return the export as UTF-8 with the mark by which spreadsheets know it, a field a row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for section in export.sections:
        for number, record in enumerate(section.records, start=1):
            for name, value in record.fields:
                if value is not None:
                    writer.writerow([section.name, number, name, safe_cell(str(value))])
    return out.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe comes before it.

    Everything else stays as it was written, line ends too.
    """
    bare = text.lstrip().lstrip("'\"").lstrip()
    is_risky = text.startswith("\n") or any(map(begins_like_a_formula, (text, bare)))
    return f"'{text}" if is_risky else text
