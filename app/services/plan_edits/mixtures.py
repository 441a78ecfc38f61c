"""Who sits at a table and who should, in words: the rules that count."""

from __future__ import annotations

from app.services.planning.edits import Composition, Count, Distinct, NotAlone, Picker


def asked(entry: Composition, fault: str) -> str:
    """Return what the checker found, in words: "2 mentors, at most 1"."""
    if isinstance(entry, NotAlone):
        return f"only one {_kind(entry.not_alone, 1)}"
    number, _, rest = fault.partition(" ")
    limit = rest.partition(", ")[2]
    count = int(number)
    if isinstance(entry, Distinct):
        what = {"stage": "career stage", "affiliation": "affiliation"}[entry.distinct]
        return f"{count} {what}{'' if count == 1 else 's'}, {limit}"
    assert isinstance(entry, Count)  # noqa: S101 -- the third and last kind
    return f"{count or 'no'} {_kind(entry.count, count)}, {limit}"


def rounds(fault: str) -> str:
    """Return how many rounds the checker counted, in words: "1 round, at least 2"."""
    return fault.replace("1 rounds,", "1 round,") if fault.startswith("1 ") else fault


def _kind(picker: Picker, count: int) -> str:
    if picker.role is not None and picker.stage is None and picker.trait is None:
        return picker.role if count == 1 else f"{picker.role}s"
    people = "person" if count == 1 else "people"
    about = [value for value in (picker.role, picker.stage) if value]
    if picker.trait is not None:
        about.append(f"{picker.trait} {picker.value}")
    return f"{people} ({', '.join(about)})" if about else people
