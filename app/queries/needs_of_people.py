"""What waits for the organiser because of people: their mail, their sign-ups, their answers."""

from __future__ import annotations

from collections.abc import Iterator

from app.queries import times
from app.queries.need import Need, Page, people
from app.queries.needs_facts import Facts
from app.queries.roster_rows import Attention
from app.queries.unsettled import named


def came_back(facts: Facts) -> Iterator[Need]:
    """Tell of mail that was not delivered."""
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


def brought(facts: Facts) -> Iterator[Need]:
    """Tell of lists that were brought and not added."""
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


def asked(facts: Facts) -> Iterator[Need]:
    """Tell of sign-ups that wait for a yes."""
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


def twice(facts: Facts) -> Iterator[Need]:
    """Tell of people who may have signed up twice."""
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


def not_agreed(facts: Facts) -> Iterator[Need]:
    """Tell of people whose own yes is not known."""
    found = [row for row in facts.rows if not row.has_agreed and not row.state.is_over]
    if found:
        yield Need(
            kind="care",
            tag="Ask",
            title=f"{people(len(found), 'has', 'have')} not agreed to be planned with yet.",
            text="You added them or brought them in a list. They are seated and told like "
            f"everybody{'' if facts.frame.schedule_version else '; ask before you publish'}. "
            "Saving their answers on their own page is their yes.",
            page=Page.NOT_AGREED,
            action="See who",
            who=named(row.name for row in found),
        )


def declined(facts: Facts) -> Iterator[Need]:
    """Tell of people who said no."""
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


def written(facts: Facts) -> Iterator[Need]:
    """Tell of letters that came in."""
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


def unconfirmed(facts: Facts) -> Iterator[Need]:
    """Tell of addresses that are not confirmed."""
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
