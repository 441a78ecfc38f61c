"""Five parsers that real calendars are made of, each as a function from files to what it read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE_MODULES = os.environ.get("ROUNDABOUT_TEST_NODE_MODULES", "")
"""Where ``ical.js`` and ``node-ical`` are installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEvent:
    """One VEVENT as a parser understood it; instants in UTC, as text."""

    uid: str
    sequence: int
    status: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCalendar:
    """One file as a parser understood it."""

    method: str
    events: frozenset[ReadEvent]


Reader = Callable[[Sequence[Path], Path], list[ReadCalendar]]


def libical(paths: Sequence[Path], workshop: Path) -> list[ReadCalendar]:
    """Evolution, KDE; refuses what breaks the tables of RFC 5546."""
    lines = _run([str(_compiled(workshop)), *map(str, paths)])
    broken = [
        (path.name, line)
        for path, line in zip(paths, lines, strict=True)
        if line.get("errors") != 0 or not line.get("keeps_rules")
    ]
    assert broken == []
    return [_calendar(line) for line in lines]


def ical_js(paths: Sequence[Path], workshop: Path) -> list[ReadCalendar]:  # noqa: ARG001 -- as all
    """Thunderbird, Nextcloud."""
    return _node("ical.js", paths)


def node_ical(paths: Sequence[Path], workshop: Path) -> list[ReadCalendar]:  # noqa: ARG001 -- as all
    """What many servers written for Node read with."""
    return _node("node-ical", paths)


def vobject(paths: Sequence[Path], workshop: Path) -> list[ReadCalendar]:  # noqa: ARG001 -- as all
    """Radicale and older tools in Python."""
    import vobject as library  # noqa: PLC0415 -- slow import

    return [
        ReadCalendar(
            method=calendar.method.value if hasattr(calendar, "method") else "",
            events=frozenset(
                ReadEvent(
                    uid=event.uid.value,
                    sequence=int(event.sequence.value),
                    status=event.status.value if hasattr(event, "status") else "",
                    starts=_text(event.dtstart.value),
                    ends=_text(event.dtend.value),
                )
                for event in calendar.vevent_list
            ),
        )
        for calendar in (library.readOne(path.read_bytes().decode()) for path in paths)
    ]


def ics_py(paths: Sequence[Path], workshop: Path) -> list[ReadCalendar]:  # noqa: ARG001 -- as all
    """Small tools in Python."""
    with warnings.catch_warnings():  # its grammar is compiled with calls that are out of date
        warnings.simplefilter("ignore")
        from ics import Calendar  # noqa: PLC0415 -- slow import

        return [_by_ics(Calendar(path.read_bytes().decode())) for path in paths]


def _by_ics(calendar: object) -> ReadCalendar:
    return ReadCalendar(
        method=str(getattr(calendar, "method", None) or ""),
        events=frozenset(
            ReadEvent(
                uid=event.uid,
                sequence=_extra(event, "SEQUENCE"),
                status=event.status or "",
                starts=_text(event.begin.datetime),
                ends=_text(event.end.datetime),
            )
            for event in calendar.events  # type: ignore[attr-defined]
        ),
    )


def _extra(event: object, name: str) -> int:
    [value] = [line.value for line in event.extra if line.name == name]  # type: ignore[attr-defined]
    return int(value)


READERS: dict[str, Reader] = {
    "libical": libical,
    "ical.js": ical_js,
    "node-ical": node_ical,
    "vobject": vobject,
    "ics.py": ics_py,
}


def need(name: str) -> None:
    """Skip the test where a reader is not to be had on this machine."""
    if name == "libical" and not (shutil.which("cc") and Path("/usr/include/libical").is_dir()):
        pytest.skip("needs libical-dev and a C compiler")
    if name in {"ical.js", "node-ical"} and not (shutil.which("node") and NODE_MODULES):
        pytest.skip("needs node, and ROUNDABOUT_TEST_NODE_MODULES with ical.js and node-ical")


def _compiled(workshop: Path) -> Path:
    program = workshop / "read_with_libical"
    if not program.exists():
        source = HERE / "read_with_libical.c"
        subprocess.run(
            ["cc", "-O1", "-Wall", "-Werror", str(source), "-lical", "-o", str(program)], check=True
        )
    return program


def _node(reader: str, paths: Sequence[Path]) -> list[ReadCalendar]:
    command = ["node", str(HERE / "read_with_node.cjs"), reader, *map(str, paths)]
    return [_calendar(line) for line in _run(command, {"NODE_PATH": NODE_MODULES, "TZ": "UTC"})]


def _run(command: list[str], environ: dict[str, str] | None = None) -> list[dict[str, object]]:
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | (environ or {}),
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _calendar(line: dict[str, object]) -> ReadCalendar:
    events = line["events"]
    assert isinstance(events, list)
    return ReadCalendar(
        method=str(line["method"]), events=frozenset(ReadEvent(**event) for event in events)
    )


def _text(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
