"""The guide names what the pages call it."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

import app as product

TEMPLATES = Path(product.__file__).parent / "templates"


def test_everybody_may_read_the_guide(client: FlaskClient) -> None:
    answer = client.get("/help")

    assert answer.status_code == 200
    assert "Your first event in 10 steps" in answer.text
    assert answer.text.count('class="disc"') == 10


def test_every_bold_word_of_the_guide_stands_on_some_page(client: FlaskClient) -> None:
    bold = set(re.findall(r"<b>([^<]+)</b>", client.get("/help").text))
    pages = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*.html"))
        if path.name != "guide.html"
    )

    missing = {word for word in bold if not re.search(rf"[>\"'}}]\s*{re.escape(word)}", pages)}

    assert (missing, len(bold) >= 8) == (set(), True)
