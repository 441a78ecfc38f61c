"""A kept file, read again with what was decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.errors import InvalidInput
from app.models import Event, RosterUpload
from app.services import roster_files
from app.services.roster_files import Sheet
from app.services.roster_import import uploads
from app.services.roster_import.fields import FIXED, LABELS, Field
from app.services.roster_import.guessing import guess
from app.services.roster_import.mapping import Decisions, Source
from app.services.roster_import.words import unknown_words
from app.services.signups.form import FormChoices, choices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file with its columns: those that were chosen, else those we guess."""

    upload_id: int
    file_name: str
    sheet: Sheet
    columns: Mapping[Field, Source]
    decisions: Decisions
    choices: FormChoices

    @property
    def is_chosen(self) -> bool:
        """Whether somebody looked at the columns."""
        return self.decisions.columns is not None


def opened(event: Event, upload: RosterUpload) -> Opened:
    """Return a kept file; ``UnreadableFile`` when it cannot be read any more."""
    decisions = uploads.decisions_of(upload)
    sheet = roster_files.read_sheet(
        upload.content, sheet=decisions.sheet, most_rows=uploads.MAX_PEOPLE
    )
    choices = choices_of(event)
    width = len(sheet.headings)
    chosen = decisions.columns
    columns = guess(sheet, choices.roles) if chosen is None else chosen
    return Opened(
        upload_id=upload.id,
        file_name=upload.file_name,
        sheet=sheet,
        columns={
            name: source
            for name, source in columns.items()
            if source.column is None or source.column < width
        },
        decisions=decisions,
        choices=choices,
    )


def choose_columns(event: Event, upload: RosterUpload, columns: Mapping[Field, Source]) -> bool:
    """Keep where each field comes from; return whether the file has words we do not know.

    Raises ``InvalidInput`` while a row could not become a person.
    """
    if uploads.done_of(upload) is not None:
        return False
    file = opened(event, upload)
    check_columns(columns, file.sheet.headings)
    decisions = replace(file.decisions, columns=dict(columns))
    uploads.decide(upload, decisions)
    return bool(unknown_words(file.sheet, columns, decisions, file.choices))


def check_columns(columns: Mapping[Field, Source], headings: tuple[str, ...]) -> None:
    """Raise ``InvalidInput`` while a row could not become a person."""
    problems: dict[str, str] = {}
    has_name = {Field.NAME} & set(columns) or {Field.FIRST_NAME, Field.LAST_NAME} & set(columns)
    if not has_name:
        problems["name"] = "Choose the column with people's names."
    if Field.EMAIL not in columns:
        problems["email"] = "Choose the column with e-mail addresses: people are matched by them."
    if Field.ROLE not in columns:
        problems["role"] = "Choose the column that says what people come as, or one for everybody."
    taken: dict[int, Field] = {}
    for name, source in columns.items():
        if source.column is None:
            if name not in FIXED:
                problems.setdefault(name.value, "Choose a column for this.")
            continue
        if source.column >= len(headings):
            problems.setdefault(name.value, "Choose one of the columns of this file.")
        elif source.column in taken:
            other = LABELS[taken[source.column]]
            message = f"Choose another column: this one is already “{other}”."
            problems.setdefault(name.value, message)
        taken.setdefault(source.column, name)
    if problems:
        raise InvalidInput(problems)


def with_columns(file: Opened, columns: Mapping[Field, Source]) -> Opened:
    """Return the file with columns that were chosen but cannot be kept yet."""
    width = len(file.sheet.headings)
    known = {
        name: source
        for name, source in columns.items()
        if source.column is None or source.column < width
    }
    return replace(file, columns=known)
