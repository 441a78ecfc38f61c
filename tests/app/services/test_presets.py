from __future__ import annotations

import pytest

from app.enums import BlockKind, Role
from app.services import presets
from app.services.presets import PRESETS, UnknownPreset

IDS = [
    "small-all-meet",
    "conference-hour",
    "society-tracks",
    "group-stations",
    "stage-mixed-rooms",
    "topic-circles",
    "one-population-mixer",
    "peer-group-series",
    "family-groups",
]


def test_presets_are_the_nine_of_the_product() -> None:
    assert [preset.id for preset in PRESETS] == IDS


@pytest.mark.parametrize(
    ("preset_id", "rounds", "minutes", "people"),
    [
        ("small-all-meet", 7, 10, {Role.MENTOR: 6, Role.MENTEE: 7}),
        ("conference-hour", 5, 10, {Role.MENTOR: 60, Role.MENTEE: 60}),
        ("society-tracks", 6, 10, {Role.MENTOR: 60, Role.MENTEE: 60}),
        ("group-stations", 5, 10, {Role.MENTOR: 15, Role.MENTEE: 30}),
        (
            "stage-mixed-rooms",
            3,
            15,
            {Role.MENTOR: 26, Role.FACILITATOR: 26, Role.MENTEE: 104},
        ),
        ("topic-circles", 3, 20, {Role.FACILITATOR: 6, Role.PEER: 54}),
        ("one-population-mixer", 6, 15, {Role.PEER: 200}),
    ],
)
def test_a_preset_has_its_published_figures(
    preset_id: str, rounds: int, minutes: int, people: dict[Role, int]
) -> None:
    preset = presets.get(preset_id)

    assert (preset.planned_block.rounds, preset.planned_block.minutes) == (rounds, minutes)
    assert preset.capacities == people


@pytest.mark.parametrize("preset", PRESETS, ids=IDS)
def test_a_preset_says_its_figures_and_where_they_stand(preset: presets.Preset) -> None:
    assert preset.figures
    assert preset.source
    assert [stage.key for stage in preset.stages] == [
        "student",
        "resident",
        "fellow",
        "mid_career",
        "senior",
    ]


@pytest.mark.parametrize("preset", PRESETS, ids=IDS)
def test_a_presets_tables_promise_nothing_and_follow_its_people(
    preset: presets.Preset,
) -> None:
    block = preset.planned_block

    assert block.features == ()
    places = {role: number or 0 for role, number in preset.capacities.items()}
    assert block.tables_for(places) == block.tables
    assert set(block.roles) == set(preset.roles)
    assert block.kind in {BlockKind.SPEED, BlockKind.GROUP}
    assert block.minutes >= 8


def test_tables_follow_the_mentors_who_come() -> None:
    block = presets.get("conference-hour").planned_block

    assert block.tables_for({Role.MENTOR: 41, Role.MENTEE: 60}) == 41


def test_tables_follow_the_peers_who_come() -> None:
    block = presets.get("one-population-mixer").planned_block

    assert block.tables_for({Role.PEER: 41}) == 9


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownPreset, match=r'preset: found "tea-party", expected one of small'):
        presets.get("tea-party")
