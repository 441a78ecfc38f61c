"""Who sits at a table of a block, in an organiser's words and as the rules the planner reads.

What the words do not say (goals, rules for single tables, for stages or traits) stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.enums import BlockKind, Role
from app.services import preset_rules

Rules = Mapping[str, Any]
LIMITS = ("never", "avoid", "free")
MOST_AT_A_TABLE = 50
MOST_STAGES = 12
_PAIRS = {
    "mentors_again": (("mentor", "mentee"),),
    "others_again": (("mentee", "mentee"), ("peer", "peer")),
    "facilitators_again": (("facilitator", "peer"), ("facilitator", "mentee")),
}
_DEFAULTS = {"mentors_again": "never", "others_again": "avoid", "facilitators_again": "avoid"}
_WHO_MEETS = (Role.MENTEE, Role.PEER)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSeats:
    """How many of a role sit at a table; ``most`` None: as many as the table holds."""

    role: Role
    least: int
    most: int | None
    stays: bool = False  # at one table, all through the block


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRules:
    """Who takes part in a block and how they are seated.

    ``stages`` is how many different career stages each table has at least, 0 for any number.
    """

    roles: tuple[RoleSeats, ...]
    stages: int = 0
    mentors_again: str = "never"
    others_again: str = "avoid"
    facilitators_again: str = "avoid"
    from_elsewhere: bool = False  # no mentor from a mentee's own place of work
    even: bool = False

    def of(self, role: Role) -> RoleSeats | None:
        """Return how a role is seated, None when it takes no part."""
        return next((one for one in self.roles if one.role is role), None)


def fresh(kind: BlockKind, asked: Collection[Role]) -> SeatRules:
    """Return where a new block begins: the usual seats for the roles an event asks for."""
    if kind is BlockKind.GROUP and Role.PEER in asked:
        peers = RoleSeats(role=Role.PEER, least=3, most=5)
        if Role.FACILITATOR not in asked:
            return SeatRules(roles=(peers,), even=True)
        keeper = RoleSeats(role=Role.FACILITATOR, least=1, most=1, stays=True)
        return SeatRules(roles=(peers, keeper), even=True)
    mentor = RoleSeats(role=Role.MENTOR, least=1, most=1, stays=True)
    many = 4 if kind is BlockKind.GROUP else 1
    mentee = RoleSeats(role=Role.MENTEE, least=1, most=many)
    return SeatRules(roles=(mentor, mentee))


def read(rules: Rules) -> SeatRules:
    """Return the words for a block's rules."""
    hosts = set(rules.get("hosts") or ())
    counts = {entry["count"]["role"]: entry for entry in _composition(rules) if _is_plain(entry)}
    taking = rules.get("roles") or [role for role in Role if role in counts or role in hosts]
    per_table = int(rules.get("hosts_per_table") or 1)
    seats = []
    for role in Role:
        if role in (taking or list(Role)):
            entry = counts.get(role, {})
            most = entry.get("max", per_table if role in hosts else None)
            seats.append(
                RoleSeats(role=role, least=entry.get("min", 0), most=most, stays=role in hosts)
            )
    limits = {frozenset(one["between"]): one["limit"] for one in rules.get("repeats") or ()}
    return SeatRules(
        roles=tuple(seats),
        stages=next((one["min"] for one in _composition(rules) if _is_stages(one)), 0),
        from_elsewhere="affiliation" in (rules.get("keep_apart_same") or ()),
        even=bool(rules.get("even_tables")),
        **{name: _limit(name, limits, {one.role for one in seats}) for name in _PAIRS},
    )


def write(wanted: SeatRules, rules: Rules, kind: BlockKind) -> dict[str, Any]:
    """Return the rules that say what is wanted, and otherwise what they said."""
    if rules and read(rules) == wanted:
        return dict(rules)
    taking = [one.role.value for one in wanted.roles]
    hosts = [one for one in wanted.roles if one.stays]
    others = [one for one in rules.get("keep_apart_same") or () if one != "affiliation"]
    written = dict(rules) | {
        "roles": taking,
        "hosts": [one.role.value for one in hosts],
        "hosts_per_table": max((one.most or 1 for one in hosts), default=0),
        "composition": _written_composition(wanted, rules),
        "repeats": _written_repeats(wanted, rules),
        "keep_apart_same": [*others, *(["affiliation"] if wanted.from_elsewhere else [])],
        "even_tables": wanted.even,
    }
    if not rules and kind is BlockKind.SPEED:
        written["goals"] = preset_rules.speed()["goals"]
    return written


def room(rules: Rules) -> int | None:
    """Return how many people the rules seat at one table at most, None when no number says."""
    most = [one.most for one in read(rules).roles]
    return None if None in most else sum(one or 0 for one in most)


def find_problems(wanted: SeatRules) -> dict[str, str]:
    """Return what does not fit together, by field."""
    found: dict[str, str] = {}
    for one in wanted.roles:
        found |= _problems_of(one)
    if not wanted.roles:
        found["takes_mentor"] = "Tick who takes part"
    elif all(one.stays for one in wanted.roles):
        first = wanted.roles[0].role
        found[f"stays_{first}"] = "Somebody has to move: let at least one role change tables"
    room = [one.most for one in wanted.roles]
    if not found and sum(most or MOST_AT_A_TABLE for most in room) < 2:
        found[f"most_{wanted.roles[0].role}"] = "A table needs room for two people at least"
    most_stages = min(MOST_STAGES, sum(most or MOST_AT_A_TABLE for most in room))
    if wanted.stages < 0 or wanted.stages > most_stages:
        found["stages"] = f"Write 0 to {most_stages}: a table holds no more"
    return found


def _problems_of(one: RoleSeats) -> dict[str, str]:
    if not 0 <= one.least <= MOST_AT_A_TABLE:
        return {f"least_{one.role}": f"Write 0 to {MOST_AT_A_TABLE}"}
    if one.most is not None and not 1 <= one.most <= MOST_AT_A_TABLE:
        return {f"most_{one.role}": f"Write 1 to {MOST_AT_A_TABLE}, or leave it empty"}
    if one.most is not None and one.most < one.least:
        return {f"most_{one.role}": f"Write {one.least} or more: that many sit there at least"}
    return {}


def _composition(rules: Rules) -> list[dict[str, Any]]:
    return list(rules.get("composition") or ())


def _is_plain(entry: Rules) -> bool:
    """Return whether it says how many of one role sit at every table."""
    return set(entry.get("count", ())) == {"role"} and "tables" not in entry


def _is_stages(entry: Rules) -> bool:
    return entry.get("distinct") == "stage" and "min" in entry and "tables" not in entry


def _written_composition(wanted: SeatRules, rules: Rules) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for one in wanted.roles:
        entry: dict[str, Any] = {"count": {"role": one.role.value}, "min": one.least}
        if one.most is not None:
            entry["max"] = one.most
        entries.append(entry)
    if wanted.stages:
        entries.append({"distinct": "stage", "min": wanted.stages})
    kept = (one for one in _composition(rules) if not _is_plain(one) and not _is_stages(one))
    return [*entries, *kept]


def _limit(name: str, limits: Mapping[frozenset[str], str], taking: Collection[Role]) -> str:
    for pair in _PAIRS[name]:
        if frozenset(pair) in limits and all(role in taking for role in pair):
            return limits[frozenset(pair)]
    return _DEFAULTS[name]


def _written_repeats(wanted: SeatRules, rules: Rules) -> list[dict[str, Any]]:
    taking = {one.role.value for one in wanted.roles}
    said = {frozenset(pair) for pairs in _PAIRS.values() for pair in pairs}
    kept = [one for one in rules.get("repeats") or () if frozenset(one["between"]) not in said]
    return [
        *(
            {"between": list(pair), "limit": getattr(wanted, name)}
            for name, pairs in _PAIRS.items()
            for pair in pairs
            if set(pair) <= taking
        ),
        *kept,
    ]
