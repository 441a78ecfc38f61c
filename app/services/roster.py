"""The roster: who takes part in one block, frozen; the same value for the web and for CSV files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.enums import ConsentKind, QuestionKind, Role, SignUpState, WishKind
from app.models import Block, CustomQuestion, Event, Round, SignUp, Table, Wish
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
    sign_ups = session.scalars(
        select(SignUp)
        .where(
            SignUp.event_id == event.id,
            SignUp.state == SignUpState.PLACED,
            SignUp.absent_at.is_(None),
        )
        .options(
            selectinload(SignUp.person),
            selectinload(SignUp.wishes),
            selectinload(SignUp.consents),
            selectinload(SignUp.block_roles),
            selectinload(SignUp.answers),
        )
        .order_by(SignUp.id)
    ).all()
    matches = Matches(sign_ups)
    labels = {stage.key: stage.label for stage in event.stages}
    traits = {row.id: row.key for row in event.questions if _is_trait(row)}
    people = [
        _person(sign_up, role, block, matches, labels, traits=_traits_of(sign_up, traits))
        for sign_up in sign_ups
        if (role := _role_in(sign_up, block)) is not None
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


class Matches:
    """Finds the sign-up that somebody wrote about."""

    def __init__(self, sign_ups: Sequence[SignUp]) -> None:
        self._by_address = {one.person.email_canonical: one.id for one in sign_ups}
        self._by_name: dict[str, set[int]] = {}
        for one in sign_ups:
            self._by_name.setdefault(canonical_name(one.person.name), set()).add(one.id)

    def find(self, wish: Wish) -> str | None:
        """Return the id in problems, None when nobody or more than one is meant."""
        found = self._by_address.get(wish.target_canonical)
        if found is None:
            named = self._by_name.get(canonical_name(wish.target), set())
            found = next(iter(named)) if len(named) == 1 else None
        return None if found in {None, wish.sign_up_id} else f"p{found}"


def _is_trait(question: CustomQuestion) -> bool:
    """Return whether the plan may use the answer; a text says too much to leave the house."""
    return question.is_trait and question.kind is not QuestionKind.TEXT


def _traits_of(sign_up: SignUp, traits: dict[int, str]) -> dict[str, str]:
    return {
        traits[answer.question_id]: answer.value
        for answer in sign_up.answers
        if answer.question_id in traits and answer.value
    }


def _role_in(sign_up: SignUp, block: Block) -> Role | None:
    for own in sign_up.block_roles:
        if own.block_id == block.id:
            return own.role
    return sign_up.role


def _person(
    sign_up: SignUp,
    role: Role,
    block: Block,
    matches: Matches,
    labels: dict[str, str],
    *,
    traits: dict[str, str],
) -> RosterPerson:
    person = sign_up.person
    found = [(wish, matches.find(wish)) for wish in sign_up.wishes]
    absent = set(sign_up.absent_rounds)
    attends = frozenset(f"r{one.id}" for one in block.rounds if one.id not in absent)
    agreed = any(
        consent.kind is ConsentKind.QUESTION and consent.withdrawn_at is None
        for consent in sign_up.consents
    )
    return RosterPerson(
        id=f"p{sign_up.id}",
        name=person.name,
        email=person.email,
        role=role,
        stage=person.stage,
        stage_label=labels.get(person.stage or "", ""),
        affiliation=person.affiliation,
        topics=tuple(sign_up.topics),
        question=sign_up.question,
        shares_question=agreed,
        rounds=None if len(attends) == len(block.rounds) else attends,
        wishes=tuple(
            (target, wish.weight) for wish, target in found if target and wish.kind is WishKind.WISH
        ),
        not_with=tuple(
            target for wish, target in found if target and wish.kind is WishKind.NOT_WITH
        ),
        unresolved=tuple(wish.target for wish, target in found if not target),
        needs=frozenset(sign_up.needs),
        traits=traits,
        number=sign_up.seq,
    )
