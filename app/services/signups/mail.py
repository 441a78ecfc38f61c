"""The mails that tell people about their place.

A mail to an address that nobody confirmed holds nothing that the sender of the form wrote, not even
a name: the form would else send strangers anything.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.enums import SignUpState
from app.mail.message import RenderedMail
from app.mail.render import OwnText, render
from app.models import Event, Person, SignUp
from app.services import outbox


class Told(Protocol):
    """What mails tell of an event: the event, or what was read of one."""

    @property
    def name(self) -> str: ...
    @property
    def venue(self) -> str: ...
    @property
    def contact_email(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def when_line(event: Told) -> str:
    """Return when the event is, on the clock of its place."""
    zone = ZoneInfo(event.zone)
    begin, end = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    return f"{begin:%A} {begin.day} {begin:%B %Y}, {begin:%H:%M} to {end:%H:%M} ({event.zone})"


def until_line(at: datetime | None, event: Event) -> str:
    """Return an instant as a day and time on the clock of the event's place."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(event.zone))
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


def rendered(kind: str, event: Told, *, name: str = "", until: str = "") -> RenderedMail:
    """Return the mail of a kind for an event; ``name`` only when its address is confirmed."""
    return render(kind, **_facts(event), until=OwnText(until), person_name=name)


def confirming(event: Told, state: SignUpState) -> RenderedMail:
    """Return the mail that asks for a click; ``state`` is what the sign-up will be then."""
    return _for_everybody("confirm_address", state, **_facts(event))


def first(event: Told, state: SignUpState, *, confirms_address: bool) -> tuple[str, RenderedMail]:
    """Return the kind and text of the mail that a new sign-up gets."""
    kind = "confirm_address" if confirms_address else kind_for(state)
    return kind, _for_everybody(kind, state, **_facts(event))


def again(event: Told, state: SignUpState) -> RenderedMail:
    """Return the mail with somebody's link.

    It names nobody: made once, it takes no longer than the mail of an address that is new.
    """
    return _for_everybody("link_again", state, **_facts(event))


@lru_cache(maxsize=256)
def _for_everybody(kind: str, state: SignUpState, **facts: OwnText) -> RenderedMail:
    """Render what holds nothing of a participant, once for all who get it."""
    return render(kind, **facts, state=state.value, until=OwnText(""), person_name="")


def moved(event: Event, sign_up: SignUp, before: str) -> RenderedMail:
    """Return the mail that tells a new time; who has not confirmed yet gets the link for that."""
    return told("moved", event, sign_up, before_when=OwnText(before))


def told(kind: str, event: Event, sign_up: SignUp, **facts: OwnText) -> RenderedMail:
    """Return a mail about the whole event to somebody who may not have confirmed yet."""
    is_known = sign_up.confirmed_at is not None
    return render(
        kind,
        **_facts(event),
        **facts,
        person_name=sign_up.person.name if is_known else "",
        is_confirmed=is_known or not event.confirms_address,
    )


def _facts(event: Told) -> dict[str, OwnText]:
    """Return what the organiser wrote of the event; nothing of a participant."""
    return {
        "event_name": OwnText(event.name),
        "when": OwnText(when_line(event)),
        "venue": OwnText(event.venue),
        "contact": OwnText(event.contact_email),
    }


def queue(
    session: Session,
    kind: str,
    event: Event,
    sign_up: SignUp,
    *,
    now: datetime,
    until: datetime | None = None,
    mail: RenderedMail | None = None,
) -> None:
    """Write the mail's row in the transaction of the fact it tells."""
    person: Person = sign_up.person
    name = person.name if sign_up.confirmed_at is not None else ""
    if mail is None:
        mail = rendered(kind, event, name=name, until=until_line(until, event))
    outbox.enqueue(
        session,
        kind=kind,
        event_id=event.id,
        person_id=person.id,
        to_name=name,
        to_address=person.email,
        reply_to=event.contact_email,
        mail=mail,
        order_key=f"person:{person.id}",
        idempotency_key=f"{kind}:{sign_up.id}:{secrets.token_hex(8)}",
        now=now,
        give_up_at=max(event.ends_at, now),
    )


def queue_first(
    session: Session,
    event: Told,
    mail: RenderedMail,
    *,
    kind: str,
    event_id: int,
    person_id: int,
    address: str,
    now: datetime,
) -> None:
    """Write the row of the mail that somebody new gets; it names nobody."""
    outbox.enqueue_first(
        session,
        kind=kind,
        event_id=event_id,
        person_id=person_id,
        to_name="",
        to_address=address,
        reply_to=event.contact_email,
        mail=mail,
        order_key=f"person:{person_id}",
        idempotency_key=f"{kind}:{person_id}:{secrets.token_hex(8)}",
        now=now,
        give_up_at=max(event.ends_at, now),
    )


def kind_for(state: SignUpState) -> str:
    """Return which mail tells what became of a request."""
    return {SignUpState.WAITING: "waiting", SignUpState.ASKED: "asked"}.get(state, "welcome")
