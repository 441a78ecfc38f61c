"""The tables of an event with their video links, as the organiser's page lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.models import Event
from app.services import video_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoTable:
    """A table, with what was typed for it or is stored, and what is wrong with that."""

    id: int
    field: str
    label: str
    block: str
    link: str
    stored: str
    problem: str


def video_tables_of(
    event: Event, typed: Mapping[int, str], problems: Mapping[str, str]
) -> tuple[VideoTable, ...]:
    """Return the rows of the form; what was typed goes before what is stored."""
    titles = {block.id: block.title for block in event.blocks}
    return tuple(
        VideoTable(
            id=table.id,
            field=f"link-{table.id}",
            label=table.label or f"Table {table.number}",
            block=titles[table.block_id],
            link=typed.get(table.id, table.video_link),
            stored=table.video_link,
            problem=problems.get(f"link-{table.id}", ""),
        )
        for table in video_tables.tables_of(event)
    )
