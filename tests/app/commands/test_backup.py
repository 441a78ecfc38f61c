from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import schema
from app.commands import serve
from app.commands.backup import backup
from app.commands.restore import restore
from app.errors import MentoringError
from app.jobs import presence
from config import Config


@pytest.fixture
def data(tmp_path: Path) -> Path:
    serve.prepare(Config.from_env({"ROUNDABOUT_DATA": str(tmp_path)}))
    return tmp_path


def run(command: object, *words: object) -> Result:
    return CliRunner().invoke(  # type: ignore[arg-type] -- click's own commands
        command, [str(word) for word in words], catch_exceptions=False
    )


def test_backup_and_restore_say_what_they_did(data: Path) -> None:
    kept = run(backup, data / "copy.sqlite", "--data", data)
    back = run(restore, data / "copy.sqlite", "--data", data)

    assert kept.stdout.startswith(f"{data}/copy.sqlite  (")
    assert "secret_key is not in it: keep a copy of it elsewhere" in kept.stderr
    said = back.stdout.splitlines()
    assert said[0] == f"Restored {data}/copy.sqlite (written at schema {schema.head()})."
    assert said[1].startswith(f"The database it replaced is kept: {data}/replaced-")
    assert said[-1] == (
        "Next: start the server, sign in, look around, press `Let mail go out again`."
    )


def test_backup_thins_out_its_own_folder_only(data: Path) -> None:
    mine = data / "backups" / "mine.sqlite"
    old = data / "backups" / "roundabout-20200101T000000Z.sqlite"
    old.parent.mkdir()
    for path in (mine, old):
        path.write_text("x")

    said = run(backup, "--data", data, "--keep", 1)

    assert f"removed {old}" in said.stdout
    assert mine.exists()
    assert not old.exists()


def test_restore_waits_for_no_running_server(data: Path) -> None:
    run(backup, data / "copy.sqlite", "--data", data)
    before = (data / "roundabout.sqlite").read_bytes()

    with presence.together(data), pytest.raises(presence.InUse, match="stop it first"):
        run(restore, data / "copy.sqlite", "--data", data)

    assert (data / "roundabout.sqlite").read_bytes() == before


def test_nothing_starts_while_a_backup_is_restored(data: Path) -> None:
    settings = Config.from_env({"ROUNDABOUT_DATA": str(data)})

    with presence.alone(data), pytest.raises(MentoringError, match="wait for it to end"):
        serve.prepare(settings)
