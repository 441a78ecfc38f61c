"""The agenda of an event: its parts, their rounds and their tables.

What was published is never taken away: a part, round or table that a version names is closed, not
deleted, and can be opened again. Plans that were not published are given up when what they stand on
is deleted, once somebody agreed to that.
"""

from app.services.agenda.closing import close, reopen, reopen_table
from app.services.agenda.form import MOST_TABLES, PartForm, TableSet, form_of, mark_of
from app.services.agenda.parts import Outcome, PartGone, add, change, move, remove
from app.services.agenda.seat_rules import LIMITS, RoleSeats, SeatRules, fresh
from app.services.agenda.tables import TableForm, feature_of, features_of
from app.services.agenda.timing import FEW_MINUTES, is_short
from app.services.agenda.traces import Closing, closing_of

__all__ = [
    "FEW_MINUTES",
    "LIMITS",
    "MOST_TABLES",
    "Closing",
    "Outcome",
    "PartForm",
    "PartGone",
    "RoleSeats",
    "SeatRules",
    "TableForm",
    "TableSet",
    "add",
    "change",
    "close",
    "closing_of",
    "feature_of",
    "features_of",
    "form_of",
    "fresh",
    "is_short",
    "mark_of",
    "move",
    "remove",
    "reopen",
    "reopen_table",
]
