from __future__ import annotations

import json
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.errors import NotVerified
from app.models import PlanRun
from app.services import planning, publishing
from app.services.planning import redaction
from scheduler import jsonio
from tests.builders import default_rules, make_event, make_sign_up
from tests.published import Evening, make_evening, make_run

TRAITS = {"gender": "w"}


@pytest.fixture
def evening(session: Session) -> Evening:
    rules = default_rules() | {"goals": [{"goal": "attendance"}, {"goal": "wishes"}]}
    return make_evening(session, event=make_event(session, rules=rules, name="An evening"))


def redacted(session: Session, evening: Evening, now: datetime) -> PlanRun:
    one, other, *_ = evening.mentees
    one.needs = ["step_free"]
    one.absent_rounds = [evening.event.blocks[1].rounds[0].id]
    session.flush()
    run = make_run(
        session, evening, now=now, tables=[[None, 1, 2], [1, 2, 3], [2, 3, 0], [3, 0, 1]]
    )
    document = json.loads(run.problem)
    for entry in document["people"]:
        entry["traits"] = TRAITS
    document["keep_apart"] = [[f"p{one.id}", f"p{other.id}"]]
    document["wishes"] = [[f"p{other.id}", f"p{one.id}"]]
    run.problem = json.dumps(document)
    run.findings = [
        {"rule": "left_out", "message": "no table in use has step free", "people": [f"p{one.id}"]},
        {"rule": "seats", "message": "a table is short", "people": []},
    ]
    planning.redact(run, [one.id])
    return run


def test_redact_leaves_of_a_person_their_id_and_role(
    session: Session, evening: Evening, now: datetime
) -> None:
    one, other, *_ = evening.mentees

    run = redacted(session, evening, now)

    document = json.loads(run.problem)
    people = {entry["id"]: entry for entry in document["people"]}
    assert people[f"p{one.id}"] == {"id": f"p{one.id}", "role": "mentee"}
    assert people[f"p{other.id}"]["traits"] == TRAITS
    assert {"keep_apart", "wishes"} & set(document) == set()
    assert [found["message"] for found in run.findings] == ["█", "a table is short"]


def test_a_redacted_run_still_opens_with_its_digest_and_all_its_seats(
    session: Session, evening: Evening, now: datetime
) -> None:
    before = make_run(session, evening, now=now).problem_digest

    run = redacted(session, evening, now)

    plan = planning.decode(run).plan
    assert plan is not None
    assert len(plan.seats) == 4 * 3 + 11
    assert len(run.problem_digest) == len(before)
    assert len(jsonio.read_problem(run.problem).people) == 8


def test_a_redacted_run_is_not_published(session: Session, evening: Evening, now: datetime) -> None:
    run = redacted(session, evening, now)

    with pytest.raises(NotVerified) as caught:
        publishing.check(evening.event, run)

    assert caught.value.violations == (
        "redacted - somebody in this plan was erased since; plan again",
    )


def test_redact_leaves_a_run_without_the_person_as_it_is(
    session: Session, evening: Evening, now: datetime
) -> None:
    run = make_run(session, evening, now=now)
    before = run.problem
    stranger = make_sign_up(session, evening.event)

    assert planning.redact(run, [stranger.id]) is False

    assert run.problem == before
    assert not redaction.is_redacted(run.problem)
