"""What each address does, beyond what can be made up from the document."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.models import AuditEntry, Event, Invite, OutboxMessage, PlanRun, Schedule, SignUp
from tests.api.conftest import Program

NEW = {
    "preset": "conference-hour",
    "name": "Lord Howe evening",
    "starts_at": "2027-04-03T18:00:00+11:00",
    "zone": "Australia/Lord_Howe",
}
SOMEBODY = {
    "name": "Hanna Nygren",
    "email": "hanna@example.org",
    "role": "mentee",
    "stage": "student",
    "question": "How do I begin?",
    "topics": ["Career planning"],
}


def test_create_event_begins_as_a_draft_on_the_clock_of_its_place(program: Program) -> None:
    made = program.post("/events", NEW | {"places": {"mentor": 3, "mentee": None}})

    event = made.json
    again = program.get(f"/events/{event['id']}")
    assert (made.status_code, event["state"], event["schedule_version"]) == (201, "draft", 0)
    assert (event["starts_at"], event["zone"]) == (
        "2027-04-03T18:00:00+11:00",
        "Australia/Lord_Howe",
    )
    places = {row["role"]: row["places"] for row in event["roles"]}
    assert (places["mentor"], places["mentee"]) == (3, None)
    assert again.json == event


def test_create_event_says_what_is_wrong_and_where(program: Program) -> None:
    wrong = [
        program.post("/events", NEW | {"starts_at": "2020-04-03T18:00:00+11:00"}),
        program.post("/events", NEW | {"zone": "Moon/Sea"}),
        program.post("/events", NEW | {"contact_email": "nobody"}),
        program.post("/events", NEW | {"sign_up_closes_at": "2027-05-03T18:00:00+11:00"}),
    ]

    assert [answer.status_code for answer in wrong] == [422] * 4
    assert [answer.json["errors"][0]["where"] for answer in wrong] == [
        "/starts_at",
        "/zone",
        "/contact_email",
        "/sign_up_closes_at",
    ]


def test_change_event_wants_the_tag_that_was_read(program: Program) -> None:
    url = f"/events/{program.event_id}"
    tag = program.get(url).headers["ETag"]

    untagged = program.send("PATCH", url, {"sign_up": "closed"})
    closed = program.send("PATCH", url, {"sign_up": "closed"}, {"If-Match": tag})
    stale = program.send("PATCH", url, {"sign_up": "open"}, {"If-Match": tag})
    opened = program.send("PATCH", url, {"sign_up": "open"}, {"If-Match": closed.headers["ETag"]})

    assert [one.status_code for one in (untagged, closed, stale, opened)] == [428, 200, 412, 200]
    assert (closed.json["state"], opened.json["state"]) == ("closed", "open")
    assert opened.headers["ETag"] == tag


def test_lists_come_in_pages_that_hold_everybody_once(program: Program) -> None:
    url, seen, cursor = f"/events/{program.event_id}/sign-ups?limit=3", [], ""
    pages = 0
    while True:
        page: dict[str, Any] = program.get(url + (f"&cursor={cursor}" if cursor else "")).json
        seen += [row["id"] for row in page["items"]]
        pages += 1
        if page["next_cursor"] is None:
            break
        cursor = page["next_cursor"]

    assert (pages, len(seen)) == (3, 8)
    assert seen == sorted(set(seen))


def test_add_sign_up_gives_a_place_and_an_address_only_once(program: Program) -> None:
    url = f"/events/{program.event_id}/sign-ups"

    first = program.post(url, SOMEBODY)
    second = program.post(url, SOMEBODY | {"email": "HANNA@example.org"})
    found = program.get(f"{url}/{first.json['id']}")

    assert (first.status_code, first.json["state"], first.json["is_confirmed"]) == (
        201,
        "placed",
        True,
    )
    assert found.json == first.json
    assert (second.status_code, second.json["errors"][0]["where"]) == (422, "/email")


def test_withdraw_twice_is_once_and_takes_the_person_off_the_roster(program: Program) -> None:
    url = f"/events/{program.event_id}/sign-ups"
    made = program.post(url, SOMEBODY).json["id"]
    before = program.get(f"/events/{program.event_id}/roster").json

    answers = [program.post(f"{url}/{made}/withdraw") for _ in range(2)]

    after = program.get(f"/events/{program.event_id}/roster").json
    assert [answer.json["state"] for answer in answers] == ["withdrawn", "withdrawn"]
    assert [len(page["items"]) for page in (before, after)] == [9, 8]
    assert after["roster_version"] == before["roster_version"] + 1


def test_ask_for_plan_queues_one_and_stopping_keeps_it(
    program: Program, session_factory: SessionFactory
) -> None:
    url = f"/events/{program.event_id}/plans"

    asked = program.post(url, {"time_limit_s": 5, "seed": 7})
    again = program.post(url, {"time_limit_s": 5, "seed": 7})
    unmade = program.get(f"{url}/{asked.json['id']}/document")
    stopped = program.post(f"{url}/{asked.json['id']}/stop")

    assert (asked.status_code, asked.json["state"], asked.json["seed"]) == (202, "queued", 7)
    assert again.json["id"] == asked.json["id"]
    assert unmade.status_code == 404
    assert stopped.json["state"] == "stopped"
    with unit_of_work(session_factory) as session:
        actors = session.scalars(
            select(AuditEntry.actor).where(AuditEntry.what == "plan asked for")
        ).all()
        limit = session.get_one(PlanRun, asked.json["id"]).time_limit_s
    assert (actors[-1], limit) == ("api key 1", 5.0)


def test_publish_refuses_who_did_not_see_what_is_published(
    program: Program, session_factory: SessionFactory
) -> None:
    url = f"/events/{program.event_id}/schedules"
    [plan] = program.get(f"/events/{program.event_id}/plans").json["items"]
    body = {"plan_ids": [plan["id"]], "tell": True}

    stale = program.post(url, body | {"expected_version": 0})
    good = program.post(url, body | {"expected_version": 1})
    again = program.post(url, body | {"expected_version": 1})

    assert [one.status_code for one in (stale, good, again)] == [409, 201, 409]
    assert good.json["version"] == 2
    assert program.get(f"{url}/2").json == good.json
    with unit_of_work(session_factory) as session:
        versions = session.scalars(select(Schedule.version)).all()
        mails = session.scalars(select(OutboxMessage.kind)).all()
        entries = session.scalars(select(Invite.id)).all()
    assert versions == [1, 2]
    assert len(mails) == len(entries) == 8


def test_event_schedule_and_rows_say_the_same_instants(
    program: Program, session_factory: SessionFactory
) -> None:
    event = program.get(f"/events/{program.event_id}").json
    schedule = program.get(f"/events/{program.event_id}/schedules/1").json

    agenda = {row["id"]: row["starts_at"] for block in event["blocks"] for row in block["rounds"]}
    assert {row["id"]: row["starts_at"] for row in schedule["rounds"]} == agenda
    assert (schedule["zone"], event["zone"]) == ("Europe/Berlin", "Europe/Berlin")
    with unit_of_work(session_factory) as session:
        stored = session.get_one(Event, program.event_id)
        rounds = {row.id: row.starts_at for block in stored.blocks for row in block.rounds}
        people = set(session.scalars(select(SignUp.id)))
    assert {id_: datetime.fromisoformat(text) for id_, text in agenda.items()} == rounds
    assert {seat["sign_up_id"] for seat in schedule["seats"]} == people
