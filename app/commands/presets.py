"""``roundabout presets``: the formats an event can begin with."""

from __future__ import annotations

import click

from app.services.presets import PRESETS


@click.command("presets")
def presets() -> None:
    """List the presets, each with its figures and where they were published."""
    width = max(len(preset.id) for preset in PRESETS)
    for preset in PRESETS:
        click.echo(f"{preset.id:<{width}}  {preset.title}: {preset.figures} [{preset.source}]")
