"""The organiser's hand at a plan: what a change would do, the change itself, and taking it back.

Every change makes a plan run of its own; nothing that was planned or published is rewritten.
"""

from __future__ import annotations

from app.services.plan_edits.costs import costs, gains
from app.services.plan_edits.making import (
    OUT,
    UNDONE,
    CannotEdit,
    EditRefused,
    Made,
    Wanted,
    children,
    edit_for,
    make,
    redo,
    scene_of,
    undo,
)
from app.services.plan_edits.names import Names, read_names
from app.services.plan_edits.reasons import THE_RULES, reasons
from app.services.plan_edits.violations import ViolationInWords, in_words, violations_in_words

__all__ = [
    "OUT",
    "THE_RULES",
    "UNDONE",
    "CannotEdit",
    "EditRefused",
    "Made",
    "Names",
    "ViolationInWords",
    "Wanted",
    "children",
    "costs",
    "edit_for",
    "gains",
    "in_words",
    "make",
    "read_names",
    "reasons",
    "redo",
    "scene_of",
    "undo",
    "violations_in_words",
]
