"""From a posted form to the service's dataclass, and from its findings back to fields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from werkzeug.datastructures import MultiDict

from app.blueprints.sign_up_form import BLOCK_ROLE, NOT_THERE, OWN, RANKS, AskForm
from app.enums import ConsentKind, Role
from app.queries.participant import Answers
from app.services.signups.form import FormChoices, SignUpForm

Posted = MultiDict[str, str]


def chosen_role(text: str | None, roles: tuple[Role, ...]) -> Role:
    """Return the role asked for, else the one most people come in."""
    if text in roles:
        return Role(text)
    order = [role for role in (Role.MENTEE, Role.PEER, *roles) if role in roles]
    return order[0] if order else Role.MENTEE


def read_answers(
    posted: Posted, role: Role, choices: FormChoices, *, email: str | None = None
) -> SignUpForm:
    """Return what was typed, as it was typed; ``email`` is who changes their answers.

    Fields that the role is not asked are not read.
    """
    has_goals = role in {Role.MENTEE, Role.PEER}
    return SignUpForm(
        role=role,
        name=posted.get("name", ""),
        email=posted.get("email", "") if email is None else email,
        stage=(posted.get("stage") or None) if choices.stages else None,
        affiliation=posted.get("affiliation", ""),
        question=posted.get("question", "") if role is Role.MENTEE else "",
        goals=posted.get("goals", "") if has_goals else "",
        topics=_topics(posted, role, choices),
        needs=tuple(posted.getlist("needs")) if choices.features else (),
        rounds=rounds_of(posted),
        wishes=_lines(posted.get("wishes", "")),
        not_with=_not_with(posted, is_edit=email is not None),
        consents=frozenset(kind for kind in ConsentKind if _is_ticked(posted, f"consent_{kind}")),
        own_answers=_numbered(posted, OWN) if choices.questions else (),
        block_roles=_block_roles(posted) if choices.blocks else (),
    )


def rounds_of(posted: Posted) -> tuple[int, ...]:
    """Return the rounds that were left in."""
    return tuple(int(text) for text in posted.getlist("rounds") if _is_id(text))


def put_right(form: AskForm, problems: Mapping[str, str]) -> None:
    """Write what is wrong beside its field."""
    for name, message in problems.items():
        field = _field_of(form, name)
        if field is None:
            form.form_errors = [*form.form_errors, message]
        else:
            form[field].errors = [message]


def known_answers(answers: Answers) -> dict[str, object]:
    """Return a person's answers as the form's starting values."""
    ranked = dict(zip(RANKS, answers.topics, strict=False))
    ticked = {f"consent_{kind}": True for kind in answers.consents}
    return {
        "name": answers.name,
        "stage": answers.stage or "",
        "affiliation": answers.affiliation,
        "question": answers.question,
        "goals": answers.goals,
        "topics": list(answers.topics),
        "rounds": [str(id_) for id_ in answers.rounds],
        "needs": list(answers.needs),
        "wishes": "\n".join(answers.wishes),
        **ranked,
        **ticked,
        **{f"{OWN}{one.question_id}": one.value for one in answers.own},
        **{
            f"{BLOCK_ROLE}{one.block_id}": NOT_THERE if one.role is None else one.role.value
            for one in answers.block_roles
        },
    }


def mark_of(answers: Answers) -> str:
    """Return a short mark that is another once one of the answers is."""
    known = json.dumps(known_answers(answers), sort_keys=True)
    return sha256(known.encode()).hexdigest()[:16]


def is_stale(posted: Posted, typed: SignUpForm, answers: Answers) -> bool:
    """Return whether the answers changed since the form was opened, to others than were typed."""
    seen = posted.get("seen", "")
    return seen not in {"", mark_of(answers)} and _shape(typed) != _shape_of(answers)


def _shape(form: SignUpForm) -> tuple[object, ...]:
    return (
        form.name,
        form.stage,
        form.affiliation,
        form.question,
        form.goals,
        form.topics,
        frozenset(form.needs),
        frozenset(form.rounds),
        form.wishes,
        form.consents,
        form.own_answers,
        frozenset(form.block_roles),
    )


def _shape_of(answers: Answers) -> tuple[object, ...]:
    return (
        answers.name,
        answers.stage,
        answers.affiliation,
        answers.question,
        answers.goals,
        answers.topics,
        frozenset(answers.needs),
        frozenset(answers.rounds),
        answers.wishes,
        answers.consents,
        tuple((one.question_id, one.value) for one in answers.own),
        frozenset((one.block_id, one.role) for one in answers.block_roles),
    )


def _field_of(form: AskForm, name: str) -> str | None:
    if name == "topics" and "topics" not in form:
        name = RANKS[0]
    return name if name in form else None


def _numbered(posted: Posted, prefix: str) -> tuple[tuple[int, str], ...]:
    """Return what was typed into the fields of one kind that end in a row's number."""
    found = ((name.removeprefix(prefix), name) for name in posted if name.startswith(prefix))
    return tuple((int(number), posted.get(name, "")) for number, name in found if _is_id(number))


def _block_roles(posted: Posted) -> tuple[tuple[int, Role | None], ...]:
    chosen = [(id_, text) for id_, text in _numbered(posted, BLOCK_ROLE) if text]
    return tuple(
        (id_, None if text == NOT_THERE else Role(text))
        for id_, text in chosen
        if text == NOT_THERE or text in set(Role)
    )


def _is_ticked(posted: Posted, name: str) -> bool:
    return posted.get(name, "") not in {"", "false"}


def _topics(posted: Posted, role: Role, choices: FormChoices) -> tuple[str, ...]:
    if not choices.topics:
        return ()
    if role is Role.MENTOR:
        return tuple(posted.getlist("topics"))
    return tuple(text for name in RANKS if (text := posted.get(name, "")))


def _not_with(posted: Posted, *, is_edit: bool) -> tuple[str, ...] | None:
    """Return who was named; None when somebody who edits leaves it as it is."""
    lines = _lines(posted.get("not_with", ""))
    if is_edit and not lines and not _is_ticked(posted, "forget_not_with"):
        return None
    return lines


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.replace(";", "\n").splitlines() if line.strip())


def _is_id(text: str) -> bool:
    """Return whether it can be a row's number; PostgreSQL takes no larger one."""
    return text.isascii() and text.isdecimal() and len(text) < 10
