"""The organiser's own questions: the list, one of them, its place, its end."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import setup_forms, sign_up_forms
from app.blueprints.organiser.events import actor
from app.blueprints.organiser.sign_up import blueprint
from app.blueprints.organiser.sign_up_forms import KINDS, AskingForm
from app.errors import InvalidInput
from app.queries import event_settings as read
from app.queries import organiser
from app.services import events
from app.services.event_settings import questions as service

__all__ = ["blueprint"]

_List = tuple[organiser.EventFrame, read.QuestionsPage]


@blueprint.get("/events/<int:event_id>/sign-up/questions")
@organiser_required
def questions(event_id: int) -> ResponseReturnValue:
    frame, page = _read(event_id)
    return render_template("organiser/sign_up_questions.html", event=frame, page=page, kinds=KINDS)


@blueprint.route("/events/<int:event_id>/sign-up/questions/new", methods=["GET", "POST"])
@organiser_required
def question_new(event_id: int) -> ResponseReturnValue:
    frame, page = _read(event_id)
    form = sign_up_forms.asking_form(page.roles, None)
    if form.validate_on_submit() and _save(event_id, form, None):
        flash("The question is on the form from now on.")
        return _back(event_id)
    return _question_page(frame, page, form, None)


@blueprint.route(
    "/events/<int:event_id>/sign-up/questions/<int:question_id>", methods=["GET", "POST"]
)
@organiser_required
def question(event_id: int, question_id: int) -> ResponseReturnValue:
    frame, page = _read(event_id)
    row = page.row(question_id)
    if row is None:
        raise service.QuestionGone
    form = sign_up_forms.asking_form(page.roles, row.form)
    if form.validate_on_submit() and _save(event_id, form, question_id):
        flash("The question is saved.")
        return _back(event_id)
    return _question_page(frame, page, form, row)


@blueprint.post("/events/<int:event_id>/sign-up/questions/<int:question_id>/move")
@organiser_required
def question_move(event_id: int, question_id: int) -> ResponseReturnValue:
    """Move it by one; ``from`` is the place it was at when the button was shown."""
    with context.write_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        service.move(
            session,
            event_id,
            question_id,
            up=request.form.get("to") == "up",
            position=request.form.get("from", -1, type=int),
            now=context.now(),
            actor=actor(),
        )
    return _back(event_id)


@blueprint.route(
    "/events/<int:event_id>/sign-up/questions/<int:question_id>/remove", methods=["GET", "POST"]
)
@organiser_required
def question_remove(event_id: int, question_id: int) -> ResponseReturnValue:
    """Count on GET what would be lost; remove on POST, unless that has changed."""
    is_new_count = request.method == "POST" and not _remove(event_id, question_id)
    if request.method == "POST" and not is_new_count:
        return _back(event_id)
    frame, page = _read(event_id)
    row = page.row(question_id)
    if row is None:
        raise service.QuestionGone
    body = render_template(
        "organiser/sign_up_remove.html", event=frame, row=row, errors=is_new_count
    )
    return body, 409 if is_new_count else 200


def _read(event_id: int) -> _List:
    with context.read_session() as session:
        frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
        return frame, read.questions_page(session, event_id)


def _save(event_id: int, form: AskingForm, question_id: int | None) -> bool:
    """Add or change; False, with errors at the fields, when something is wrong."""
    now = context.now()
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            if question_id is None:
                service.add(session, event_id, form.question(), now=now, actor=actor())
            else:
                service.change(
                    session,
                    event_id,
                    question_id,
                    form.question(),
                    seen=request.form.get("seen", ""),
                    now=now,
                    actor=actor(),
                )
    except InvalidInput as error:
        setup_forms.put(form, error.fields)
        return False
    return True


def _remove(event_id: int, question_id: int) -> bool:
    """Remove it; False when there are other answers than the organiser was told of."""
    answers = request.form.get("answers", -1, type=int)
    now = context.now()
    try:
        with context.write_session() as session:
            events.get_for(session, g.organiser.organisation_id, event_id)
            service.remove(session, event_id, question_id, answers=answers, now=now, actor=actor())
    except service.AnswersChanged:
        return False
    flash("The question is off the form.")
    return True


def _question_page(
    frame: organiser.EventFrame,
    page: read.QuestionsPage,
    form: AskingForm,
    row: read.QuestionRow | None,
) -> ResponseReturnValue:
    body = render_template(
        "organiser/sign_up_question.html",
        event=frame,
        page=page,
        form=form,
        row=row,
        kinds=KINDS,
        seen=setup_forms.seen(form, service.mark_of(row.form)) if row else "",
        errors=form.errors,
    )
    return body, 422 if form.errors else 200


def _back(event_id: int) -> Response:
    return redirect(url_for("sign_up.questions", event_id=event_id), 303)
