"""What the commands share: files read with one clear line when they cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from app.enums import Role
from app.errors import MentoringError
from app.services import roster_csv
from app.services.presets import PresetStage
from app.services.roster import RosterTable
from app.services.roster_csv import RosterFile
from app.services.roster_csv.values import Level, RowFinding
from app.services.tables_csv import read_tables

BAD_INPUT = 2


def refuse(message: str) -> NoReturn:
    """End with one clear line."""
    click.echo(message, err=True)
    raise SystemExit(BAD_INPUT)


def read_file(path: Path) -> bytes:
    """Return a file's bytes."""
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(f"{path}: cannot be read ({error.strerror or error})")


def read_roster(
    path: Path,
    *,
    rounds: int,
    roles: Sequence[Role],
    stages: Sequence[PresetStage],
    skip_bad: bool,
) -> RosterFile:
    """Return the people of a file; every finding is shown, and errors end it unless skipped."""
    try:
        file = roster_csv.read_people(read_file(path), rounds=rounds, roles=roles, stages=stages)
    except MentoringError as error:
        refuse(f"{path}: {error}")
    show(file.findings, skip_bad=skip_bad)
    if file.bad_rows and skip_bad:
        rows = ", ".join(str(row) for row in file.bad_rows)
        click.echo(f"Left out {len(file.bad_rows)} rows with errors: {rows}.", err=True)
    if not file.people:
        refuse(f"{path}: no row without errors is left")
    return file


def read_table_file(path: Path) -> tuple[RosterTable, ...]:
    """Return the real tables."""
    try:
        file = read_tables(read_file(path))
    except MentoringError as error:
        refuse(f"{path}: {error}")
    show(file.findings, skip_bad=False)
    return file.tables


def show(findings: tuple[RowFinding, ...], *, skip_bad: bool) -> None:
    """Show each finding on a line; end when one is an error that is not to be skipped."""
    for finding in findings:
        click.echo(str(finding), err=True)
    if not skip_bad and any(finding.level is Level.ERROR for finding in findings):
        raise SystemExit(BAD_INPUT)


def read_zone(name: str) -> ZoneInfo:
    """Return the time zone of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        refuse(f"--zone: found {name!r}, expected a name such as Europe/Berlin")


def read_start(text: str | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant of a wall time in the zone; one that never comes is refused."""
    if text is None:
        return None
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        refuse(f"--start: found {text!r}, expected a time such as 2027-03-04T18:00")
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    instant = wall.replace(tzinfo=zone)
    if instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        refuse(f"--start: {text} does not exist in {zone.key}: the clocks go forward over it")
    return instant.astimezone(UTC)
