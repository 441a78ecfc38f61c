"""``roundabout plan``: a plan from a file, without a web page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.commands import reading
from app.errors import MentoringError
from app.services import presets
from app.services.plan_files import write_documents, write_files
from app.services.plan_files.itineraries import itineraries
from app.services.plan_files.summary import write_summary
from app.services.planning.now import Planned, Watch, plan_now
from app.services.presets import Preset
from app.services.roster import Roster
from app.services.roster_csv.build import build_roster

INFEASIBLE = 3
NOT_IN_TIME = 4
RESERVE = 0.4
"""Share of a short time limit that is kept for starting, reading, checking and writing."""
RESERVE_S = 4.0


@click.command("plan")
@click.argument("people", type=click.Path(path_type=Path))
@click.option("--preset", "preset_id", required=True, help="One of `roundabout presets`.")
@click.option("--start", help="When the first round begins, such as 2027-03-04T18:00.")
@click.option("--zone", default="Europe/Berlin", show_default=True, help="Time zone of --start.")
@click.option(
    "--tables", type=click.Path(path_type=Path), help="The real tables: id,features,seats."
)
@click.option(
    "--apart-same",
    type=click.Choice(["affiliation"]),
    multiple=True,
    help="Keep mentors and mentees with the same of these apart.",
)
@click.option("--out", type=click.Path(path_type=Path), default=Path("roundabout-plan"),
              show_default=True, help="Folder for the files.")  # fmt: skip
@click.option("--time-limit", type=click.FloatRange(1, 86_400), default=10.0, show_default=True,
              help="Seconds for everything.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--skip-bad", is_flag=True, help="Plan without the rows that have errors.")
def plan(  # noqa: PLR0917 -- click hands over each option by name
    people: Path,
    preset_id: str,
    start: str | None,
    zone: str,
    tables: Path | None,
    apart_same: tuple[str, ...],
    out: Path,
    time_limit: float,
    seed: int,
    *,
    skip_bad: bool,
) -> None:
    """Plan the PEOPLE of a CSV file: plan.csv, cards.html, an .ics for everybody."""
    began = time.monotonic()
    preset = _preset(preset_id)
    wall = reading.read_zone(zone)
    starts_at = reading.read_start(start, wall)
    block = preset.planned_block
    file = reading.read_roster(
        people, rounds=block.rounds, roles=block.roles, stages=preset.stages, skip_bad=skip_bad
    )
    roster = build_roster(
        file.people,
        preset,
        starts_at=starts_at,
        zone=zone,
        tables=reading.read_table_file(tables) if tables else (),
    )
    rules = dict(block.rules)
    rules["keep_apart_same"] = sorted({*rules["keep_apart_same"], *apart_same})
    _check_folder(out)
    spent = time.monotonic() - began + min(RESERVE_S, RESERVE * time_limit)
    planned = _plan(roster, rules, max(0.5, time_limit - spent), seed)
    finish(out, roster, rules, planned, skipped=file.bad_rows)


def _preset(preset_id: str) -> Preset:
    try:
        return presets.get(preset_id)
    except MentoringError as error:
        reading.refuse(str(error))


def _check_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "plan.json").touch()
    except OSError as error:
        reading.refuse(f"{out}: cannot be written ({error.strerror or error})")


def _plan(roster: Roster, rules: dict[str, Any], seconds: float, seed: int) -> Planned:
    with _bar(seconds) as watch:
        try:
            return plan_now(roster, rules, time_limit_s=seconds, seed=seed, watch=watch)
        except MentoringError as error:
            reading.refuse(str(error))


def finish(
    out: Path,
    roster: Roster,
    rules: dict[str, Any],
    planned: Planned,
    *,
    skipped: tuple[int, ...],
) -> None:
    """Show the summary and write the files; end with status 3 or 4 when there is no plan."""
    paths = itineraries(roster, planned.plan, planned.hosts)
    click.echo(write_summary(roster, rules, planned, paths))
    if skipped:
        click.echo(f"Not planned, because of errors: rows {', '.join(map(str, skipped))}.")
    if not planned.plan.has_seats:
        names = write_documents(out, planned)
        click.echo(f"\nWrote {' and '.join(names)} to {out}.")
        raise SystemExit(INFEASIBLE if planned.plan.status == "infeasible" else NOT_IN_TIME)
    written = write_files(out, roster, planned, paths, now=datetime.now(UTC))
    click.echo(f"\nWrote {', '.join(written.names)} to {out}.")
    if written.calendars:
        click.echo(f"Wrote {written.calendars} calendar entries (.ics), one a person.")
    else:
        click.echo("No .ics files: no --start was named, so the rounds have no times.")


@contextmanager
def _bar(seconds: float) -> Iterator[Watch]:
    """Show a bar that fills with the time allowed, with what is being improved."""
    columns = (
        TextColumn("Planning"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=seconds)

        def watch(at: float, goal: str, value: float | None, bound: float | None) -> None:
            stands = "" if value is None else f": {value:g}"
            best = "" if bound is None else f", at best {bound:g}"
            progress.update(task, completed=at, description=f"{goal}{stands}{best}")

        yield watch
