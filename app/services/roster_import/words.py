"""Words of a file that mean nothing to us yet, with what they probably mean."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from app.services.presets import PresetStage
from app.services.roster_csv.cells import role_of, stage_of
from app.services.roster_csv.columns import plain
from app.services.roster_csv.values import NEEDS, clean_cell, read_needs, read_rounds, read_yes
from app.services.roster_files import Sheet
from app.services.roster_import.drafts import LISTS, cell, parts_of
from app.services.roster_import.fields import Field
from app.services.roster_import.mapping import EMPTY, KEEP, SKIP, Decisions, Source
from app.services.signups.form import FormChoices

MOST_WORDS = 100
_ASKED = (
    Field.ROLE,
    Field.STAGE,
    Field.TOPICS,
    Field.NEEDS,
    Field.AVAILABLE,
    Field.CONSENT_SHARE,
)
_NEEDS = {"step_free": "Step-free access", "quiet": "Quiet table", "hearing_loop": "Hearing loop"}
_MEANS = {
    Field.ROLE: {
        "mentor": "expert experts consultant senior advisor adviser berater beraterin",
        "mentee": "attendee participant student learner teilnehmer teilnehmerin trainee",
        "facilitator": "moderation chair host table host",
        "peer": "participant teilnehmer teilnehmerin attendee",
    },
    Field.STAGE: {
        "student": "studentin studierende studierender medizinstudent medizinstudentin pj famulant",
        "resident": "trainee assistenzarzt assistenzarztin arzt in weiterbildung registrar intern",
        "fellow": "facharzt facharztin postdoc early career",
        "mid_career": "oberarzt oberarztin consultant attending",
        "senior": "chefarzt chefarztin professor professorin prof emeritus leitende klinikdirektor",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word we do not know, how often it stands there, and what to do with it.

    ``choice`` is what was decided, else what we would do; empty: not decided.
    """

    field: Field
    said: str
    key: str
    rows: int
    first_row: int
    options: tuple[tuple[str, str], ...]
    choice: str


def unknown_words(
    sheet: Sheet,
    columns: Mapping[Field, Source],
    decisions: Decisions,
    choices: FormChoices,
) -> tuple[Word, ...]:
    """Return the unknown words of each field, the most frequent first."""
    stages = tuple(PresetStage(key=key, label=label) for key, label in choices.stages)
    topics = {plain(topic) for topic in choices.topics}
    found: list[Word] = []
    for name in _ASKED:
        if columns.get(name) is None or (name is Field.STAGE and not stages):
            continue
        seen: dict[str, list[tuple[str, int]]] = {}
        for row in sheet.rows:
            for part in _parts(name, cell(row, columns[name]), topics):
                if not _is_known(name, part, choices, stages):
                    seen.setdefault(plain(part), []).append((clean_cell(part), row.number))
        options = _options(name, choices)
        decided = decisions.words.get(name)
        found.extend(
            Word(
                field=name,
                said=places[0][0][:120],
                key=key,
                rows=len(places),
                first_row=places[0][1],
                options=options,
                choice=_choice(name, key, options) if decided is None else decided.get(key, ""),
            )
            for key, places in sorted(seen.items(), key=lambda one: (-len(one[1]), one[0]))
            if key
        )
    return tuple(found[:MOST_WORDS])


def _parts(name: Field, text: str, topics: Container[str]) -> Iterable[str]:
    parts = parts_of(name, text, topics) if name in LISTS else [text]
    return (part for part in parts if part.strip())


def _is_known(
    name: Field, part: str, choices: FormChoices, stages: tuple[PresetStage, ...]
) -> bool:
    if name is Field.ROLE:
        return role_of(part) in choices.roles
    if name is Field.STAGE:
        return stage_of(part, stages) is not None
    if name is Field.TOPICS:
        return not choices.topics or plain(part) in {plain(topic) for topic in choices.topics}
    if name is Field.NEEDS:
        return not read_needs(part)[1]
    if name is Field.AVAILABLE:
        has_number = any(sign.isdecimal() for sign in part)
        return has_number or not read_rounds(part, max(len(choices.rounds), 1))[1]
    return read_yes(clean_cell(part)) is not None


def _options(name: Field, choices: FormChoices) -> tuple[tuple[str, str], ...]:
    skip, empty = (SKIP, "Leave these rows out"), (EMPTY, "Leave it empty")
    if name is Field.ROLE:
        return (*((role.value, role.value.capitalize()) for role in choices.roles), skip)
    if name is Field.STAGE:
        return (*choices.stages, empty, skip)
    if name is Field.TOPICS:
        topics = ((topic, topic) for topic in choices.topics)
        return ((KEEP, "Keep it as it is written"), *topics, empty, skip)
    if name is Field.NEEDS:
        return (*_NEEDS.items(), (EMPTY, "Leave it out, I will see to it"), skip)
    if name is Field.AVAILABLE:
        return (("all", "All rounds"), skip)
    return (("yes", "Yes"), ("no", "No"), skip)


def _choice(name: Field, key: str, options: tuple[tuple[str, str], ...]) -> str:
    """Return what a word probably means, empty when nothing is likely."""
    ours = {value: plain(label) for value, label in options if not value.startswith("!")}
    for value, said in _MEANS.get(name, {}).items():
        if value in ours and set(key.split()) & set(said.split()):
            return value
    spelled = {label: value for value, label in ours.items()}
    if name is Field.STAGE:
        spelled |= {plain(value): value for value in ours}
    if name is Field.NEEDS:
        spelled |= NEEDS
    close = difflib.get_close_matches(key[:100], spelled, n=1, cutoff=0.72)
    if close:
        return spelled[close[0]]
    return KEEP if name is Field.TOPICS else ""
