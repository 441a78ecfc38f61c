"""The rules of each preset's block, as the JSON kept in ``Block.rules``.

Keys of ``roundabout-problem/1``: ``composition``, ``repeats``, ``keep_apart_same``, ``goals``.
Ours: ``roles`` (who takes part), ``hosts`` (roles that stay at one table), ``hosts_per_table``
(at most so many of each hosting role at a table), ``even_tables`` (groups of nearly one size).
"""

from __future__ import annotations

from typing import Any

Rules = dict[str, Any]

_SPEED_GOALS: list[Any] = [
    "attendance_floor",
    "attendance",
    "hosts_floor",
    "wishes_floor",
    {"goal": "wishes", "slack": 0.02},
    {"goal": "fit_floor", "slack": 0.05},
    {"goal": "fit", "slack": 0.02},
]
"""One mentee a table: nobody to repeat, mix or balance."""


def _count(role: str, at_least: int, at_most: int | None = None) -> Rules:
    entry: Rules = {"count": {"role": role}, "min": at_least}
    return entry if at_most is None else entry | {"max": at_most}


def speed() -> Rules:
    """Keep one mentor at home; one mentee at a time, never the same again."""
    return {
        "roles": ["mentor", "mentee"],
        "hosts": ["mentor"],
        "hosts_per_table": 1,
        "composition": [_count("mentor", 1, 1), _count("mentee", 1, 1)],
        "repeats": [{"between": ["mentor", "mentee"], "limit": "never"}],
        "keep_apart_same": [],
        "goals": _SPEED_GOALS,
    }


def stations() -> Rules:
    """Seat up to three mentors at a station, small groups of mentees; every station once.

    Mentees may travel together, as they did in the published event.
    """
    return {
        "roles": ["mentor", "mentee"],
        "hosts": ["mentor"],
        "hosts_per_table": 3,
        "even_tables": True,
        "composition": [_count("mentor", 1), _count("mentee", 1, 8)],
        "repeats": [
            {"between": ["mentor", "mentee"], "limit": "never"},
            {"between": ["mentee", "mentee"], "limit": "free"},
        ],
        "keep_apart_same": [],
        "goals": [*_SPEED_GOALS, "balance"],
    }


def rooms() -> Rules:
    """Seat a mentor and, where there is one, a facilitator; up to four mentees."""
    return {
        "roles": ["mentor", "facilitator", "mentee"],
        "hosts": ["mentor", "facilitator"],
        "hosts_per_table": 1,
        "composition": [
            _count("mentor", 1, 1),
            _count("facilitator", 0, 1),
            _count("mentee", 1, 4),
        ],
        "repeats": [
            {"between": ["mentor", "mentee"], "limit": "never"},
            {"between": ["mentee", "mentee"], "limit": "avoid"},
        ],
        "keep_apart_same": [],
    }


def circles() -> Rules:
    """Seat a facilitator and up to nine peers, who do not meet twice if it can be."""
    return {
        "roles": ["facilitator", "peer"],
        "hosts": ["facilitator"],
        "hosts_per_table": 1,
        "composition": [_count("facilitator", 1, 1), _count("peer", 1, 9)],
        "repeats": [],
        "keep_apart_same": [],
    }


def mixer() -> Rules:
    """Fill tables of at most five peers; stages mixed, nobody twice."""
    return {
        "roles": ["peer"],
        "hosts": [],
        "hosts_per_table": 0,
        "even_tables": True,
        "composition": [_count("peer", 3, 5)],
        "repeats": [{"between": ["peer", "peer"], "limit": "avoid"}],
        "keep_apart_same": [],
        "goals": [
            "attendance_floor",
            "attendance",
            "wishes_floor",
            "repeats",
            {"goal": "wishes", "slack": 0.02},
            "stage_mix",
            "balance",
        ],
    }


def peer_groups() -> Rules:
    """Seat three to five peers with one senior facilitator."""
    return {
        "roles": ["facilitator", "peer"],
        "hosts": ["facilitator"],
        "hosts_per_table": 1,
        "composition": [_count("facilitator", 1, 1), _count("peer", 3, 5)],
        "repeats": [],
        "keep_apart_same": [],
    }


def families() -> Rules:
    """Seat a mentor and four to six mentees; three stages, the mentor's own among them."""
    return {
        "roles": ["mentor", "mentee"],
        "hosts": ["mentor"],
        "hosts_per_table": 1,
        "composition": [
            _count("mentor", 1, 1),
            _count("mentee", 4, 6),
            {"distinct": "stage", "min": 3},
        ],
        "repeats": [],
        "keep_apart_same": [],
    }
