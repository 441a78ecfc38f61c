from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.db import make_session_factory, unit_of_work
from app.enums import EventState, Role, SignUpState, WishKind
from app.errors import InvalidInput, NotFound, SignUpClosed
from app.models import AuditEntry, Event, OutboxMessage, Person, RosterUpload, SignUp
from app.services.roster_import import adding, opening, reporting, uploads
from app.services.roster_import.adding import Yes
from app.services.roster_import.fields import Field
from app.services.roster_import.mapping import Decisions, Source
from app.services.roster_import.uploads import Done
from app.tenancy import UNSCOPED
from tests.app.services.roster_import.files import as_csv, as_xlsx, people, table
from tests.builders import make_event, make_organiser, make_sign_up


def keep(session: Session, event: Event, content: bytes, now: datetime) -> RosterUpload:
    organiser = make_organiser(session, email=f"o{event.id}.{len(content)}.{now:%S}@example.org")
    return uploads.keep(
        session, event, file_name="people.csv", content=content, organiser_id=organiser.id, now=now
    )


def mark(session: Session, event: Event, upload: RosterUpload, now: datetime) -> str:
    file = opening.opened(event, upload)
    found = reporting.report(session, event, file.sheet, file.columns, file.decisions, now=now)
    return found.mark


def bring(
    session: Session, event: Event, content: bytes, now: datetime, yes: Yes | None = None
) -> Done:
    upload = keep(session, event, content, now)
    seen = mark(session, event, upload, now)
    return adding.add(
        session, event, upload, replace(yes or Yes(seen=""), seen=seen), now=now, actor="test"
    )


def states(session: Session, event: Event) -> dict[str, SignUpState]:
    rows = session.execute(
        select(Person.email_canonical, SignUp.state)
        .join(Person.sign_up)
        .where(Person.event_id == event.id)
        .order_by(SignUp.seq)
    )
    return {row.email_canonical: row.state for row in rows}


def mails(session: Session) -> int:
    return session.scalar(select(func.count(OutboxMessage.id))) or 0


def test_everybody_is_added_and_nobody_gets_a_mail(session: Session, now: datetime) -> None:
    event = make_event(session)

    done = bring(session, event, as_csv(table()), now)

    assert done == Done(added=3, waiting=0, changed=0, told=0)
    assert states(session, event) == {
        "meg@example.org": SignUpState.PLACED,
        "ann@example.org": SignUpState.PLACED,
        "zoe@example.org": SignUpState.PLACED,
    }
    assert mails(session) == 0
    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.what == "roster imported"))
    assert entry.detail == {"placed": 3, "waiting": 0, "changed": 0, "known": 0, "told": 0}


def test_the_same_file_again_changes_nothing(session: Session, now: datetime) -> None:
    event = make_event(session)
    bring(session, event, as_csv(table()), now)
    version = event.roster_version

    done = bring(session, event, as_xlsx(table()), now + timedelta(seconds=1))

    assert done == Done(added=0, waiting=0, changed=0, told=0)
    assert event.roster_version == version
    assert len(states(session, event)) == 3


def test_both_databases_take_a_file(any_engine: Engine, now: datetime) -> None:
    with unit_of_work(make_session_factory(any_engine, tenant=UNSCOPED)) as session:
        event = make_event(session, capacities={Role.MENTOR: 10, Role.MENTEE: 20})

        done = bring(session, event, as_xlsx(table(*people(40))), now, Yes(seen="", tells=True))
        again = bring(session, event, as_csv(table(*people(40))), now + timedelta(seconds=1))

        assert done == Done(added=40, waiting=12, changed=0, told=40)
        assert again == Done(added=0, waiting=0, changed=0, told=0)


def test_a_second_click_finds_it_done(session: Session, now: datetime) -> None:
    event = make_event(session)
    upload = keep(session, event, as_csv(table()), now)
    yes = Yes(seen=mark(session, event, upload, now))

    first = adding.add(session, event, upload, yes, now=now, actor="test")
    second = adding.add(session, event, upload, yes, now=now, actor="test")

    assert first == second
    assert upload.content == b""
    assert len(states(session, event)) == 3


def test_another_roster_than_was_shown_adds_nobody(session: Session, now: datetime) -> None:
    event = make_event(session)
    upload = keep(session, event, as_csv(table()), now)
    yes = Yes(seen=mark(session, event, upload, now))
    make_sign_up(session, event, email="ann@example.org")

    with pytest.raises(adding.RosterMoved):
        adding.add(session, event, upload, yes, now=now, actor="test")

    assert list(states(session, event)) == ["ann@example.org"]


def test_new_people_get_their_link_when_asked(session: Session, now: datetime) -> None:
    event = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: 1})

    done = bring(session, event, as_csv(table()), now, Yes(seen="", tells=True))

    assert done.told == 3
    kinds = session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds == ["welcome", "welcome", "waiting"]


def test_places_are_never_oversold_unless_they_are_raised(session: Session, now: datetime) -> None:
    event = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: 1})
    other = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: 1})

    done = bring(session, event, as_csv(table()), now)
    raised = bring(
        session, other, as_csv(table()), now, Yes(seen="", raised=frozenset({Role.MENTEE}))
    )

    assert (done.waiting, raised.waiting) == (1, 0)
    assert states(session, event)["zoe@example.org"] is SignUpState.WAITING
    assert states(session, other)["zoe@example.org"] is SignUpState.PLACED
    assert [one.places for one in other.capacities] == [4, 2]


def test_who_waits_already_comes_first_and_is_told(session: Session, now: datetime) -> None:
    event = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: None})
    event.capacities[1].per_mentor = 1.0
    before = make_sign_up(session, event, email="first@example.org", state=SignUpState.WAITING)

    done = bring(session, event, as_csv(table()), now)

    assert done == Done(added=3, waiting=2, changed=0, told=0)
    assert before.state is SignUpState.OFFERED
    assert mails(session) == 1


def test_changes_are_written_and_not_with_only_grows(session: Session, now: datetime) -> None:
    event = make_event(session)
    ann = make_sign_up(
        session,
        event,
        name="Ann",
        email="ann@example.org",
        wishes=("x@example.org",),
        not_with=("y@example.org",),
    )

    done = bring(session, event, as_csv(table()), now)

    assert (done.added, done.changed) == (2, 1)
    assert (ann.person.name, ann.person.stage) == ("Ann Bee", "student")
    assert [(one.kind, one.target) for one in ann.wishes] == [
        (WishKind.WISH, "x@example.org"),
        (WishKind.NOT_WITH, "y@example.org"),
        (WishKind.NOT_WITH, "meg@example.org"),
    ]


def test_a_fixed_value_holds_for_everybody(session: Session, now: datetime) -> None:
    event = make_event(session)
    upload = keep(session, event, b"Name,Mail\nA,a@example.org\nB,b@example.org\n", now)
    columns = opening.opened(event, upload).columns
    opening.choose_columns(event, upload, {**columns, Field.ROLE: Source(fixed="mentor")})

    done = adding.add(
        session, event, upload, Yes(seen=mark(session, event, upload, now)), now=now, actor="t"
    )

    assert done.added == 2
    assert {one.role for one in session.scalars(select(SignUp))} == {Role.MENTOR}


def test_columns_are_chosen_before_rows_can_be_people(session: Session, now: datetime) -> None:
    event = make_event(session)
    upload = keep(session, event, b"A,B\n1,2\n", now)

    with pytest.raises(InvalidInput) as caught:
        opening.choose_columns(
            event, upload, {Field.NAME: Source(column=0), Field.STAGE: Source(column=0)}
        )

    assert list(caught.value.fields) == ["email", "role", "stage"]


def test_decisions_survive_being_kept(session: Session, now: datetime) -> None:
    upload = keep(session, make_event(session), as_csv(table()), now)
    decisions = Decisions(
        sheet="People",
        columns={Field.NAME: Source(column=2), Field.ROLE: Source(fixed="mentor")},
        words={Field.ROLE: {"boss": "!skip"}},
        fixes={7: {Field.EMAIL: "a@example.org"}},
        left_out=frozenset({3, 9}),
    )

    uploads.decide(upload, decisions)
    session.flush()
    session.expire(upload)

    assert uploads.decisions_of(upload) == decisions


@pytest.mark.parametrize("kept", [[], {"note": "x"}, {"columns": {"name": 3}, "fixes": {"x": 1}}])
def test_what_is_no_decision_is_none(kept: object) -> None:
    upload = RosterUpload(mapping=kept)

    assert uploads.decisions_of(upload).fixes == {}
    assert uploads.done_of(upload) is None


def test_a_file_is_gone_after_a_day_and_ten_are_kept(session: Session, now: datetime) -> None:
    event = make_event(session)
    ids = [keep(session, event, as_csv(table(*people(n + 1))), now).id for n in range(12)]

    kept = session.scalars(select(RosterUpload.id).order_by(RosterUpload.id)).all()

    assert kept == ids[2:]
    assert uploads.find(session, event.id, ids[-1], now=now).id == ids[-1]
    with pytest.raises(NotFound):
        uploads.find(session, event.id, ids[-1], now=now + timedelta(hours=24))
    with pytest.raises(NotFound):
        uploads.find(session, event.id + 1, ids[-1], now=now)


def test_a_cancelled_event_takes_nobody(session: Session, now: datetime) -> None:
    event = make_event(session, state=EventState.CANCELLED)

    with pytest.raises(SignUpClosed):
        bring(session, event, as_csv(table()), now)

    assert states(session, event) == {}
