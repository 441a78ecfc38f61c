from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.enums import BlockKind, Role
from app.services import preset_rules
from app.services.agenda import seat_rules
from app.services.agenda.seat_rules import RoleSeats, SeatRules
from tests.builders import default_rules

ALL_RULES = (
    preset_rules.speed,
    preset_rules.stations,
    preset_rules.rooms,
    preset_rules.circles,
    preset_rules.mixer,
    preset_rules.peer_groups,
    preset_rules.families,
    default_rules,
)


@pytest.mark.parametrize("make", ALL_RULES)
def test_unchanged_words_leave_the_rules_as_they_are(make: Any) -> None:
    rules = make()

    assert seat_rules.write(seat_rules.read(rules), rules, BlockKind.SPEED) == rules


@pytest.mark.parametrize("make", ALL_RULES)
def test_written_rules_read_as_they_were_meant(make: Any) -> None:
    wanted = replace(seat_rules.read(make()), from_elsewhere=True, stages=2)

    written = seat_rules.write(wanted, make(), BlockKind.GROUP)

    assert seat_rules.read(written) == wanted


def test_two_mentors_share_a_table() -> None:
    mentor = RoleSeats(role=Role.MENTOR, least=1, most=2, stays=True)
    wanted = replace(
        seat_rules.read(preset_rules.speed()),
        roles=(mentor, RoleSeats(role=Role.MENTEE, least=1, most=4)),
    )

    written = seat_rules.write(wanted, preset_rules.speed(), BlockKind.SPEED)

    assert written["hosts_per_table"] == 2
    assert written["composition"] == [
        {"count": {"role": "mentor"}, "min": 1, "max": 2},
        {"count": {"role": "mentee"}, "min": 1, "max": 4},
    ]
    assert written["goals"] == preset_rules.speed()["goals"]


def test_mentors_who_move_host_nothing() -> None:
    known = seat_rules.read(preset_rules.speed())
    wanted = replace(known, roles=tuple(replace(one, stays=False) for one in known.roles))

    written = seat_rules.write(wanted, preset_rules.speed(), BlockKind.SPEED)

    assert (written["hosts"], written["hosts_per_table"]) == ([], 0)


def test_what_has_no_words_stays() -> None:
    own = [
        {"not_alone": {"trait": "q1", "value": "yes"}},
        {"count": {"stage": "senior"}, "min": 1},
        {"count": {"role": "mentee"}, "max": 2, "tables": ["t3"]},
        {"distinct": "affiliation", "min": 2},
    ]
    rules = default_rules() | {"goals": ["fit"], "x_note": "kept"}
    rules["composition"] = [*rules["composition"], *own]
    rules["repeats"] = [*rules["repeats"], {"between": ["mentor", "mentor"], "limit": "never"}]

    written = seat_rules.write(replace(seat_rules.read(rules), even=True), rules, BlockKind.SPEED)

    assert written["composition"][2:] == own
    assert written["repeats"][-1] == {"between": ["mentor", "mentor"], "limit": "never"}
    assert (written["goals"], written["x_note"]) == (["fit"], "kept")


@pytest.mark.parametrize(
    ("kind", "asked", "roles"),
    [
        (BlockKind.SPEED, (Role.MENTOR, Role.MENTEE), [Role.MENTOR, Role.MENTEE]),
        (BlockKind.GROUP, (Role.PEER,), [Role.PEER]),
        (BlockKind.GROUP, (Role.PEER, Role.FACILITATOR), [Role.PEER, Role.FACILITATOR]),
        (BlockKind.GROUP, (Role.MENTOR, Role.MENTEE), [Role.MENTOR, Role.MENTEE]),
    ],
)
def test_new_block_begins_with_the_roles_there_are(
    kind: BlockKind, asked: tuple[Role, ...], roles: list[Role]
) -> None:
    found = seat_rules.fresh(kind, asked)

    assert [one.role for one in found.roles] == roles
    assert seat_rules.find_problems(found) == {}


def _seats(role: Role, least: int, most: int | None, *, stays: bool = False) -> RoleSeats:
    return RoleSeats(role=role, least=least, most=most, stays=stays)


@pytest.mark.parametrize(
    ("roles", "field"),
    [
        ((), "takes_mentor"),
        ((_seats(Role.MENTOR, 1, 2, stays=True),), "stays_mentor"),
        ((_seats(Role.MENTEE, 5, 4),), "most_mentee"),
        ((_seats(Role.MENTEE, -1, 4),), "least_mentee"),
        ((_seats(Role.MENTEE, 0, 0),), "most_mentee"),
        ((_seats(Role.PEER, 1, 99),), "most_peer"),
        ((_seats(Role.PEER, 1, 1),), "most_peer"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field(roles: tuple[RoleSeats, ...], field: str) -> None:
    assert list(seat_rules.find_problems(SeatRules(roles=roles))) == [field]


def test_more_stages_than_seats_are_refused() -> None:
    wanted = SeatRules(roles=(_seats(Role.PEER, 2, 3),), stages=4)

    assert seat_rules.find_problems(wanted) == {"stages": "Write 0 to 3: a table holds no more"}
