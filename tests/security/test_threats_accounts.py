"""Threats to who people are: accounts taken beforehand, addresses found out, links that leak."""

from __future__ import annotations

import inspect
import logging
import re
import statistics
import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose
from app.errors import InvalidInput
from app.models import AccessLink, Attempt, Base, Organiser, Person
from app.services import access, accounts
from app.services.passwords import hash_password
from tests.builders import PASSWORD
from tests.conftest import Clock
from tests.security.fixtures import Browser, Tour
from tests.security.routes import routes
from tests.security.world import World, sign_up_answers

SLOWER_BY_S = 0.005
"""A difference in time below this tells nobody anything over a network."""


def test_t12_an_address_is_in_one_organisation_and_no_invitation_takes_it_over(
    session_factory: SessionFactory, world: World, clock: Clock
) -> None:
    """An attacker's organisation invites the victim's address: the victim's account stays."""
    email = f"{world.a.marker}.owner.a@example.org"
    with unit_of_work(session_factory) as session:
        before = session.scalars(select(Organiser.password_hash).order_by(Organiser.id)).all()

    with pytest.raises(InvalidInput), unit_of_work(session_factory) as session:
        accounts.invite_owner(
            session, organisation_name="Attackers", email=email.upper(), now=clock()
        )

    with unit_of_work(session_factory) as session:
        after = session.scalars(select(Organiser.password_hash).order_by(Organiser.id)).all()
    assert after == before


def test_t12_a_new_password_ends_all_that_was_open_before(
    app: Flask, world: World, browser: Browser
) -> None:
    """Whoever was signed in with the old password, or holds another link, is out."""
    thief = browser(world.a)
    assert thief.get("/events").status_code == 200
    link = f"/reset/{world.a.secret('password_link')}"
    new = "a passphrase nobody knows"

    answer = app.test_client().post(link, data={"password": new, "again": new})

    assert answer.status_code in {302, 303}
    assert thief.get("/events").status_code == 302
    assert app.test_client().post(link, data={"password": "x" * 12}).status_code == 410
    old = app.test_client().post(
        "/sign-in", data={"email": f"{world.a.marker}.owner.a@example.org", "password": PASSWORD}
    )
    assert old.status_code == 422


def test_t12_signing_up_changes_nothing_of_who_is_there_already(
    app: Flask, world: World, session_factory: SessionFactory
) -> None:
    with unit_of_work(session_factory, write=False) as session:
        before = session.execute(select(Person.id, Person.name, Person.affiliation)).all()

    answer = app.test_client().post(
        f"/e/{world.a.slug}?role=mentee",
        data=sign_up_answers(world.a, f"{world.a.marker.upper()}.ASKER.a@example.org"),
    )

    assert answer.status_code == 303
    with unit_of_work(session_factory, write=False) as session:
        assert session.execute(select(Person.id, Person.name, Person.affiliation)).all() == before


Ask = Callable[[Flask, World, str], TestResponse]


def _sign_in(app: Flask, _world: World, email: str) -> TestResponse:
    return app.test_client().post("/sign-in", data={"email": email, "password": "not this one"})


def _forgot(app: Flask, _world: World, email: str) -> TestResponse:
    return app.test_client().post("/forgot", data={"email": email})


def _link(app: Flask, world: World, email: str) -> TestResponse:
    return app.test_client().post(f"/e/{world.a.slug}/link", data={"email": email})


def _sign_up(app: Flask, world: World, email: str) -> TestResponse:
    return app.test_client().post(
        f"/e/{world.a.slug}?role=mentee",
        data=sign_up_answers(world.a, email),
        follow_redirects=True,
    )


ASKING: dict[str, tuple[Ask, str]] = {
    "sign-in": (_sign_in, "owner.a@example.org"),
    "forgot": (_forgot, "owner.a@example.org"),
    "link": (_link, "asker.a@example.org"),
    "sign-up": (_sign_up, "asker.a@example.org"),
}


@pytest.mark.parametrize("what", ASKING)
def test_t14_an_unknown_address_gets_the_same_answer(app: Flask, world: World, what: str) -> None:
    ask, known = ASKING[what]
    known = f"{world.a.marker}.{known}"
    unknown = known.replace("canarya", "canaryx")

    first, second = ask(app, world, known), ask(app, world, unknown)

    assert first.status_code == second.status_code
    assert _once(first.text).replace(known, "") == _once(second.text).replace(unknown, "")
    names = ("Content-Type", "Location", "Cache-Control")
    assert [first.headers.get(n) for n in names] == [second.headers.get(n) for n in names]


def _once(html: str) -> str:
    """Return a page without the token of its form."""
    return re.sub(r'name="csrf_token"[^>]*', "", html)


def _times(  # noqa: PLR0917 -- who asks, whom, and how it is measured
    app: Flask,
    world: World,
    factory: SessionFactory,
    what: str,
    samples: int,
    watch: Callable[[], float],
) -> tuple[list[float], list[float]]:
    """Return how long a known and an unknown address take, asked in turn, without limits."""
    ask, known = ASKING[what]
    known = f"{world.a.marker}.{known}"
    with unit_of_work(factory) as session:  # as slow as in real life
        session.execute(update(Organiser).values(password_hash=hash_password(PASSWORD)))
    taken: dict[str, list[float]] = {"known": [], "unknown": []}
    for turn in range(samples):
        for kind, email in (("known", known), ("unknown", f"u{turn}.{known}")):
            with unit_of_work(factory) as session:
                session.execute(delete(Attempt))
            began = watch()
            ask(app, world, email)
            taken[kind].append(watch() - began)
    return taken["known"], taken["unknown"]


@pytest.mark.parametrize("what", ["sign-in", "forgot", "link"])
def test_t14_an_unknown_address_takes_as_long(
    app: Flask, world: World, session_factory: SessionFactory, what: str
) -> None:
    """Of the processor, and at best: what else runs on the machine is nobody's secret."""
    known, unknown = map(
        min, _times(app, world, session_factory, what, 10, watch=time.process_time)
    )

    assert abs(known - unknown) < 0.25 * max(known, unknown) + SLOWER_BY_S


@pytest.mark.night
@pytest.mark.parametrize("what", ASKING)
def test_t14_an_unknown_address_takes_as_long_in_200_tries(
    app: Flask, world: World, session_factory: SessionFactory, what: str
) -> None:
    known, unknown = map(
        statistics.median,
        _times(app, world, session_factory, what, 200, watch=time.perf_counter),
    )

    print(f"{what}: {known * 1000:.2f} ms known, {unknown * 1000:.2f} ms unknown")  # noqa: T201 -- a report
    assert abs(known - unknown) < SLOWER_BY_S


def test_t15_links_are_long_and_only_their_digest_is_kept(
    session_factory: SessionFactory, world: World
) -> None:
    tokens = [
        token
        for side in (world.a, world.b)
        for links in side.personal.values()
        for token in links.values()
    ]
    with session_factory.kw["bind"].connect() as connection:
        kept = "".join(
            str(row)
            for table in Base.metadata.tables.values()
            for row in connection.execute(table.select())
        )

    assert min(len(token) for token in tokens) * 6 >= 128
    assert [token for token in tokens if token in kept] == []


def test_t15_a_link_is_compared_in_constant_time() -> None:
    """The digest finds the row; the token itself is compared byte by byte, all of them."""
    assert "hmac.compare_digest(" in inspect.getsource(access)


def test_t15_a_revoked_link_opens_nothing_and_the_other_ones_stay(
    app: Flask, world: World, session_factory: SessionFactory, key: bytes, clock: Clock
) -> None:
    links = world.a.personal["asker"]
    with unit_of_work(session_factory) as session:
        link = access.resolve(
            session, links[LinkPurpose.FEED], LinkPurpose.FEED, key=key, now=clock()
        )
        new = access.revoke(session, link, key=key)
    client = app.test_client()

    assert client.get(f"/feed/{links[LinkPurpose.FEED]}.ics").status_code == 404
    assert client.get(f"/feed/{new}.ics").status_code == 200
    assert client.get(f"/me/{links[LinkPurpose.ACCESS]}").status_code == 200


_ADD_TO = re.compile(rb'href="https://(calendar\.google\.com|outlook\.live\.com)/calendar/')
"""Where a reader may take their feed by a press of their own."""


def test_t15_pages_behind_a_link_send_no_referrer_and_link_to_no_other_site(
    world: World, tour: Tour
) -> None:
    wrong = []
    for person in world.a.personal:
        for url, seen in tour[person].items():
            holds_link = any(link in url for link in world.a.personal[person].values())
            foreign = _ADD_TO.sub(b"", seen.body.replace(b"http://localhost", b""))
            if holds_link and seen.header("Referrer-Policy") != "no-referrer":
                wrong.append((url, seen.header("Referrer-Policy")))
            if seen.is_page and (b'href="http' in foreign or b'src="http' in foreign):
                wrong.append((url, "links elsewhere"))

    assert wrong == []


def test_t15_no_link_stands_in_the_log_or_on_an_error_page(
    app: Flask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = []
    for route in routes(app):
        if "token" not in route.rule.arguments:
            continue
        token = route.token(world.a, "asker")
        broken = app.test_client().open(
            route.url(world.a).replace(token, f"{token}x"), method=route.method
        )
        shown += [str(route)] if token in broken.text else []
        app.test_client().open(route.url(world.a), method=route.method)
        shown += [f"{route}: log"] if token in caplog.text else []

    assert shown == []


def test_t15_the_next_link_is_not_found_from_one_that_is_known(
    session_factory: SessionFactory, key: bytes
) -> None:
    """Another row, purpose or version has another token in every part of it."""
    with unit_of_work(session_factory, write=False) as session:
        links = session.scalars(select(AccessLink).order_by(AccessLink.id)).all()
        starts = {access.derive(link, key=key)[:8] for link in links}

    assert len(starts) == len(links) > 20
