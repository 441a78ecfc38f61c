"""`roundabout mail-test`: one small mail now, by the server that is set, and what it answers."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import click

from app.commands.serve import environ_with
from app.errors import MentoringError
from app.mail.message import BadAddress, MailMessage, check_address
from app.mail.smtp import SmtpAddress, SmtpTransport
from app.mail.transport import Deferred, NotAuthorised, Rejected, TransportError
from config import Config

TEXT = "This is a test of Roundabout's mail. It left by the server that is set, and came here.\n"


class MailTestFailed(MentoringError):
    """The test mail did not leave."""


@click.command("mail-test")
@click.argument("address")
@click.option("--data", type=click.Path(), help="Folder of the database.")
def mail_test(address: str, data: str | None) -> None:
    """Send one small mail to ADDRESS now, and print what the mail server answers."""
    settings = Config.from_env(environ_with(data=data))
    if settings.smtp_url is None or not settings.sends_mail:
        msg = "no mail leaves this machine: set ROUNDABOUT_SMTP_URL (and no demo mode), try again"
        raise MailTestFailed(msg)
    server = SmtpAddress.parse(settings.smtp_url)
    mail = _mail(settings, _checked(address))
    transport = SmtpTransport(settings.smtp_url)
    try:
        answer = transport.deliver(mail)
    except TransportError as error:
        raise MailTestFailed(what_to_do(error, server, settings.mail_from)) from error
    finally:
        transport.close()
    click.echo(f"{server.host} took it and said: {answer}")
    click.echo(f"Look into the mailbox of {address}, and into its spam folder.")


def what_to_do(error: TransportError, server: SmtpAddress, sender: str) -> str:
    """Return what went wrong, in the server's words, and what to try."""
    if isinstance(error, NotAuthorised):
        return (
            f"{server.host} does not take the name and password: {error.message}. Check both in "
            "ROUNDABOUT_SMTP_URL; there @ is written %40, : is %3A and / is %2F"
        )
    if isinstance(error, Rejected):
        return (
            f"{server.host} refuses the mail for good: {error.message}. Check the address, and "
            f"whether {sender} (ROUNDABOUT_MAIL_FROM) may send there"
        )
    if isinstance(error, Deferred):
        return (
            f"{server.host} wants the mail later: {error.message}. Run this again in some "
            "minutes; mail of events is tried again by itself"
        )
    return (
        f"{server.host}:{server.port} cannot be reached, or hung up: {error.message}. Check host "
        "and port in ROUNDABOUT_SMTP_URL: smtps://...:465, or smtp://...:587?starttls=1"
    )


def _checked(address: str) -> str:
    try:
        check_address(address)
    except BadAddress as error:
        raise MailTestFailed(error.message) from error
    return address


def _mail(settings: Config, address: str) -> MailMessage:
    domain = settings.mail_from.rpartition("@")[2]
    return MailMessage(
        message_id=f"<{uuid4().hex}@{domain}>",
        date=datetime.now(UTC),
        from_name="Roundabout",
        from_address=settings.mail_from,
        to_name="",
        to_address=address,
        subject="A test of Roundabout's mail",
        text=TEXT,
        html=f"<!doctype html><html><body><p>{TEXT}</p></body></html>",
    )
