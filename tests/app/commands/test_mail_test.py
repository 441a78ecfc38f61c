from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.commands.mail_test import mail_test
from app.errors import MentoringError
from tests.conftest import Clock
from tests.faults.smtp_sink import Sink, running
from tests.ports import free_port


def ask(tmp_path: Path, address: str, url: str, **environ: str) -> Result:
    environ |= {"ROUNDABOUT_DATA": str(tmp_path), "ROUNDABOUT_SMTP_URL": url}
    return CliRunner().invoke(mail_test, [address], env=environ)


def said(answer: Result) -> str:
    assert isinstance(answer.exception, MentoringError)
    return answer.exception.message


def test_mail_test_prints_what_the_server_answers(tmp_path: Path, clock: Clock) -> None:
    sink = Sink(clock=clock)

    with running(sink) as port:
        answer = ask(tmp_path, "none-0@example.org", f"smtp://127.0.0.1:{port}")

    assert answer.exit_code == 0
    assert answer.output.splitlines()[0] == "127.0.0.1 took it and said: 250 2.0.0 kept"
    assert [to for to, _ in sink.kept] == ["none-0@example.org"]


@pytest.mark.parametrize(
    ("address", "words", "advice"),
    [
        ("c2-3@example.org", "451 4.7.1 come back later", "Run this again in some minutes"),
        ("c4-3@example.org", "550 5.1.1 no such user", "Check the address, and whether"),
        ("c7-3@example.org", "Connection unexpectedly closed", "Check host and port"),
    ],
)
def test_mail_test_says_what_to_do(
    tmp_path: Path, clock: Clock, address: str, words: str, advice: str
) -> None:
    with running(Sink(clock=clock)) as port:
        told = said(ask(tmp_path, address, f"smtp://127.0.0.1:{port}"))

    assert words in told
    assert advice in told


def test_mail_test_with_a_wrong_password(tmp_path: Path, clock: Clock) -> None:
    sink = Sink(clock=clock, takes_password=False)

    with running(sink, authenticator=sink.authenticate, auth_require_tls=False) as port:
        told = said(ask(tmp_path, "ann@example.org", f"smtp://us:no@127.0.0.1:{port}"))

    assert told.startswith("127.0.0.1 does not take the name and password: 535")
    assert "@ is written %40" in told


def test_mail_test_where_nobody_answers(tmp_path: Path) -> None:
    port = free_port()

    told = said(ask(tmp_path, "ann@example.org", f"smtp://127.0.0.1:{port}"))

    assert told.startswith(f"127.0.0.1:{port} cannot be reached, or hung up: ConnectionRefused")


def test_mail_test_where_no_mail_leaves(tmp_path: Path) -> None:
    unset = said(ask(tmp_path, "ann@example.org", ""))
    demo = said(ask(tmp_path, "ann@example.org", "smtp://127.0.0.1:9", ROUNDABOUT_MODE="demo"))

    assert unset == demo
    assert "set ROUNDABOUT_SMTP_URL" in unset


def test_mail_test_refuses_what_is_no_address(tmp_path: Path) -> None:
    told = said(ask(tmp_path, "a@b.example,c@d.example", "smtp://127.0.0.1:9"))

    assert told == "found 'a@b.example,c@d.example', expected an e-mail address"
