"""Two organisations whose every row, of every model there is, can be told apart in any byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Enum, Integer, LargeBinary, Numeric, String, select
from sqlalchemy.orm import Mapper, Session

from app.db import SessionFactory, UtcDateTime, unit_of_work
from app.enums import ConsentKind, LinkPurpose, OrganiserRole, SignUpState, WishKind
from app.models import (
    AccessLink,
    Base,
    Event,
    OutboxMessage,
    Person,
    RosterUpload,
    SignUp,
    Wish,
)
from app.services import access, accounts, feeds, invites, publishing
from app.services.addresses import canonical_address, canonical_target
from app.tenancy import UNSCOPED, Tenant, is_owned
from config import Config
from tests.builders import (
    default_rules,
    make_event,
    make_organisation,
    make_organiser,
    make_sign_up,
)
from tests.published import make_evening, make_run

NOT_WITH = "Zzyzx Unwanted"
"""Whom somebody would rather not sit with: in every byte that holds it something went wrong."""
MAPPINGS = {"audience", "mapping", "edit", "options"}
"""JSON columns that hold a mapping, no list."""
ASKERS = "Askers own question"
"""What one mentee wrote; nobody at another table reads it."""
ADDRESSES = {
    "email",
    "email_canonical",
    "contact_email",
    "to_address",
    "reply_to",
    "from_address",
}
KEYS = {
    "event.zone": "a zone's name",
    "event.preset": "a preset's name",
    "stage.key": "people name it",
    "person.stage": "names a stage",
    "organiser.password_hash": "a hash",
    "custom_question.key": "a key",
    "custom_question.roles": "roles",
    "block.rules": "the planner's vocabulary",
    "sign_up.needs": "a vocabulary",
    "sign_up.absent_rounds": "numbers",
    "seating_table.features": "a vocabulary",
    "wish.target_canonical": "follows the target",
    "outbox_message.kind": "a folder's name",
    "plan_run.problem": "opaque ids, checked against its digest",
    "plan_run.problem_digest": "a digest",
    "plan_run.plan": "opaque ids",
    "plan_run.status": "a vocabulary",
    "plan_run.findings": "checked in test_threats_data",
    "plan_run.progress": "numbers",
    "invite.fingerprint": "a digest",
    "invite.material": "the event's own times and place, as JSON",
}
"""Columns of text that cannot hold a marker, and why."""
PURPOSES = {"/c/": LinkPurpose.CONFIRM, "/feed/": LinkPurpose.FEED, "/r/": LinkPurpose.REPLY}
TABLES = {
    "run": "plan_run",
    "message": "outbox_message",
    "mail": "outbox_message",
    "question": "custom_question",
    "link": "steward_link",
    "steward": "steward_link",
    "token": "api_token",
    "table": "seating_table",
    "invitation": "organiser_invitation",
    "colleague": "organiser",
    "upload": "roster_upload",
}
"""What an argument of an address is called, where that is not its table's name."""


@dataclass(kw_only=True)
class Side:
    """One organisation with an event that has everything."""

    letter: str
    organisation_id: int
    event_id: int
    slug: str
    browsers: dict[OrganiserRole, str]
    """The session token of an organiser of each role."""
    personal: dict[str, dict[LinkPurpose, str]]
    """The links of a mentor, a mentee, one who asked not to sit with, and one who must confirm."""
    feed: str
    """The token of the owner's feed of all events."""
    rows: dict[str, list[int]] = field(default_factory=dict)
    """The ids of the organisation's rows, by table; the one to try things with comes first."""

    @property
    def marker(self) -> str:
        return f"canary{self.letter}"

    def secret(self, table: str) -> str:
        """Return the token of the row that was added to a table with a hash of a token."""
        if table == "feed_link":
            return self.feed
        return f"{self.marker}-token-of-{table}-0123456789"

    def row(self, name: str, at: int = 0) -> int:
        """Return a row for an argument such as ``run_id``; a new kind of row is found by itself."""
        stem = name.removesuffix("_id")
        return self.rows[TABLES.get(stem, stem)][at]


@dataclass(frozen=True, kw_only=True)
class World:
    a: Side
    b: Side


def make_world(factory: SessionFactory, *, now: datetime, settings: Config, key: bytes) -> World:
    """Return two organisations; all is committed."""
    sides = []
    for letter in ("a", "b"):
        with unit_of_work(factory, tenant=UNSCOPED) as session:
            sides.append(_make_side(session, letter, now=now, settings=settings, key=key))
    for side in sides:
        with unit_of_work(factory, tenant=Tenant(organisation_id=side.organisation_id)) as session:
            _fill(session, side, now)
            _mark_all(session, side)
        with unit_of_work(factory, tenant=Tenant(organisation_id=side.organisation_id)) as session:
            _note_rows(session, side)
    return World(a=sides[0], b=sides[1])


def _make_side(
    session: Session, letter: str, *, now: datetime, settings: Config, key: bytes
) -> Side:
    house = make_organisation(session, name=f"House canary{letter}")
    browsers = {}
    for role in OrganiserRole:
        somebody = make_organiser(
            session, organisation=house, email=f"{role}.{letter}@example.org", role=role
        )
        browsers[role] = accounts.open_session(session, somebody.id, now=now)
        if role is OrganiserRole.OWNER:
            feed = feeds.link_for_organiser(session, somebody.id, key=key, now=now)
    rules = default_rules() | {"goals": [{"goal": "attendance"}]}
    event = make_event(session, organisation=house, rules=rules, slug=f"canary{letter}-event")
    evening = make_evening(session, event=event, consents=tuple(ConsentKind))
    asker, named = evening.mentees[0], evening.mentees[1]
    for target in (f"{NOT_WITH} {letter}", named.person.email):
        make_wish(session, asker, target)
    asker.question = ASKERS
    asker.person.email = f"asker.{letter}@example.org"
    held = make_sign_up(session, event, state=SignUpState.HELD, at=now)
    make_sign_up(session, event, state=SignUpState.WAITING, at=now)
    make_sign_up(session, event, state=SignUpState.WITHDRAWN, at=now)
    for purpose in LinkPurpose:
        for sign_up in (evening.mentors[0], asker, named, held):
            access.link_for(session, sign_up.person_id, purpose, key=key, now=now)
    run = make_run(session, evening, now=now)
    publishing.publish(session, event, [run], expected_version=0, now=now, actor="test")
    invites.sync(session, event, now=now, settings=settings)
    chosen = {"mentor": evening.mentors[0], "asker": asker, "named": named, "held": held}
    return Side(
        letter=letter,
        organisation_id=house.id,
        event_id=event.id,
        slug=event.slug,
        browsers=browsers,
        feed=feed,
        personal={
            name: {
                purpose: access.link_for(session, one.person_id, purpose, key=key, now=now)
                for purpose in LinkPurpose
            }
            for name, one in chosen.items()
        },
    )


def make_wish(session: Session, sign_up: SignUp, target: str) -> None:
    """Note that somebody would rather not sit with somebody."""
    session.add(
        Wish(
            sign_up_id=sign_up.id,
            kind=WishKind.NOT_WITH,
            target=target,
            target_canonical=canonical_target(target),
        )
    )
    session.flush()


def owned_models() -> list[Mapper[Any]]:
    """Return the models whose rows belong to somebody, each after those it refers to."""
    order = {table.name: at for at, table in enumerate(Base.metadata.sorted_tables)}
    found = [mapper for mapper in Base.registry.mappers if is_owned(mapper.local_table)]
    return sorted(found, key=lambda mapper: order[mapper.local_table.name])


def texts(mapper: Mapper[Any]) -> list[Column[Any]]:
    """Return the columns of a model that hold what people wrote, or what was made of it."""
    return [
        column
        for column in mapper.local_table.c
        if isinstance(column.type, String | JSON)
        and not isinstance(column.type, Enum)
        and f"{column.table.name}.{column.name}" not in KEYS
    ]


def complete(session: Session, side: Side, now: datetime) -> None:
    """Add a row of each model that a side has none of yet, and note the ids of all its rows."""
    _fill(session, side, now)
    _note_rows(session, side)


def _add_list(session: Session, side: Side, now: datetime) -> None:
    """Keep a list of people on its way in, its columns chosen; somebody in it avoids somebody."""
    upload = RosterUpload(
        event_id=side.event_id,
        file_name="people.csv",
        content=(
            "Name,E-mail,Role,Would like to meet,Please not with\n"
            f"New {side.marker},new.{side.marker}@example.org,mentee,,{NOT_WITH}\n"
            f"Bad {side.marker},bad.{side.marker}@example.org,boss,,{NOT_WITH}\n"
        ).encode(),
        mapping={},
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    columns = ("name", "email", "role", "wishes", "not_with")
    upload.mapping = {
        "columns": {name: {"column": at, "fixed": ""} for at, name in enumerate(columns)}
    }
    session.add(upload)


def _fill(session: Session, side: Side, now: datetime) -> None:
    """Add a row of each model that has none yet, whatever the model is."""
    _add_list(session, side, now)
    for mapper in owned_models():
        if session.scalars(select(mapper.class_).limit(1)).first() is None:
            row = mapper.class_(
                **{
                    column.name: _value(session, side, column, now)
                    for column in mapper.local_table.c
                    if not column.primary_key
                }
            )
            session.add(row)
            session.flush()


def _value(session: Session, side: Side, column: Column[Any], now: datetime) -> object:
    if column.foreign_keys:
        [foreign] = column.foreign_keys
        name = foreign.column.table.name
        model = next(m.class_ for m in Base.registry.mappers if m.local_table.name == name)
        return session.scalars(select(model.id).order_by(model.id)).first()
    if column.name.endswith("organisation_id"):
        return side.organisation_id
    if column.name.endswith("event_id"):
        return side.event_id
    for kind, make in _MAKERS.items():
        if isinstance(column.type, kind):
            return make(side, column, now)
    return f"{column.name} {side.letter}"


def _instant(_side: Side, column: Column[Any], now: datetime) -> datetime | None:
    if column.name.startswith(("expires", "until", "due")):
        return now + timedelta(days=1)
    return None if column.nullable else now


_MAKERS: dict[type, Callable[[Side, Column[Any], datetime], object]] = {
    LargeBinary: lambda side, column, _now: sha256(
        side.secret(str(column.table.name)).encode()
    ).digest(),
    UtcDateTime: _instant,
    Enum: lambda _side, column, _now: next(iter(column.type.enum_class)),  # type: ignore[attr-defined]
    JSON: lambda _side, column, _now: {} if column.name in MAPPINGS else [],
    Boolean: lambda _side, _column, _now: True,
    Numeric: lambda _side, _column, _now: 1,
    Integer: lambda _side, _column, _now: 1,
}


def _mark_all(session: Session, side: Side) -> None:
    """Write the organisation's marker into every text it has."""
    for mapper in owned_models():
        columns = texts(mapper)
        if not columns:
            continue
        for row in session.scalars(select(mapper.class_)):
            for column in columns:
                setattr(row, column.name, _marked(side, column, getattr(row, column.name)))
    session.flush()
    for person in session.scalars(select(Person)):
        person.email_canonical = canonical_address(person.email)
    for wish in session.scalars(select(Wish)):
        wish.target_canonical = canonical_target(wish.target)
    side.slug = session.get_one(Event, side.event_id).slug


def _marked(side: Side, column: Column[Any], value: Any) -> object:
    if isinstance(column.type, JSON):
        if isinstance(value, dict):
            return value | {"note": side.marker}
        return [*(value or []), f"{side.marker} {column.name}"]
    if column.name in ADDRESSES:
        return f"{side.marker}.{value or 'x@example.org'}"
    if column.name == "slug":
        return f"{value}-{side.marker}"
    return f"{value or ''} {side.marker} {column.table.name} {column.name}".strip()


def _note_rows(session: Session, side: Side) -> None:
    for mapper in owned_models():
        key = mapper.primary_key[0]
        ids = session.scalars(select(mapper.class_).order_by(key)).all()
        side.rows[mapper.local_table.name] = [row.id for row in ids]
    mails = session.scalars(
        select(OutboxMessage.id).where(OutboxMessage.calendar.is_not(None)).order_by("id")
    ).all()
    side.rows["outbox_message"] = [*mails, *side.rows["outbox_message"]]
    asker = session.scalars(select(SignUp.id).join(Wish).order_by(SignUp.id)).first()
    assert asker is not None
    side.rows["sign_up"] = [asker, *side.rows["sign_up"]]
    assert session.scalars(select(AccessLink.id)).first() is not None


def sign_up_answers(side: Side, email: str) -> dict[str, object]:
    """Return what a mentee sends to sign up for a side's event."""
    return {
        "name": "Somebody Else",
        "email": email,
        "stage": "student",
        "question": "Why?",
        "topic1": f"Career planning {side.marker} topic name",
        "rounds": [str(number) for number in side.rows["round"]],
        f"own_{side.row('question_id')}": "Mine",
        "consent_plan": "y",
    }
