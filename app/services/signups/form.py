"""What a person tells us for a place, checked against what the event asks."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.enums import ConsentKind, Role, WishKind
from app.errors import InvalidInput
from app.models import Event
from app.services import addresses
from app.services.presets import FEATURES
from app.services.signups.questions import (
    OwnQuestion,
    answer_problems,
    cleaned_answers,
    own_questions,
)

__all__ = [
    "CONSENTS",
    "MAX_TOPICS_RANKED",
    "Checked",
    "ConsentText",
    "FormChoices",
    "OwnQuestion",
    "SignUpForm",
    "check",
    "choices_of",
    "cleaned",
    "consents_for",
]

MAX_LINE = 200
MAX_TEXT = 2_000
MAX_TOPICS_RANKED = 3
MAX_WISHES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText:
    """One separate yes; ``version`` rises when its words change."""

    kind: ConsentKind
    version: int
    text: str
    small: str = ""


CONSENTS = {
    text.kind: text
    for text in (
        ConsentText(
            kind=ConsentKind.PLAN,
            version=1,
            text="Plan my time with these answers",
            small="Kept until {retention_days} days after the event, then made anonymous.",
        ),
        ConsentText(
            kind=ConsentKind.QUESTION,
            version=1,
            text="Show my question to my mentors beforehand",
        ),
        ConsentText(
            kind=ConsentKind.NAME,
            version=1,
            text="Show my first name in other people's calendar entries",
            small="Only of those who sit at a table with me.",
        ),
        ConsentText(
            kind=ConsentKind.LISTED,
            version=1,
            text="List me among the mentors on the event's public page",
            small="Name, place of work and topics.",
        ),
    )
}


def consents_for(role: Role) -> tuple[ConsentText, ...]:
    """Return the separate yeses that a role is asked for, in the form's order."""
    kinds = {
        Role.MENTEE: (ConsentKind.PLAN, ConsentKind.QUESTION, ConsentKind.NAME),
        Role.MENTOR: (ConsentKind.PLAN, ConsentKind.LISTED, ConsentKind.NAME),
    }.get(role, (ConsentKind.PLAN, ConsentKind.NAME))
    return tuple(CONSENTS[kind] for kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpForm:
    """A person's answers; ``rounds`` are those they can be there for.

    ``not_with`` is None when somebody who changes their answers leaves it as it is: no page reads
    it back to them. ``own_answers`` are (id of the organiser's question, answer); ``block_roles``
    are (block id, role in it, or None for not taking part), where it is another than ``role``.
    """

    role: Role
    name: str
    email: str
    stage: str | None = None
    affiliation: str = ""
    question: str = ""
    goals: str = ""
    topics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    wishes: tuple[str, ...] = ()
    not_with: tuple[str, ...] | None = ()
    consents: frozenset[ConsentKind] = frozenset()
    own_answers: tuple[tuple[int, str], ...] = ()
    block_roles: tuple[tuple[int, Role | None], ...] = ()

    def targets(self) -> tuple[tuple[WishKind, str], ...]:
        """Return whom the person named, wished for first."""
        return tuple((WishKind.WISH, text) for text in self.wishes) + tuple(
            (WishKind.NOT_WITH, text) for text in self.not_with or ()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoices:
    """What an event lets people choose from.

    ``blocks`` are (id, title) of those in which somebody may have another role; there are none
    where there is nothing to choose.
    """

    roles: tuple[Role, ...]
    stages: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    features: tuple[str, ...]
    rounds: tuple[int, ...]
    questions: tuple[OwnQuestion, ...] = ()
    blocks: tuple[tuple[int, str], ...] = ()
    closed_blocks: frozenset[int] = frozenset()  # nobody is asked about these


def choices_of(event: Event) -> FormChoices:
    """Return what the event lets people choose from."""
    planned = [block for block in event.blocks if block.kind.is_planned]
    blocks = tuple((block.id, block.title) for block in planned)
    roles = tuple(capacity.role for capacity in event.capacities)
    features = (name for block in planned for table in block.tables for name in table.features)
    return FormChoices(
        roles=roles,
        stages=tuple((stage.key, stage.label) for stage in event.stages),
        topics=tuple(topic.name for topic in event.topics),
        features=tuple(dict.fromkeys([*FEATURES, *features])) if planned else (),
        rounds=tuple(round_.id for block in planned for round_ in block.rounds),
        questions=own_questions(event),
        blocks=blocks if may_mix(blocks, roles) else (),
        closed_blocks=frozenset(one.id for one in event.all_blocks if one.closed_at is not None),
    )


def may_mix(blocks: Sequence[object], roles: Sequence[object]) -> bool:
    """Return whether somebody can have another role in another block."""
    return len(blocks) > 1 and len(roles) > 1


def cleaned(form: SignUpForm, choices: FormChoices) -> SignUpForm:
    """Return the answers in the spelling that is kept."""
    return replace(
        form,
        name=addresses.clean_line(form.name),
        email=unicodedata.normalize("NFC", form.email).strip(),
        affiliation=addresses.clean_line(form.affiliation),
        question=addresses.clean_text(form.question) if form.role is Role.MENTEE else "",
        goals=addresses.clean_text(form.goals),
        topics=tuple(dict.fromkeys(form.topics)),
        needs=tuple(dict.fromkeys(form.needs)),
        wishes=_names(form.wishes),
        not_with=None if form.not_with is None else _names(form.not_with),
        consents=form.consents & {text.kind for text in consents_for(form.role)},
        own_answers=cleaned_answers(form.own_answers, choices.questions, form.role),
        block_roles=tuple((id_, role) for id_, role in form.block_roles if role is not form.role),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Answers that can be kept, with the spelling by which their address is compared."""

    answers: SignUpForm
    canonical: str


def check(form: SignUpForm, choices: FormChoices) -> Checked:
    """Return the cleaned answers; raises ``InvalidInput`` when something is missing or wrong.

    The error says what to write where, by field.
    """
    kept = cleaned(form, choices)
    canonical, no_address = "", {}
    try:
        canonical = addresses.canonical_address(kept.email)
    except InvalidInput as error:
        no_address = error.fields
    found = _problems(kept, choices, no_address)
    if found:
        raise InvalidInput(found)
    return Checked(answers=kept, canonical=canonical)


def _problems(form: SignUpForm, choices: FormChoices, no_address: dict[str, str]) -> dict[str, str]:
    """Return what to write where, in the order of the form."""
    found: dict[str, str] = {}
    if form.role not in choices.roles:
        found["role"] = "Choose one of the roles this event asks for."
    if not form.name:
        found["name"] = "Write your name as it should stand on your card."
    found |= no_address
    if choices.stages and form.stage not in dict(choices.stages):
        found["stage"] = "Choose where you are in training."
    if form.role is Role.MENTEE and not form.question:
        found["question"] = "Write the question you want to bring. A half sentence is enough."
    found |= _choice_problems(form, choices) | _length_problems(form)
    found |= answer_problems(form.own_answers, choices.questions, form.role)
    found |= _block_problems(form, choices)
    if ConsentKind.PLAN not in form.consents:
        found["consent_plan"] = (
            "Tick this to ask for a place. Without it we may not keep your name."
        )
    return found


def _choice_problems(form: SignUpForm, choices: FormChoices) -> dict[str, str]:
    found: dict[str, str] = {}
    if choices.topics and form.role is not Role.FACILITATOR and not form.topics:
        found["topics"] = "Choose at least one topic."
    if not set(form.topics) <= set(choices.topics):
        found["topics"] = "Choose from the topics of this event."
    if form.role is not Role.MENTOR and len(form.topics) > MAX_TOPICS_RANKED:
        found["topics"] = f"Choose {MAX_TOPICS_RANKED} topics at most."
    if not set(form.needs) <= set(choices.features):
        found["needs"] = "Choose from what the tables of this event offer."
    if choices.rounds and not form.rounds:
        found["rounds"] = "Leave in at least one round that you can be there for."
    if not set(form.rounds) <= set(choices.rounds):
        found["rounds"] = "Choose from the rounds of this event."
    return found


def _block_problems(form: SignUpForm, choices: FormChoices) -> dict[str, str]:
    found: dict[str, str] = {}
    blocks = {id_ for id_, _ in choices.blocks}
    for id_, role in form.block_roles:
        if id_ not in blocks or (role is not None and role not in choices.roles):
            found[f"block_role_{id_}"] = "Choose one of the roles this event asks for."
    out = {id_ for id_, role in form.block_roles if role is None}
    if blocks and out >= blocks:
        found[f"block_role_{min(blocks)}"] = "Take part in at least one of these parts."
    return found


def _length_problems(form: SignUpForm) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, text in (("name", form.name), ("affiliation", form.affiliation)):
        if len(text) > MAX_LINE:
            found[field] = f"Write it in {MAX_LINE} characters or fewer."
    for field, text in (("question", form.question), ("goals", form.goals)):
        if len(text) > MAX_TEXT:
            found[field] = f"Write it in {MAX_TEXT} characters or fewer."
    for field, names in (("wishes", form.wishes), ("not_with", form.not_with or ())):
        if len(names) > MAX_WISHES or any(len(name) > MAX_LINE for name in names):
            found[field] = f"Name {MAX_WISHES} people at most, each on a line of its own."
    return found


def _names(texts: tuple[str, ...]) -> tuple[str, ...]:
    lines = (addresses.clean_line(text) for text in texts)
    return tuple({addresses.canonical_target(line): line for line in lines if line}.values())
