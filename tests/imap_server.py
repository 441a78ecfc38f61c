"""A real IMAP server for tests: Debian's Dovecot, on a loopback port, without root's rights."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

USER, PASSWORD = "roundabout", "a pass/word @ tests"
_CONFIG = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = passwd-file
  args = scheme=plain {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True, kw_only=True)
class Dovecot:
    """A running server with one mailbox."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"imap://{USER}:a%20pass%2Fword%20%40%20tests@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=60) as line:
            line.login(USER, PASSWORD)
            yield line

    def deliver(self, *raws: bytes) -> None:
        with self.signed_in() as line:
            for raw in raws:
                status, _ = line.append("INBOX", "", "", raw)
                assert status == "OK"

    def flags(self, folder: str) -> list[str]:
        """Return the flags of each message of a folder, in order."""
        with self.signed_in() as line:
            status, [number] = line.select(folder, readonly=True)
            if status != "OK" or number == b"0":
                return []
            _, found = line.fetch("1:*", "(FLAGS)")
            return [one.decode() for one in found if isinstance(one, bytes)]

    def empty(self) -> None:
        """Forget all mail there is."""
        with self.signed_in() as line:
            for folder in ("Roundabout", "INBOX"):
                status, [number] = line.select(folder)
                if status == "OK" and number != b"0":
                    line.store("1:*", "+FLAGS", "\\Deleted")
                    line.expunge()


def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder; what the server still writes while it ends keeps nobody from going on."""
    return tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True)


def find_dovecot() -> str | None:
    return shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")


@contextmanager
def running() -> Iterator[Dovecot]:
    """Start a server in a folder of its own; end it with everything it started."""
    program = find_dovecot()
    assert program is not None
    account = pwd.getpwnam("nobody" if os.getuid() == 0 else getpass.getuser())
    port = free_port()
    with _folder() as name:
        folder = Path(name)
        config = folder / "dovecot.conf"
        group = grp.getgrgid(account.pw_gid).gr_name
        config.write_text(
            _CONFIG.format(
                folder=folder,
                user=account.pw_name,
                group=group,
                uid=account.pw_uid,
                gid=account.pw_gid,
                port=port,
            )
        )
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        for path in (folder, *folder.iterdir()):
            os.chown(path, account.pw_uid, account.pw_gid)
        same = os.getuid() == account.pw_uid
        process = subprocess.Popen(
            [program, "-F", "-c", str(config)],
            user=None if same else account.pw_uid,
            group=None if same else account.pw_gid,
            extra_groups=None if same else [],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port, process, folder)
            yield Dovecot(port=port, folder=folder)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(60)
            if process.poll() is None:
                process.kill()
                process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with suppress(OSError), imaplib.IMAP4("127.0.0.1", port, timeout=5):
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    log = folder / "log"
    said = log.read_text() if log.exists() else "nothing"
    msg = f"Dovecot does not answer; it says: {said}"
    raise RuntimeError(msg)
