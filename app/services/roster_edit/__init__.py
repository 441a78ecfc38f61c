"""The roster as organisers change it: people added, changed, marked absent, two made one.

What a person does for themselves is in `signups`; both keep the same rules, under the same lock.
"""

from app.services.roster_edit.absence import mark_absent, mark_present
from app.services.roster_edit.adding import add
from app.services.roster_edit.changing import change_role, edit
from app.services.roster_edit.entry import RosterEntry

__all__ = ["RosterEntry", "add", "change_role", "edit", "mark_absent", "mark_present"]
