"""PostgreSQL by its own tools: `pg_dump` writes a backup, `pg_restore` and `psql` read it."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from sqlalchemy import Engine, event, make_url, text

from app.db import APPLICATION, make_engine
from app.errors import MentoringError
from app.services.backups import files

APART = "restoring"
"""Schema in which a backup is made ready while the old tables are still in their place."""
_FOREIGN = re.compile(r" (?:SCHEMA - |COMMENT - SCHEMA |ACL |EXTENSION - |COMMENT - EXTENSION )")


class NoClient(MentoringError):
    """PostgreSQL's own tools are not on this machine."""


def dump(url: str, target: Path, *, environ: Mapping[str, str]) -> None:
    """Write the whole database as one moment saw it."""
    hint = f"or run where they are: pg_dump --format=custom --no-owner DATABASE > {target.stem}"
    program = find("pg_dump", environ, hint)
    files.make_private(target)
    # Databases that earlier restores replaced stand in schemas of their own and stay out.
    what = ("--format=custom", "--schema=public", "--no-owner", "--no-privileges")
    run([program, *what, f"--file={target}"], url, environ)


@contextmanager
def restoring(
    url: str, source: Path, *, environ: Mapping[str, str], stamp: str
) -> Iterator[tuple[Engine, str]]:
    """Give an engine on the backup's tables; they take their place when the block ends well.

    Until then the old tables stand untouched; afterwards they are kept in a schema of their own.
    """
    kept = f"replaced_{stamp.lower()}"
    engine = make_engine(url)
    try:
        check_alone(engine)
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {APART} CASCADE"))
        load(url, source, environ=environ)
        apart = make_engine(url)
        event.listen(apart, "connect", _look_apart)
        try:
            yield apart, f"schema {kept}"
        finally:
            apart.dispose()
        with engine.begin() as connection:
            connection.execute(text(f"ALTER SCHEMA public RENAME TO {kept}"))
            connection.execute(text(f"ALTER SCHEMA {APART} RENAME TO public"))
    finally:
        engine.dispose()


def check_alone(engine: Engine) -> None:
    """Raise when another Roundabout, on this machine or on another, uses the database."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name = :name AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        if connection.execute(others, {"name": APPLICATION}).scalar():
            msg = "Roundabout is running on this database: stop it first, on every machine"
            raise MentoringError(msg)


def load(url: str, source: Path, *, environ: Mapping[str, str]) -> None:
    """Read a backup's tables into the schema apart, all or none."""
    hint = "the backup is untouched; run this where they are"
    pg_restore, psql = find("pg_restore", environ, hint), find("psql", environ, hint)
    try:
        listed = run([pg_restore, "--list", str(source)], "", environ)
    except MentoringError as error:
        msg = f"{source}: is no backup that pg_dump --format=custom wrote"
        raise files.BadBackup(msg) from error
    with tempfile.TemporaryDirectory() as folder:
        wanted, script = Path(folder) / "list", Path(folder) / "script.sql"
        lines = [line for line in listed.splitlines() if not _FOREIGN.search(line)]
        wanted.write_text("\n".join(lines) + "\n", "utf-8")
        tables = Path(folder) / "tables.sql"
        only = ("--schema=public", "--no-owner", "--no-privileges", f"--use-list={wanted}")
        run([pg_restore, *only, f"--file={tables}", str(source)], "", environ)
        script.write_text(
            "ALTER SCHEMA public RENAME TO old_public;\nCREATE SCHEMA public;\n"
            f"\\i '{tables}'\n"
            f"ALTER SCHEMA public RENAME TO {APART};\nALTER SCHEMA old_public RENAME TO public;\n",
            "utf-8",
        )
        once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        run([psql, *once, "--output=/dev/null", f"--file={script}"], url, environ)


def find(program: str, environ: Mapping[str, str], hint: str) -> str:
    """Return where a program is."""
    found = which(program, path=environ.get("PATH"))
    if found is None:
        msg = (
            f"{program} is not on this machine: install PostgreSQL's client programs "
            f"(Debian: apt install postgresql-client), {hint}"
        )
        raise NoClient(msg)
    return found


def run(command: list[str], url: str, environ: Mapping[str, str]) -> str:
    """Run one of the programs; the password goes by the environment, where no list shows it."""
    secrets: dict[str, str] = {}
    if url:
        address = make_url(url).set(drivername="postgresql")
        if address.password:
            secrets["PGPASSWORD"] = str(address.password)
        shown = address._replace(password=None).render_as_string(hide_password=False)
        command = [*command, f"--dbname={shown}"]
    answer = subprocess.run(
        command, env={**environ, **secrets}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        reason = answer.stderr.strip().splitlines()
        msg = f"{Path(command[0]).name}: {reason[0] if reason else 'ended without a word'}"
        raise MentoringError(msg)
    return answer.stdout


def _look_apart(connection: object, _record: object) -> None:
    connection.autocommit = True  # type: ignore[attr-defined]
    connection.execute(f"SET search_path TO {APART}")  # type: ignore[attr-defined]
    connection.autocommit = False  # type: ignore[attr-defined]
