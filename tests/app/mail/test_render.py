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
        (
            "\u0645\u062d\u0645\u062f\u200c\u0631\u0636\u0627",
            "\u0645\u062d\u0645\u062f\u200c\u0631\u0636\u0627",
        ),
        ("evil\u200d.example", "evil\u200d. example"),
        ("evil.\u200cexample", "evil. \u200cexample"),
        ("an\u00a0evening\u3000long", "an evening long"),
    ],
)
def test_without_links_leaves_nothing_to_click(text: str, shown: str) -> None:
    assert without_links(text) == shown


def test_link_is_a_placeholder_that_stays() -> None:
    assert link("access", "/withdraw") == OwnText("{{link:access/withdraw}}")
