from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from app.enums import InviteState, LinkPurpose, Method, PartStat
from app.errors import NotFound
from app.ical.reply import ParsedReply
from app.models import Invite, SignUp
from app.services import access, replies
from tests.builders import make_event, make_sign_up


@pytest.fixture
def sign_up(session: Session) -> SignUp:
    sign_up = make_sign_up(session, make_event(session))
    invite = Invite(sign_up_id=sign_up.id, uid="u-1", state=InviteState.LIVE, method=Method.REQUEST)
    session.add(invite)
    session.flush()
    return sign_up


def parsed(now: datetime, uid: str = "u-1") -> ParsedReply:
    return ParsedReply(
        uid=uid, sequence=0, stamp=now, attendee="x@mail.example", partstat=PartStat.ACCEPTED
    )


def test_record_believes_the_token_of_the_person(
    session: Session, sign_up: SignUp, now: datetime, key: bytes
) -> None:
    token = access.link_for(session, sign_up.person_id, LinkPurpose.REPLY, key=key, now=now)

    found = replies.record(session, parsed(now), token=token, now=now, key=key)

    assert found is not None
    assert (found.partstat, found.received_at) == (PartStat.ACCEPTED, now)


@pytest.mark.parametrize("purpose", [LinkPurpose.ACCESS, LinkPurpose.FEED])
def test_record_believes_no_other_link(
    session: Session, sign_up: SignUp, now: datetime, key: bytes, purpose: LinkPurpose
) -> None:
    token = access.link_for(session, sign_up.person_id, purpose, key=key, now=now)

    assert replies.record(session, parsed(now), token=token, now=now, key=key) is None
    assert replies.record(session, parsed(now), token="a" * 32, now=now, key=key) is None


def test_a_reply_token_opens_no_page(
    session: Session, sign_up: SignUp, now: datetime, key: bytes
) -> None:
    token = access.link_for(session, sign_up.person_id, LinkPurpose.REPLY, key=key, now=now)

    with pytest.raises(NotFound):
        access.person_of(session, token, key=key, now=now)
