"""What a question may make people tell that the law protects more than the rest (GDPR, Art. 9)."""

from __future__ import annotations

import re

_WORDS = {
    "health": (
        r"health (?:condition|issue|problem)|medical condition|illness|disease|disab|impair"
        r"|diagnos|medication|medicine you|pregnan|allerg|diet|wheelchair|mental health|therapy"
    ),
    "religion or belief": r"religio|faith|church|halal|kosher|belief|pray",
    "ethnic origin": r"ethnic|ancestry|skin colou?r|migra|racial|your race\b",
    "sex life or orientation": r"sexual|orientation|lgbt",
    "political opinion or union": r"politic|trade union|union member",
    "a criminal record": r"criminal|convict",
}
_PATTERNS = {name: re.compile(rf"\b(?:{words})", re.IGNORECASE) for name, words in _WORDS.items()}


def find_cautions(*texts: str) -> tuple[str, ...]:
    """Return the kinds of protected facts that these words seem to ask for."""
    text = " ".join(texts)
    return tuple(name for name, pattern in _PATTERNS.items() if pattern.search(text))
