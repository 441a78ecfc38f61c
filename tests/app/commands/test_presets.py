from __future__ import annotations

from click.testing import CliRunner

from app.commands.presets import presets
from app.services.presets import PRESETS


def test_each_line_begins_with_an_id_and_holds_figures_and_source() -> None:
    result = CliRunner().invoke(presets)

    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert [line.split()[0] for line in lines] == [preset.id for preset in PRESETS]
    for line, preset in zip(lines, PRESETS, strict=True):
        assert preset.figures in line
        assert preset.source in line
