from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from app.commands.owner import invite_owner
from app.services import accounts


def test_invite_owner_prints_a_link_and_how_long_it_is_good(tmp_path: Path) -> None:
    answer = CliRunner().invoke(invite_owner, ["owner@example.org", "--data", str(tmp_path)])

    first, second = answer.output.splitlines()
    assert answer.exit_code == 0
    assert first == "Open this link within 7 days to choose your password:"
    assert second.strip().startswith("http://127.0.0.1:8321/welcome/")
    assert accounts.INVITATION_LASTS.days == 7


def test_the_link_leads_to_the_port_that_was_asked_for(tmp_path: Path) -> None:
    arguments = ["owner@example.org", "--data", str(tmp_path), "--port", "8444"]

    answer = CliRunner().invoke(invite_owner, arguments)

    assert answer.output.splitlines()[1].strip().startswith("http://127.0.0.1:8444/welcome/")
