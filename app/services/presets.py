"""The formats an event can begin with, each with its published figures and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from app.enums import BlockKind, Role, TopicKind
from app.errors import MentoringError
from app.services import preset_rules as rules

FEATURES = ("step_free", "quiet", "hearing_loop")
"""What a table can offer; a preset's tables have all of it."""


class UnknownPreset(MentoringError):
    """There is no preset of this name."""

    status = 404

    def __init__(self, preset_id: str) -> None:
        self.preset_id = preset_id
        known = ", ".join(preset.id for preset in PRESETS)
        super().__init__(f'preset: found "{preset_id}", expected one of {known}')


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetStage:
    """A step of the default career-stage ladder, junior first."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetTopic:
    name: str
    kind: TopicKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetBlock:
    """A part of the agenda.

    ``tables`` is the number for the published figures; with ``follows``, there is one table for
    every ``per_table`` people of that role instead, however many come. ``features`` are those that
    each of its tables has: none, because only the organiser knows the room.
    """

    kind: BlockKind
    title: str
    rounds: int
    minutes: int
    changeover_minutes: int
    tables: int
    seats: int
    rules: Mapping[str, Any]
    follows: Role | None = None
    per_table: int = 1
    place: str = "Table"
    features: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles that take part in it."""
        return tuple(Role(role) for role in self.rules["roles"])

    def tables_for(self, people: Mapping[Role, int]) -> int:
        """Return how many tables these numbers of people call for."""
        if self.follows is None:
            return self.tables
        return max(1, ceil(people.get(self.follows, 0) / self.per_table))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A format with its agenda; ``figures`` say what was reported, ``source`` says where."""

    id: str
    title: str
    tagline: str
    figures: str
    source: str
    blocks: tuple[PresetBlock, ...]
    capacities: Mapping[Role, int | None]
    stages: tuple[PresetStage, ...]
    topics: tuple[PresetTopic, ...]

    @property
    def planned_block(self) -> PresetBlock:
        """The first block in which people are seated."""
        return next(block for block in self.blocks if block.kind.is_planned)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles that somebody can sign up for."""
        return tuple(self.capacities)


STAGES = (
    PresetStage(key="student", label="Student"),
    PresetStage(key="resident", label="Resident or trainee"),
    PresetStage(key="fellow", label="Fellow or early career"),
    PresetStage(key="mid_career", label="Mid career"),
    PresetStage(key="senior", label="Senior"),
)

TOPICS = tuple(
    PresetTopic(name=name, kind=kind)
    for kind, names in (
        (
            TopicKind.CANONICAL,
            (
                "clinical reasoning;research methods;curriculum design;assessment;"
                "simulation teaching;exam preparation"
            ),
        ),
        (
            TopicKind.CONTEXTUAL,
            (
                "applying for residency;writing a first paper;grant applications;"
                "academic promotion;career planning;leading a team"
            ),
        ),
        (
            TopicKind.PERSONAL,
            "speaking up;work-life balance;parenthood and training;moving country",
        ),
    )
    for name in names.split(";")
)

_GUIDE = (
    "The format is described in AMEE Guide No. 167 (Ramani et al., Med Teach 2024;46:999-1011)."
)


def _preset(  # noqa: PLR0917 -- a table of presets reads best as one line of figures each
    preset_id: str,
    title: str,
    tagline: str,
    figures: str,
    source: str,
    capacities: Mapping[Role, int | None],
    *blocks: PresetBlock,
) -> Preset:
    return Preset(
        id=preset_id,
        title=title,
        tagline=tagline,
        figures=figures,
        source=source,
        blocks=blocks,
        capacities=capacities,
        stages=STAGES,
        topics=TOPICS,
    )


def _speed(title: str, rounds: int, mentors: int) -> PresetBlock:
    """One mentor stays at each table; one mentee at a time sits down opposite."""
    return PresetBlock(
        kind=BlockKind.SPEED,
        title=title,
        rounds=rounds,
        minutes=10,
        changeover_minutes=2,
        tables=mentors,
        seats=2,
        follows=Role.MENTOR,
        rules=rules.speed(),
    )


PRESETS: tuple[Preset, ...] = (
    _preset(
        "small-all-meet",
        "Everybody meets everybody",
        "A small circle in which every mentee meets every mentor.",
        "7 mentees x 6 mentors, 10 minutes each in rotation; 7 rounds, one free for each mentee.",
        "Speed mentoring: an innovative method to facilitate mentoring relationships. "
        "Med Teach 2010;32(8):692-694.",
        {Role.MENTOR: 6, Role.MENTEE: 7},
        _speed("Speed mentoring", 7, 6),
    ),
    _preset(
        "conference-hour",
        "Conference hour",
        "Five mentors in one hour of a conference.",
        "60 mentors and 60 mentees invited (49 mentees came), 5 meetings of 10 minutes in 1 hour.",
        "Speed mentoring at the 2015 ACS Clinical Congress. J Surg Educ 2017;74(6):1007-1011.",
        {Role.MENTOR: 60, Role.MENTEE: 60},
        _speed("Speed mentoring", 5, 60),
    ),
    _preset(
        "society-tracks",
        "Society meeting with tracks",
        "Six mentors whose subject is the mentee's own.",
        "60 mentors and 60 mentees matched within tracks, 6 meetings of 10 minutes.",
        "Serwint, Cellini, Spector, Gusic: The value of speed mentoring in a pediatric academic "
        "organization. Acad Pediatr 2014; follow-up in Acad Pediatr 2017;17(5):537-543.",
        {Role.MENTOR: 60, Role.MENTEE: 60},
        _speed("Speed mentoring", 6, 60),
    ),
    _preset(
        "group-stations",
        "Stations for small groups",
        "Small groups of mentees visit every station once.",
        "25 to 30 mentees and 15 mentors at 5 stations of 3, 5 rounds of about 10 minutes.",
        "UC Davis AMWA chapter and Women in Medicine and Health Sciences, speed mentoring of "
        "January 2016 (over 25 students, 15 faculty, five small groups, about 10 minutes each).",
        {Role.MENTOR: 15, Role.MENTEE: 30},
        PresetBlock(
            kind=BlockKind.SPEED,
            title="Stations",
            rounds=5,
            minutes=10,
            changeover_minutes=2,
            tables=5,
            seats=11,
            place="Station",
            rules=rules.stations(),
        ),
    ),
    _preset(
        "stage-mixed-rooms",
        "Stage-mixed rooms",
        "Rooms with a senior mentor, an early-career facilitator and up to four mentees.",
        "26 mentors, 26 moderators and 103 mentees registered, 3 rounds of 15 minutes (virtual).",
        "Virtual networking session of the American Neurological Association annual meeting, "
        "2020 (PMC7886028).",
        {Role.MENTOR: 26, Role.FACILITATOR: 26, Role.MENTEE: 104},
        PresetBlock(
            kind=BlockKind.GROUP,
            title="Rooms",
            rounds=3,
            minutes=15,
            changeover_minutes=2,
            tables=26,
            seats=6,
            follows=Role.MENTOR,
            place="Room",
            rules=rules.rooms(),
        ),
    ),
    _preset(
        "topic-circles",
        "Topic circles",
        "Tables of ten talk about one topic each, with a facilitator who keeps time.",
        "Tables of 10 (a facilitator and up to 9), 3 rounds of 20 minutes.",
        f"Figures as commonly reported for round tables at conferences. {_GUIDE}",
        {Role.FACILITATOR: 6, Role.PEER: 54},
        PresetBlock(
            kind=BlockKind.GROUP,
            title="Topic circles",
            rounds=3,
            minutes=20,
            changeover_minutes=3,
            tables=6,
            seats=10,
            follows=Role.FACILITATOR,
            place="Circle",
            rules=rules.circles(),
        ),
    ),
    _preset(
        "one-population-mixer",
        "Mixer of peers",
        "Everybody meets new peers in every round; nobody hosts.",
        "200 peers at tables of 5, 6 rounds of 15 minutes.",
        "Figures as commonly reported for mixers; rounds of 15 minutes as in Vaggi et al.: A "
        "network approach to mixing delegates at meetings. eLife 2014;3:e02273.",
        {Role.PEER: 200},
        PresetBlock(
            kind=BlockKind.GROUP,
            title="Peer tables",
            rounds=6,
            minutes=15,
            changeover_minutes=3,
            tables=40,
            seats=5,
            follows=Role.PEER,
            per_table=5,
            rules=rules.mixer(),
        ),
    ),
    _preset(
        "peer-group-series",
        "Peer groups with a senior",
        "Groups of three to five peers and one senior facilitator, who meet every month.",
        "3 to 5 peers of similar rank and 1 senior; one meeting of 60 minutes, monthly.",
        "Facilitated peer mentoring in academic hospital medicine (Weill Cornell), groups of three "
        "to five; the length of a meeting is as commonly reported.",
        {Role.FACILITATOR: 8, Role.PEER: 40},
        PresetBlock(
            kind=BlockKind.GROUP,
            title="Peer groups",
            rounds=1,
            minutes=60,
            changeover_minutes=0,
            tables=8,
            seats=6,
            follows=Role.FACILITATOR,
            place="Group",
            rules=rules.peer_groups(),
        ),
    ),
    _preset(
        "family-groups",
        "Vertical family groups",
        "A mentor and mentees of several years who look after each other.",
        "1 mentor and 4 to 6 mentees of at least 2 stages; one meeting of 60 minutes.",
        "Vertical peer mentoring as in Andre, Deerin, Leykum: Students helping students. BMC Res "
        "Notes 2017;10:176; figures as commonly reported.",
        {Role.MENTOR: 8, Role.MENTEE: 48},
        PresetBlock(
            kind=BlockKind.GROUP,
            title="Families",
            rounds=1,
            minutes=60,
            changeover_minutes=0,
            tables=8,
            seats=7,
            follows=Role.MENTOR,
            place="Family",
            rules=rules.families(),
        ),
    ),
)


BLANK = _preset(
    "blank",
    "Blank event",
    "A welcome and a close. What comes between them you put on the agenda yourself.",
    "",
    "",
    {},
)
"""Nothing but a frame; no format that somebody described, so it is not among ``PRESETS``."""


def get(preset_id: str) -> Preset:
    """Return the preset of this id."""
    for preset in PRESETS:
        if preset.id == preset_id:
            return preset
    raise UnknownPreset(preset_id)
