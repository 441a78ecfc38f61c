"""Sign-ups: asked for, confirmed, changed, withdrawn. Never a place too many, never one left empty.

One file for each thing that can happen to a sign-up; everything that takes or frees a place holds
the event's lock (`places`).
"""

from app.services.signups.approval import NotConfirmed, approve, refuse
from app.services.signups.changes import EVENT_OVER, change_presence, edit, withdraw
from app.services.signups.confirming import confirm, find_confirmable
from app.services.signups.link_again import resend_link
from app.services.signups.mail import when_line
from app.services.signups.moved import tell_moved
from app.services.signups.offers import accept_offer, promote_from_waitlist
from app.services.signups.opening import can_change, is_open, of_person
from app.services.signups.registering import ask, register
from app.services.signups.waitlist import release_expired

__all__ = [
    "EVENT_OVER",
    "NotConfirmed",
    "accept_offer",
    "approve",
    "ask",
    "can_change",
    "change_presence",
    "confirm",
    "edit",
    "find_confirmable",
    "is_open",
    "of_person",
    "promote_from_waitlist",
    "refuse",
    "register",
    "release_expired",
    "resend_link",
    "tell_moved",
    "when_line",
    "withdraw",
]
