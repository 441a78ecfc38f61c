"""What a person said yes to: to which words, when, and taking it back one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import ConsentKind
from app.errors import InvalidInput
from app.models import Consent, SignUp
from app.services import audit
from app.services.signups import places

TEXTS: dict[tuple[ConsentKind, int], str] = {
    (ConsentKind.PLAN, 1): "Plan my time with these answers",
    (ConsentKind.QUESTION, 1): "Show my question to my mentors beforehand",
    (ConsentKind.NAME, 1): "Show my first name in other people's calendar entries",
    (ConsentKind.LISTED, 1): "List me among the mentors on the event's public page",
}
"""Every wording that anybody may have said yes to; none is ever taken out or changed."""
NEEDED = "Without this yes we may not keep your answers. Erase them instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """One yes, with the words it was said to."""

    kind: ConsentKind
    version: int
    text: str
    given_at: datetime
    withdrawn_at: datetime | None

    @property
    def can_go_alone(self) -> bool:
        """Whether it can be taken back while the rest stays."""
        return self.withdrawn_at is None and self.kind is not ConsentKind.PLAN


def yeses_of(sign_up: SignUp) -> tuple[Yes, ...]:
    """Return everything a person said yes to, also what they took back."""
    return tuple(_yes(consent) for consent in sign_up.consents)


def take_back(session: Session, sign_up: SignUp, kind: ConsentKind, *, now: datetime) -> bool:
    """End a yes at once; return False when there was none.

    Pages follow at once, feeds when they are next asked, entries that were mailed with the next
    update. The yes to being planned at all ends with the answers: ``InvalidInput``.
    """
    if kind is ConsentKind.PLAN:
        raise InvalidInput({"consent": NEEDED})
    event = places.lock_event(session, sign_up.event_id)
    session.refresh(sign_up)
    ended = [one for one in sign_up.consents if one.kind is kind and one.withdrawn_at is None]
    for consent in ended:
        consent.withdrawn_at = now
    if not ended:
        return False
    sign_up.changed_at = now
    audit.record(
        session,
        actor=f"person {sign_up.person_id}",
        what="consent taken back",
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
        sign_up_id=sign_up.id,
        consent=kind,
    )
    session.flush()
    return True


def _yes(consent: Consent) -> Yes:
    return Yes(
        kind=consent.kind,
        version=consent.text_version,
        text=TEXTS[consent.kind, consent.text_version],
        given_at=consent.given_at,
        withdrawn_at=consent.withdrawn_at,
    )
