from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.db import SessionFactory, unit_of_work
from app.models import Event, OutboxMessage, Table
from config import Config
from tests.app.blueprints.organiser.desk import Desk, make_desk
from tests.builders import planned_block
from tests.conftest import Clock
from tests.published import publish

LINK = "https://meet.example.org/one?pwd=a%20b"


@pytest.fixture
def desk(
    session_factory: SessionFactory,
    client: FlaskClient,
    settings: Config,
    clock: Clock,
    key: bytes,
) -> Desk:
    return make_desk(
        factory=session_factory, client=client, settings=settings, clock=clock, key=key
    )


def tables(desk: Desk) -> list[Table]:
    with unit_of_work(desk.factory, write=False) as session:
        return list(planned_block(session.get_one(Event, desk.event_id)).tables)


def mails(desk: Desk) -> int:
    with unit_of_work(desk.factory, write=False) as session:
        return session.scalar(select(func.count(OutboxMessage.id))) or 0


def test_links_are_kept_and_tell_whom_they_concern(desk: Desk) -> None:
    desk.publish()
    before, [first, *others] = mails(desk), tables(desk)
    form = {f"link-{first.id}": f" {LINK}\n"} | {f"link-{one.id}": "" for one in others}

    saved = desk.client.post(
        f"/events/{desk.event_id}/video", data=form, follow_redirects=True
    ).get_data(as_text=True)

    assert "The links are saved. 4 people will be told." in saved
    assert [one.video_link for one in tables(desk)] == [LINK, "", "", ""]
    assert mails(desk) == before + 4
    again = desk.client.post(f"/events/{desk.event_id}/video", data=form, follow_redirects=True)
    assert "0 people will be told." in again.get_data(as_text=True)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "meet.example.org",
        "https://",
        "https://a b.example.org",
        "https://[::1",
        "http://x.example.org\r\nATTENDEE:mailto:x@example.org",
        f"https://example.org/{'x' * 1000}",
    ],
)
def test_what_is_no_web_address_is_kept_in_the_field_only(desk: Desk, typed: str) -> None:
    [first, second, *_] = tables(desk)
    form = {f"link-{first.id}": typed, f"link-{second.id}": LINK}

    answer = desk.client.post(f"/events/{desk.event_id}/video", data=form)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Error: Tables by video" in page
    assert f'<a href="#link-{first.id}">' in page
    assert f'value="{LINK}"' in page
    assert [one.video_link for one in tables(desk)] == ["", "", "", ""]


def test_fields_of_other_tables_change_nothing(desk: Desk) -> None:
    form = {"link-0": LINK, f"link-{10**30}": LINK, "link-²": LINK, "link-": LINK, "x": LINK}

    answer = desk.client.post(f"/events/{desk.event_id}/video", data=form)

    assert answer.status_code == 303
    assert [one.video_link for one in tables(desk)] == ["", "", "", ""]


def test_another_link_is_told_with_the_one_before(desk: Desk) -> None:
    desk.publish()
    first, *_ = tables(desk)
    old, new = "https://video.example/old", "https://video.example/new"
    desk.client.post(f"/events/{desk.event_id}/video", data={f"link-{first.id}": old})
    desk.deliver()

    desk.client.post(f"/events/{desk.event_id}/video", data={f"link-{first.id}": new})

    with unit_of_work(desk.factory, write=False) as session:
        newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
        mail = session.scalars(newest).one()
    was, now = mail.text.splitlines()[:2]
    assert (was.startswith("Before: "), was.endswith(f", {old}")) == (True, True)
    assert (now.startswith("Now:    "), now.endswith(f", {new}")) == (True, True)
    assert "video link" in mail.subject or "rounds have changed" in mail.subject


def test_the_page_says_before_who_else_hears_of_it(desk: Desk) -> None:
    desk.publish()
    told = desk.client.get(f"/events/{desk.event_id}/video").text
    with unit_of_work(desk.factory) as session:
        publish(session, desk.attached(session), now=desk.clock(), tables=shifted())

    waiting = desk.client.get(f"/events/{desk.event_id}/video").text

    assert "not been told" not in told
    assert "8 people have not been told of the plan as it is published now." in waiting


def shifted() -> list[list[int | None]]:
    """Return a seating in which everybody begins a table further."""
    return [[(at + turn + 1) % 4 for turn in range(3)] for at in range(4)]


def test_links_of_somebody_else_are_not_put_back_by_an_old_page(desk: Desk) -> None:
    desk.publish()
    first, second, *_ = tables(desk)
    path, theirs, mine = f"/events/{desk.event_id}/video", f"{LINK}&theirs", f"{LINK}&mine"
    opened = {f"{name}-{one.id}": "" for one in tables(desk) for name in ("link", "seen")}
    desk.client.post(path, data=opened | {f"link-{first.id}": theirs})
    before = mails(desk)

    desk.client.post(path, data=opened | {f"link-{second.id}": mine})
    told = mails(desk) - before
    refused = desk.client.post(path, data=opened | {f"link-{first.id}": mine})
    kept = [one.video_link for one in tables(desk)]
    again = {f"link-{first.id}": mine, f"seen-{first.id}": theirs}
    saved = desk.client.post(path, data=opened | again)

    assert (kept, told) == ([theirs, mine, "", ""], 4)
    assert (refused.status_code, saved.status_code) == (422, 303)
    assert "Somebody else changed this link while you wrote" in refused.text
    assert f'name="seen-{first.id}" value="{theirs}"'.replace("&", "&amp;") in refused.text
    assert [one.video_link for one in tables(desk)] == [mine, mine, "", ""]


def test_links_are_pasted_one_a_line(desk: Desk) -> None:
    form = {f"link-{one.id}": "https://old.example.org" for one in tables(desk)}
    path = f"/events/{desk.event_id}/video"

    too_many = desk.client.post(path, data=form | {"pasted": "a\nb\nc\nd\ne"})
    saved = desk.client.post(path, data=form | {"pasted": f"{LINK}\n\nhttps://b.example.org"})

    assert too_many.status_code == 422
    assert too_many.text.count("There are 5 lines for 4 tables.") == 2
    assert saved.status_code == 303
    assert [one.video_link for one in tables(desk)] == [
        LINK,
        "https://old.example.org",
        "https://b.example.org",
        "https://old.example.org",
    ]
