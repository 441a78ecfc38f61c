"""What to send to whom: pure, so that every rule of RFC 5546 we keep can be read and tried here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.enums import InviteState, Method


class IntentKind(StrEnum):
    NOTHING = "nothing"
    INVITE = "invite"  # the first time, or again after a cancellation
    REFRESH = "refresh"  # other rounds, same time and place: the answer stands
    MOVE = "move"  # another time or place: asks again
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteFacts:
    """What somebody was last told."""

    state: InviteState
    sequence: int
    fingerprint: str
    material: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What they should know: ``material`` is time and place, ``fingerprint`` all of their plan."""

    fingerprint: str
    material: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    kind: IntentKind
    method: Method | None
    sequence: int

    @property
    def is_told(self) -> bool:
        """Whether a message goes out."""
        return self.kind is not IntentKind.NOTHING


def decide(facts: InviteFacts | None, wanted: Wanted | None) -> Intent:
    """Return what follows from what was told and what should be known; None is no place.

    SEQUENCE rises when time or place changes, on CANCEL and on a return after it, and for nothing
    else: a rise asks everybody for their answer again (RFC 5546 2.1.4).
    """
    last = facts.sequence if facts is not None else 0
    state = facts.state if facts is not None else InviteState.DUE
    if wanted is None:
        knows = state is InviteState.LIVE
        return _cancel(last + 1) if knows else _nothing(last)
    if facts is None or state is InviteState.DUE:
        return _request(IntentKind.INVITE, last)
    if state is InviteState.CANCELLED:
        return _request(IntentKind.INVITE, last + 1)
    if wanted.material != facts.material:
        return _request(IntentKind.MOVE, last + 1)
    is_same = wanted.fingerprint == facts.fingerprint
    return _nothing(last) if is_same else _request(IntentKind.REFRESH, last)


def _request(kind: IntentKind, sequence: int) -> Intent:
    return Intent(kind=kind, method=Method.REQUEST, sequence=sequence)


def _cancel(sequence: int) -> Intent:
    return Intent(kind=IntentKind.CANCEL, method=Method.CANCEL, sequence=sequence)


def _nothing(sequence: int) -> Intent:
    return Intent(kind=IntentKind.NOTHING, method=None, sequence=sequence)
