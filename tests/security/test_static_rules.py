"""What no line of the code may do, and what every answer must carry: read off both."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Insert

import app as package
from app.prepared import Prepared
from app.queries import public_form
from app.services import audit, outbox
from app.services.signups import arrival
from tests.security.fixtures import Tour
from tests.security.routes import routes
from tests.security.world import World
from tests.visitor import forms_of

ROOT = Path(package.__file__).parent
NO_LETTERS = "application/json|application/pdf|application/vnd.openxmlformats"
"""Kinds of answers that say their letters themselves, or have none."""
SCRIPTS = [path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts]
SECURITY_HEADERS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
}


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Return every piece of the code, by file."""
    return tuple(
        (path.name, node)
        for path in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Return every call in the code, by file and by the name of what is called."""
    return tuple(
        (file, ast.unparse(node.func), node) for file, node in nodes() if isinstance(node, ast.Call)
    )


def imports() -> set[str]:
    found = set()
    for _file, node in nodes():
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_no_text_is_run_as_code() -> None:
    running = {
        "eval",
        "exec",
        "compile",
        "__import__",
        "os.system",
        "os.popen",
        "render_template_string",
    }

    assert [(file, name) for file, name, _ in calls() if name in running] == []


def test_no_command_goes_through_a_shell() -> None:
    through = [
        (file, name)
        for file, name, call in calls()
        for keyword in call.keywords
        if keyword.arg == "shell" and ast.unparse(keyword.value) != "False"
    ]

    assert through == []


def test_no_parser_that_builds_objects_or_reads_entities() -> None:
    unsafe = {"pickle", "marshal", "shelve", "yaml", "xml", "lxml", "dill", "jsonpickle"}

    assert {name for name in imports() if name.split(".")[0] in unsafe} == set()


def test_only_sound_digests_and_chance() -> None:
    weak = {"md5", "sha1", "hashlib.md5", "hashlib.sha1", "random.random", "random.choice", "uuid1"}

    assert [(file, name) for file, name, _ in calls() if name in weak] == []
    assert "random" not in imports()


def test_no_statement_is_put_together_from_text() -> None:
    """Only PRAGMA, BEGIN and their like are text; none holds what somebody sent."""
    put_together = [
        (file, ast.unparse(call)[:80])
        for file, name, call in calls()
        if file != "postgres.py"  # schemas of its own naming, when a backup is put back
        and name in {"text", "sqlalchemy.text", "sa.text"}
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]

    assert put_together == []


def test_scripts_write_no_markup_and_run_no_text() -> None:
    wrong = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|localStorage|indexedDB|postMessage|document\.cookie"
    )

    assert [path.name for path in SCRIPTS if wrong.search(path.read_text("utf-8"))] == []
    assert len(SCRIPTS) >= 1


def test_a_browser_keeps_only_what_somebody_is_typing_and_nothing_confidential() -> None:
    keeping = {path.name: path.read_text("utf-8") for path in SCRIPTS}
    using = {name for name, script in keeping.items() if "sessionStorage" in script}

    assert using <= {"keep-form.js"}
    assert all('"[data-private]"' in keeping[name] for name in using)


def test_every_form_that_posts_carries_its_token(tour: Tour) -> None:
    forms = [
        (url, form)
        for pages in tour.values()
        for url, seen in pages.items()
        if seen.is_page
        for form in forms_of(seen.body.decode())
        if form.method == "post"
    ]

    assert [url for url, form in forms if "csrf_token" not in form.names] == []
    assert len(forms) > 50


def test_no_link_leads_to_what_changes_something(app: Flask, tour: Tour) -> None:
    """What only takes a POST stands behind a button, never behind a link."""
    adapter = app.url_map.bind("localhost")
    wrong = set()
    for pages in tour.values():
        for url, seen in pages.items():
            if seen.is_page:
                for link in re.findall(r'<a\b[^>]*\shref="(/[^"#?]*)', seen.body.decode()):
                    if not adapter.test(link, "GET") and adapter.test(link, "POST"):
                        wrong.add((url, link))

    assert wrong == set()


def test_every_answer_carries_the_headers_that_protect_it(tour: Tour) -> None:
    bare = {
        (url, tuple(missing))
        for pages in tour.values()
        for url, seen in pages.items()
        if (missing := SECURITY_HEADERS - {name for name, _ in seen.headers})
    }

    assert bare == set()


def test_no_answer_is_for_other_sites(tour: Tour) -> None:
    shared = {
        name
        for pages in tour.values()
        for seen in pages.values()
        for name, _ in seen.headers
        if name.startswith("Access-Control-")
    }

    assert shared == set()


def test_every_text_names_its_type_and_letters(tour: Tour) -> None:
    kinds = {
        seen.header("Content-Type")
        for pages in tour.values()
        for seen in pages.values()
        if seen.body
    }

    assert {
        kind for kind in kinds if not re.search(rf"charset=utf-8|^(?:{NO_LETTERS})", kind)
    } == set()


def test_no_view_takes_a_head_for_a_post() -> None:
    """Flask answers HEAD wherever it answers GET; the token against forgery guards POST alone."""
    asks = re.compile(r"""request\.method\s*(?:==|in|is)\s*[({]?["']GET""")

    wrong = [
        path.name
        for path in sorted((ROOT / "blueprints").rglob("*.py"))
        if path.name != "errors.py" and asks.search(path.read_text(encoding="utf-8"))
    ]

    assert wrong == []


def test_files_are_saved_and_not_shown(tour: Tour) -> None:
    """Only pages and feeds are shown in the browser; the rest is a file with a plain name."""
    shown = {
        (url, seen.header("Content-Disposition"))
        for pages in tour.values()
        for url, seen in pages.items()
        if seen.status == 200
        and seen.header("Content-Type").split(";")[0]
        not in {"text/html", "text/plain", "application/json"}
        and not re.fullmatch(
            r"(attachment|inline); filename=\"?[\w.-]+\"?", seen.header("Content-Disposition")
        )
    }

    assert shown == set()


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused(app: Flask, world: World, method: str) -> None:
    answers = {
        str(route): app.test_client().open(route.url(world.a), method=method).status_code
        for route in routes(app)
    }

    assert set(answers.values()) <= {404, 405}


PATHS = (
    *("/.git/config", "/static/../.env", "/static/%2e%2e/config.py", "/static/", "/.env"),
    *("/console", "/debug", "/metrics", "/openapi.json", "/docs", "/admin", "/server-status"),
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_the_works_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_passwords_are_typed_hidden_and_may_be_pasted(tour: Tour) -> None:
    fields = {
        field
        for pages in tour.values()
        for seen in pages.values()
        if seen.is_page
        for field in re.findall(r"<input[^>]*password[^>]*>", seen.body.decode())
    }
    asked = [field for field in fields if 'name="' in field]

    assert asked
    assert [field for field in asked if 'type="password"' not in field] == []
    assert [field for field in asked if 'autocomplete="off"' in field or "onpaste" in field] == []
    assert [field for field in asked if "autocomplete=" not in field] == []


def test_what_goes_straight_to_the_driver_names_its_event() -> None:
    """These statements are not fenced in, so each of them names one event or a public address."""
    read = [
        str(statement)
        for module in (arrival, audit, outbox, public_form)
        for value in vars(module).values()
        if isinstance(value, Prepared)
        for statement in [value._statement]  # noqa: SLF001 -- the very thing asked for
        if not isinstance(statement, Insert)
    ]
    named = re.compile(r"\bevent\.id = :|\bslug = :|\bevent_id = :")

    assert [statement for statement in read if not named.search(statement)] == []
    assert len(read) >= 4


STRAIGHT = {
    "services/signups/arrival.py",
    "services/signups/registering.py",
    "services/audit.py",
    "services/outbox/marking.py",
    "services/outbox/writing.py",
    "queries/feed_facts.py",
    "queries/public_form.py",
}


def test_only_signing_up_goes_straight_to_the_driver() -> None:
    """Organisers' pages go through the fence, all of them."""
    using = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if "from app.prepared import" in path.read_text("utf-8")
    }

    assert using <= STRAIGHT
