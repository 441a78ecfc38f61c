"""Every page says who may open it, and nothing changes on a GET."""

from __future__ import annotations

from flask import Flask

CHANGES_NOTHING = {"GET", "HEAD", "OPTIONS"}
PUBLIC_BLUEPRINTS = {"public", "ops", "account", "agenda", "api_docs", "help"}
WITHOUT_BROWSER = {"hook", "api"}
"""Guards of what asks for a token in a header, which no browser adds by itself."""
LINK_BLUEPRINTS = {"participant", "my_data", "calendar", "my_calendar", "steward", "unsubscribe"}


def test_every_route_wears_a_guard(app: Flask) -> None:
    unguarded = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "guard")
    ]

    assert unguarded == []


def test_only_the_public_blueprints_have_open_pages(app: Flask) -> None:
    open_elsewhere = [
        name
        for name, view in app.view_functions.items()
        if getattr(view, "guard", "") == "public" and name.split(".")[0] not in PUBLIC_BLUEPRINTS
    ]
    by_link = {
        name.split(".")[0]
        for name, view in app.view_functions.items()
        if getattr(view, "guard", "") == "link"
    }

    assert open_elsewhere == []
    assert by_link <= LINK_BLUEPRINTS | {"account"}


def test_organisers_pages_send_a_stranger_to_sign_in(app: Flask) -> None:
    client = app.test_client()
    answers = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "guard", "") not in {"organiser", "owner"} or "GET" not in rule.methods:
            continue
        url = app.url_map.bind("localhost").build(
            rule.endpoint, dict.fromkeys(rule.arguments, 1), append_unknown=False
        )
        answer = client.get(url)
        answers[rule.endpoint] = (answer.status_code, answer.headers.get("Location", "")[:8])

    assert set(answers.values()) == {(302, "/sign-in")}, answers


def test_strangers_cannot_post_to_organisers_pages(app: Flask) -> None:
    client = app.test_client()
    statuses = {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "guard", "") not in {"organiser", "owner"} or "POST" not in rule.methods:
            continue
        url = app.url_map.bind("localhost").build(
            rule.endpoint, dict.fromkeys(rule.arguments, 1), method="POST"
        )
        statuses[rule.endpoint] = client.post(url).status_code

    assert set(statuses.values()) == {401}, statuses


def test_a_form_without_its_token_is_refused(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    accepted = []
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", "")
        if rule.methods <= CHANGES_NOTHING or guard in WITHOUT_BROWSER:
            continue
        url = app.url_map.bind("localhost").build(
            rule.endpoint, dict.fromkeys(rule.arguments, 1), method="POST"
        )
        if client.post(url).status_code != 400:
            accepted.append(rule.endpoint)

    assert accepted == []
