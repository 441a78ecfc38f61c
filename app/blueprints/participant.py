"""A participant's own pages, opened by their personal link. A GET never changes anything."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context, parsing, sign_up_form
from app.blueprints.guards import link_page
from app.enums import LinkPurpose, PartStat
from app.errors import InvalidInput, SignUpClosed, TooLate
from app.queries.participant import MyPage, my_page
from app.services import access, invites, replies, signups
from app.services.signups.form import cleaned, consents_for

blueprint = Blueprint("participant", __name__)

ANSWERS = {"yes": PartStat.ACCEPTED, "maybe": PartStat.TENTATIVE, "no": PartStat.DECLINED}

CHANGED_MEANWHILE = (
    "Your answers were changed since you opened this page, perhaps in another tab. "
    "What you wrote here is below; send it again to replace the others."
)


@blueprint.route("/c/<token>", methods=["GET", "POST"])
@link_page
def confirm(token: str) -> ResponseReturnValue:
    now, key = context.now(), context.key()
    if request.method != "POST":  # HEAD reads too
        with context.read_session() as session:
            sign_up = signups.find_confirmable(session, token, key=key, now=now)
            page = my_page(session, sign_up.person_id, now=now)
        return render_template("participant/confirm.html", page=page)
    with context.write_session() as session:
        sign_up = signups.confirm(session, token, now=now, key=key)
        mine = access.link_for(session, sign_up.person_id, LinkPurpose.ACCESS, key=key, now=now)
    return redirect(url_for("participant.home", token=mine), 303)


@blueprint.get("/me/<token>")
@link_page
def home(token: str) -> ResponseReturnValue:
    now, key = context.now(), context.key()
    with context.read_session() as session:
        person_id = access.person_of(session, token, key=key, now=now)
        page = my_page(session, person_id, now=now)
    return render_template(
        "participant/home.html",
        page=page,
        token=token,
        consents=consents_for(page.role),
    )


@blueprint.route("/me/<token>/edit", methods=["GET", "POST"])
@link_page
def edit(token: str) -> ResponseReturnValue:
    page = _page_of(token)
    if page.state.is_over:
        return render_template("participant/left.html", page=page, token=token), 409
    if not page.can_edit:
        raise SignUpClosed
    problems = _keep_answers(page) if request.method == "POST" else {}
    if request.method == "POST" and not problems:
        return redirect(url_for("participant.home", token=token, kept="answers"), 303)
    form = sign_up_form.build(
        page,
        page.role,
        posted=request.form if problems else None,
        known=parsing.known_answers(page.answers),
    )
    parsing.put_right(form, problems)
    html = render_template(
        "participant/edit.html",
        page=page,
        token=token,
        form=form,
        seen=parsing.mark_of(page.answers),
        errors=problems,
    )
    return html, 422 if problems else 200


def _keep_answers(page: MyPage) -> dict[str, str]:
    """Keep what was changed; return what is wrong with it, by field."""
    mail = page.answers.email
    answers = parsing.read_answers(request.form, page.role, page.choices, email=mail)
    if parsing.is_stale(request.form, cleaned(answers, page.choices), page.answers):
        return {"seen": CHANGED_MEANWHILE}
    with context.write_session() as session:
        sign_up = signups.of_person(session, page.person_id)
        try:
            signups.edit(session, sign_up, answers, now=context.now())
        except InvalidInput as error:
            return error.fields
    return {}


@blueprint.route("/me/<token>/rounds", methods=["GET", "POST"])
@link_page
def presence(token: str) -> ResponseReturnValue:
    page = _page_of(token)
    if page.state.is_over:
        return render_template("participant/left.html", page=page, token=token), 409
    if not page.can_change_rounds:
        raise TooLate(signups.EVENT_OVER)
    is_sent = request.method == "POST"
    form = sign_up_form.build_presence(page, request.form if is_sent else None)
    if is_sent and _keep_presence(page, form):
        return redirect(url_for("participant.home", token=token, kept="rounds"), 303)
    html = render_template(
        "participant/presence.html", page=page, token=token, form=form, errors=form.errors
    )
    return html, 422 if form.errors else 200


def _keep_presence(page: MyPage, form: sign_up_form.PresenceForm) -> bool:
    """Note when the person is there; what is wrong about it is written beside the field."""
    with context.write_session() as session:
        sign_up = signups.of_person(session, page.person_id)
        rounds = parsing.rounds_of(request.form)
        try:
            signups.change_presence(session, sign_up, rounds, now=context.now())
        except InvalidInput as error:
            form["rounds"].errors = [error.fields["rounds"]]
            return False
    return True


@blueprint.route("/me/<token>/withdraw", methods=["GET", "POST"])
@link_page
def withdraw(token: str) -> ResponseReturnValue:
    now, key, settings = context.now(), context.key(), context.settings()
    if request.method != "POST":  # HEAD reads too
        page = _page_of(token)
        return render_template("participant/withdraw.html", page=page, token=token)
    with context.write_session() as session:
        person_id = access.person_of(session, token, key=key, now=now)
        sign_up = signups.of_person(session, person_id)
        signups.withdraw(session, sign_up, now=now)
        invites.cancel_for(session, sign_up, now=now, settings=settings)
    return redirect(url_for("participant.home", token=token), 303)


@blueprint.post("/me/<token>/accept")
@link_page
def accept(token: str) -> ResponseReturnValue:
    now = context.now()
    with context.write_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        signups.accept_offer(session, signups.of_person(session, person_id), now=now)
    return redirect(url_for("participant.home", token=token), 303)


@blueprint.post("/me/<token>/answer")
@link_page
def answer(token: str) -> ResponseReturnValue:
    now = context.now()
    partstat = ANSWERS.get(request.form.get("answer", ""), PartStat.NEEDS_ACTION)
    with context.write_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        replies.answer(session, signups.of_person(session, person_id), partstat, now=now)
    return redirect(url_for("participant.home", token=token, _anchor="answer"), 303)


def _page_of(token: str) -> MyPage:
    now = context.now()
    with context.read_session() as session:
        person_id = access.person_of(session, token, key=context.key(), now=now)
        return my_page(session, person_id, now=now)
