from __future__ import annotations

import pytest

from app.services.folding import folded


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Łucja MÜLLER", "lucja muller"),
        ("Ann O'Neill", "ann o'neill"),
        ("Νίκος", "νικοσ"),
        ("Øyvind Þór Ægir", "oyvind thor aegir"),
        ("Nguyễn", "nguyen"),
        ("三浦 翼", "三浦 翼"),
        ("e\u0301", "e"),
        ("", ""),
    ],
)
def test_folded_is_without_accents_and_case(text: str, wanted: str) -> None:
    assert folded(text) == wanted
    assert folded(text) == wanted  # and what was found of a sign the first time stays
