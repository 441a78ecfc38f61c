"""Organisers who act at once, on a file SQLite and, where it is there, on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Engine, select

from app.db import SessionFactory, make_session_factory, unit_of_work
from app.enums import Role, SignUpState
from app.errors import InvalidInput
from app.models import Answer, AuditEntry, Event, OutboxMessage, SignUp
from app.services import approvals, event_settings
from app.services.approvals import Decision
from app.services.event_settings import Outcome, RoleSettings, Saving, questions
from app.tenancy import UNSCOPED
from tests.builders import make_event, make_sign_up
from tests.questions import answer, make_question

ORGANISERS = 8
ACTOR = "organiser 3"


@pytest.fixture
def factory(any_engine: Engine) -> SessionFactory:
    return make_session_factory(any_engine, tenant=UNSCOPED)


def test_one_answer_counts_when_many_organisers_give_it(
    factory: SessionFactory, now: datetime
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session)
        event.asks_approval = True
        ids = [make_sign_up(session, event, state=SignUpState.ASKED).id for _ in range(3)]
        event_id = event.id

    def decide(number: int) -> Decision:
        with unit_of_work(factory) as session:
            return approvals.decide(
                session, event_id, ids, is_yes=number % 2 == 0, now=now, actor=ACTOR
            )

    with ThreadPoolExecutor(ORGANISERS) as pool:
        decisions = list(pool.map(decide, range(ORGANISERS)))

    with unit_of_work(factory, write=False) as session:
        states = set(session.scalars(select(SignUp.state)))
        mails = session.scalars(select(OutboxMessage.kind)).all()
    assert sorted(one.told for one in decisions) == [0] * (ORGANISERS - 1) + [3]
    assert (len(states), len(mails)) == (1, 3)


def test_tried_out_change_leaves_nothing_behind(factory: SessionFactory, now: datetime) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session, capacities={Role.MENTOR: 4, Role.MENTEE: 0})
        make_sign_up(session, event, state=SignUpState.WAITING)
        event_id, old = event.id, event_settings.stored(event)
    seen = event_settings.fingerprint(old)
    wanted = replace(old, roles=(RoleSettings(role=Role.MENTEE, places=5),))

    def save(agreed: str) -> Outcome:
        with unit_of_work(factory) as session:
            return event_settings.save(
                session, event_id, wanted, seen=seen, agreed=agreed, now=now, actor=ACTOR
            )

    asks = save("")
    with unit_of_work(factory, write=False) as session:
        between = event_settings.stored(session.get_one(Event, event_id))
        traces = [
            *session.scalars(select(OutboxMessage.id)),
            *session.scalars(select(AuditEntry.id)),
        ]
    with ThreadPoolExecutor(ORGANISERS) as pool:
        outcomes = list(pool.map(save, [asks.mark] * ORGANISERS))

    assert (asks.state, between, traces) == (Saving.ASKS, old, [])
    assert sorted(one.state for one in outcomes) == [Saving.SAME] * (ORGANISERS - 1) + [
        Saving.SAVED
    ]
    with unit_of_work(factory, write=False) as session:
        assert event_settings.stored(session.get_one(Event, event_id)) == wanted
        assert session.scalars(select(OutboxMessage.kind)).all() == ["offered"]


def test_question_is_removed_with_just_the_answers_that_were_counted(
    factory: SessionFactory, now: datetime
) -> None:
    with unit_of_work(factory) as session:
        event = make_event(session)
        question = make_question(session, event)
        answer(session, make_sign_up(session, event), question, "Surgery")
        event_id, question_id = event.id, question.id

    with pytest.raises(InvalidInput), unit_of_work(factory) as session:
        questions.remove(session, event_id, question_id, answers=0, now=now, actor=ACTOR)
    with unit_of_work(factory) as session:
        questions.remove(session, event_id, question_id, answers=1, now=now, actor=ACTOR)

    with unit_of_work(factory, write=False) as session:
        assert session.scalars(select(Answer)).all() == []
