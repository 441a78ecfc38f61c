from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.errors import BadConfig
from app.mail.local import OutboxTransport
from app.mail.outgoing import make_transport
from app.mail.smtp import SmtpTransport
from config import SAMPLES, Config, ServerKey, ensure_secret, keys_of, server_key

KEY = "kJ3v9sQm2xW8bT5nR7cY1zL4pD6hG0fA"
SERVER = {
    "ROUNDABOUT_MODE": "server",
    "ROUNDABOUT_BASE_URL": "https://evening.example.org",
    "ROUNDABOUT_SECRET_KEY": KEY,
    "ROUNDABOUT_MAIL_FROM": "evening@example.org",
    "ROUNDABOUT_SMTP_URL": "smtps://us:pass@mail.example.org",
}


def test_embedded_default_needs_nothing(tmp_path: Path) -> None:
    config = Config.from_env({"ROUNDABOUT_DATA": str(tmp_path)})

    assert (config.mode, config.host, config.base_url) == (
        "local",
        "127.0.0.1",
        "http://127.0.0.1:8321",
    )
    assert config.is_loopback
    assert not config.sends_mail


@pytest.mark.parametrize("key", sorted(set(SERVER) - {"ROUNDABOUT_MODE"}))
def test_server_names_each_key_it_misses(key: str) -> None:
    with pytest.raises(BadConfig, match=f"^ROUNDABOUT_MODE=server needs {key}$"):
        Config.from_env({name: value for name, value in SERVER.items() if name != key})


def test_server_needs_https() -> None:
    with pytest.raises(BadConfig, match="begins with https://"):
        Config.from_env(SERVER | {"ROUNDABOUT_BASE_URL": "http://evening.example.org"})


@pytest.mark.parametrize("key", ["short", "a" * 40, "ab" * 20, *sorted(SAMPLES)])
@pytest.mark.parametrize("mode", ["server", "local"])
def test_key_that_can_be_guessed_is_refused(key: str, mode: str) -> None:
    with pytest.raises(BadConfig, match=r"^ROUNDABOUT_SECRET_KEY: "):
        Config.from_env(SERVER | {"ROUNDABOUT_SECRET_KEY": key, "ROUNDABOUT_MODE": mode})


def test_every_key_written_in_the_readme_is_refused() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    written = set(re.findall(r"ROUNDABOUT_SECRET_KEY(?:_OLD)?=([^\s$'\"`]+)", readme))

    assert written <= SAMPLES


def test_key_in_use_is_not_an_old_one() -> None:
    with pytest.raises(BadConfig, match="expected one of your own"):
        Config.from_env(SERVER | {"ROUNDABOUT_SECRET_KEY_OLD": f"other {KEY}"})


def test_old_keys_follow_the_new_one() -> None:
    config = Config.from_env(SERVER | {"ROUNDABOUT_SECRET_KEY_OLD": "older oldest"})

    key = server_key(config)

    assert key == KEY.encode()
    assert keys_of(key) == (KEY.encode(), b"older", b"oldest")
    assert keys_of(b"plain") == (b"plain",)
    assert isinstance(key, ServerKey)


def test_generated_key_is_private_and_stays(tmp_path: Path) -> None:
    first = ensure_secret(tmp_path)

    assert ensure_secret(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "secret_key").chmod(0o644)
    with pytest.raises(BadConfig, match="others can read this key"):
        ensure_secret(tmp_path)


def test_configuration_shows_no_secret() -> None:
    shown = repr(Config.from_env(SERVER | {"ROUNDABOUT_SECRET_KEY_OLD": "older"}))

    assert [word for word in (KEY, "older", "pass") if word in shown] == []


@pytest.mark.parametrize(
    "url",
    [
        "smtps://us:pass@mail.example.org",
        "smtp://us:pass@mail.example.org:587?starttls=1",
        "smtp://us:pass@127.0.0.1:25",
        "smtp://us:pass@localhost:25",
        "smtp://mail.example.org:25",
    ],
)
def test_mail_servers_that_hear_no_password_in_the_clear(url: str) -> None:
    config = Config.from_env(SERVER | {"ROUNDABOUT_SMTP_URL": url})

    assert isinstance(make_transport(config), SmtpTransport)


@pytest.mark.parametrize("query", ["", "?starttls=0", "?starttls=no", "?tls=1"])
def test_password_in_the_clear_is_refused(query: str) -> None:
    url = f"smtp://us:pass@mail.example.org:587{query}"

    with pytest.raises(BadConfig) as told:
        make_transport(Config.from_env(SERVER | {"ROUNDABOUT_SMTP_URL": url}))

    assert told.value.message == (
        "ROUNDABOUT_SMTP_URL: the password would go to mail.example.org unencrypted; "
        "write smtps://... or add ?starttls=1"
    )


def test_demo_writes_to_nobody_whatever_is_set() -> None:
    config = Config.from_env(SERVER | {"ROUNDABOUT_MODE": "demo"})

    assert not config.sends_mail
    assert isinstance(make_transport(config), OutboxTransport)


@pytest.mark.parametrize(
    "key_value", [("ROUNDABOUT_IMAP_URL", "imaps://x"), ("ROUNDABOUT_HOOK_TOKEN", "t" * 32)]
)
def test_sender_leaves_room_for_the_token_of_a_reply(key_value: tuple[str, str]) -> None:
    environ = SERVER | dict([key_value])

    assert Config.from_env(environ | {"ROUNDABOUT_MAIL_FROM": f"{'a' * 31}@x.org"}).takes_replies
    with pytest.raises(BadConfig, match=r"^ROUNDABOUT_MAIL_FROM: .* at most 31 characters"):
        Config.from_env(environ | {"ROUNDABOUT_MAIL_FROM": f"{'a' * 32}@x.org"})
    assert not Config.from_env(SERVER).takes_replies


def test_a_short_token_for_posted_mail_is_refused() -> None:
    with pytest.raises(BadConfig, match=r"^ROUNDABOUT_HOOK_TOKEN: expected at least 32"):
        Config.from_env({"ROUNDABOUT_HOOK_TOKEN": "t" * 31})
