from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import serve
from app.errors import BadConfig, MentoringError
from config import Config


def settings_with(data: Path, url: str) -> Config:
    return Config.from_env({"ROUNDABOUT_DATA": str(data), "ROUNDABOUT_DATABASE_URL": url})


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "not an address",
            (
                "ROUNDABOUT_DATABASE_URL: expected sqlite:///FILE or "
                "postgresql://USER:PASSWORD@HOST/NAME"
            ),
        ),
        ("sqlite:////nowhere/at/all.sqlite", "the database cannot be opened: unable to open"),
        ("postgresql://nobody@127.0.0.1:1/none", "the database cannot be opened: connection"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_line(
    tmp_path: Path, url: str, message: str
) -> None:
    with pytest.raises(MentoringError) as told:
        serve.prepare(settings_with(tmp_path, url))

    assert told.value.message.startswith(message)
    assert "\n" not in told.value.message


def test_prepare_makes_a_folder_only_its_owner_can_read(tmp_path: Path) -> None:
    data = tmp_path / "new" / "folder"

    serve.prepare(settings_with(data, f"sqlite:///{data / 'roundabout.sqlite'}"))

    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"ROUNDABOUT_MAIL_FROM": "Us <us@example.org>"},
            "ROUNDABOUT_MAIL_FROM: found 'Us <us@example.org>', expected an e-mail address",
        ),
        ({"ROUNDABOUT_SMTP_URL": "http://mail.example.org"}, "ROUNDABOUT_SMTP_URL: expected smtp:"),
        ({"ROUNDABOUT_SMTP_URL": "smtp://host:abc"}, "ROUNDABOUT_SMTP_URL: expected smtp:"),
        ({"ROUNDABOUT_BASE_URL": "http://host:99999"}, "ROUNDABOUT_BASE_URL: found"),
    ],
)
def test_what_would_fail_with_the_first_mail_is_one_line(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(BadConfig) as told:
        serve.prepare(Config.from_env({"ROUNDABOUT_DATA": str(tmp_path)} | change))

    assert told.value.message.startswith(message)


def test_the_hint_for_the_first_account_fits_folder_and_port(tmp_path: Path) -> None:
    folder = tmp_path / "our data"
    settings = Config.from_env({"ROUNDABOUT_DATA": str(folder), "ROUNDABOUT_PORT": "8444"})

    plain = serve.greeting(Config.from_env({})).splitlines()[-1]
    given = serve.greeting(settings).splitlines()[-1]

    assert plain == "  roundabout invite-owner you@example.org --organisation 'Your society'"
    assert given == f"{plain} --data '{folder}' --port 8444"
