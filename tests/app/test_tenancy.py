"""Every statement is fenced in by its session's tenant, and none is sent without one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, Table, Update, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import FeedKind
from app.models import (
    AuditEntry,
    Base,
    Event,
    FeedLink,
    Lease,
    Organisation,
    Organiser,
    OrganiserSession,
    Person,
    ScheduledSeat,
    SignUp,
    Wish,
)
from app.services import audit
from app.tenancy import ACROSS, UNSCOPED, NoTenant, Tenant, WrongTenant, is_owned, narrow
from tests.builders import (
    MADE_AT,
    make_event,
    make_organisation,
    make_organiser,
    make_schedule,
    make_sign_up,
)

INSTALLATION = {"alembic_version", "attempt", "lease", "pause"}
"""Tables that belong to nobody in particular."""


@pytest.fixture
def fenced(any_engine: Engine) -> SessionFactory:
    """Return sessions without a tenant, over two organisations with a full event each."""
    with unit_of_work(make_session_factory(any_engine, tenant=UNSCOPED)) as session:
        for letter in ("a", "b"):
            organisation = make_organisation(session, name=f"Organisation {letter}")
            make_organiser(session, organisation=organisation, email=f"{letter}@example.org")
            event = make_event(session, organisation=organisation, slug=f"event-{letter}")
            sign_up = make_sign_up(session, event, name=f"Person {letter}", wishes=(f"W {letter}",))
            make_schedule(session, event, seats={sign_up.id: {1: 1}})
            audit.record(session, actor="test", what="made", now=MADE_AT, event_id=event.id)
    return make_session_factory(any_engine)


FORMS: dict[str, Callable[[], object]] = {
    "rows": lambda: select(Event),
    "columns": lambda: select(Wish.target),
    "counted": lambda: select(func.count()).where(SignUp.id > 0),
    "counted from": lambda: select(func.count()).select_from(SignUp),
    "aliased": lambda: select(aliased(Person).name),
    "joined": lambda: select(Person.name).join(SignUp).join(Wish),
    "nested": lambda: select(select(func.count(Wish.id)).scalar_subquery()),
    "as a table": lambda: select(func.count()).select_from(select(SignUp.id).subquery()),
    "changed": lambda: update(SignUp).where(SignUp.id > 0).values(goals="x"),
    "deleted": lambda: delete(Wish).where(Wish.id > 0),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_session_without_a_tenant_reads_and_changes_nothing(
    fenced: SessionFactory, form: str
) -> None:
    with unit_of_work(fenced) as session, pytest.raises(NoTenant):
        session.execute(FORMS[form]())


def test_rows_of_the_installation_need_no_tenant(fenced: SessionFactory) -> None:
    with unit_of_work(fenced) as session:
        found = session.scalars(select(Lease)).all()

    assert found == []


def test_an_organisation_sees_its_own_rows_only(fenced: SessionFactory) -> None:
    for number, letter in ((1, "a"), (2, "b")):
        with unit_of_work(fenced, tenant=Tenant(organisation_id=number)) as session:
            assert _all_seen(session) == {
                "Organisation": [f"Organisation {letter}"],
                "Organiser": [f"{letter}@example.org"],
                "Event": [f"event-{letter}"],
                "Person": [f"Person {letter}"],
                "Wish": [f"W {letter}"],
                "seats": 1,
                "entries": 1,
                "sign-ups": 1,
            }


def test_an_event_sees_its_own_rows_and_no_organiser(fenced: SessionFactory) -> None:
    with unit_of_work(fenced, tenant=Tenant(event_id=2)) as session:
        assert _all_seen(session) == {
            "Organisation": ["Organisation b"],
            "Organiser": [],
            "Event": ["event-b"],
            "Person": ["Person b"],
            "Wish": ["W b"],
            "seats": 1,
            "entries": 1,
            "sign-ups": 1,
        }


def _all_seen(session: Session) -> dict[str, object]:
    person = aliased(Person)
    return {
        "Organisation": list(session.scalars(select(Organisation.name))),
        "Organiser": list(session.scalars(select(Organiser.email))),
        "Event": list(session.scalars(select(Event.slug))),
        "Person": list(session.scalars(select(person.name).join(SignUp))),
        "Wish": [wish.target for wish in session.scalars(select(Wish))],
        "seats": session.scalar(select(func.count(ScheduledSeat.id))),
        "entries": session.scalar(select(func.count()).select_from(AuditEntry)),
        "sign-ups": session.scalar(select(func.count()).where(SignUp.seq > 0)),
    }


def test_the_key_of_a_foreign_row_opens_nothing(fenced: SessionFactory) -> None:
    with unit_of_work(fenced, tenant=Tenant(organisation_id=1)) as session:
        assert session.get(Event, 2) is None
        assert session.get(Wish, 2) is None
        assert session.scalar(_changed(2)) is None
        assert session.execute(delete(Wish).where(Wish.id == 2).returning(Wish.id)).all() == []


def _changed(number: int) -> Update:
    return update(SignUp).where(SignUp.id == number).values(goals="x").returning(SignUp.id)


def test_a_statement_that_was_cached_for_one_tenant_serves_another(fenced: SessionFactory) -> None:
    seen = []
    for number in (1, 2, 1):
        with unit_of_work(fenced, tenant=Tenant(organisation_id=number)) as session:
            seen += session.scalars(select(Person.name).where(Person.id > 0)).all()

    assert seen == ["Person a", "Person b", "Person a"]


def test_what_hangs_on_an_own_row_is_loaded_with_it(fenced: SessionFactory) -> None:
    with unit_of_work(fenced, tenant=Tenant(organisation_id=2)) as session:
        event = session.get_one(Event, 2)

        assert len(event.blocks) == 3


def test_a_row_that_may_name_no_event_is_found_by_its_other_roads(fenced: SessionFactory) -> None:
    with unit_of_work(fenced, tenant=UNSCOPED) as session:
        for number in (1, 2):
            session.add(
                FeedLink(
                    kind=FeedKind.ORGANISER,
                    organiser_id=number,
                    token_hash=bytes([number]),
                    created_at=MADE_AT,
                )
            )

    seen = []
    for tenant in (Tenant(organisation_id=2), Tenant(event_id=2)):
        with unit_of_work(fenced, tenant=tenant) as session:
            seen.append(session.scalars(select(FeedLink.organiser_id)).all())

    assert seen == [[2], []]


def test_a_statement_can_say_that_it_looks_across(fenced: SessionFactory) -> None:
    with unit_of_work(fenced) as session:
        found = session.scalars(select(Event.slug).execution_options(**ACROSS)).all()

    assert sorted(found) == ["event-a", "event-b"]


def test_a_tenant_is_given_once(fenced: SessionFactory) -> None:
    with unit_of_work(fenced) as session:
        narrow(session, Tenant(event_id=1))
        narrow(session, Tenant(event_id=1))

        assert session.scalars(select(Event.slug)).all() == ["event-a"]
        with pytest.raises(WrongTenant):
            narrow(session, Tenant(event_id=2))


def test_looking_at_an_event_does_not_widen_what_an_organisation_sees(
    fenced: SessionFactory,
) -> None:
    with unit_of_work(fenced, tenant=Tenant(organisation_id=1)) as session:
        narrow(session, Tenant(event_id=2))

        assert session.scalars(select(Event.slug)).all() == ["event-a"]


def test_nothing_is_written_into_another_tenants_rows(fenced: SessionFactory) -> None:
    for tenant in (Tenant(organisation_id=1), Tenant(event_id=1)):
        with (
            pytest.raises(WrongTenant),
            unit_of_work(fenced, tenant=tenant) as session,
        ):
            session.add(
                AuditEntry(
                    organisation_id=2, event_id=2, actor="x", what="x", detail={}, at=MADE_AT
                )
            )


def test_every_table_belongs_to_somebody_or_to_the_installation() -> None:
    tables = Base.metadata.tables.values()

    assert {table.name for table in tables if not is_owned(table)} <= INSTALLATION
    assert is_owned(_table(OrganiserSession))
    assert is_owned(_table(ScheduledSeat))


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
