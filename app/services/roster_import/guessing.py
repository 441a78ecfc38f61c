"""Which column is which field, before anybody chooses: by its heading and by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.enums import Role
from app.services.roster_csv.cells import role_of
from app.services.roster_csv.columns import field_of, is_exact, plain
from app.services.roster_files import Sheet
from app.services.roster_import.fields import FIELDS, Field
from app.services.roster_import.mapping import Source

_LOOK_AT = 50
_FORM_TOOLS = frozenset(
    {
        "id",
        "username",
        "user name",
        "event name",
        "ticket name",
        "file name",
        "benutzername",
        "buyer email",
        "buyer e mail",
        "purchaser email",
        "buyer first name",
        "buyer last name",
        "buyer name",
        "purchaser first name",
        "purchaser last name",
        "order email",
        "email status",
        "marketing consent",
        "last modified by",
    }
)
"""Columns that form and ticket tools add, which only sound like ours."""


def guess(sheet: Sheet, roles: Sequence[Role]) -> dict[Field, Source]:
    """Return a column for each field that has a likely one, no column twice."""
    found: dict[Field, tuple[float, int]] = {}
    for place, heading in enumerate(sheet.headings):
        texts = [row.cells[place] for row in sheet.rows[:_LOOK_AT] if place < len(row.cells)]
        name, worth = _look(heading, [text for text in texts if text.strip()])
        if name is not None and worth > found.get(name, (0.0, 0))[0]:
            found[name] = (worth, place)
    sources = {name: Source(column=found[name][1]) for name in FIELDS if name in found}
    if Field.NAME in sources and {Field.FIRST_NAME, Field.LAST_NAME} <= set(sources):
        sources.pop(Field.FIRST_NAME)
        sources.pop(Field.LAST_NAME)
    if Field.LAST_NAME in sources and _calls_it_name(sheet, sources):
        sources.pop(Field.NAME, None)
    if Field.ROLE not in sources and len(roles) == 1:
        sources[Field.ROLE] = Source(fixed=roles[0].value)
    return sources


def _look(heading: str, texts: list[str]) -> tuple[Field | None, float]:
    """Return the field that a column is likeliest to be, and how likely."""
    words = field_of(heading) if plain(heading) not in _FORM_TOOLS else None
    name = Field(words) if words else None
    addresses = sum("@" in text for text in texts) / len(texts) if texts else 0.0
    worth = 3.0 if is_exact(heading) else 1.0
    if name is None:
        if addresses > 0.5 and plain(heading) not in _FORM_TOOLS:
            return Field.EMAIL, 0.5
        is_role = len(texts) > 1 and all(role_of(text) is not None for text in texts)
        return (Field.ROLE, 0.5) if is_role else (None, 0.0)
    if name is Field.EMAIL:
        return name, worth + 4 * addresses if addresses or not texts else 0.0
    if name in {Field.NAME, Field.FIRST_NAME, Field.LAST_NAME} and addresses > 0.5:
        return Field.EMAIL, 0.5
    return name, worth + (0.5 if texts else 0.0)


def _calls_it_name(sheet: Sheet, sources: Mapping[Field, Source]) -> bool:
    """Return whether "Name" stands beside "First name", and so means the last name alone."""
    source = sources.get(Field.NAME)
    if source is None or source.column is None:
        return False
    return Field.FIRST_NAME in sources and plain(sheet.headings[source.column]) != "name"
