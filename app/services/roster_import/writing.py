"""A new sign-up from a row: no address to confirm, and no consent that the file cannot carry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.enums import ConsentKind, SignUpState
from app.models import Event, Person, SignUp
from app.services.roster_csv import CsvPerson
from app.services.signups import answers, places, waitlist
from app.services.signups.form import FormChoices, SignUpForm, choices_of, cleaned


def write_new(
    session: Session,
    event: Event,
    one: CsvPerson,
    person: Person | None,
    *,
    state: SignUpState,
    now: datetime,
    choices: FormChoices | None = None,
) -> SignUp:
    """Add somebody to the locked event; ``person`` is who left it before. Flushes nothing new."""
    choices = choices or choices_of(event)
    form = cleaned(_form(one, choices.rounds), choices)
    if person is None:
        person = answers.new_person(event, form, one.key, now=now)
    else:
        answers.begin_anew(session, person.sign_up, now=now)
    sign_up = person.sign_up
    answers.write(sign_up, form, choices, now=now)
    sign_up.seq = places.next_seq(event)
    sign_up.state = sign_up.wants_state = state
    sign_up.held_until = sign_up.offered_until = None
    sign_up.confirmed_at = sign_up.approved_at = now
    sign_up.changed_at = now
    if state is SignUpState.PLACED:
        waitlist.count_roster_change(event)
    session.add(person)
    return sign_up


def _form(one: CsvPerson, rounds: tuple[int, ...]) -> SignUpForm:
    """Return the answers; the only consent a file can carry is the one it has a column for."""
    attends = one.rounds or set(range(1, len(rounds) + 1))
    return SignUpForm(
        role=one.role,
        name=one.name,
        email=one.email,
        stage=one.stage,
        affiliation=one.affiliation,
        question=one.question,
        topics=one.topics,
        needs=tuple(sorted(one.needs)),
        rounds=tuple(id_ for number, id_ in enumerate(rounds, start=1) if number in attends),
        wishes=(*one.wishes, *one.unresolved),
        not_with=(*one.not_with, *one.unresolved_not_with),
        consents=frozenset({ConsentKind.QUESTION} if one.shares_question else ()),
    )
