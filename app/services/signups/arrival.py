"""Somebody new, written under the event's lock with as few statements as it takes.

Many people press the button in the same minute, and all of them wait for one lock. So this is the
one place where rows are written by plain statements: taking a number locks the event and reads
it, one more reads all there is to know, and each table gets its rows at once. Every statement names
the event it is about.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from app.db import Base
from app.enums import ConsentKind, EventState, Role, SignUpState
from app.errors import NotFound
from app.models import Event
from app.prepared import Prepared, run_together, sends_at_once
from app.services.signups import answers
from app.services.signups.form import CONSENTS, Checked, FormChoices, SignUpForm
from app.services.signups.places import TAKING, most_places

ANSWER, ATTEMPT, BLOCK_ROLE, CAPACITY, CONSENT, EVENT, PERSON, SIGN_UP, WISH = (
    Base.metadata.tables[name]
    for name in (
        "answer",
        "attempt",
        "block_role",
        "capacity",
        "consent",
        "event",
        "person",
        "sign_up",
        "wish",
    )
)
_OURS = EVENT.c.id == bindparam("ours")
_TAKE_NUMBER = Prepared(
    update(EVENT)
    .where(_OURS, EVENT.c.state != EventState.DRAFT)
    .values(next_seq=EVENT.c.next_seq + 1)
    .returning(
        EVENT.c.id,
        EVENT.c.organisation_id,
        EVENT.c.state,
        EVENT.c.name,
        EVENT.c.venue,
        EVENT.c.contact_email,
        EVENT.c.zone,
        EVENT.c.starts_at,
        EVENT.c.ends_at,
        EVENT.c.signup_closes_at,
        EVENT.c.confirms_address,
        EVENT.c.asks_approval,
        (EVENT.c.next_seq - 1).label("seq"),
    )
)
_COUNT_CHANGE = Prepared(
    update(EVENT).where(_OURS).values(roster_version=EVENT.c.roster_version + 1)
)
_TRIES = select(func.count()).where(
    ATTEMPT.c.key == bindparam("client"), ATTEMPT.c.at > bindparam("since")
)
_KNOWN = select(PERSON.c.id).where(
    PERSON.c.event_id == EVENT.c.id, PERSON.c.email_canonical == bindparam("address")
)
_TAKEN = select(func.count()).where(
    SIGN_UP.c.event_id == EVENT.c.id,
    SIGN_UP.c.role == bindparam("as_role", type_=SIGN_UP.c.role.type),
    or_(*(SIGN_UP.c.state == state for state in TAKING)),
)
_MENTORS = select(func.count()).where(
    SIGN_UP.c.event_id == EVENT.c.id,
    SIGN_UP.c.role == Role.MENTOR,
    SIGN_UP.c.state == SignUpState.PLACED,
)
_FACTS = (
    select(
        _TRIES.scalar_subquery().label("tries"),
        _KNOWN.scalar_subquery().label("person_id"),
        _TAKEN.scalar_subquery().label("taken"),
        _MENTORS.scalar_subquery().label("mentors"),
        CAPACITY.c.role,
        CAPACITY.c.places,
        CAPACITY.c.per_mentor,
    )
    .select_from(EVENT)
    .outerjoin(
        CAPACITY,
        (CAPACITY.c.event_id == EVENT.c.id)
        & (CAPACITY.c.role == bindparam("as_role", type_=CAPACITY.c.role.type)),
    )
    .where(_OURS)
)
_READ = Prepared(_FACTS)
_READ_AND_NUMBER = Prepared(
    _FACTS.add_columns(
        *(
            func.nextval(func.pg_get_serial_sequence(name, "id")).label(f"next_{name}")
            for name in ("person", "sign_up")
        )
    )
)
"""PostgreSQL gives the numbers of the new rows with it, so that nothing waits for them later."""
_PERSON = ("event_id", "name", "email", "email_canonical", "stage", "affiliation", "created_at")
_NEW_PERSON = Prepared(insert(PERSON).returning(PERSON.c.id), _PERSON)
_NUMBERED_PERSON = Prepared(insert(PERSON), ("id", *_PERSON))
_SIGN_UP = (
    "event_id",
    "person_id",
    "role",
    "state",
    "seq",
    "wants_state",
    "held_until",
    "question",
    "goals",
    "topics",
    "needs",
    "absent_rounds",
    "created_at",
    "changed_at",
)
_NEW_SIGN_UP = Prepared(insert(SIGN_UP).returning(SIGN_UP.c.id), _SIGN_UP)
_NUMBERED_SIGN_UP = Prepared(insert(SIGN_UP), ("id", *_SIGN_UP))
_NEW_TRY = Prepared(insert(ATTEMPT), ("key", "at"))
_NEW_CONSENT = Prepared(insert(CONSENT), ("sign_up_id", "kind", "text_version", "given_at"))
_NEW_WISH = Prepared(insert(WISH), ("sign_up_id", "kind", "target", "target_canonical", "weight"))
_NEW_ANSWER = Prepared(insert(ANSWER), ("sign_up_id", "question_id", "value"))
_NEW_BLOCK_ROLE = Prepared(insert(BLOCK_ROLE), ("sign_up_id", "block_id", "role"))


def enter(
    session: Session, event_id: int, checked: Checked, *, tries: str, since: datetime
) -> tuple[Any, Any]:
    """Lock the event and take the next number in the order of sign-ups; return event and facts.

    The event has the columns of `Event` that sign-up needs, and ``seq``. The facts, which are read
    under the lock, are whether the address is known, how many places are taken, and how often was
    tried; where rows can be sent all at once they bring the numbers of the new ones,
    ``next_person`` and ``next_sign_up``. Raises ``NotFound`` for a draft.
    """
    session.flush()  # plain statements see what is written only
    values = {
        "ours": event_id,
        "client": tries,
        "since": since,
        "address": checked.canonical,
        "as_role": checked.answers.role,
    }
    read = _READ_AND_NUMBER if sends_at_once(session) else _READ
    taken = (_TAKE_NUMBER, {"ours": event_id})
    events, facts = run_together(session, [taken, (read, values)])
    if not events:
        raise NotFound
    _forget_loaded(session, event_id)
    return events[0], facts[0]


def is_full(facts: Any) -> bool:
    """Return whether there is no place for the role that was asked for."""
    if facts.role is None:
        return True
    most = most_places(facts, facts.mentors)
    return most is not None and facts.taken >= most


def count_try(session: Session, key: str, now: datetime) -> None:
    """Count one more try of somebody."""
    _NEW_TRY.run(session, {"key": key, "at": now})


def count_change(session: Session, event_id: int) -> None:
    """Note that who takes part is another now."""
    _COUNT_CHANGE.run(session, {"ours": event_id})
    _forget_loaded(session, event_id)


def write(
    session: Session,
    event: Any,
    facts: Any,
    checked: Checked,
    *,
    choices: FormChoices,
    now: datetime,
    **standing: object,
) -> tuple[int, int]:
    """Write somebody who was not here before; return the ids of person and sign-up.

    ``event`` and ``facts`` are what was read under the lock; ``standing`` are the columns that
    say what they get: state, wants_state, held_until.
    """
    form = checked.answers
    about = answers.person_values(form)
    person = {"email": form.email, "email_canonical": checked.canonical, "created_at": now}
    person_id = _insert(
        session,
        (_NEW_PERSON, _NUMBERED_PERSON),
        {"event_id": event.id} | about | person,
        getattr(facts, "next_person", None),
    )
    order = {"event_id": event.id, "person_id": person_id, "seq": event.seq}
    times = {"created_at": now, "changed_at": now}
    values = answers.sign_up_values(form, choices) | order | times | standing
    sign_up_id = _insert(
        session,
        (_NEW_SIGN_UP, _NUMBERED_SIGN_UP),
        values,
        getattr(facts, "next_sign_up", None),
    )
    _write_lists(session, form, sign_up_id, now)
    return person_id, sign_up_id


def _write_lists(session: Session, form: SignUpForm, sign_up_id: int, now: datetime) -> None:
    """Write what somebody may say several of."""
    for new, rows in (
        (_NEW_CONSENT, [_consent(kind, now) for kind in sorted(form.consents)]),
        (_NEW_WISH, [answers.wish_values(kind, target) for kind, target in form.targets()]),
        (_NEW_ANSWER, [{"question_id": id_, "value": text} for id_, text in form.own_answers]),
        (_NEW_BLOCK_ROLE, [{"block_id": id_, "role": role} for id_, role in form.block_roles]),
    ):
        if rows:
            new.run_many(session, [row | {"sign_up_id": sign_up_id} for row in rows])


def _insert(
    session: Session,
    ways: tuple[Prepared, Prepared],
    values: dict[str, object],
    number: int | None,
) -> int:
    """Write a row under a number that is known already, or under the one it gets."""
    asks_number, has_number = ways
    if number is None:
        given: int = asks_number.run(session, values)[0].id
        return given
    has_number.run(session, values | {"id": number})
    return number


def _consent(kind: ConsentKind, now: datetime) -> dict[str, object]:
    return {"kind": kind, "text_version": CONSENTS[kind].version, "given_at": now}


def _forget_loaded(session: Session, event_id: int) -> None:
    """Have an event that was loaded before read its counters anew."""
    loaded = session.identity_map.get(identity_key(Event, event_id))
    if loaded is not None:
        session.expire(loaded, ["next_seq", "roster_version"])
