"""What waits for the organiser because of tables, rounds, plans and versions."""

from __future__ import annotations

from collections.abc import Iterator

from app.enums import EventState
from app.queries.need import Need, Page, people
from app.queries.needs_facts import Facts
from app.queries.roster_rows import Attention


def no_table(facts: Facts) -> Iterator[Need]:
    """Tell of needs that no table meets."""
    for one in facts.shortages:
        if not one.tables:
            who = people(one.people, "needs", "need")
            yield Need(
                kind="wrong",
                tag="Tables",
                title=f"{who} a {one.feature} table, and {one.block} has none.",
                text="No plan can seat them. Say which tables are like that, or ask them.",
                page=Page.TABLES,
                action="See tables",
                about=(one.block_id,),
            )


def few_tables(facts: Facts) -> Iterator[Need]:
    """Tell of needs that few tables meet."""
    for one in facts.shortages:
        if one.tables:
            tables = "1 table is" if one.tables == 1 else f"{one.tables} tables are"
            yield Need(
                kind="care",
                tag="Decide",
                title=f"{tables} {one.feature}, {people(one.people, 'needs', 'need')} one.",
                text=one.why,
                page=Page.TABLES,
                action="See tables",
                about=(one.block_id,),
            )


def at_closed(facts: Facts) -> Iterator[Need]:
    """Tell of people whom the version sends to a closed table."""
    number, version = facts.closed.at_tables, facts.frame.schedule_version
    if number:
        yield Need(
            kind="wrong",
            tag="Tables",
            title=f"{people(number, 'sits', 'sit')} at a closed table in version {version}.",
            text="Their pages say that it is closed, their calendars do not yet. "
            "Plan again, then publish: they get their new place by mail.",
            page=Page.PLAN,
            action="Plan again",
        )


def in_closed(facts: Facts) -> Iterator[Need]:
    """Tell of people whom the version sends to a round that is off."""
    number, version = facts.closed.in_rounds, facts.frame.schedule_version
    if number:
        yield Need(
            kind="wrong",
            tag="Agenda",
            title=f"{people(number, 'sits', 'sit')} in a closed round in version {version}.",
            text="Their pages say that it does not take place, their calendars do not yet. "
            "Tell them now, or publish a new plan.",
            page=Page.TELL,
            action="See and tell",
        )


def without_seat(facts: Facts) -> Iterator[Need]:
    """Tell of people with a place and no seat."""
    number = len(facts.who(Attention.NO_SEAT))
    if number:
        yield Need(
            kind="care",
            tag="Decide",
            title=f"{people(number, 'has', 'have')} a place and no seat in version "
            f"{facts.frame.schedule_version}.",
            text="They came after it, or the plan had no room. Plan again, then publish.",
            page=Page.NO_SEAT,
            action="See who",
        )


def stale(facts: Facts) -> Iterator[Need]:
    """Tell of a plan that is older than what it was made of."""
    frame = facts.frame
    if facts.closed.at_tables:
        return  # planning again is asked for there, with the reason
    if frame.run_id is not None and frame.run_roster_version != frame.roster_version:
        yield Need(
            kind="care",
            tag="Decide",
            title="The roster has changed since the last plan.",
            text="Somebody came, left or changed an answer, or tables and rounds are others. "
            "Plan again, then compare and publish.",
            page=Page.PLAN,
            action="Plan again",
        )


def unpublished(facts: Facts) -> Iterator[Need]:
    """Tell of a plan that nobody was told of."""
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


def unplanned(facts: Facts) -> Iterator[Need]:
    """Tell of a roster without a plan."""
    frame = facts.frame
    placed = sum(count.placed for count in facts.counts)
    if frame.run_id is None and frame.state is EventState.CLOSED and placed:
        yield Need(
            kind="care",
            tag="Decide",
            title=f"Sign-up is closed and {people(placed, 'has', 'have')} a place.",
            text="The planner works out who sits where in which round.",
            page=Page.PLAN,
            action="Plan",
        )


def unopened(facts: Facts) -> Iterator[Need]:
    """Lead on from a draft; who brought a whole list may never open sign-up, and plans."""
    frame = facts.frame
    placed = sum(count.placed for count in facts.counts)
    if frame.state is not EventState.DRAFT or frame.run_id is not None:
        return
    if placed:
        yield Need(
            kind="info",
            tag="Next",
            title=f"{people(placed, 'has', 'have')} a place, and sign-up is not open.",
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
