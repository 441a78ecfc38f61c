"""The roster as organisers change it: people added, changed, marked absent, two made one.

What a person does for themselves is in `signups`; both keep the same rules, under the same lock.
"""

from app.services.roster_edit.absence import mark_absent, mark_present
from app.services.roster_edit.adding import add
from app.services.roster_edit.changing import change_role, edit
from app.services.roster_edit.entry import RosterEntry, checked_entry
from app.services.roster_edit.links import renew_link, show_link
from app.services.roster_edit.merging import TWO_PEOPLE, Field, Merged, merge, which_is_kept
from app.services.roster_edit.not_same import say_not_same, told_apart

__all__ = [
    "TWO_PEOPLE",
    "Field",
    "Merged",
    "RosterEntry",
    "add",
    "change_role",
    "checked_entry",
    "edit",
    "mark_absent",
    "mark_present",
    "merge",
    "renew_link",
    "say_not_same",
    "show_link",
    "told_apart",
    "which_is_kept",
]
