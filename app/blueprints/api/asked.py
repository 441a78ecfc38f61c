"""What programs may send."""

from __future__ import annotations

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Regexp

from app.blueprints.api.fields import Instant, Number, Strict, Text, Whole, YesNo
from app.enums import Role, SignUpState
from app.services.presets import PRESETS

ROLES = OneOf([role.value for role in Role])
_PLACES = 5000


class PageQuery(Strict):
    limit = Whole(
        least=1, most=100, load_default=50, metadata={"description": "Most rows in the answer."}
    )
    cursor = fields.String(
        validate=Regexp(r"^[1-9][0-9]{0,8}$"),
        metadata={"description": "The next_cursor of the page before."},
    )


class SignUpsQuery(PageQuery):
    state = fields.String(
        validate=OneOf([state.value for state in SignUpState]),
        metadata={"description": "Only those in this state."},
    )


class Places(Strict):
    mentor = Number(most=_PLACES, allow_none=True)
    mentee = Number(most=_PLACES, allow_none=True)
    peer = Number(most=_PLACES, allow_none=True)
    facilitator = Number(most=_PLACES, allow_none=True)


class NewEvent(Strict):
    preset = fields.String(required=True, validate=OneOf([preset.id for preset in PRESETS]))
    name = Text(least=1, most=120, required=True)
    starts_at = Instant(
        required=True, metadata={"description": "When the welcome begins; still to come."}
    )
    zone = Text(
        most=64, required=True, metadata={"description": "IANA name, such as Europe/Berlin."}
    )
    venue = Text(most=200, load_default="")
    contact_email = Text(most=254, load_default="", metadata={"description": "For questions."})
    sign_up_closes_at = Instant(
        load_default=None,
        allow_none=True,
        metadata={"description": "Null: sign-up stays open until the event begins."},
    )
    confirms_address = YesNo(
        load_default=True, metadata={"description": "People confirm their address by mail."}
    )
    places = fields.Nested(
        Places,
        load_default=None,
        allow_none=True,
        metadata={"description": "By role; null for as many as come. Left out: as in the preset."},
    )


class EventChange(Strict):
    sign_up = fields.String(
        required=True,
        validate=OneOf(["open", "closed"]),
        metadata={"description": "Whether people may sign up."},
    )


class Answer(Strict):
    question_id = Number(least=1, required=True)
    value = Text(most=500, required=True)


def _texts(most: int, each: int, **kwargs: Any) -> fields.List[Any]:
    return fields.List(
        Text(least=1, most=each), validate=Length(max=most), load_default=list, **kwargs
    )


class NewSignUp(Strict):
    name = Text(least=1, most=200, required=True)
    email = Text(least=3, most=254, required=True)
    role = fields.String(required=True, validate=ROLES)
    stage = Text(
        most=80,
        load_default=None,
        allow_none=True,
        metadata={"description": "A key of the event's stages."},
    )
    affiliation = Text(most=200, load_default="")
    question = Text(
        most=2000, load_default="", metadata={"description": "What a mentee brings to the tables."}
    )
    goals = Text(most=2000, load_default="")
    topics = _texts(20, 200, metadata={"description": "Topics of the event, the first first."})
    needs = _texts(20, 80, metadata={"description": "Features that their tables need."})
    absent_rounds = fields.List(
        Number(least=1),
        validate=Length(max=100),
        load_default=list,
        metadata={"description": "Ids of rounds they cannot be there for."},
    )
    answers = fields.List(
        fields.Nested(Answer),
        validate=Length(max=50),
        load_default=list,
        metadata={"description": "To the event's own questions."},
    )
    consented = YesNo(
        load_default=False,
        metadata={"description": "The person said yes to being planned; you keep the proof."},
    )
    sends_link = YesNo(
        load_default=False, metadata={"description": "Mail them the address of their own page."}
    )


class NewPlan(Strict):
    block_id = Number(
        least=1,
        load_default=None,
        allow_none=True,
        metadata={"description": "Null: the first part of the agenda in which people are seated."},
    )
    time_limit_s = Number(least=2, most=900, load_default=60)
    seed = Number(most=10**9, load_default=1)
    near_published = YesNo(
        load_default=True,
        metadata={"description": "Change as little as possible of what is published."},
    )


class NewSchedule(Strict):
    plan_ids = fields.List(Number(least=1), required=True, validate=Length(min=1, max=20))
    expected_version = Number(
        required=True,
        metadata={"description": "What is published now as far as you know; 0 for nothing."},
    )
    tell = YesNo(
        load_default=False, metadata={"description": "Mail those whose own rounds change."}
    )
