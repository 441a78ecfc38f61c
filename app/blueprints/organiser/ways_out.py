"""Where each thing that waits for the organiser is settled."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import url_for

from app.queries.need import Need, Page

_PLAIN: dict[Page, tuple[str, dict[str, str]]] = {
    Page.MAIL: ("event_mail.page", {}),
    Page.FAILED: ("event_mail.page", {"state": "failed"}),
    Page.BOUNCED: ("event_mail.page", {"state": "bounced"}),
    Page.TWICE: ("desk.duplicates", {}),
    Page.PLAN: ("plans.index", {}),
    Page.TELL: ("agenda_desk.tell", {}),
    Page.MAIL_IN: ("mail_in.page", {}),
    Page.OPEN: ("desk.open_signup", {}),
    Page.ASKED: ("desk.roster", {"show": "asked"}),
    Page.DECLINED: ("desk.roster", {"show": "declined"}),
    Page.NO_SEAT: ("desk.roster", {"show": "no_seat"}),
    Page.NOT_AGREED: ("desk.roster", {"show": "not_agreed"}),
    Page.HELD: ("desk.roster", {"show": "held"}),
}


def way_out(event_id: int, need: Need) -> str:
    """Return the address of the page on which a need is settled."""
    if need.page is Page.IMPORT:
        return url_for("roster_import.report", event_id=event_id, upload_id=need.about[0])
    if need.page is Page.TABLES:
        return url_for("agenda_desk.tables", event_id=event_id, block_id=need.about[0])
    if need.page is Page.COMPARE:
        one, other = need.about
        return url_for("desk.merge", event_id=event_id, sign_up_id=one, other=other)
    endpoint, words = _PLAIN[need.page]
    address = url_for(endpoint, event_id=event_id)
    return f"{address}?{urlencode(words)}" if words else address
