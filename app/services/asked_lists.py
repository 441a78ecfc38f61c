"""The lists that people choose from when they sign up: career stages and topics.

What somebody chose stays: it can be put in other words, and those of its answers follow, but not
be removed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.enums import TopicKind
from app.errors import InvalidInput
from app.models import Event, Person, SignUp, Stage, Topic
from app.services import addresses, audit
from app.services.signups import places, waitlist

MOST_STAGES = 12
MOST_TOPICS = 60
LONGEST = 60
Entry = TypeVar("Entry", Stage, Topic)
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEdit:
    """What the organiser wrote for each entry, by id, and what is to be done besides.

    ``move`` is an entry and by how much: -1 is up. ``new`` is added at the end.
    """

    words: Mapping[int, str]
    kinds: Mapping[int, TopicKind] = field(default_factory=dict)
    new: str = ""
    new_kind: TopicKind = TopicKind.CONTEXTUAL
    move: tuple[int, int] | None = None
    remove: int | None = None


def stages_in_use(session: Session, event: Event) -> Counter[str]:
    """Return how many people chose each career stage, by key, and 1 more where a rule names it."""
    rows = session.execute(
        select(Person.stage, func.count())
        .where(Person.event_id == event.id, Person.stage.is_not(None))
        .group_by(Person.stage)
    )
    return Counter({stage: number for stage, number in rows if stage})


def topics_in_use(session: Session, event: Event) -> Counter[str]:
    """Return how many people named each topic."""
    rows = session.scalars(select(SignUp.topics).where(SignUp.event_id == event.id))
    return Counter(name for topics in rows for name in topics)


def change_stages(
    session: Session, event_id: int, edit: ListEdit, *, now: datetime, actor: str
) -> None:
    """Change the ladder; raises ``InvalidInput`` by ``word-`` and id, ``new`` or ``remove-``."""
    event = places.lock_event(session, event_id)
    session.refresh(event, ["stages"])
    used = stages_in_use(session, event)
    named = {stage.id: used[stage.key] for stage in event.stages}
    in_rules = _stages_of_rules(event)
    words = _checked(edit, [(one.id, one.label) for one in event.stages], named, MOST_STAGES)
    for stage in event.stages:
        if stage.id == edit.remove and stage.key in in_rules:
            raise InvalidInput({f"word-{stage.id}": "A rule of the agenda names it, so it stays"})
        stage.label = words.get(stage.id, stage.label)
    before = [stage.key for stage in event.stages if stage.id != edit.remove]
    order = _in_order(event.stages, edit)
    if new := addresses.clean_line(edit.new):
        order.append(Stage(position=0, key=_key(new, [one.key for one in event.stages]), label=new))
    for position, stage in enumerate(order):
        stage.position = position
    event.stages[:] = order
    if [stage.key for stage in order][: len(before)] != before:
        waitlist.count_roster_change(event)  # who is a step above whom is another
    _keep(session, event, "career stages changed", now=now, actor=actor)


def change_topics(
    session: Session, event_id: int, edit: ListEdit, *, now: datetime, actor: str
) -> None:
    """Change the topics; who named one that is called otherwise now named that."""
    event = places.lock_event(session, event_id)
    session.refresh(event, ["topics"])
    used = topics_in_use(session, event)
    named = {topic.id: used[topic.name] for topic in event.topics}
    words = _checked(edit, [(one.id, one.name) for one in event.topics], named, MOST_TOPICS)
    staying = [one for one in event.topics if one.id != edit.remove]
    renamed = {one.name: words[one.id] for one in staying if words[one.id] != one.name}
    _rename_answers(session, event, renamed)
    for topic in staying:
        if topic.name in renamed:
            topic.name = f"\N{NO-BREAK SPACE}{topic.id}"  # free before another takes it
    session.flush()
    for topic in staying:
        topic.name = words.get(topic.id, topic.name)
        topic.kind = edit.kinds.get(topic.id, topic.kind)
    order = _in_order(event.topics, edit)
    if new := addresses.clean_line(edit.new):
        order.append(Topic(position=0, name=new, kind=edit.new_kind))
    for position, topic in enumerate(order):
        topic.position = position
    event.topics[:] = order
    _keep(session, event, "topics changed", now=now, actor=actor)


def _checked(
    edit: ListEdit, known: Sequence[tuple[int, str]], used: Mapping[int, int], most: int
) -> dict[int, str]:
    """Return the words as they are stored; raises ``InvalidInput`` by field."""
    words = {id_: addresses.clean_line(edit.words.get(id_, word)) for id_, word in known}
    problems: dict[str, str] = {}
    seen: set[str] = set()
    new = addresses.clean_line(edit.new)
    for name, word in [*((f"word-{id_}", words[id_]) for id_, _ in known), ("new", new)]:
        if name == f"word-{edit.remove}" or (name == "new" and not word):
            continue
        if not word:
            problems[name] = "Write a word for it, or remove it"
        elif len(word) > LONGEST:
            problems[name] = f"Write {LONGEST} characters at most"
        elif addresses.canonical_name(word) in seen:
            problems[name] = "That stands in the list already"
        seen.add(addresses.canonical_name(word))
    if edit.remove is not None and (number := used.get(edit.remove, 0)):
        people = "1 person" if number == 1 else f"{number} people"
        problems[f"word-{edit.remove}"] = f"{people} chose it, so it stays. Other words are fine"
    if new and len(known) >= most:
        problems["new"] = f"There are {most} already, as many as people can choose from"
    if problems:
        raise InvalidInput(problems)
    return words


def _in_order(entries: Sequence[Entry], edit: ListEdit) -> list[Entry]:
    order = [one for one in entries if one.id != edit.remove]
    if edit.move is not None:
        id_, by = edit.move
        at = next((at for at, one in enumerate(order) if one.id == id_), None)
        if at is not None and 0 <= at + by < len(order):
            order[at], order[at + by] = order[at + by], order[at]
    return order


def _rename_answers(session: Session, event: Event, renamed: Mapping[str, str]) -> None:
    if not renamed:
        return
    for sign_up in session.scalars(select(SignUp).where(SignUp.event_id == event.id)):
        if any(name in renamed for name in sign_up.topics):
            sign_up.topics = [renamed.get(name, name) for name in sign_up.topics]


def _stages_of_rules(event: Event) -> set[str]:
    return {
        entry["count"]["stage"]
        for block in event.blocks
        for entry in block.rules.get("composition") or ()
        if "stage" in entry.get("count", ())
    }


def _key(label: str, known: Sequence[str]) -> str:
    """Return a key that no stage has: it goes into files and problems."""
    stem = _NOT_WORD.sub("_", label.casefold()).strip("_") or "stage"
    key, number = stem, 1
    while key in known:
        number += 1
        key = f"{stem}_{number}"
    return key


def _keep(session: Session, event: Event, what: str, *, now: datetime, actor: str) -> None:
    session.flush()
    audit.record(
        session,
        actor=actor,
        what=what,
        now=now,
        organisation_id=event.organisation_id,
        event_id=event.id,
    )
