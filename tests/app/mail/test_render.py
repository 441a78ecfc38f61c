from __future__ import annotations

import pytest

from app.mail.render import OwnText, link, without_links


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Róża Tylus", "Róża Tylus"),
        ("J.R. Tylus", "J.R. Tylus"),
        ("St. John", "St. John"),
        ("Click https://evil.example/x", "Click https: //evil. example/x"),
        ("www.evil.example", "www. evil. example"),
        ("ann@evil.example", "ann @ evil. example"),
        ("{{link:access}}", "{ {link:access}}"),
        ("two\nlines", "two\nlines"),
        ("turned \u202e round", "turned  round"),
    ],
)
def test_without_links_leaves_nothing_to_click(text: str, shown: str) -> None:
    assert without_links(text) == shown


def test_link_is_a_placeholder_that_stays() -> None:
    assert link("access", "/withdraw") == OwnText("{{link:access/withdraw}}")
