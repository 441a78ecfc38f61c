"""The roster: who takes part in one block, frozen; the same value for the web and for CSV files."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.enums import ConsentKind, QuestionKind, Role, SignUpState, WishKind
from app.models import (
    Answer,
    Block,
    BlockRole,
    Consent,
    CustomQuestion,
    Event,
    Person,
    Round,
    SignUp,
    Table,
    Wish,
)
from app.services.addresses import canonical_name


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRound:
    """A round of the block; ``starts_at`` is aware, or None when no start was named."""

    id: str
    number: int
    minutes: int
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterTable:
    id: str
    number: int
    label: str = ""
    features: frozenset[str] = frozenset()
    seats: int | None = None
    video_link: str = ""

    @property
    def name(self) -> str:
        """What stands on the sign."""
        return self.label or str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPerson:
    """Somebody with a place, and everything the planner and the cards may need of them.

    ``rounds`` are ids of the rounds they can attend, None for all. ``wishes`` are (person id,
    weight); ``not_with`` are person ids, confidential. ``unresolved`` is what was wished for but
    names nobody here. ``traits`` are the answers to those of the organiser's questions that the
    plan may use, by the question's key; a question left unanswered has no entry.
    """

    id: str
    name: str
    email: str
    role: Role
    stage: str | None = None
    stage_label: str = ""
    affiliation: str = ""
    topics: tuple[str, ...] = ()
    question: str = ""
    shares_question: bool = False
    rounds: frozenset[str] | None = None
    wishes: tuple[tuple[str, int], ...] = ()
    not_with: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    other_needs: tuple[str, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)
    number: int = 0  # row in the file, or place in the order of sign-ups


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody who takes part in one block. ``version`` rises when that changes.

    ``stages`` is the career-stage ladder, junior first, as keys.
    """

    name: str
    rounds: tuple[RosterRound, ...]
    tables: tuple[RosterTable, ...]
    people: tuple[RosterPerson, ...]
    stages: tuple[str, ...] = ()
    zone: str = "UTC"
    version: int = 0

    def person(self, person_id: str) -> RosterPerson:
        """Return the person of this id."""
        return next(person for person in self.people if person.id == person_id)

    def count(self, role: Role) -> int:
        """Return how many people come in this role."""
        return sum(1 for person in self.people if person.role is role)


def close_roster(session: Session, event: Event, block: Block, now: datetime) -> Roster:  # noqa: ARG001 -- the street's signature
    """Return who is placed in this block at this moment and comes; it changes nothing.

    Wishes are matched by address, then by a name that only one person has.
    """
    found = session.execute(_PLACED.where(SignUp.event_id == event.id)).all()
    own = _Own.read(session, event, block)
    matches = Matches((one.id, one.name, one.email_canonical) for one in found)
    rounds = [one.id for one in block.rounds]
    people = [
        _person(one, role, rounds, matches, own)
        for one in found
        if (role := own.roles.get(one.id, one.role)) is not None
    ]
    return Roster(
        name=event.name,
        rounds=tuple(_round(one) for one in block.rounds),
        tables=tuple(_table(one) for one in block.tables),
        people=tuple(people),
        stages=tuple(stage.key for stage in event.stages),
        zone=event.zone,
        version=event.roster_version,
    )


def _round(row: Round) -> RosterRound:
    return RosterRound(
        id=f"r{row.id}", number=row.number, minutes=row.minutes, starts_at=row.starts_at
    )


def _table(row: Table) -> RosterTable:
    return RosterTable(
        id=f"t{row.id}",
        number=row.number,
        label=row.label,
        features=frozenset(row.features),
        seats=row.seats,
        video_link=row.video_link,
    )


class Written(Protocol):
    """What somebody wrote of somebody else."""

    @property
    def sign_up_id(self) -> int: ...
    @property
    def target(self) -> str: ...
    @property
    def target_canonical(self) -> str: ...


class Matches:
    """Finds the sign-up that somebody wrote about, among (sign-up, name, canonical address)."""

    def __init__(self, sign_ups: Iterable[tuple[int, str, str]]) -> None:
        self._by_address: dict[str, int] = {}
        self._by_name: dict[str, set[int]] = {}
        for id_, name, address in sign_ups:
            self._by_address[address] = id_
            self._by_name.setdefault(canonical_name(name), set()).add(id_)

    def find(self, wish: Written) -> str | None:
        """Return the id in problems, None when nobody or more than one is meant."""
        found = self._by_address.get(wish.target_canonical)
        if found is None:
            named = self._by_name.get(canonical_name(wish.target), set())
            found = next(iter(named)) if len(named) == 1 else None
        return None if found in {None, wish.sign_up_id} else f"p{found}"


_PLACED = (
    select(
        SignUp.id,
        SignUp.role,
        SignUp.seq,
        SignUp.topics,
        SignUp.question,
        SignUp.needs,
        SignUp.absent_rounds,
        Person.name,
        Person.email,
        Person.email_canonical,
        Person.stage,
        Person.affiliation,
    )
    .join(Person, Person.id == SignUp.person_id)
    .where(SignUp.state == SignUpState.PLACED, SignUp.absent_at.is_(None))
    .order_by(SignUp.id)
)
"""As plain columns: thousands of people are read in a few hundredths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What belongs to sign-ups in rows of their own, by sign-up."""

    roles: Mapping[int, Role | None]  # in this block, where it is another one
    wishes: Mapping[int, Sequence[Any]]
    sharing: Container[int]  # agreed that their table reads their question
    traits: Mapping[int, Mapping[str, str]]
    labels: Mapping[str, str]  # of the career stages

    @classmethod
    def read(cls, session: Session, event: Event, block: Block) -> _Own:
        """Read it for everybody with a place at an event."""
        placed = (SignUp.event_id == event.id, SignUp.state == SignUpState.PLACED)
        roles = session.execute(
            select(BlockRole.sign_up_id, BlockRole.role)
            .join(SignUp, SignUp.id == BlockRole.sign_up_id)
            .where(BlockRole.block_id == block.id, *placed)
        )
        wishes: dict[int, list[Any]] = {}
        for wish in session.execute(_WISHES.where(*placed)):
            wishes.setdefault(wish.sign_up_id, []).append(wish)
        sharing = session.scalars(
            select(Consent.sign_up_id)
            .join(SignUp, SignUp.id == Consent.sign_up_id)
            .where(Consent.kind == ConsentKind.QUESTION, Consent.withdrawn_at.is_(None), *placed)
        )
        return cls(
            roles={sign_up_id: role for sign_up_id, role in roles},  # noqa: C416 -- mypy
            wishes=wishes,
            sharing=set(sharing),
            traits=_traits(session, event),
            labels={stage.key: stage.label for stage in event.stages},
        )


_WISHES = (
    select(Wish.sign_up_id, Wish.kind, Wish.target, Wish.target_canonical, Wish.weight)
    .join(SignUp, SignUp.id == Wish.sign_up_id)
    .order_by(Wish.id)
)


def _is_trait(question: CustomQuestion) -> bool:
    """Return whether the plan may use the answer; a text says too much to leave the house."""
    return question.is_trait and question.kind is not QuestionKind.TEXT


def _traits(session: Session, event: Event) -> dict[int, dict[str, str]]:
    """Return the answers that the plan may use; takes no statement where no question is asked."""
    keys = {row.id: row.key for row in event.questions if _is_trait(row)}
    found: dict[int, dict[str, str]] = {}
    if not keys:
        return found
    answers = session.execute(
        select(Answer.sign_up_id, Answer.question_id, Answer.value)
        .where(Answer.question_id.in_(keys), Answer.value != "")
        .order_by(Answer.question_id)
    )
    for sign_up_id, question_id, value in answers:
        found.setdefault(sign_up_id, {})[keys[question_id]] = value
    return found


def _person(one: Any, role: Role, rounds: list[int], matches: Matches, own: _Own) -> RosterPerson:
    found = [(wish, matches.find(wish)) for wish in own.wishes.get(one.id, ())]
    absent = set(one.absent_rounds)
    attends = frozenset(f"r{id_}" for id_ in rounds if id_ not in absent)
    return RosterPerson(
        id=f"p{one.id}",
        name=one.name,
        email=one.email,
        role=role,
        stage=one.stage,
        stage_label=own.labels.get(one.stage or "", ""),
        affiliation=one.affiliation,
        topics=tuple(one.topics),
        question=one.question,
        shares_question=one.id in own.sharing,
        rounds=None if len(attends) == len(rounds) else attends,
        wishes=tuple(
            (target, wish.weight) for wish, target in found if target and wish.kind is WishKind.WISH
        ),
        not_with=tuple(
            target for wish, target in found if target and wish.kind is WishKind.NOT_WITH
        ),
        unresolved=tuple(wish.target for wish, target in found if not target),
        needs=frozenset(one.needs),
        traits=own.traits.get(one.id, {}),
        number=one.seq,
    )
