"""`roundabout demo`: an organiser and three events, each at another station of the street."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.commands.demo_events import EMAIL, PASSWORD, STEPS, Demo
from app.commands.serve import environ_with, prepare, run_all
from app.enums import Mode
from app.errors import MentoringError
from app.jobs import web
from app.jobs.runtime import make_runtime
from config import Config

MARK = "demo.txt"
MADE = (
    "roundabout.sqlite*",
    "queue.sqlite*",
    "before-upgrade-*.sqlite",
    "replaced-*.sqlite*",
    "secret_key",
    "running.lock",
    "erasures.jsonl",
    MARK,
)
"""What a demo writes into its folder."""


@click.command()
@click.option("--data", default="roundabout-demo", type=click.Path(), help="Folder for the demo.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on (default 8321).")
@click.option("--no-serve", is_flag=True, help="Make the events, but start no server.")
@click.option("--fresh", is_flag=True, help="Throw an earlier demo in the folder away first.")
def demo(data: str, port: int | None, *, no_serve: bool, fresh: bool) -> None:
    """Make an organiser and three sample events, then serve them."""
    environ = environ_with(port=port, data=data) | {"ROUNDABOUT_MODE": Mode.DEMO.value}
    settings = Config.from_env(environ)
    if not no_serve:
        web.check_port(settings.host, settings.port)
    if fresh:
        throw_away(settings.data)
    is_new = claim_folder(settings.data)
    prepare(settings)
    if is_new:
        token = build(settings)
        (settings.data / MARK).write_text(f"complete\n{token}\n", "utf-8")
    else:
        click.echo(f"The demo in {settings.data} is used again; --fresh makes a new one.")
    if no_serve:
        click.echo(f"`roundabout demo --data {data}` serves it.")
        click.echo(greeting(settings))
        return
    raise SystemExit(run_all(settings, environ, greeting(settings)))


def claim_folder(data: Path) -> bool:
    """Return whether the demo is still to be made; refuse a folder that holds something else."""
    mark = data / MARK
    if mark.exists():
        if mark.read_text("utf-8").startswith("complete"):
            return False
        throw_away(data)
    elif data.exists() and any(data.iterdir()):
        msg = f"{data}: holds something other than a demo; name another folder with --data"
        raise MentoringError(msg)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.write_text("being made\n", "utf-8")
    return True


def throw_away(data: Path) -> None:
    """Remove the files of an earlier demo, and nothing that a demo did not make."""
    if not (data / MARK).exists():
        return
    for pattern in MADE:
        for path in data.glob(pattern):
            path.unlink()


def build(settings: Config) -> str:
    """Make the demo, telling how far it is; return the token of its stewards' link."""
    columns = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=len(STEPS))
        demo_events = Demo(make_runtime(settings), datetime.now(UTC))
        for title, step in STEPS:
            progress.update(bar, description=title)
            step(demo_events)
            progress.advance(bar)
        progress.update(bar, description="Three events are ready")
    return demo_events.steward_token


def greeting(settings: Config) -> str:
    """Return what the newcomer reads."""
    _, _, token = (settings.data / MARK).read_text("utf-8").strip().partition("\n")
    stewards = f"  A stewards' page  {settings.base_url}/s/{token}\n" if token else ""
    return (
        "\nRoundabout demo\n"
        f"  Organiser's desk  {settings.base_url}/sign-in\n"
        f"  sign in with      {EMAIL}\n"
        f"  password          {PASSWORD}\n"
        f"  A public page     {settings.base_url}/e/an-evening-of-good-questions\n"
        f"{stewards}"
        f"  Mail outbox       {settings.base_url}/outbox  (no mail leaves this machine)\n"
        "Sign in: the first page says what to try first.\n"
        "Ctrl-C stops it."
    )
