"""Try other numbers: what more mentors, rounds, tables or seats would give. Changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form, IntegerField
from wtforms.validators import InputRequired, NumberRange

from app.blueprints import context
from app.blueprints.guards import organiser_required
from app.blueprints.organiser import plan_ask
from app.enums import Role
from app.queries import allows, organiser
from app.services import events, forecasts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.models import Block, Event
    from app.services.forecasts import Numbers

blueprint = Blueprint("numbers", __name__)


class NumbersForm(Form):  # type: ignore[misc]
    """It only asks to see: a GET form without a token."""

    def numbers(self, roles: tuple[Role, ...]) -> Numbers:
        """Return what was typed."""
        return forecasts.Numbers(
            people={role: self[role.value].data for role in roles},
            rounds=self.rounds.data,
            tables=self.tables.data,
            seats=self.seats.data,
            minutes=self.minutes.data,
            changeover_minutes=self.changeover.data,
        )


@blueprint.get("/events/<int:event_id>/numbers")
@organiser_required
def page(event_id: int) -> ResponseReturnValue:
    """Show what some numbers allow, and what today's sign-ups would have with them."""
    with context.read_session() as session:
        event = events.get_for(session, g.organiser.organisation_id, event_id)
        if not any(one.kind.is_planned for one in event.blocks):
            return _without_parts(session, event_id)
        block = plan_ask.block_of(event, request.args.get("block", type=int))
        roles = forecasts.roles_of(block.rules)
        counts = {one.role: one.placed for one in organiser.role_counts(session, event_id)}
        people = counts if any(counts.get(role) for role in roles) else None
        as_now = forecasts.numbers_of(block, people or forecasts.places_of(event, block))
        form = _form(as_now, roles)
        shown = _shown(session, event, block, form, as_now)
    answer = render_template(
        "organiser/numbers.html",
        form=form,
        errors=form.errors,
        roles=roles,
        of_places=people is None,
        **shown,
    )
    return answer, 422 if form.errors else 200


def _without_parts(session: Session, event_id: int) -> ResponseReturnValue:
    frame = organiser.frame(session, g.organiser.organisation_id, event_id, now=context.now())
    return render_template("organiser/no_parts.html", event=frame)


def _shown(
    session: Session, event: Event, block: Block, form: NumbersForm, as_now: Numbers
) -> dict[str, Any]:
    """Return what the page shows of the event, and of the numbers where they are some."""
    now = context.now()
    numbers = form.numbers(forecasts.roles_of(block.rules)) if form.validate() else None
    memory = context.forecasts()
    return {
        "event": organiser.frame(session, g.organiser.organisation_id, event.id, now=now),
        "found": allows.tried(session, event, block, numbers, now=now, memory=memory)
        if numbers
        else None,
        "parts": [(one.id, one.title) for one in event.blocks if one.kind.is_planned],
        "block_id": block.id,
        "is_as_now": numbers == as_now,
        "has_minutes": round((block.ends_at - block.starts_at).total_seconds() / 60),
    }


def _form(numbers: Numbers, roles: tuple[Role, ...]) -> NumbersForm:
    """Return the form with what was typed, else with the numbers as they are."""
    fields = {
        role.value: _field(f"{role.value.capitalize()}s", 0, forecasts.MOST_PEOPLE)
        for role in roles
    } | {
        "rounds": _field("Rounds", 1, forecasts.MOST_ROUNDS),
        "tables": _field("Tables", 1, forecasts.MOST_TABLES),
        "seats": _field("Seats a table", 1, forecasts.MOST_SEATS),
        "minutes": _field("Minutes a round", 1, 240),
        "changeover": _field("Minutes to move", 0, 60),
    }
    values = {role.value: number for role, number in numbers.people.items()} | {
        "rounds": numbers.rounds,
        "tables": numbers.tables,
        "seats": numbers.seats,
        "minutes": numbers.minutes,
        "changeover": numbers.changeover_minutes,
    }
    typed = request.args.copy()
    for name, value in values.items():
        if name not in typed:
            typed[name] = str(value)
    made: NumbersForm = type("NumbersFormOfBlock", (NumbersForm,), fields)(typed)
    return made


def _field(label: str, least: int, most: int) -> IntegerField:
    return IntegerField(
        label,
        [
            InputRequired(f"Write a number from {least} to {most}"),
            NumberRange(least, most, f"Choose {least} to {most}"),
        ],
    )
