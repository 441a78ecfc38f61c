"""What other machines bring: the mail that came to the sender's address, where nobody fetches it.

A mail server posts each message as it is: ``curl --data-binary @- -H 'Content-Type:
message/rfc822' -H 'Authorization: Bearer ...' https://.../hooks/mail``.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from app.blueprints import context
from app.blueprints.guards import hook_page
from app.services import limits, replies
from app.services.limits import Limit
from app.tenancy import UNSCOPED

blueprint = Blueprint("hooks", __name__)
MAILS = Limit(name="hook-mails", tries=600, window=timedelta(minutes=1))
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


@blueprint.post("/hooks/mail")
@hook_page
def mail() -> ResponseReturnValue:
    """Take one message, as it came; the same bytes again change nothing."""
    if request.mimetype in _FORMS:  # what curl says of itself; the message would be read as fields
        abort(415)
    raw = request.get_data(cache=False)
    if not raw:
        abort(400)
    now = context.now()
    with context.write_session(UNSCOPED) as session:
        limits.check(session, MAILS, now=now)
        row = replies.take(session, raw, now=now, settings=context.settings(), key=context.key())
    return jsonify(taken=row.kind), 200
