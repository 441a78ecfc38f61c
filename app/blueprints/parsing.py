"""From a posted form to the service's dataclass, and from its findings back to fields."""

from __future__ import annotations

from app.blueprints.sign_up_form import BLOCK_ROLE, NOT_THERE, OWN, RANKS, AskForm, PresenceForm
from app.enums import ConsentKind, Role
from app.queries.participant import Answers
from app.services.signups.form import FormChoices, SignUpForm, find_problems


def chosen_role(text: str | None, roles: tuple[Role, ...]) -> Role:
    """Return the role asked for, else the one most people come in."""
    if text in roles:
        return Role(text)
    order = [role for role in (Role.MENTEE, Role.PEER, *roles) if role in roles]
    return order[0] if order else Role.MENTEE


def to_sign_up_form(form: AskForm, role: Role) -> SignUpForm:
    """Return what was typed, as it was typed."""
    return SignUpForm(
        role=role,
        name=_text(form, "name"),
        email=_text(form, "email"),
        stage=_text(form, "stage") or None,
        affiliation=_text(form, "affiliation"),
        question=_text(form, "question"),
        goals=_text(form, "goals"),
        topics=_topics(form),
        needs=_many(form, "needs"),
        rounds=rounds_of(form),
        wishes=_lines(_text(form, "wishes")),
        not_with=_not_with(form),
        consents=frozenset(kind for kind in ConsentKind if _is_ticked(form, f"consent_{kind}")),
        own_answers=_numbered(form, OWN),
        block_roles=_block_roles(form),
    )


def rounds_of(form: AskForm | PresenceForm) -> tuple[int, ...]:
    """Return the rounds that were left in."""
    return tuple(int(text) for text in form["rounds"].data or () if _is_id(text))


def put_right(
    form: AskForm, answers: SignUpForm, choices: FormChoices, *, leave: tuple[str, ...] = ()
) -> bool:
    """Write what is wrong beside its field; return whether nothing is."""
    problems = find_problems(answers, choices)
    for name, message in problems.items():
        if name in leave:
            continue
        field = _field_of(form, name)
        if field is None:
            form.form_errors = [*form.form_errors, message]
        else:
            form[field].errors = [message]
    return not set(problems) - set(leave)


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


def _numbered(form: AskForm, prefix: str) -> tuple[tuple[int, str], ...]:
    """Return what was typed into the fields of one kind that end in a row's number."""
    return tuple(
        (int(item.name.removeprefix(prefix)), str(item.data or ""))
        for item in form
        if item.name.startswith(prefix)
    )


def _block_roles(form: AskForm) -> tuple[tuple[int, Role | None], ...]:
    chosen = [(id_, text) for id_, text in _numbered(form, BLOCK_ROLE) if text]
    return tuple(
        (id_, None if text == NOT_THERE else Role(text))
        for id_, text in chosen
        if text == NOT_THERE or text in set(Role)
    )


def _field_of(form: AskForm, name: str) -> str | None:
    if name == "topics" and "topics" not in form:
        name = RANKS[0]
    return name if name in form else None


def _text(form: AskForm, name: str) -> str:
    return str(form[name].data or "") if name in form else ""


def _many(form: AskForm, name: str) -> tuple[str, ...]:
    return tuple(form[name].data or ()) if name in form else ()


def _is_ticked(form: AskForm, name: str) -> bool:
    return name in form and bool(form[name].data)


def _topics(form: AskForm) -> tuple[str, ...]:
    if "topics" in form:
        return _many(form, "topics")
    return tuple(text for name in RANKS if (text := _text(form, name)))


def _not_with(form: AskForm) -> tuple[str, ...] | None:
    """Return who was named; None when somebody who edits leaves it as it is."""
    lines = _lines(_text(form, "not_with"))
    if "forget_not_with" in form and not lines and not _is_ticked(form, "forget_not_with"):
        return None
    return lines


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.replace(";", "\n").splitlines() if line.strip())


def _is_id(text: str) -> bool:
    """Return whether it can be a row's number; PostgreSQL takes no larger one."""
    return text.isascii() and text.isdecimal() and len(text) < 10
