"""What the pages of sign-up settings and of the organiser's own questions read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.enums import QuestionKind, Role
from app.models import Block, Event
from app.queries import organiser
from app.services import event_settings
from app.services.event_settings import SignUpSettings, cautions
from app.services.event_settings.question_form import Given, QuestionForm, form_of
from app.services.event_settings.questions import given_to


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role the event asks for or could ask for, with how many there are."""

    role: Role
    is_asked: bool
    is_seated: bool  # by some part of the agenda
    count: organiser.RoleCount

    @property
    def is_bound(self) -> bool:
        """Whether somebody of the role is there, so that it cannot be dropped."""
        return bool(self.count.taken or self.count.waiting or self.count.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """The settings as they are stored; ``seen`` is the mark to send along when saving."""

    settings: SignUpSettings
    seen: str
    roles: tuple[RoleRow, ...]
    most_days: int
    questions: int

    @property
    def order(self) -> tuple[Role, ...]:
        """The roles as the page shows them: those asked for first."""
        return tuple(row.role for row in sorted(self.roles, key=lambda row: not row.is_asked))

    @property
    def asked(self) -> int:
        """How many wait for a yes."""
        return sum(row.count.asked for row in self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRow:
    text: str
    chosen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One question in the list; ``cautions`` are the protected facts it seems to ask for."""

    id: int
    position: int
    form: QuestionForm
    choices: tuple[ChoiceRow, ...]
    answers: int
    cautions: tuple[str, ...]

    @property
    def is_careless(self) -> bool:
        """Whether it asks for something protected in a way that forces or shows the answer."""
        return bool(self.cautions) and (self.form.is_required or not self.form.is_private)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage:
    rows: tuple[QuestionRow, ...]
    roles: tuple[Role, ...]  # that the event asks for
    is_full: bool

    def row(self, question_id: int) -> QuestionRow | None:
        """Return a question, None when it is gone."""
        return next((row for row in self.rows if row.id == question_id), None)


def settings_page(session: Session, event_id: int) -> SettingsPage:
    """Return the settings of an event that was found for the organisation before."""
    event = session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .options(
            selectinload(Event.capacities),
            selectinload(Event.all_blocks).load_only(Block.rules, Block.kind, Block.closed_at),
            selectinload(Event.questions),
        )
    ).one()
    settings = event_settings.stored(event)
    counts = {count.role: count for count in organiser.role_counts(session, event_id)}
    rows = tuple(
        RoleRow(
            role=role,
            is_asked=settings.of(role) is not None,
            is_seated=event_settings.seats_role(event, role),
            count=counts.get(role, organiser.RoleCount(role=role, places=0)),
        )
        for role in Role
    )
    has_people = any(row.is_bound for row in rows)
    return SettingsPage(
        settings=settings,
        seen=event_settings.fingerprint(settings),
        roles=rows,
        most_days=event_settings.most_days_kept(settings.retention_days, has_people=has_people),
        questions=len(event.questions),
    )


def questions_page(session: Session, event_id: int) -> QuestionsPage:
    """Return an event's own questions, with how many answered what."""
    event = session.scalars(
        select(Event)
        .where(Event.id == event_id)
        .options(selectinload(Event.questions), selectinload(Event.capacities))
    ).one()
    given = given_to(session, event_id)
    rows = []
    for position, question in enumerate(event.questions):
        form, answered = form_of(question), given.get(question.id, Given())
        options = ("yes", "no") if form.kind is QuestionKind.YES_NO else form.choices
        rows.append(
            QuestionRow(
                id=question.id,
                position=position,
                form=form,
                choices=tuple(
                    ChoiceRow(text=text, chosen=answered.chosen.get(text, 0)) for text in options
                ),
                answers=answered.answers,
                cautions=cautions.find_cautions(form.label, form.hint, *form.choices),
            )
        )
    asked = {row.role for row in event.capacities}
    return QuestionsPage(
        rows=tuple(rows),
        roles=tuple(role for role in Role if role in asked),
        is_full=len(rows) >= event_settings.MOST_QUESTIONS,
    )
