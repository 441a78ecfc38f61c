"""A person's answers, from the checked form into rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import LinkPurpose, SignUpState, WishKind
from app.models import Answer, BlockRole, Consent, Event, Person, SignUp, Wish
from app.services import access, addresses
from app.services.signups.form import CONSENTS, FormChoices, SignUpForm


def new_person(event: Event, form: SignUpForm, canonical: str, *, now: datetime) -> Person:
    """Return a person with an empty sign-up, not yet written."""
    return Person(
        event_id=event.id,
        name=form.name,
        email=addresses.clean_address(form.email),
        email_canonical=canonical,
        created_at=now,
        sign_up=SignUp(
            event_id=event.id,
            role=form.role,
            state=SignUpState.WAITING,
            seq=0,
            wants_state=SignUpState.WAITING,
            created_at=now,
            changed_at=now,
        ),
    )


def begin_anew(session: Session, sign_up: SignUp, *, now: datetime) -> None:
    """Empty the sign-up of somebody who left and comes again: nothing of the first time holds.

    Seats that were published before are not theirs any more, and an absence is over.
    """
    sign_up.created_at = now
    sign_up.confirmed_at = sign_up.approved_at = None
    sign_up.withdrawn_at = sign_up.absent_at = None
    sign_up.held_until = sign_up.offered_until = None
    for kept in (sign_up.wishes, sign_up.consents, sign_up.answers, sign_up.block_roles):
        kept.clear()
    session.flush()


def forget(session: Session, person: Person, *, now: datetime, key: bytes) -> None:
    """Begin the sign-up of somebody who asks again anew; old confirming links die."""
    begin_anew(session, person.sign_up, now=now)
    link = access.find(session, person.id, LinkPurpose.CONFIRM)
    if link is not None:
        access.revoke(session, link, key=key)


def write(sign_up: SignUp, form: SignUpForm, choices: FormChoices, *, now: datetime) -> bool:
    """Write the checked answers; return whether anything is another than before."""
    values, about = sign_up_values(form, choices), person_values(form)
    asked = set(choices.rounds)  # what was said of a round that is closed stays said
    unasked = [id_ for id_ in sign_up.absent_rounds or () if id_ not in asked]  # new: none yet
    values["absent_rounds"] = [*absent_rounds(form, choices), *unasked]
    changes = [_set(sign_up, name, value) for name, value in values.items()]
    changes += [_set(sign_up.person, name, value) for name, value in about.items()]
    changes += [_write_wishes(sign_up, form), _write_consents(sign_up, form, now)]
    changes += [_write_own(sign_up, form), _write_block_roles(sign_up, form, choices)]
    return any(changes)


def sign_up_values(form: SignUpForm, choices: FormChoices) -> dict[str, object]:
    """Return what a sign-up's row holds of the answers, by column."""
    return {
        "role": form.role,
        "question": form.question,
        "goals": form.goals,
        "topics": list(form.topics),
        "needs": list(form.needs),
        "absent_rounds": absent_rounds(form, choices),
    }


def absent_rounds(form: SignUpForm, choices: FormChoices) -> list[int]:
    """Return the rounds that somebody was asked for and did not tick."""
    present = set(form.rounds)
    return [id_ for id_ in choices.rounds if id_ not in present]


def person_values(form: SignUpForm) -> dict[str, object]:
    """Return what a person's row holds of the answers, by column."""
    return {"name": form.name, "stage": form.stage, "affiliation": form.affiliation}


def wish_values(kind: WishKind, target: str) -> dict[str, object]:
    """Return the columns of one person wished for, or not."""
    return {
        "kind": kind,
        "target": target,
        "target_canonical": addresses.canonical_target(target),
        "weight": 1,
    }


def _set(row: SignUp | Person, name: str, value: object) -> bool:
    if getattr(row, name) == value:
        return False
    setattr(row, name, value)
    return True


def _write_wishes(sign_up: SignUp, form: SignUpForm) -> bool:
    kinds = set(WishKind) if form.not_with is not None else {WishKind.WISH}
    wanted = set(form.targets())
    present = {(wish.kind, wish.target): wish for wish in sign_up.wishes if wish.kind in kinds}
    for pair, wish in present.items():
        if pair not in wanted:
            sign_up.wishes.remove(wish)
    missing = [pair for pair in form.targets() if pair not in present]
    sign_up.wishes.extend(Wish(**wish_values(kind, target)) for kind, target in missing)
    return bool(missing) or not set(present) <= wanted


def _write_own(sign_up: SignUp, form: SignUpForm) -> bool:
    """Keep the answers to the organiser's own questions; return whether one is another."""
    wanted = dict(form.own_answers)
    present = {answer.question_id: answer for answer in sign_up.answers}
    if {id_: answer.value for id_, answer in present.items()} == wanted:
        return False
    for id_, answer in present.items():
        if id_ in wanted:
            answer.value = wanted[id_]
        else:
            sign_up.answers.remove(answer)
    sign_up.answers.extend(
        Answer(question_id=id_, value=text) for id_, text in wanted.items() if id_ not in present
    )
    return True


def _write_block_roles(sign_up: SignUp, form: SignUpForm, choices: FormChoices) -> bool:
    """Keep the other roles in single blocks; return whether one is another.

    Of a block that nobody is asked about, because it is closed, the role stays as it was.
    """
    wanted = dict(form.block_roles)
    present = {
        own.block_id: own
        for own in sign_up.block_roles
        if own.block_id not in choices.closed_blocks
    }
    if {id_: own.role for id_, own in present.items()} == wanted:
        return False
    for id_, own in present.items():
        if id_ in wanted:
            own.role = wanted[id_]
        else:
            sign_up.block_roles.remove(own)
    sign_up.block_roles.extend(
        BlockRole(block_id=id_, role=role) for id_, role in wanted.items() if id_ not in present
    )
    return True


def _write_consents(sign_up: SignUp, form: SignUpForm, now: datetime) -> bool:
    """Add a new yes, end one that was taken back; a yes to an older text stays what it was."""
    is_changed = False
    current = {
        consent.kind: consent for consent in sign_up.consents if consent.withdrawn_at is None
    }
    for kind, consent in current.items():
        if kind not in form.consents:
            consent.withdrawn_at = now
            is_changed = True
    for kind in sorted(form.consents - set(current)):
        is_changed = True
        version = CONSENTS[kind].version
        again = [old for old in sign_up.consents if (old.kind, old.text_version) == (kind, version)]
        if again:
            again[0].given_at, again[0].withdrawn_at = now, None
        else:
            sign_up.consents.append(Consent(kind=kind, text_version=version, given_at=now))
    return is_changed
