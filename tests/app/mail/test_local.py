from __future__ import annotations

import io
from pathlib import Path

from app.mail.local import LOCAL_OUTBOX, ConsoleTransport, FileTransport, OutboxTransport
from tests.app.mail.test_message import make_mail


def test_local_transports_keep_mail_here(tmp_path: Path) -> None:
    stream = io.StringIO()

    remarks = [
        transport.deliver(make_mail())
        for transport in (OutboxTransport(), ConsoleTransport(stream), FileTransport(tmp_path))
    ]

    assert remarks == [LOCAL_OUTBOX] * 3
    assert "Subject: Your evening" in stream.getvalue()
    [written] = tmp_path.iterdir()
    assert written.name == "one.eml"
    assert b"Subject: Your evening" in written.read_bytes()
