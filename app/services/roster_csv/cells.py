"""One row of a roster file: each cell checked, cleaned and understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.enums import Role
from app.errors import InvalidInput
from app.services.addresses import canonical_address
from app.services.presets import PresetStage
from app.services.roster_csv import values
from app.services.roster_csv.columns import Columns, plain
from app.services.roster_csv.values import Level, RowFinding

_LONGEST = {"name": 200, "email": 254, "affiliation": 200}
_LONG = 2_000
_FIELDS = ("name", "email", "role", "stage", "affiliation", "topics", "question", "available")
_FIELDS_TOO = ("wishes", "not_with", "needs", "consent_share")
_ROLE_WORDS = {
    Role.MENTOR: "mentor|mentors|mentorin|mentor in|mentoren|mentorinnen|mentor innen",
    Role.MENTEE: "mentee|mentees|mentee in|mentee innen",
    Role.PEER: "peer|peers",
    Role.FACILITATOR: "facilitator|facilitators|moderator|moderators|moderatorin|moderator in",
}
_ROLES = {text: role for role, texts in _ROLE_WORDS.items() for text in texts.split("|")}


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvPerson:
    """One row, cleaned. ``key`` is the address as it is compared, empty when there is none.

    ``rounds`` are round numbers, None for all. Wishes hold keys once they are resolved; what names
    nobody on the list stands in ``unresolved`` and ``unresolved_not_with`` as it was written.
    """

    row: int
    name: str
    email: str
    key: str
    role: Role
    stage: str | None
    stage_label: str
    affiliation: str
    topics: tuple[str, ...]
    question: str
    rounds: frozenset[int] | None
    wishes: tuple[str, ...]
    not_with: tuple[str, ...]
    unresolved: tuple[str, ...]
    unresolved_not_with: tuple[str, ...]
    needs: frozenset[str]
    other_needs: tuple[str, ...]
    shares_question: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a row is checked against."""

    rounds: int
    roles: tuple[Role, ...]
    stages: tuple[PresetStage, ...]
    columns: Columns


def address_key(text: str) -> str:
    """Return an address as it is compared; ``InvalidInput`` when it is none."""
    return canonical_address(text)


def role_of(text: str) -> Role | None:
    """Return the role that a word means, in English or German."""
    return _ROLES.get(plain(text))


def stage_of(text: str, stages: Sequence[PresetStage]) -> PresetStage | None:
    """Return the stage that a word means: its key, its label, or one side of an "or" in it."""
    words = plain(text)
    for stage in stages:
        names = {plain(stage.key), plain(stage.label)}
        names.update(plain(part) for part in stage.label.replace(" or ", ",").split(","))
        if words in names:
            return stage
    return None


def read_row(
    row: int, texts: Sequence[str], expected: Expected
) -> tuple[CsvPerson, list[RowFinding]]:
    """Return the person of a row as far as it can be read, and everything found in it."""
    return _Row(row, texts, expected).read()


class _Row:
    """The cells of one row on their way to a person."""

    def __init__(self, row: int, texts: Sequence[str], expected: Expected) -> None:
        self.row = row
        self.texts = texts
        self.expected = expected
        self.findings: list[RowFinding] = []

    def read(self) -> tuple[CsvPerson, list[RowFinding]]:
        self._check_shape()
        email, key = self._address()
        stage, label = self._stage()
        needs, other_needs = self._needs()
        person = CsvPerson(
            row=self.row,
            name=self._name(),
            email=email,
            key=key,
            role=self._role(),
            stage=stage,
            stage_label=label,
            affiliation=self._clean("affiliation"),
            topics=values.split_list(self._raw("topics")),
            question=self._clean("question"),
            rounds=self._rounds(),
            wishes=values.split_list(self._raw("wishes").replace(",", ";")),
            not_with=values.split_list(self._raw("not_with").replace(",", ";")),
            unresolved=(),
            unresolved_not_with=(),
            needs=needs,
            other_needs=other_needs,
            shares_question=self._shares(),
        )
        return person, self.findings

    def _raw(self, field: str) -> str:
        text = self.expected.columns.cell(self.texts, field)
        return text[1:] if values.is_escaped(text) else text

    def _clean(self, field: str) -> str:
        return values.clean_cell(self._raw(field))

    def _error(self, column: str, found: str, expected: str) -> None:
        self._find(Level.ERROR, column, found, expected)

    def _find(self, level: Level, column: str, found: str, expected: str) -> None:
        self.findings.append(
            RowFinding(level=level, row=self.row, column=column, found=found, expected=expected)
        )

    def _check_shape(self) -> None:
        width = self.expected.columns.width
        if any(text.strip() for text in self.texts[width:]):
            found = f"{len(self.texts)} cells"
            self._error("cells", found, f"expected {width}, as many as there are headings")
        for field in (*_FIELDS, *_FIELDS_TOO, "first_name", "last_name"):
            text = self._raw(field)
            most = _LONGEST.get(field, _LONG)
            if values.has_control_signs(text):
                self._error(field, text[:40], "expected text without control characters")
            if len(text) > most:
                found = f"{len(text)} characters"
                self._error(field, found, f"expected at most {most}")

    def _name(self) -> str:
        name = self._clean("name")
        if not name:
            name = f"{self._clean('first_name')} {self._clean('last_name')}".strip()
        if not name:
            self._error("name", "", "expected a name")
        elif values.begins_like_a_formula(name):
            self._find(Level.WARNING, "name", name, "begins like a formula; kept as text")
        return name

    def _address(self) -> tuple[str, str]:
        email = self._clean("email").strip("<>").removeprefix("mailto:").lower()
        try:
            return email, address_key(email)
        except InvalidInput:
            self._error("email", email, "expected an e-mail address")
            return email, ""

    def _role(self) -> Role:
        text = self._clean("role")
        role = role_of(text)
        if role is None or role not in self.expected.roles:
            self._error("role", text, f"expected {values.either(self.expected.roles)}")
        return role or self.expected.roles[0]

    def _stage(self) -> tuple[str | None, str]:
        text = self._clean("stage")
        if not text or not self.expected.stages:
            return None, ""
        if stage := stage_of(text, self.expected.stages):
            return stage.key, stage.label
        known = [stage.key.replace("_", " ") for stage in self.expected.stages]
        self._error("stage", text, f"expected {values.either(known)}")
        return None, ""

    def _rounds(self) -> frozenset[int] | None:
        text = self._clean("available")
        rounds, problem = values.read_rounds(text, self.expected.rounds)
        if problem:
            self._error("available", text, problem)
        return rounds

    def _needs(self) -> tuple[frozenset[str], tuple[str, ...]]:
        features, others = values.read_needs(self._raw("needs"))
        known = "expected step-free access, quiet table or hearing loop; kept as a note"
        for other in others:
            self._find(Level.WARNING, "needs", other, known)
        return features, others

    def _shares(self) -> bool:
        text = self._clean("consent_share")
        answer = values.read_yes(text)
        if answer is None:
            self._find(Level.WARNING, "consent_share", text, "expected yes or no; taken as no")
        return bool(answer)
