"""People added and changed by organisers: what it means is said before the click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints import context, parsing
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import person_forms
from app.blueprints.organiser.events import actor, blueprint
from app.enums import Role, SignUpState
from app.errors import InvalidInput, StaleVersion
from app.queries import organiser, person_page, roster_view
from app.queries.participant import MyPage, my_page
from app.services import events, roster_edit
from app.services.roster_edit import RosterEntry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["blueprint"]

CHOOSE_YES = "Say whether they agreed that you plan with these answers."
CHANGED_MEANWHILE = (
    "Somebody changed these answers since you opened this page, perhaps the person. "
    "What you wrote is below; send it again to replace theirs."
)


@blueprint.route("/events/<int:event_id>/roster/add", methods=["GET", "POST"])
@organiser_required
def add_person(event_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = _frame(session, event_id)
        found = events.get_for(session, g.organiser.organisation_id, event_id)
        asked = person_page.asked_of(found)
        counts = organiser.role_counts(session, event_id)
    role = parsing.chosen_role(request.args.get("role"), asked.choices.roles)
    posted = request.form if request.method == "POST" else None
    problems = {} if posted is None else _add(event_id, role, asked)
    if posted is not None and not problems:
        return redirect(url_for("desk.roster", event_id=event_id, sort="newest"), 303)
    form = person_forms.build_new(asked, role, posted)
    consent = person_forms.ConsentForm(posted)
    person_forms.put_right(problems, form, consent)
    page = render_template(
        "organiser/add_person.html",
        event=frame,
        asked=asked,
        role=role,
        count=next((one for one in counts if one.role is role), None),
        form=form,
        consent=consent,
        errors=person_forms.summary(form, consent),
    )
    return page, 422 if problems else 200


def _add(event_id: int, role: Role, asked: person_page.AskedOf) -> dict[str, str]:
    """Add who was written down; return what is wrong, by field."""
    said = request.form.get("consented")
    entry = RosterEntry(
        form=parsing.read_answers(request.form, role, asked.choices),
        consented=said == "yes",
        sends_link=bool(request.form.get("sends_link")),
    )
    problems = _what_is_wrong(entry, asked) if said in {"yes", "no"} else {"consented": CHOOSE_YES}
    if problems:
        return _what_is_wrong(entry, asked) | problems
    try:
        with context.write_session() as session:
            found = events.get_for(session, g.organiser.organisation_id, event_id)
            sign_up = roster_edit.add(session, found, entry, now=context.now(), actor=actor())
            name, state = sign_up.person.name, sign_up.state
    except InvalidInput as error:
        return error.fields
    has = "has a place" if state is SignUpState.PLACED else "is on the waitlist"
    told = "A mail is on its way." if entry.sends_link else "Nobody was told."
    flash(f"{name} {has}. {told}")
    return {}


def _what_is_wrong(entry: RosterEntry, asked: person_page.AskedOf) -> dict[str, str]:
    try:
        roster_edit.checked_entry(entry, asked.choices)
    except InvalidInput as error:
        return error.fields
    return {}


@blueprint.route("/events/<int:event_id>/roster/<int:sign_up_id>/edit", methods=["GET", "POST"])
@organiser_required
def edit_person(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    with context.read_session() as session:
        frame = _frame(session, event_id)
        sign_up = roster_view.sign_up_of(session, event_id, sign_up_id)
        page = my_page(session, sign_up.person_id, now=context.now())
        row = roster_view.person(session, event_id, sign_up_id)
    if page.state.is_over:
        raise StaleVersion
    posted = request.form if request.method == "POST" else None
    problems = {} if posted is None else _change(event_id, page)
    if posted is not None and not problems:
        return redirect(_person_url(event_id, sign_up_id), 303)
    form, address = person_forms.changing(page, posted, problems)
    html = render_template(
        "organiser/edit_person.html",
        event=frame,
        page=page,
        row=row,
        form=form,
        address=address,
        seen=parsing.mark_of(page.answers),
        errors=person_forms.summary(form, address),
    )
    return html, 422 if problems else 200


def _change(event_id: int, page: MyPage) -> dict[str, str]:
    """Keep what was changed; return what is wrong, by field."""
    if request.form.get("seen", "") not in {"", parsing.mark_of(page.answers)}:
        return {"seen": CHANGED_MEANWHILE}
    email = request.form.get("email", "")
    answers = parsing.read_answers(request.form, page.role, page.choices, email=email)
    try:
        with context.write_session() as session:
            sign_up = roster_view.sign_up_of(session, event_id, page.sign_up_id)
            is_changed = roster_edit.edit(
                session,
                sign_up,
                answers,
                now=context.now(),
                actor=actor(),
                settings=context.settings(),
                key=context.key(),
            )
    except InvalidInput as error:
        return error.fields
    flash("The answers are kept. Nobody was told." if is_changed else "Nothing was changed.")
    return {}


@blueprint.route("/events/<int:event_id>/roster/<int:sign_up_id>/role", methods=["GET", "POST"])
@organiser_required
def change_role(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Say on GET what each role has room for; change it on POST."""
    with context.read_session() as session:
        frame = _frame(session, event_id)
        row = roster_view.person(session, event_id, sign_up_id)
        counts = organiser.role_counts(session, event_id)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _change_role(event_id, sign_up_id)
        if not problems:
            return redirect(url_for("desk.edit_person", event_id=event_id, sign_up_id=sign_up_id))
    page = render_template(
        "organiser/person_role.html",
        event=frame,
        row=row,
        counts=[count for count in counts if count.role is not row.role],
        problem=problems.get("role", ""),
        errors=problems,
    )
    return page, 422 if problems else 200


def _change_role(event_id: int, sign_up_id: int) -> dict[str, str]:
    wanted = request.form.get("role", "")
    if wanted not in set(Role):
        return {"role": "Choose what they come as."}
    try:
        with context.write_session() as session:
            sign_up = roster_view.sign_up_of(session, event_id, sign_up_id)
            state = roster_edit.change_role(
                session,
                sign_up,
                Role(wanted),
                now=context.now(),
                actor=actor(),
                settings=context.settings(),
            )
            name = sign_up.person.name
    except InvalidInput as error:
        return error.fields
    waits = " and stands on the waitlist" if state is SignUpState.WAITING else ""
    flash(f"{name} comes as {wanted} now{waits}. Look whether their answers still fit.")
    return {}


@blueprint.route("/events/<int:event_id>/roster/<int:sign_up_id>/absent", methods=["GET", "POST"])
@organiser_required
def absence(event_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Say on GET what it means that somebody does not come, or comes after all; do it on POST."""
    if request.method != "POST":
        with context.read_session() as session:
            frame = _frame(session, event_id)
            row = roster_view.person(session, event_id, sign_up_id)
            seats = person_page.seats_of(session, event_id, sign_up_id)
        return render_template("organiser/person_absent.html", event=frame, row=row, seats=seats)
    is_back = request.form.get("is") == "present"
    mark = roster_edit.mark_present if is_back else roster_edit.mark_absent
    with context.write_session() as session:
        events.get_for(session, g.organiser.organisation_id, event_id)
        sign_up = roster_view.sign_up_of(session, event_id, sign_up_id)
        mark(session, sign_up, now=context.now(), actor=actor())
        name = sign_up.person.name
    said = "comes after all" if is_back else "is marked absent"
    flash(f"{name} {said}. The plan is older than the roster now: plan again, then publish.")
    return redirect(_person_url(event_id, sign_up_id))


def _person_url(event_id: int, sign_up_id: int) -> str:
    return url_for("desk.person", event_id=event_id, sign_up_id=sign_up_id)


def _frame(session: Session, event_id: int) -> organiser.EventFrame:
    return organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
