"""A participant's own data: who reads what, taking a yes back, export, erasure; a host's sheet."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import link_page
from app.enums import ConsentKind
from app.errors import NotFound
from app.queries.host_sheet import host_sheet
from app.queries.my_data import MyData, my_data
from app.queries.participant import MyPage, my_page
from app.services import access, privacy, signups

blueprint = Blueprint("my_data", __name__)
NOT_SURE = "Tick this to say that you mean it."


@blueprint.get("/me/<token>/data", endpoint="page")
@link_page
def show(token: str) -> ResponseReturnValue:
    found, data = _read(token)
    is_sent = request.args.get("sent") == "yes"
    return render_template(
        "participant/data.html", page=found, data=data, token=token, is_sent=is_sent
    )


@blueprint.post("/me/<token>/data/consents/<kind>")
@link_page
def take_back(token: str, kind: str) -> ResponseReturnValue:
    """End one yes; the yes to being planned ends with the answers, on the page that erases."""
    if kind not in set(ConsentKind):
        raise NotFound
    if kind == ConsentKind.PLAN:
        return redirect(url_for("my_data.erase", token=token), 303)
    now = context.now()
    with context.write_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        sign_up = signups.of_person(session, person_id)
        privacy.take_back(session, sign_up, ConsentKind(kind), now=now)
    return redirect(url_for("my_data.page", token=token, _anchor="yeses"), 303)


@blueprint.post("/me/<token>/data/confidential")
@link_page
def send_confidential(token: str) -> ResponseReturnValue:
    """Send what no page shows to the person's own mailbox."""
    now = context.now()
    with context.write_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        privacy.send_confidential(session, signups.of_person(session, person_id), now=now)
    return redirect(url_for("my_data.page", token=token, sent="yes", _anchor="copy-h"), 303)


@blueprint.get("/me/<token>/data.json")
@link_page
def as_json(token: str) -> ResponseReturnValue:
    export = _export(token)
    return _download(privacy.as_json(export), "application/json", f"{export.event_slug}.json")


@blueprint.get("/me/<token>/data.csv")
@link_page
def as_csv(token: str) -> ResponseReturnValue:
    export = _export(token)
    return _download(privacy.as_csv(export), "text/csv; charset=utf-8", f"{export.event_slug}.csv")


@blueprint.route("/me/<token>/erase", methods=["GET", "POST"])
@link_page
def erase(token: str) -> ResponseReturnValue:
    if request.method != "POST" or request.form.get("sure") != "yes":  # HEAD reads too
        found, data = _read(token)
        problem = NOT_SURE if request.method == "POST" else ""
        html = render_template(
            "participant/erase.html",
            page=found,
            data=data,
            token=token,
            problem=problem,
            errors=problem,
        )
        return html, 422 if problem else 200
    erase_person(token)
    return render_template("participant/erased.html")


def erase_person(token: str) -> None:
    """Erase whose link this is, and leave nothing of it in the database's log."""
    now = context.now()
    with context.write_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        sign_up = signups.of_person(session, person_id)
        privacy.erase(
            session,
            sign_up.person,
            now=now,
            actor=f"person {person_id}",
            journal=privacy.journal_path(context.settings().data),
            settings=context.settings(),
        )
    context.clear_log()


@blueprint.get("/me/<token>/sheet")
@link_page
def sheet(token: str) -> ResponseReturnValue:
    now = context.now()
    with context.read_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        found = my_page(session, person_id, now=now)
        rounds = host_sheet(session, person_id)
    return render_template("participant/sheet.html", page=found, sheet=rounds, token=token)


def _read(token: str) -> tuple[MyPage, MyData]:
    now = context.now()
    with context.read_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        return my_page(session, person_id, now=now), my_data(session, person_id)


def _export(token: str) -> privacy.PersonExport:
    with context.read_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=context.now())
        return privacy.export_of(session, person_id, confidential=False)


def _download(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{name}"'
    return response
