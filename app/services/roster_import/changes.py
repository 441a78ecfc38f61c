"""What a row would change about somebody who is on the roster already.

An empty cell changes nothing, consents stay the person's own, and "not with" only grows: it is
written without a word, because no page of organisers shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.enums import Role, WishKind
from app.models import Person, Wish
from app.services import addresses
from app.services.roster_csv import CsvPerson
from app.services.roster_import.fields import Field
from app.services.signups import answers
from app.services.signups.form import FormChoices


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """New values by column of the person and the sign-up, wishes anew, and who not with."""

    person: Mapping[str, object]
    sign_up: Mapping[str, object]
    wishes: tuple[str, ...] | None
    not_with: tuple[str, ...]
    told: tuple[Field, ...]

    @property
    def is_any(self) -> bool:
        """Whether a page may say that something is another."""
        return bool(self.told)


def changes_of(
    person: Person, one: CsvPerson, given: frozenset[Field], choices: FormChoices
) -> Changes:
    """Return what is another; ``given`` are the fields that the row says something about."""
    about, said, told = _columns(person, one, given, choices)
    sign_up = person.sign_up
    targets = tuple(addresses.clean_line(text) for text in (*one.wishes, *one.unresolved))
    wished = [wish.target_canonical for wish in sign_up.wishes if wish.kind is WishKind.WISH]
    wanted = [addresses.canonical_target(text) for text in targets]
    wishes = targets if Field.WISHES in given and set(wished) != set(wanted) else None
    if wishes is not None:
        told.append(Field.WISHES)
    kept = {wish.target_canonical for wish in sign_up.wishes if wish.kind is WishKind.NOT_WITH}
    apart = (*one.not_with, *one.unresolved_not_with)
    return Changes(
        person=about,
        sign_up=said,
        wishes=wishes,
        not_with=tuple(text for text in apart if addresses.canonical_target(text) not in kept),
        told=tuple(told),
    )


def _columns(
    person: Person, one: CsvPerson, given: frozenset[Field], choices: FormChoices
) -> tuple[dict[str, object], dict[str, object], list[Field]]:
    absent = _absent(one, choices)
    sign_up = person.sign_up
    about: list[tuple[Field, str, object, object]] = [
        (Field.NAME, "name", person.name, addresses.clean_line(one.name)),
        (Field.STAGE, "stage", person.stage, one.stage),
        (Field.AFFILIATION, "affiliation", person.affiliation, one.affiliation),
    ]
    said: list[tuple[Field, str, object, object]] = [
        (Field.TOPICS, "topics", list(sign_up.topics), list(one.topics)),
        (Field.NEEDS, "needs", sorted(sign_up.needs), sorted(one.needs)),
        (Field.AVAILABLE, "absent_rounds", sorted(sign_up.absent_rounds), absent),
    ]
    if sign_up.role is Role.MENTEE:
        asked = addresses.clean_text(one.question)
        said.append((Field.QUESTION, "question", sign_up.question, asked))
    if not one.needs:
        given = given - {Field.NEEDS}
    names = {Field.FIRST_NAME, Field.LAST_NAME} & given
    given = given | {Field.NAME} if names else given
    new_about = {name: new for field, name, old, new in about if field in given and old != new}
    new_said = {name: new for field, name, old, new in said if field in given and old != new}
    told = [field for field, name, *_ in about if name in new_about]
    told += [field for field, name, *_ in said if name in new_said]
    return new_about, new_said, told


def _absent(one: CsvPerson, choices: FormChoices) -> list[int]:
    if one.rounds is None:
        return []
    numbered = enumerate(choices.rounds, start=1)
    return sorted(id_ for number, id_ in numbered if number not in one.rounds)


def write(person: Person, changes: Changes, *, now: datetime) -> bool:
    """Write what is another; return whether anything was, said aloud or not."""
    sign_up = person.sign_up
    for name, value in changes.person.items():
        setattr(person, name, value)
    for name, value in changes.sign_up.items():
        setattr(sign_up, name, value)
    if changes.wishes is not None:
        sign_up.wishes = [wish for wish in sign_up.wishes if wish.kind is not WishKind.WISH]
        sign_up.wishes.extend(_wish(WishKind.WISH, text) for text in changes.wishes)
    sign_up.wishes.extend(_wish(WishKind.NOT_WITH, text) for text in changes.not_with)
    if changes.is_any:
        sign_up.changed_at = now
    return changes.is_any or bool(changes.not_with)


def _wish(kind: WishKind, target: str) -> Wish:
    return Wish(**answers.wish_values(kind, target))
