"""Default scores: how well two people, or a person and a topic table, fit each other.

Used where nobody gave scores of their own (web application, CSV). Everything is between 0 and 1,
rounded to three decimals, and pairs with nothing in common get no entry at all, so that somebody
who named no topic does not count as badly served.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.entities import Role

STAGE_SHARE = 0.1
"""How much of a mentor's score depends on career stage; topics decide the rest."""
NEAR_STEPS = 2
"""A mentor up to so many stages ahead remembers the mentee's questions best."""
FAR_STEPS = 6
"""From so many stages ahead on, nothing is added for nearness."""
DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FitProfile:
    """What is known about somebody before any meeting.

    Parameters
    ----------
    id : str
    role : Role
    stage_rank : int or None
        Place on the event's ladder of career stages, the first step being 0.
    topics : tuple of str
        What to talk about, the dearest first.
    """

    id: str
    role: Role
    stage_rank: int | None = None
    topics: tuple[str, ...] = ()


def topic_weights(topics: Iterable[str]) -> dict[str, float]:
    """Return the weight of each ranked topic: 1, 1/2, 1/3, ..., scaled to the sum 1.

    Case and outer spaces make no difference; a topic named twice counts at its better rank.
    """
    names = dict.fromkeys(topic.strip().casefold() for topic in topics if topic.strip())
    raw = {name: 1 / rank for rank, name in enumerate(names, start=1)}
    total = sum(raw.values())
    return {name: weight / total for name, weight in raw.items()}


def nearness(mentor_rank: int | None, mentee_rank: int | None) -> float:
    """Return 1 for a mentor one or two stages ahead, falling to 0; 0.5 where a stage is unknown.

    A mentor who is not ahead of the mentee gets 0.
    """
    if mentor_rank is None or mentee_rank is None:
        return 0.5
    ahead = mentor_rank - mentee_rank
    if ahead <= 0:
        return 0.0
    return min(1.0, max(0.0, (FAR_STEPS - ahead) / (FAR_STEPS - NEAR_STEPS)))


def pair_fit(people: Sequence[FitProfile]) -> tuple[tuple[str, str, float], ...]:
    """Return entries of ``fit`` for mentees with mentors and for peers among themselves.

    A mentee's score for a mentor is the share of the mentee's weighted topics that the mentor
    offers, less up to a tenth for a stage that is far or not ahead. Two peers score the mean of
    both shares. Sorted by the order of ``people``.
    """
    weights = [topic_weights(person.topics) for person in people]
    position = {person.id: index for index, person in enumerate(people)}
    by_topic: dict[str, list[int]] = defaultdict(list)
    for index, own in enumerate(weights):
        for topic in own:
            by_topic[topic].append(index)
    entries = []
    for index, person in enumerate(people):
        if person.role not in {Role.MENTEE, Role.PEER}:
            continue
        shares: dict[int, float] = defaultdict(float)
        for topic, weight in weights[index].items():
            for other in by_topic[topic]:
                back = weights[other][topic]
                shares[other] += (weight + back) / 2 if person.role is Role.PEER else weight
        for other, share in shares.items():
            value = _pair_value(person, people[other], share)
            if person.role is Role.PEER and other <= index:
                continue
            if value:
                entries.append((person.id, people[other].id, value))
    return tuple(sorted(entries, key=lambda entry: (position[entry[0]], position[entry[1]])))


def _pair_value(person: FitProfile, other: FitProfile, share: float) -> float:
    if person.role is Role.PEER:
        return round(share, DIGITS) if other.role is Role.PEER else 0.0
    if other.role is not Role.MENTOR:
        return 0.0
    near = nearness(other.stage_rank, person.stage_rank)
    return round(share * (1 - STAGE_SHARE + STAGE_SHARE * near), DIGITS)


def table_fit(
    people: Sequence[FitProfile], topics: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, str, float], ...]:
    """Return entries of ``table_fit`` for tables with topics of their own.

    Parameters
    ----------
    people : sequence of FitProfile
    topics : mapping of str to sequence of str
        Topics of each table, by table id.

    Returns
    -------
    tuple of (str, str, float)
        1 at a table with the person's first topic, 1/2 with the second, 1/3 with the third, ...
    """
    entries = []
    tables = {table: set(topic_weights(names)) for table, names in topics.items()}
    for person in people:
        ranked = list(topic_weights(person.topics))
        for table, names in tables.items():
            rank = next((rank for rank, name in enumerate(ranked, 1) if name in names), None)
            if rank is not None:
                entries.append((person.id, table, round(1 / rank, DIGITS)))
    return tuple(entries)
