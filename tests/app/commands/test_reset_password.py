from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from app.commands.owner import reset_password
from app.commands.serve import prepare
from app.db import make_engine, make_session_factory, unit_of_work
from app.errors import NotFound
from app.tenancy import UNSCOPED
from config import Config
from tests.builders import make_organiser


def test_reset_password_prints_a_link_for_who_signs_in_here(tmp_path: Path) -> None:
    settings = Config.from_env({"ROUNDABOUT_DATA": str(tmp_path)})
    prepare(settings)
    engine = make_engine(settings.database_url)
    with unit_of_work(make_session_factory(engine, tenant=UNSCOPED)) as session:
        make_organiser(session, email="olivia@example.org")
    engine.dispose()

    known = CliRunner().invoke(reset_password, ["olivia@example.org", "--data", str(tmp_path)])
    unknown = CliRunner().invoke(reset_password, ["nobody@example.org", "--data", str(tmp_path)])

    first, second = known.output.splitlines()
    assert first == "Open this link within 10 minutes to choose a new password:"
    assert second.strip().startswith("http://127.0.0.1:8321/reset/")
    assert isinstance(unknown.exception, NotFound)
    assert unknown.exception.message == "nobody@example.org: nobody signs in with this address"
