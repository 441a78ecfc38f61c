"""What was chosen on the pages of an import, read back from their forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from app.enums import Role
from app.services.roster_import.adding import Yes
from app.services.roster_import.faults import Mend
from app.services.roster_import.fields import FIELDS, FIXED, Field
from app.services.roster_import.mapping import MOST_TEXT, Decisions, Source
from app.services.roster_import.words import Word

Posted = MultiDict[str, str]
SAME = "="
"""Begins a choice that is one value for everybody."""


def columns_of(posted: Posted) -> dict[Field, Source]:
    """Return where each field comes from; what is in no file is left out."""
    found: dict[Field, Source] = {}
    for name in FIELDS:
        choice = posted.get(f"column-{name}", "")
        typed = posted.get(f"same-{name}", "").strip()
        if choice.isascii() and choice.isdecimal():
            found[name] = Source(column=int(choice[:6]))
        elif choice.startswith(SAME) and name in FIXED:
            found[name] = Source(fixed=choice[len(SAME) :][:200])
        elif typed and name in FIXED:
            found[name] = Source(fixed=typed[:200])
    return found


def words_of(posted: Posted, words: Iterable[Word]) -> dict[Field, dict[str, str]]:
    """Return what each unknown word means; one that was not decided stays open."""
    found: dict[Field, dict[str, str]] = {}
    for at, word in enumerate(words):
        choice = posted.get(f"word-{at}", "")
        chosen = found.setdefault(word.field, {})
        if choice in {value for value, _ in word.options}:
            chosen[word.key] = choice
    return found


def with_words(
    decisions: Decisions,
    columns: Mapping[Field, Source],
    chosen: dict[Field, dict[str, str]],
) -> Decisions:
    """Return the decisions with what words mean; fields without unknown words keep theirs."""
    words = {name: dict(known) for name, known in decisions.words.items()} | chosen
    return replace(decisions, columns=dict(columns), words=words)


def mended(posted: Posted, decisions: Decisions) -> Decisions:
    """Return the decisions with what was put right in single rows."""
    fixes = {row: dict(texts) for row, texts in decisions.fixes.items()}
    left_out = set(decisions.left_out)
    for key, text in posted.items():
        kind, _, rest = key.partition("-")
        number, _, name = rest.partition("-")
        if not (number.isascii() and number.isdecimal()):
            continue
        row = int(number[:8])
        if kind == "fix" and name in set(Field) and text.strip():
            fixes.setdefault(row, {})[Field(name)] = text[:MOST_TEXT]
        elif kind == Mend.EMPTY and name in set(Field):
            fixes.setdefault(row, {})[Field(name)] = ""
        elif kind == Mend.INSTEAD and name.isascii() and name.isdecimal():
            left_out.add(int(name[:8]))
            left_out.discard(row)
    return replace(decisions, fixes=fixes, left_out=frozenset(left_out))


def yes_of(posted: Posted) -> Yes:
    """Return what was agreed to."""
    return Yes(
        seen=posted.get("seen", ""),
        raised=frozenset(role for role in Role if posted.get(f"raise-{role}")),
        tells=bool(posted.get("tells")),
    )
