"""What waits for the organiser of one event, in the order of urgency, each with its way out.

The numbers are those of the roster's own filters, so that the page a link leads to shows exactly
the people who were counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from app.enums import EventState
from app.queries import times
from app.queries.needs_facts import Facts, read_facts
from app.queries.organiser import EventFrame, RoleCount
from app.queries.roster_rows import Attention
from app.queries.unsettled import Named, named


class Page(StrEnum):
    """Where to act."""

    MAIL = "mail"
    FAILED = "failed"
    BOUNCED = "bounced"
    IMPORT = "import"
    TABLES = "tables"
    ASKED = "asked"
    TWICE = "twice"
    COMPARE = "compare"
    DECLINED = "declined"
    NO_SEAT = "no_seat"
    PLAN = "plan"
    TELL = "tell"
    MAIL_IN = "mail_in"
    HELD = "held"
    NOT_AGREED = "not_agreed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that waits for the organiser; ``about`` is which row the page is of.

    ``who`` are the people it concerns, where there is more to say than their number.
    """

    kind: str  # wrong, care or info
    tag: str
    title: str
    text: str
    page: Page
    action: str
    about: tuple[int, ...] = ()
    who: Named | None = None


def read(
    session: Session, frame: EventFrame, counts: tuple[RoleCount, ...], *, now: datetime
) -> tuple[Need, ...]:
    """Return what waits for the organiser; once the event is over only what was written."""
    facts = read_facts(session, frame, counts, now=now)
    in_order = (_came_back, _written) if frame.ends_at <= now else _IN_ORDER
    return tuple(need for find in in_order for need in find(facts))


def _came_back(facts: Facts) -> Iterator[Need]:
    number = facts.failed + facts.bounced
    if number:
        only = Page.MAIL if facts.failed and facts.bounced else None
        yield Need(
            kind="wrong",
            tag="Mail",
            title="1 mail was not delivered."
            if number == 1
            else f"{number} mails were not delivered.",
            text="Nothing more is tried by itself. Look who it was for and what the server said.",
            page=only or (Page.FAILED if facts.failed else Page.BOUNCED),
            action="See who",
        )


def _no_table(facts: Facts) -> Iterator[Need]:
    for one in facts.shortages:
        if not one.tables:
            who = _people(one.people, "needs", "need")
            yield Need(
                kind="wrong",
                tag="Tables",
                title=f"{who} a {one.feature} table, and {one.block} has none.",
                text="No plan can seat them. Say which tables are like that, or ask them.",
                page=Page.TABLES,
                action="See tables",
                about=(one.block_id,),
            )


def _few_tables(facts: Facts) -> Iterator[Need]:
    for one in facts.shortages:
        if one.tables:
            tables = "1 table is" if one.tables == 1 else f"{one.tables} tables are"
            yield Need(
                kind="care",
                tag="Decide",
                title=f"{tables} {one.feature}, {_people(one.people, 'needs', 'need')} one.",
                text=one.why,
                page=Page.TABLES,
                action="See tables",
                about=(one.block_id,),
            )


def _brought(facts: Facts) -> Iterator[Need]:
    for id_, name, until in facts.uploads:
        local = times.day_and_clock(until, facts.frame.zone)
        yield Need(
            kind="wrong",
            tag="Import",
            title=f"{name} waits: nobody in it is on the roster yet.",
            text=f"Put its rows right and add the people, or put it away. Kept until {local}.",
            page=Page.IMPORT,
            action="Put right",
            about=(id_,),
        )


def _at_closed(facts: Facts) -> Iterator[Need]:
    number, version = facts.closed.at_tables, facts.frame.schedule_version
    if number:
        yield Need(
            kind="wrong",
            tag="Tables",
            title=f"{_people(number, 'sits', 'sit')} at a closed table in version {version}.",
            text="Their pages say that it is closed, their calendars do not yet. "
            "Plan again, then publish: they get their new place by mail.",
            page=Page.PLAN,
            action="Plan again",
        )


def _in_closed(facts: Facts) -> Iterator[Need]:
    number, version = facts.closed.in_rounds, facts.frame.schedule_version
    if number:
        yield Need(
            kind="wrong",
            tag="Agenda",
            title=f"{_people(number, 'sits', 'sit')} in a closed round in version {version}.",
            text="Their pages say that it does not take place, their calendars do not yet. "
            "Tell them now, or publish a new plan.",
            page=Page.TELL,
            action="See and tell",
        )


def _asked(facts: Facts) -> Iterator[Need]:
    number = len(facts.who(Attention.ASKED))
    if number:
        yield Need(
            kind="care",
            tag="Decide",
            title="1 sign-up waits for your yes."
            if number == 1
            else f"{number} sign-ups wait for your yes.",
            text="They take no place until you answer. Either answer goes out by mail.",
            page=Page.ASKED,
            action="Answer",
        )


def _twice(facts: Facts) -> Iterator[Need]:
    found = facts.who(Attention.TWICE)
    if not found:
        return
    is_pair = len(found) == 2
    yield Need(
        kind="care",
        tag="Decide",
        title=f"{found[0].name} may have signed up twice."
        if is_pair
        else f"{len(found)} sign-ups look like fewer people.",
        text="The names or addresses are the same or nearly so. Compare them; nothing happens yet.",
        page=Page.COMPARE if is_pair else Page.TWICE,
        action="Compare",
        about=tuple(row.sign_up_id for row in found) if is_pair else (),
    )


def _not_agreed(facts: Facts) -> Iterator[Need]:
    found = [row for row in facts.rows if not row.has_agreed and not row.state.is_over]
    if found:
        yield Need(
            kind="care",
            tag="Ask",
            title=f"{_people(len(found), 'has', 'have')} not agreed to be planned with yet.",
            text="You added them or brought them in a list. They are seated and told like "
            f"everybody{'' if facts.frame.schedule_version else '; ask before you publish'}. "
            "Saving their answers on their own page is their yes.",
            page=Page.NOT_AGREED,
            action="See who",
            who=named(row.name for row in found),
        )


def _declined(facts: Facts) -> Iterator[Need]:
    number = len(facts.who(Attention.DECLINED))
    if number:
        yield Need(
            kind="care",
            tag="Decide",
            title=f"{number} declined: plan again?",
            text="They keep their seats until you take them off or mark them absent. "
            "Then plan again.",
            page=Page.DECLINED,
            action="See who",
        )


def _without_seat(facts: Facts) -> Iterator[Need]:
    number = len(facts.who(Attention.NO_SEAT))
    if number:
        yield Need(
            kind="care",
            tag="Decide",
            title=f"{_people(number, 'has', 'have')} a place and no seat in version "
            f"{facts.frame.schedule_version}.",
            text="They came after it, or the plan had no room. Plan again, then publish.",
            page=Page.NO_SEAT,
            action="See who",
        )


def _stale(facts: Facts) -> Iterator[Need]:
    frame = facts.frame
    if frame.run_id is not None and frame.run_roster_version != frame.roster_version:
        yield Need(
            kind="care",
            tag="Decide",
            title="The roster has changed since the last plan.",
            text="Somebody came, left or changed an answer. Plan again, then compare and publish.",
            page=Page.PLAN,
            action="Plan again",
        )


def _unpublished(facts: Facts) -> Iterator[Need]:
    frame = facts.frame
    is_fresh = frame.run_roster_version == frame.roster_version
    if frame.run_id is None or not is_fresh or frame.run_id in facts.published_runs:
        return
    is_first = frame.schedule_version is None
    yield Need(
        kind="care",
        tag="Decide",
        title="A plan is ready. Nobody has been told yet."
        if is_first
        else f"A newer plan is ready. Everybody still has version {frame.schedule_version}.",
        text="Look at it, then publish: everybody gets an invite with their rounds."
        if is_first
        else "Look what changes for whom, then publish it, or leave things as they are.",
        page=Page.PLAN,
        action="See the plan",
    )


def _unplanned(facts: Facts) -> Iterator[Need]:
    frame = facts.frame
    placed = sum(count.placed for count in facts.counts)
    if frame.run_id is None and frame.state is EventState.CLOSED and placed:
        yield Need(
            kind="care",
            tag="Decide",
            title=f"Sign-up is closed and {_people(placed, 'has', 'have')} a place.",
            text="The planner works out who sits where in which round.",
            page=Page.PLAN,
            action="Plan",
        )


def _written(facts: Facts) -> Iterator[Need]:
    number = facts.letters
    if number:
        yield Need(
            kind="info",
            tag="Read",
            title="1 letter came in." if number == 1 else f"{number} letters came in.",
            text="What people wrote to where our mail comes from, and notes that they are away.",
            page=Page.MAIL_IN,
            action="Read",
        )


def _unconfirmed(facts: Facts) -> Iterator[Need]:
    number = len(facts.who(Attention.HELD))
    if number:
        yield Need(
            kind="info",
            tag="Waits",
            title="1 address is not confirmed yet."
            if number == 1
            else f"{number} addresses are not confirmed yet.",
            text="Until then they have no seat in a plan and hear nothing of it. The place is held "
            "for 48 hours from the sign-up, then it is free again.",
            page=Page.HELD,
            action="See who",
            who=named(row.name for row in facts.who(Attention.HELD)),
        )


def _unopened(facts: Facts) -> Iterator[Need]:
    """Who brought a whole list may never open sign-up: they are led to the plan."""
    frame = facts.frame
    placed = sum(count.placed for count in facts.counts)
    if frame.state is not EventState.DRAFT or frame.run_id is not None:
        return
    if placed:
        yield Need(
            kind="info",
            tag="Next",
            title=f"{_people(placed, 'has', 'have')} a place, and sign-up is not open.",
            text="If that is everybody, plan who sits where. If not, open sign-up.",
            page=Page.PLAN,
            action="Plan",
        )
    else:
        yield Need(
            kind="info",
            tag="Next",
            title="Sign-up is not open yet.",
            text="The public page says so until you open it.",
            page=Page.OPEN,
            action="Open sign-up",
        )


def _people(number: int, one: str, many: str) -> str:
    return f"1 person {one}" if number == 1 else f"{number} people {many}"


_IN_ORDER = (
    _came_back,
    _brought,
    _at_closed,
    _in_closed,
    _no_table,
    _asked,
    _twice,
    _few_tables,
    _not_agreed,
    _declined,
    _without_seat,
    _stale,
    _unpublished,
    _unplanned,
    _written,
    _unconfirmed,
    _unopened,
)
