"""The forms of the agenda: one part, the tables of one; what is right in them the service says."""

from __future__ import annotations

from collections.abc import Mapping

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional

from app.blueprints.organiser.sign_up_forms import Whole
from app.enums import BlockKind, Role
from app.services import agenda
from app.services.agenda import PartForm, RoleSeats, SeatRules, TableForm, TableSet

MINUTES = "Write a number of minutes, like 10"
COUNT = "Write how many, like 3"
KINDS = {
    BlockKind.SPEED: "Speed block",
    BlockKind.GROUP: "Group block",
    BlockKind.BREAK: "Break",
    BlockKind.PLENARY: "Plenary",
}
AGAIN = {
    "never": "never",
    "avoid": "only if it cannot be helped",
    "free": "as often as it falls",
}
_DEFAULTS = {
    BlockKind.SPEED: PartForm(
        kind=BlockKind.SPEED, title="Speed mentoring", minutes=10, changeover_minutes=2, rounds=5
    ),
    BlockKind.GROUP: PartForm(
        kind=BlockKind.GROUP, title="Peer groups", minutes=20, changeover_minutes=3, rounds=3
    ),
    BlockKind.BREAK: PartForm(kind=BlockKind.BREAK, title="Break", minutes=15),
    BlockKind.PLENARY: PartForm(kind=BlockKind.PLENARY, title="Welcome", minutes=15),
}
TableRows = Mapping[int, dict[str, object]]


class PartFields(FlaskForm):  # type: ignore[misc]
    """What every part has; `part_form` adds what a part has where people sit."""

    title = StringField("Name of this part")
    note = StringField("A line below it")
    minutes = Whole("Minutes", advice=MINUTES, validators=[InputRequired(MINUTES)])

    def part(self, kind: BlockKind) -> PartForm:
        """Return the part as written."""
        if not kind.is_planned:
            return PartForm(
                kind=kind,
                title=self.title.data or "",
                note=self.note.data or "",
                minutes=self.minutes.data,
            )
        return PartForm(
            kind=kind,
            title=self.title.data or "",
            note=self.note.data or "",
            minutes=self.minutes.data,
            changeover_minutes=self.changeover_minutes.data,
            rounds=self.rounds.data,
            seats=self._seats(),
        )

    def put(self, problems: Mapping[str, str]) -> None:
        """Write what the service found beside its fields, what has none on top."""
        for name, message in problems.items():
            if name in self:
                self[name].errors = [message]
            else:
                self.form_errors.append(message)

    def _seats(self) -> SeatRules:
        roles = [
            RoleSeats(
                role=role,
                least=self[f"least_{role}"].data or 0,
                most=self[f"most_{role}"].data,
                stays=self[f"stays_{role}"].data,
            )
            for role in Role
            if self[f"takes_{role}"].data
        ]
        return SeatRules(
            roles=tuple(roles),
            stages=self.stages.data or 0,
            mentors_again=self.mentors_again.data,
            others_again=self.others_again.data,
            facilitators_again=self.facilitators_again.data,
            from_elsewhere=self.from_elsewhere.data,
            even=self.even.data,
        )


def part_form(
    kind: BlockKind,
    known: PartForm | None,
    asked: tuple[Role, ...],
    after: list[tuple[int, str]],
    *,
    place: int = 0,
) -> PartFields:
    """Return the form of a part; a new one (``known`` None) also has its place and its tables."""
    data = _begins_with(kind, known or _DEFAULTS[kind], asked) | {"after": place}
    fields = _fields_of(kind, is_new=known is None)
    found: PartFields = type("PartFieldsOfKind", (PartFields,), fields)(data=data)
    if known is None:
        found.after.choices = after
    if kind.is_planned:
        for name in ("mentors_again", "others_again", "facilitators_again"):
            found[name].choices = [(limit, AGAIN[limit]) for limit in agenda.LIMITS]
    return found


def _begins_with(kind: BlockKind, start: PartForm, asked: tuple[Role, ...]) -> dict[str, object]:
    return {
        "title": start.title,
        "note": start.note,
        "minutes": start.minutes,
        "changeover_minutes": start.changeover_minutes,
        "rounds": start.rounds,
        "tables": 6,
        "word": "Table",
        **_start(start.seats or agenda.fresh(kind, asked)),
    }


def _fields_of(kind: BlockKind, *, is_new: bool) -> dict[str, object]:
    fields: dict[str, object] = {}
    if is_new:
        fields["after"] = SelectField("Where it goes", coerce=int)
    if kind.is_planned:
        fields |= _seated_fields()
        if is_new:
            fields["tables"] = Whole("Tables", advice=COUNT, validators=[InputRequired(COUNT)])
            fields["word"] = StringField("What they are called")
    return fields


def _seated_fields() -> dict[str, object]:
    fields: dict[str, object] = {
        "rounds": Whole("Rounds", advice=COUNT, validators=[InputRequired(COUNT)]),
        "changeover_minutes": Whole(
            "Minutes to move, after each round",
            advice="Write a number of minutes, like 2",
            validators=[InputRequired("Write a number of minutes, like 2")],
        ),
        "stages": Whole(
            "Different career stages at a table", advice=COUNT, validators=[Optional()]
        ),
        "mentors_again": SelectField("The same mentor comes again"),
        "others_again": SelectField("The same mentees or peers meet again"),
        "facilitators_again": SelectField("The same facilitator comes again"),
        "from_elsewhere": BooleanField("Nobody sits with a mentor from their own place of work"),
        "even": BooleanField("Tables are nearly the same size"),
    }
    for role in Role:
        fields |= {
            f"takes_{role}": BooleanField(f"{role.capitalize()}s take part"),
            f"least_{role}": Whole("At least", advice=COUNT, validators=[Optional()]),
            f"most_{role}": Whole("At most", advice=COUNT, validators=[Optional()]),
            f"stays_{role}": BooleanField("They stay at one table"),
        }
    return fields


def _start(seats: SeatRules) -> dict[str, object]:
    start: dict[str, object] = {
        "stages": seats.stages or None,
        "mentors_again": seats.mentors_again,
        "others_again": seats.others_again,
        "facilitators_again": seats.facilitators_again,
        "from_elsewhere": seats.from_elsewhere,
        "even": seats.even,
    }
    for role in Role:
        mine = seats.of(role)
        start |= {
            f"takes_{role}": mine is not None,
            f"least_{role}": mine.least if mine else None,
            f"most_{role}": mine.most if mine else None,
            f"stays_{role}": bool(mine and mine.stays),
        }
    return start


class MoreTablesFields(FlaskForm):  # type: ignore[misc]
    """Several tables that are alike."""

    count = Whole("How many", advice=COUNT, validators=[InputRequired(COUNT)])
    word = StringField("What they are called", default="Table")
    seats = Whole("Seats at each", advice=COUNT, validators=[Optional()])
    features = SelectMultipleField("What they have", validate_choice=False)
    other = StringField("Something else they have")

    def tables(self) -> TableSet:
        """Return the tables as written."""
        own = agenda.feature_of(self.other.data or "")
        return TableSet(
            count=self.count.data,
            word=self.word.data or "",
            seats=self.seats.data,
            features=tuple(dict.fromkeys([*self.features.data, *([own] if own else [])])),
        )


def more_tables_form(features: tuple[str, ...], word: str) -> MoreTablesFields:
    """Return the form with the features there are to tick."""
    form = MoreTablesFields(data={"word": word, "count": 1})
    form.features.choices = [(name, feature_words(name)) for name in features]
    form.features.data = [name for name in form.features.data or () if name in features]
    return form


def feature_words(name: str) -> str:
    """Return a feature as people say it: "step free"."""
    return name.replace("_", " ").capitalize()


def read_tables(
    posted: MultiDict[str, str], ids: tuple[int, ...], features: tuple[str, ...]
) -> tuple[dict[int, TableForm], dict[str, str]]:
    """Return what was written for each table, and what is no number at all, by field."""
    found, problems = {}, {}
    for id_ in ids:
        if f"label-{id_}" not in posted:
            continue
        text = posted.get(f"seats-{id_}", "").strip()
        is_number = text.isascii() and text.isdecimal() and len(text) < 5
        if text and not is_number:
            problems[f"seats-{id_}"] = "Write a number of seats, like 6, or leave it empty"
        ticked = posted.getlist(f"has-{id_}")
        found[id_] = TableForm(
            label=posted.get(f"label-{id_}", ""),
            seats=int(text) if is_number else None,
            features=tuple(name for name in features if name in ticked),
        )
    return found, problems
