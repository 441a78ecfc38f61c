"""The `roundabout` command."""

from __future__ import annotations

import sys

import click

from app.commands import demo, import_, owner, plan, presets, serve
from app.errors import MentoringError


@click.group()
@click.version_option(package_name="roundabout-mentoring", prog_name="roundabout")
def roundabout() -> None:
    """Plan and run speed-mentoring and peer-mentoring events."""


for command in (
    demo.demo,
    serve.serve,
    plan.plan,
    import_.import_people,
    presets.presets,
    serve.migrate,
    owner.invite_owner,
    serve.web_part,
    serve.worker,
    serve.tick,
):
    roundabout.add_command(command)


def main() -> None:
    """Run a command; what a person can put right is one clear line and exit status 2."""
    try:
        roundabout(prog_name="roundabout")
    except MentoringError as error:
        click.echo(f"roundabout: {error.message}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
