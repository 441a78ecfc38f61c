"""Mail that stays on this machine: shown, printed or put into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

from app.mail.message import MailMessage
from app.mail.transport import written

LOCAL_OUTBOX = "to the local outbox"


class OutboxTransport:
    """Keeps mail on this machine: the outbox page shows it."""

    def deliver(self, mail: MailMessage) -> str:
        written(mail)
        return LOCAL_OUTBOX

    def close(self) -> None:
        return


class ConsoleTransport:
    """Prints mail, for a look at what would leave."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout

    def deliver(self, mail: MailMessage) -> str:
        content, _recipient = written(mail)
        self._stream.write(content.decode("utf-8", "replace") + "\n")
        return LOCAL_OUTBOX

    def close(self) -> None:
        self._stream.flush()


class FileTransport:
    """Writes each mail into a folder, one ``.eml`` a message."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, mail: MailMessage) -> str:
        content, _recipient = written(mail)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = "".join(sign for sign in mail.message_id.partition("@")[0] if sign.isalnum())
        (self._folder / f"{name}.eml").write_bytes(content)
        return LOCAL_OUTBOX

    def close(self) -> None:
        return
