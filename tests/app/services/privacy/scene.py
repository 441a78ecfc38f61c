"""One person with a mark of their own in everything they could tell us, and somebody beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import (
    IncomingKind,
    LinkPurpose,
    PartStat,
    QuestionKind,
    ReplySource,
    Role,
    SignUpState,
    WishKind,
)
from app.models import Answer, CustomQuestion, IncomingMail, Invite, Reply, SignUp, Wish
from app.services import access, invites
from app.services.addresses import canonical_target
from app.services.signups import mail as signup_mail
from config import Config
from tests.builders import make_sign_up
from tests.published import Evening, make_evening, publish

CANARIES = (
    "Kanaria",
    "Vogelsang",
    "canary-address",
    "canary hospital",
    "canary question",
    "canary goal",
    "canary-friend",
    "canary-foe",
    "canary own answer",
    "canary letter",
    "canary subject",
)
"""No two alike, none part of another; each stands in one thing that a person can say."""
NAME, ADDRESS = "Kanaria Vogelsang", "canary-address@example.org"
FRIEND, FOE = "canary-friend@example.org", "Canary-Foe Person"
OTHERS = (
    "Jip van der Stael",
    "other-question",
    "other-friend",
    "other own answer",
    "other-affiliation",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An evening at which the marked mentee has a seat, invites out, and mail on its way."""

    evening: Evening
    marked: SignUp
    other: SignUp


def make_scene(session: Session, *, now: datetime, settings: Config, key: bytes) -> Scene:
    """Return a published evening with the marked person as its first mentee."""
    evening = make_evening(session)
    marked, other = evening.mentees[0], evening.mentees[1]
    question = CustomQuestion(
        position=1, key="own", label="What do you eat?", kind=QuestionKind.TEXT, is_trait=True
    )
    evening.event.questions.append(question)
    _mark(marked)
    marked.consents[0].given_at = now
    other.person.affiliation = "other-affiliation"
    other.question = "other-question"
    session.flush()
    own = Answer(question_id=question.id, value="canary own answer")
    marked.answers.append(own)
    other.answers.append(Answer(question_id=question.id, value="other own answer"))
    _wish(marked, FRIEND, FOE)
    _wish(other, "other-friend@example.org", ADDRESS)
    _wish(evening.mentors[0], NAME, "nobody@example.org")
    publish(session, evening, now=now)
    invites.sync(session, evening.event, now=now, settings=settings)
    signup_mail.queue(session, "welcome", evening.event, marked, now=now)
    for purpose in (LinkPurpose.ACCESS, LinkPurpose.FEED):
        access.link_for(session, marked.person_id, purpose, key=key, now=now)
    _answer_by_mail(session, marked, now)
    return Scene(evening=evening, marked=marked, other=other)


def make_waiting(session: Session, scene: Scene, *, name: str = "Next Inline") -> SignUp:
    """Return somebody who would get the marked person's place."""
    for capacity in scene.evening.event.capacities:
        if capacity.role is Role.MENTEE:
            capacity.places = len(scene.evening.mentees)
    return make_sign_up(
        session,
        scene.evening.event,
        name=name,
        state=SignUpState.WAITING,
        affiliation="Elsewhere",
    )


def _mark(marked: SignUp) -> None:
    person = marked.person
    person.name, person.email, person.email_canonical = NAME, ADDRESS, ADDRESS
    person.affiliation = "canary hospital"
    marked.question, marked.goals = "canary question", "canary goal"
    marked.needs = ["step_free"]


def _wish(sign_up: SignUp, wished: str, not_with: str) -> None:
    for kind, target in ((WishKind.WISH, wished), (WishKind.NOT_WITH, not_with)):
        sign_up.wishes.append(
            Wish(kind=kind, target=target, target_canonical=canonical_target(target))
        )


def _answer_by_mail(session: Session, marked: SignUp, now: datetime) -> None:
    invite = session.scalars(select(Invite).where(Invite.sign_up_id == marked.id)).one()
    session.add(
        Reply(
            invite_id=invite.id,
            partstat=PartStat.ACCEPTED,
            source=ReplySource.MAIL,
            sequence=0,
            received_at=now,
        )
    )
    session.add(
        IncomingMail(
            digest=b"d" * 32,
            kind=IncomingKind.TEXT,
            event_id=marked.event_id,
            person_id=marked.person_id,
            from_address=ADDRESS,
            subject="canary subject",
            text="canary letter",
            received_at=now,
        )
    )
    session.flush()
