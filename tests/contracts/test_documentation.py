"""What the README promises is there, and what is there stands in the README."""

from __future__ import annotations

import re
from pathlib import Path

from app.cli import COMMANDS
from config import KEYS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PLACES_OF_MACHINES = re.compile(r"/(?:work|root|farm|home)/\w")


def test_every_configuration_key_stands_in_the_table() -> None:
    documented = set(re.findall(r"^\| `(ROUNDABOUT_\w+)`", README, flags=re.MULTILINE))

    assert documented == set(KEYS)


def test_every_configuration_key_is_read() -> None:
    source = (ROOT / "config.py").read_text("utf-8").split("class Config", 1)[1]

    assert [key for key in KEYS if f'"{key}"' not in source] == []


def test_every_command_stands_in_the_readme() -> None:
    missing = [name for name in COMMANDS if f"`roundabout {name}" not in README]

    assert missing == []


def test_the_readme_opens_with_the_two_commands() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)

    assert blocks[0].strip().splitlines()[-1] == (
        "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/roundabout demo"
    )
    assert blocks[1].strip() == (
        "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
    )


def test_the_layout_section_is_short() -> None:
    section = README.split("## How the code is laid out", 1)[1].split("\n## ", 1)[0]

    assert len(section.strip().splitlines()) <= 40


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    suffixes = {".py", ".md", ".toml", ".html", ".css", ".txt", ".json"}
    named = [
        str(path.relative_to(ROOT))
        for folder in ("app", "scheduler", "migrations", "tests", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes
        and path != Path(__file__)
        and PLACES_OF_MACHINES.search(path.read_text("utf-8", errors="replace"))
    ]

    assert named == []
