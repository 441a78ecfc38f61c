"""The `roundabout` command; each of its commands is imported when it is asked for."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from app.errors import MentoringError

COMMANDS = {
    "demo": "demo:demo",
    "serve": "serve:serve",
    "plan": "plan:plan",
    "presets": "presets:presets",
    "import": "import_:import_people",
    "invite-owner": "owner:invite_owner",
    "reset-password": "owner:reset_password",
    "mail-test": "mail_test:mail_test",
    "migrate": "serve:migrate",
    "backup": "backup:backup",
    "restore": "restore:restore",
    "web": "serve:web_part",
    "worker": "serve:worker",
    "tick": "serve:tick",
}
"""Where each command stands, below ``app.commands``."""


class Commands(click.Group):
    """A group that finds its commands by name, so that none waits for another's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(f"app.commands.{module}"), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 -- the table above is ours
        return command


@click.group(cls=Commands)
@click.version_option(package_name="roundabout-mentoring", prog_name="roundabout")
def roundabout() -> None:
    """Plan and run speed-mentoring and peer-mentoring events."""


def main() -> None:
    """Run a command; what a person can put right is one clear line and exit status 2."""
    try:
        roundabout(prog_name="roundabout")
    except MentoringError as error:
        click.echo(f"roundabout: {error.message}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
