"""What programs get back. Times have their offset, and are on the clock of the event's place."""

from __future__ import annotations

from typing import Any

from marshmallow import INCLUDE, Schema, fields
from marshmallow.validate import OneOf

from app.blueprints.api.fields import Strict
from app.enums import (
    BlockKind,
    EventState,
    PartStat,
    PlanOrigin,
    PlanRunState,
    QuestionKind,
    Role,
    SignUpState,
)


def _id() -> fields.Integer:
    return fields.Integer(required=True)


def _text(**kwargs: Any) -> fields.String:
    return fields.String(required=True, **kwargs)


def _one_of(kind: type[Any], **kwargs: Any) -> fields.String:
    values = [one.value for one in kind]
    if kwargs.get("allow_none"):
        values.append(None)
    return fields.String(required=True, validate=OneOf(values), **kwargs)


def _time(**kwargs: Any) -> fields.DateTime:
    return fields.DateTime(required=True, format="iso", **kwargs)


def _texts() -> fields.List[Any]:
    return fields.List(fields.String(), required=True)


_OPEN = {
    "description": "Those that take place or are in use. A schedule goes on naming what was "
    "closed after it was published."
}
_CURSOR = {"description": "Sent as cursor, it brings the next page; null on the last one."}


class Round(Strict):
    id = _id()
    number = fields.Integer(required=True)
    starts_at = _time()
    minutes = fields.Integer(required=True)


class Table(Strict):
    id = _id()
    number = fields.Integer(required=True)
    label = _text()
    seats = fields.Integer(required=True, allow_none=True)
    features = _texts()


class Block(Strict):
    id = _id()
    kind = _one_of(BlockKind)
    title = _text()
    starts_at = _time()
    ends_at = _time()
    rounds = fields.List(fields.Nested(Round), required=True, metadata=_OPEN)
    tables = fields.List(fields.Nested(Table), required=True, metadata=_OPEN)


class RolePlaces(Strict):
    role = _one_of(Role)
    places = fields.Integer(required=True, allow_none=True)


class Stage(Strict):
    key = _text()
    label = _text()


class Question(Strict):
    id = _id()
    label = _text()
    kind = _one_of(QuestionKind)
    choices = _texts()
    roles = _texts()
    is_required = fields.Boolean(required=True)
    is_private = fields.Boolean(required=True)


class EventInList(Strict):
    id = _id()
    slug = _text(metadata={"description": "The last part of its public page, /e/..."})
    name = _text()
    state = _one_of(EventState)
    zone = _text(metadata={"description": "IANA name of its time zone."})
    starts_at = _time()
    ends_at = _time()
    venue = _text()
    sign_up_closes_at = _time(allow_none=True)
    roster_version = fields.Integer(required=True)
    schedule_version = fields.Integer(
        required=True, metadata={"description": "What everybody has now; 0 for nothing."}
    )


class EventFull(EventInList):
    tagline = _text()
    contact_email = _text()
    preset = _text()
    roles = fields.List(fields.Nested(RolePlaces), required=True)
    stages = fields.List(fields.Nested(Stage), required=True)
    topics = _texts()
    questions = fields.List(fields.Nested(Question), required=True)
    blocks = fields.List(fields.Nested(Block), required=True, metadata=_OPEN)


class EventList(Strict):
    items = fields.List(fields.Nested(EventInList), required=True)
    next_cursor = _text(allow_none=True, metadata=_CURSOR)


class SignUp(Strict):
    id = _id()
    name = _text()
    email = _text()
    role = _one_of(Role)
    state = _one_of(SignUpState)
    stage = _text(allow_none=True)
    affiliation = _text()
    topics = _texts()
    needs = _texts()
    absent_rounds = fields.List(fields.Integer(), required=True)
    is_confirmed = fields.Boolean(required=True)
    is_absent = fields.Boolean(
        required=True, metadata={"description": "You noted that they do not come."}
    )
    reply = _one_of(
        PartStat, allow_none=True, metadata={"description": "To their calendar invite."}
    )
    signed_up_at = _time()
    changed_at = _time()


class SignUpList(Strict):
    items = fields.List(fields.Nested(SignUp), required=True)
    next_cursor = _text(allow_none=True, metadata=_CURSOR)


class AnswerShown(Strict):
    question = _text(attribute="label")
    value = _text()


class OnRoster(Strict):
    sign_up_id = _id()
    name = _text()
    email = _text()
    role = _one_of(Role)
    stage = _text(allow_none=True)
    affiliation = _text()
    topics = _texts()
    needs = _texts()
    absent_rounds = fields.List(fields.Integer(), required=True)
    is_absent = fields.Boolean(required=True)
    reply = _one_of(PartStat, allow_none=True)
    answers = fields.List(
        fields.Nested(AnswerShown),
        required=True,
        metadata={"description": "Without those to private questions."},
    )


class Roster(Strict):
    roster_version = fields.Integer(
        required=True, metadata={"description": "Rises when who takes part changes."}
    )
    items = fields.List(fields.Nested(OnRoster), required=True)
    next_cursor = _text(allow_none=True, metadata=_CURSOR)


class PlanInList(Strict):
    id = _id()
    block_id = _id()
    state = _one_of(PlanRunState)
    status = _text(
        allow_none=True,
        metadata={"description": "optimal, feasible, infeasible or unknown; null until it ends."},
    )
    origin = _one_of(PlanOrigin)
    parent_id = fields.Integer(required=True, allow_none=True)
    seed = fields.Integer(required=True)
    time_limit_s = fields.Float(required=True)
    roster_version = fields.Integer(required=True)
    created_at = _time()
    started_at = _time(allow_none=True)
    finished_at = _time(allow_none=True)


class Goal(Strict):
    name = _text()
    label = _text()
    value = fields.Float(required=True)
    bound = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "What no plan can beat; null when nothing is proved."},
    )
    proved = fields.Boolean(required=True)


class Step(Strict):
    seconds = fields.Float(required=True)
    goal = _text()
    value = fields.Float(required=True, allow_none=True)
    bound = fields.Float(required=True, allow_none=True)


class Finding(Strict):
    rule = _text()
    message = _text()


class PlanFull(PlanInList):
    stop_requested = fields.Boolean(required=True)
    goals = fields.List(fields.Nested(Goal), required=True)
    progress = fields.List(fields.Nested(Step), required=True)
    findings = fields.List(fields.Nested(Finding), required=True)
    left_out = fields.List(
        fields.Integer(),
        required=True,
        metadata={"description": "Ids of sign-ups that no plan can seat."},
    )


class PlanList(Strict):
    items = fields.List(fields.Nested(PlanInList), required=True)
    next_cursor = _text(allow_none=True, metadata=_CURSOR)


class ScheduleInList(Strict):
    version = fields.Integer(required=True)
    published_at = _time()
    restored_from = fields.Integer(required=True, allow_none=True)


class ScheduledRound(Strict):
    id = _id()
    block_id = _id()
    plan_id = _id()
    number = fields.Integer(required=True)
    starts_at = _time()
    minutes = fields.Integer(required=True)


class Seat(Strict):
    sign_up_id = _id()
    round_id = _id()
    table_id = _id()


class ScheduleFull(ScheduleInList):
    zone = _text()
    rounds = fields.List(fields.Nested(ScheduledRound), required=True)
    seats = fields.List(fields.Nested(Seat), required=True)


class ScheduleList(Strict):
    items = fields.List(fields.Nested(ScheduleInList), required=True)
    next_cursor = _text(allow_none=True, metadata=_CURSOR)


class PlannerDocument(Schema):
    """A file of the planner's own format, whose reader says what else is in it."""

    class Meta:
        """What its reader does with the rest."""

        unknown = INCLUDE

    format = _text()


class Fault(Strict):
    where = _text()
    expected = _text()


class Problem(Strict):
    type = _text(metadata={"format": "uri"})
    title = _text()
    status = fields.Integer(required=True)
    detail = _text(metadata={"description": "What happened."})
    advice = _text(metadata={"description": "What to do about it."})
    errors = fields.List(
        fields.Nested(Fault),
        required=True,
        metadata={"description": "Where in the request, and what was expected there."},
    )
