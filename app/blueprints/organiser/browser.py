"""What a browser calls itself, in three words, so that people know their own sessions apart."""

from __future__ import annotations

_PROGRAMS = (  # the first that is named: nearly all of them name Chrome and Safari too
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Return something like "Firefox on Windows"; empty when nothing is known of it."""
    program = _first(_PROGRAMS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if program and system:
        return f"{program} on {system}"
    return program


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((said for mark, said in names if mark in user_agent), "")
