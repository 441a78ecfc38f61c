"""Every template parses, and none breaks the strict content policy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

import app as package

ROOT = Path(package.__file__).parent / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
PAGES = [name for name in TEMPLATES if not name.startswith(("mail/", "print/"))]
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "a script without a source": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an event attribute": re.compile(r"\son[a-z]+\s*="),
    "a script address": re.compile(r"javascript:"),
    "unescaped text": re.compile(r"\|\s*safe\b|\bMarkup\b|autoescape\s+false"),
    "a frame's own text": re.compile(r"\ssrcdoc\s*="),
    "htmx that evaluates": re.compile(r"\shx-(on|vals\s*=\s*[\"']js|vars)"),
    "a foreign address": re.compile(r"(?:src|href)=[\"']https?://"),
}


def test_every_template_parses(app: Flask) -> None:
    parsed = [
        app.jinja_env.parse((ROOT / name).read_text("utf-8"), name)
        if name.startswith("mail/")
        else app.jinja_env.get_template(name)
        for name in TEMPLATES
    ]

    assert len(parsed) == len(TEMPLATES) > 40


@pytest.mark.parametrize("name", PAGES)
def test_page_keeps_the_content_policy(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_trusts_text(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert FORBIDDEN["unescaped text"].search(text) is None


def test_no_code_marks_text_as_safe() -> None:
    code = Path(package.__file__).parent.rglob("*.py")
    marked = re.compile(r"\bMarkup\(|render_template_string|autoescape=False")

    assert [path.name for path in code if marked.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("components/")])
def test_form_that_posts_carries_a_token(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    forms = re.findall(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", text, re.DOTALL)

    assert [form[:80] for form in forms if "csrf" not in form] == []


def test_vendored_files_carry_version_and_licence() -> None:
    vendor = Path(package.__file__).parent / "static" / "vendor"
    folders = sorted(path for path in vendor.iterdir() if path.is_dir())

    assert [folder.name for folder in folders] == ["htmx@2.0.11", "pico@2.1.1"]
    assert [len(list(folder.glob("LICENSE*"))) for folder in folders] == [1, 1]


def test_stylesheets_load_nothing_from_elsewhere() -> None:
    css = (Path(package.__file__).parent / "static" / "css").glob("*.css")
    texts = {path.name: path.read_text("utf-8") for path in css}

    assert [name for name, text in texts.items() if re.search(r"https?:|@import", text)] == []
    for text in texts.values():
        for target in re.findall(r"url\(([^)]+)\)", text):
            assert (Path(package.__file__).parent / "static" / "css" / target).exists(), target
