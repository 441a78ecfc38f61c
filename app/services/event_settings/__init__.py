"""What an organiser decides about sign-up: places, admission, approval, times, own questions.

Nothing is stored that touches people before somebody has read what happens to them: `save` tries
the change out, and takes it back unless exactly that was agreed to.
"""

from app.services.event_settings.effects import Effect
from app.services.event_settings.form import (
    FEWEST_DAYS_KEPT,
    MOST_DAYS_KEPT,
    Change,
    RoleSettings,
    SignUpSettings,
    fingerprint,
    most_days_kept,
    seats_role,
    stored,
)
from app.services.event_settings.question_form import MOST_QUESTIONS
from app.services.event_settings.saving import Outcome, Saving, save

__all__ = [
    "FEWEST_DAYS_KEPT",
    "MOST_DAYS_KEPT",
    "MOST_QUESTIONS",
    "Change",
    "Effect",
    "Outcome",
    "RoleSettings",
    "Saving",
    "SignUpSettings",
    "fingerprint",
    "most_days_kept",
    "save",
    "seats_role",
    "stored",
]
