"""Two sign-ups side by side, field by field, as an organiser may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import InviteState, SignUpState
from app.models import Event, Invite, SignUp
from app.queries import roster_rounds, times
from app.queries.participant import need_label, option_label
from app.services.roster_edit import Field, which_is_kept
from app.services.signups.form import CONSENTS

LABELS = {
    Field.NAME: "Name",
    Field.EMAIL: "E-mail",
    Field.ROLE: "Comes as",
    Field.STAGE: "Stage",
    Field.AFFILIATION: "Hospital or school",
    Field.TOPICS: "Topics",
    Field.NEEDS: "Needs",
    Field.ROUNDS: "Rounds",
    Field.QUESTION: "Question",
    Field.CONSENTS: "Agreed to",
}
WRITTEN = "has written one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two."""

    sign_up_id: int
    name: str
    email: str
    state: SignUpState
    came: str  # when they signed up
    has_entry: bool  # in their calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of both; ``takes_other`` is chosen beforehand where the first has nothing."""

    name: str
    label: str
    kept: str
    leaving: str

    @property
    def is_same(self) -> bool:
        return self.kept == self.leaving and self.name != Field.QUESTION

    @property
    def takes_other(self) -> bool:
        return not self.kept and bool(self.leaving)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage:
    """The one that stays, the one that leaves, and what stands in both."""

    kept: Side
    leaving: Side
    lines: tuple[Line, ...]


def merge_page(session: Session, event: Event, one: SignUp, other: SignUp) -> MergePage:
    """Return both side by side, without a word of what is private."""
    kept, leaving = which_is_kept(session, one, other)
    numbers = roster_rounds.round_numbers(session, event.id)
    mine, theirs = _values(event, kept, numbers), _values(event, leaving, numbers)
    labels = {field.value: label for field, label in LABELS.items()}
    labels |= {f"own_{row.id}": row.label for row in event.questions if not row.is_private}
    return MergePage(
        kept=_side(session, event, kept),
        leaving=_side(session, event, leaving),
        lines=tuple(
            Line(name=name, label=label, kept=mine.get(name, ""), leaving=theirs.get(name, ""))
            for name, label in labels.items()
            if mine.get(name) or theirs.get(name)
        ),
    )


def _side(session: Session, event: Event, sign_up: SignUp) -> Side:
    state = session.scalar(select(Invite.state).where(Invite.sign_up_id == sign_up.id))
    return Side(
        sign_up_id=sign_up.id,
        name=sign_up.person.name,
        email=sign_up.person.email,
        state=sign_up.state,
        came=_came(sign_up.created_at, event.zone),
        has_entry=state is InviteState.LIVE,
    )


def _came(at: datetime, zone: str) -> str:
    return times.day_and_clock(at, zone)


def _values(event: Event, sign_up: SignUp, numbers: dict[int, int]) -> dict[str, str]:
    person = sign_up.person
    stages = {stage.key: stage.label for stage in event.stages}
    agreed = [one.kind for one in sign_up.consents if one.withdrawn_at is None]
    values: dict[str, str] = {
        Field.NAME: person.name,
        Field.EMAIL: person.email,
        Field.ROLE: sign_up.role.capitalize(),
        Field.STAGE: stages.get(person.stage or "", ""),
        Field.AFFILIATION: person.affiliation,
        Field.TOPICS: ", ".join(sign_up.topics),
        Field.NEEDS: ", ".join(need_label(need) for need in sign_up.needs),
        Field.ROUNDS: roster_rounds.rounds_in_words(numbers, frozenset(sign_up.absent_rounds)),
        Field.QUESTION: WRITTEN if sign_up.question else "",
        Field.CONSENTS: "; ".join(CONSENTS[kind].text for kind in sorted(agreed)),
    }
    given = {one.question_id: one.value for one in sign_up.answers}
    own = {
        f"own_{row.id}": option_label(row.kind, given[row.id])
        for row in event.questions
        if row.id in given and not row.is_private
    }
    return values | own
