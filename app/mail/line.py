"""A connection to a mail server that loses its patience, however slowly the server drips."""

from __future__ import annotations

import io
import smtplib
import time
from typing import Any


class Line(smtplib.SMTP):
    """Speaks SMTP until a moment of the monotonic clock.

    A timeout alone bounds one silence; a server that sends a byte a second is never silent, and
    would hold a message longer than its lease.
    """

    def __init__(self, host: str, port: int, *, until: float, timeout: float, **more: Any) -> None:
        self.until = until
        super().__init__(host, port, timeout=timeout, **more)

    def renew(self, until: float) -> None:
        """Begin another message on the same connection."""
        self.until = until
        if self.sock is not None:
            self.sock.settimeout(self.timeout)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Dripping(self))
        return super().getreply()


class TlsLine(Line, smtplib.SMTP_SSL):
    """The same inside TLS from the first byte."""


class _Dripping(io.RawIOBase):
    """What comes in on a line, while its patience lasts."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._line.until - time.monotonic()
        if left <= 0 or self._line.sock is None:
            msg = "the server answers too slowly"
            raise TimeoutError(msg)
        self._line.sock.settimeout(min(self._line.timeout, left))
        return self._line.sock.recv_into(buffer)
