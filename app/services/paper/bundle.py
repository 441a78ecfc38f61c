"""What was asked for, put together from the facts: all of it, or only what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Event
from app.services.paper import cards, mentors, names, tables, times
from app.services.paper.code import code_of
from app.services.paper.facts import (
    Facts,
    Paths,
    Somebody,
    Spot,
    Visit,
    paths_now,
    paths_of,
    read,
)
from app.services.paper.fitting import in_turn
from app.services.paper.sheets import (
    BADGES_ON_SHEET,
    CARDS_ON_SHEET,
    BadgeSheet,
    Bundle,
    CardSheet,
    Kind,
    Line,
    Section,
    Sheet,
    Stamp,
)
from config import Config

MOST_BLANKS = 40
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to print: kinds, only what changed since a version, cards to write on, one person's."""

    kinds: tuple[Kind, ...] = tuple(Kind)
    since: int | None = None
    blanks: int = 0
    sign_up_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stock:
    """What the sections are made from; ``before`` is what lies on the tables, if that is asked."""

    facts: Facts
    now: Paths
    before: Paths | None
    order: Order


def make(
    session: Session, event: Event, order: Order, *, now: datetime, settings: Config
) -> Bundle:
    """Return the sheets of an order; it reads and changes nothing."""
    facts = read(session, event)
    known = [version.number for version in facts.versions]
    if order.since is not None and order.since not in known:
        raise NotFound
    if order.sign_up_id is not None and order.sign_up_id not in facts.people:
        raise NotFound
    before = None if order.since is None else paths_of(session, facts, order.since)
    stock = _Stock(facts=facts, now=paths_now(session, facts), before=before, order=order)
    version = known[-1] if known else 0
    address = f"{settings.base_url}/e/{event.slug}"
    return Bundle(
        stamp=Stamp(
            title=event.name,
            version=f"Version {version}" if version else "Before the first plan",
            printed=times.day_and_clock(now, event.zone),
        ),
        version=version,
        code=code_of(address),
        address=address.partition("://")[2],
        sections=tuple(_MAKERS[kind](stock) for kind in order.kinds),
    )


def _sign_in(stock: _Stock) -> Section:
    """Return the list; it is one list, so it is always whole."""
    sheets = names.sign_in_sheets(stock.facts, stock.now, blanks=stock.order.blanks)
    found = tuple(one.name for one in names.by_name(stock.facts.there))
    return Section(kind=Kind.SIGN_IN, sheets=tuple(sheets), names=found)


def _cards(stock: _Stock) -> Section:
    title = stock.facts.event.name
    lines = cards.all_lines(stock.facts, stock.now)
    old = None if stock.before is None else cards.all_lines(stock.facts, stock.before)
    chosen = _chosen(stock, lines, old)
    found = [card for one in chosen for card in cards.cards_of(one, lines[one.id], title=title)]
    for _ in range(stock.order.blanks):
        found += cards.blank_cards(_all_rounds(stock), title=title)
    return Section(
        kind=Kind.CARDS,
        sheets=tuple(CardSheet(cards=tuple(part)) for part in in_turn(found, CARDS_ON_SHEET)),
        names=tuple(one.name for one in chosen),
        gone=_gone(stock, lines, old),
    )


def _mentors(stock: _Stock) -> Section:
    rows = mentors.rows_of_hosts(stock.facts, stock.now)
    old = None if stock.before is None else mentors.rows_of_hosts(stock.facts, stock.before)
    chosen = _chosen(stock, rows, old)
    return Section(
        kind=Kind.MENTORS,
        sheets=tuple(sheet for one in chosen for sheet in mentors.sheets_of(one, rows[one.id])),
        names=tuple(one.name for one in chosen),
        gone=_gone(stock, rows, old),
    )


def _badges(stock: _Stock) -> Section:
    facts = stock.facts
    now = {one.id: names.badge_of(one, facts, stock.now) for one in facts.there}
    old = None
    if stock.before is not None:
        old = {
            sign_up_id: names.badge_of(facts.people[sign_up_id], facts, stock.before)
            for sign_up_id in stock.before
        }
    chosen = _chosen(stock, now, old)
    badges = [now[one.id] for one in chosen] + [names.blank_badge()] * stock.order.blanks
    return Section(
        kind=Kind.BADGES,
        sheets=tuple(BadgeSheet(badges=tuple(part)) for part in in_turn(badges, BADGES_ON_SHEET)),
        names=tuple(one.name for one in chosen),
        gone=_gone(stock, now, old),
    )


def _tables(stock: _Stock) -> Section:
    rows = tables.rows_of_tables(stock.facts, stock.now)
    hosts = tables.hosts_of_tables(stock.facts, stock.now)
    old: Mapping[Spot, object] = {}
    if stock.before is not None:
        old = tables.rows_of_tables(stock.facts, stock.before)
    rows = {spot: row for spot, row in rows.items() if not spot.is_closed}
    chosen = [spot for spot in rows if old.get(spot) != rows[spot]]
    sheets: list[Sheet] = []
    for spot in chosen:
        sheets += tables.tents(spot, rows[spot], list(hosts[spot].values()))
    return Section(
        kind=Kind.TABLES,
        sheets=tuple(sheets),
        names=tuple(_called(spot) for spot in chosen),
        gone=tuple(_called(spot) for spot in old if spot not in rows),
    )


def _called(spot: Spot) -> str:
    return spot.place or f"Table {spot.sign}"


def _chosen(
    stock: _Stock, now: Mapping[int, object], old: Mapping[int, object] | None
) -> Sequence[Somebody]:
    """Return who gets paper: everybody who has some, whose is new, or the one who was asked for."""
    people = [one for one in names.by_name(stock.facts.there) if one.id in now]
    if stock.order.sign_up_id is not None:
        people = [one for one in people if one.id == stock.order.sign_up_id]
    if old is None:
        return people
    return [one for one in people if old.get(one.id) != now[one.id]]


def _gone(
    stock: _Stock, now: Mapping[int, object], old: Mapping[int, object] | None
) -> tuple[str, ...]:
    """Return whose paper is to be taken away."""
    left = [stock.facts.people[one] for one in old or () if one not in now]
    return tuple(one.name for one in names.by_name(left))


def _all_rounds(stock: _Stock) -> tuple[Line, ...]:
    """Return every round that is published, as on a card; those who walk in may join any."""
    rounds: dict[int, Visit] = {}
    for visits in stock.now.values():
        rounds |= {visit.ordinal: visit for visit in visits}
    if not rounds:
        return ()
    anybody = next(iter(stock.facts.people.values()))
    return cards.lines_of(stock.facts.event, [rounds[one] for one in sorted(rounds)], anybody)


_MAKERS = {
    Kind.SIGN_IN: _sign_in,
    Kind.TABLES: _tables,
    Kind.MENTORS: _mentors,
    Kind.CARDS: _cards,
    Kind.BADGES: _badges,
}
