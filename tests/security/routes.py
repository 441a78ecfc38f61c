"""Who may open which page: one table; the addresses come from the app's own map of routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask
from werkzeug.routing import Rule

from app.enums import LinkPurpose
from tests.security.world import Side

MADE_UP = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""A token that nobody has."""
NOT_THERE = 2_000_000_000
"""A row's number that no row has."""
OTHERS = {"version": 1, "kind": "question", "what": "cards", "ending": "csv"}
"""What stands in an address that is no row: a kind of consent, of paper, of file."""
OF_PLANNED = {"agenda_desk.tables", "agenda_desk.tables_add", "agenda_desk.reopen_table"}
"""What only a part has that people are seated in: the second one, after the welcome."""
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


class Kind(StrEnum):
    """Who a page is for."""

    PUBLIC = "everybody"
    HOUSE = "every organiser, who sees their own organisation there"
    ORGANISER = "organisers of the event's organisation"
    OWNER = "owners of the event's organisation"
    HOUSE_OWNER = "every owner, who sees their own organisation there"
    PERSONAL = "whoever holds a personal link"
    ONE_TIME = "whoever holds a one-time link of an account"
    STEWARD = "a browser that began with a steward's link"
    MACHINE = "a machine that says the configured token"
    FEED = "whoever holds the address of a feed"
    PROGRAM = "a program that says a key of the event's organisation"


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a page is; ``token`` names the kind of link in its address."""

    kind: Kind
    token: str = ""


def _rows(kind: Kind, *endpoints: str, token: str = "") -> dict[str, Row]:
    return {endpoint: Row(kind=kind, token=token) for endpoint in endpoints}


ROWS = {
    **_rows(
        Kind.PUBLIC,
        "static",
        "ops.health",
        "ops.ready",
        "ops.security",
        "ops.robots",
        "public.event",
        "agenda.event",
        "api_docs.openapi",
        "api_docs.page",
        "public.thanks",
        "public.resend",
        "public.privacy",
        "help.guide",
        "account.front",
        "account.sign_in",
        "account.sign_out",
        "account.forgot",
    ),
    **_rows(Kind.MACHINE, "hooks.mail"),
    **_rows(
        Kind.PROGRAM,
        "api.list_events",
        "api.create_event",
        "api.get_event",
        "api.change_event",
        "api.list_sign_ups",
        "api.add_sign_up",
        "api.get_sign_up",
        "api.withdraw_sign_up",
        "api.list_roster",
        "api.list_plans",
        "api.ask_for_plan",
        "api.get_plan",
        "api.stop_plan",
        "api.get_problem_document",
        "api.get_plan_document",
        "api.list_schedules",
        "api.publish_schedule",
        "api.get_schedule",
    ),
    **_rows(Kind.PERSONAL, "participant.confirm", token=LinkPurpose.CONFIRM),
    **_rows(
        Kind.PERSONAL,
        "participant.home",
        "participant.edit",
        "participant.withdraw",
        "participant.accept",
        "my_data.page",
        "my_data.take_back",
        "my_data.send_confidential",
        "my_data.as_json",
        "my_data.as_csv",
        "my_data.erase",
        "my_data.sheet",
        "participant.presence",
        "unsubscribe.mine",
        "participant.answer",
        "calendar.person_ics",
        "my_calendar.page",
        "my_calendar.renew",
        token=LinkPurpose.ACCESS,
    ),
    **_rows(Kind.PERSONAL, "calendar.feed", token=LinkPurpose.FEED),
    **_rows(Kind.FEED, "calendar.organisation", token="feed_link"),
    **_rows(Kind.PERSONAL, "unsubscribe.page", "unsubscribe.change", token=LinkPurpose.UNSUBSCRIBE),
    **_rows(Kind.ONE_TIME, "account.accept", token="organiser_invitation"),
    **_rows(Kind.ONE_TIME, "account.reset", token="password_link"),
    **_rows(
        Kind.HOUSE,
        "desk.events",
        "desk.new_event",
        "outbox.index",
        "mail.index",
        "team.page",
        "account.mine",
        "own_feed.page",
        "api_tokens.page",
        "own_feed.renew",
        "account.rename",
        "account.change_password",
        "account.sign_out_everywhere",
    ),
    **_rows(
        Kind.HOUSE_OWNER, "api_tokens.make", "team.invite", "team.rename", "mail.go_on", "mail.drop"
    ),
    **_rows(Kind.ONE_TIME, "steward.page", token="steward_link"),
    **_rows(Kind.STEWARD, "steward.door", "steward.leave"),
    **_rows(
        Kind.OWNER,
        "keep_apart.page",
        "erasing.person",
        "api_tokens.revoke",
        "team.resend",
        "team.revoke",
        "team.change_role",
        "team.close",
    ),
    **_rows(
        Kind.ORGANISER,
        "desk.event",
        "desk.open_signup",
        "desk.close_signup",
        "desk.move",
        "desk.cancel_event",
        "desk.reinstate_event",
        "desk.roster",
        "roster_import.upload",
        "roster_import.keep",
        "roster_import.empty",
        "roster_import.columns",
        "roster_import.words",
        "roster_import.report",
        "roster_import.rows",
        "roster_import.stayed",
        "roster_import.add",
        "roster_import.drop",
        "desk.person",
        "desk.show_link",
        "desk.resend",
        "desk.cancel_sign_up",
        "desk.renew_link",
        "desk.add_person",
        "desk.edit_person",
        "desk.change_role",
        "desk.absence",
        "desk.duplicates",
        "desk.merge",
        "desk.not_same",
        "desk.export",
        "desk.approve",
        "desk.refuse",
        "sign_up.settings",
        "sign_up.questions",
        "sign_up.question_new",
        "sign_up.question",
        "sign_up.question_move",
        "sign_up.question_remove",
        "plans.index",
        "plans.start",
        "plans.run",
        "plans.progress",
        "plans.stop",
        "plan_edit.move",
        "plan_edit.choices",
        "plan_edit.swap",
        "plan_edit.undo",
        "plan_edit.redo",
        "plan_edit.pinned",
        "plan_edit.pin",
        "plan_edit.unpin",
        "plans.try_way",
        "plans.keep_way",
        "plans.want",
        "plans.people",
        "plans.compare",
        "plans.bring",
        "plans.problem_json",
        "plans.plan_json",
        "numbers.page",
        "paper.page",
        "paper.sheets",
        "paper.pdf",
        "publish.preview",
        "setup.details",
        "setup.clone",
        "setup.archive",
        "setup.series",
        "setup.stages",
        "setup.topics",
        "agenda_desk.page",
        "agenda_desk.new",
        "agenda_desk.part",
        "agenda_desk.move",
        "agenda_desk.remove",
        "agenda_desk.tell",
        "agenda_desk.tables",
        "agenda_desk.tables_add",
        "agenda_desk.reopen",
        "agenda_desk.reopen_table",
        "video_tables.page",
        "video_tables.save",
        "publish.mail",
        "publish.mail_html",
        "publish.publish",
        "event_mail.page",
        "event_mail.retry_all",
        "event_mail.retry",
        "event_mail.set_aside",
        "event_mail.test",
        "versions.index",
        "versions.take_up",
        "messages.index",
        "messages.new",
        "messages.one",
        "reminders.settings",
        "reminders.choose",
        "reminders.preview",
        "mail_in.page",
        "mail_in.seen",
        "stations.day",
        "stations.afterwards",
        "stewards.page",
        "stewards.make",
        "stewards.revoke",
        "outbox.message",
        "outbox.html",
        "outbox.calendar",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Route:
    """One rule and method of the app's map, with its row."""

    rule: Rule
    method: str
    row: Row

    def url(self, side: Side, *, person: str = "asker", made_up: bool = False) -> str:
        """Return its address for a side's rows; ``made_up`` names rows or links there are not."""
        values: dict[str, object] = {}
        for name in sorted(self.rule.arguments):
            if name == "slug":
                values[name] = "no-such-event" if made_up else side.slug
            elif name == "filename":
                values[name] = "no-such-file" if made_up else "css/base.css"
            elif name == "token":
                values[name] = MADE_UP if made_up else self.token(side, person)
            elif name.endswith("_id"):
                at = 1 if name == "block_id" and self.rule.endpoint in OF_PLANNED else 0
                values[name] = NOT_THERE if made_up else side.row(name, at)
            else:
                values[name] = OTHERS[name]
        built = self.rule.build(values)
        assert built is not None
        return str(built[1])

    def token(self, side: Side, person: str) -> str:
        """Return a link of a side's of the kind that the address holds."""
        if self.row.token in set(LinkPurpose):
            holder = "held" if self.row.token == LinkPurpose.CONFIRM else person
            return side.personal[holder][LinkPurpose(self.row.token)]
        return side.secret(self.row.token)

    def __str__(self) -> str:
        return f"{self.method} {self.rule.endpoint}"


def routes(app: Flask) -> Iterator[Route]:
    """Return every route there is; one without a row counts as what its guard says."""
    for rule in app.url_map.iter_rules():
        row = ROWS.get(rule.endpoint) or _by_guard(app, rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Route(rule=rule, method=method, row=row)


def _by_guard(app: Flask, rule: Rule) -> Row:
    guard = getattr(app.view_functions[rule.endpoint], "guard", "")
    if guard == "link":
        return Row(kind=Kind.PERSONAL, token=LinkPurpose.ACCESS)
    if guard in {"organiser", "owner"} and not rule.arguments:
        return Row(kind=Kind.HOUSE if guard == "organiser" else Kind.HOUSE_OWNER)
    kinds = {"organiser": Kind.ORGANISER, "owner": Kind.OWNER}
    return Row(kind=kinds.get(guard, Kind.PUBLIC))
