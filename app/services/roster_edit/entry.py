"""What an organiser writes about somebody, checked by the same rules as the sign-up form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.enums import ConsentKind
from app.errors import InvalidInput
from app.services.signups.form import Checked, FormChoices, SignUpForm, check, cleaned


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """Somebody whom an organiser adds.

    ``consented`` says that the person gave their yes outside the product, on paper or by mail; the
    yeses ticked in ``form`` count only then. ``sends_link`` sends them a mail with their own page.
    """

    form: SignUpForm
    consented: bool
    sends_link: bool = False


def checked_entry(entry: RosterEntry, choices: FormChoices) -> Checked:
    """Return what can be kept; raises ``InvalidInput`` by field, as the sign-up form does.

    Without the person's yes no consent is written down, and none is asked of the organiser.
    """
    everything = entry.form.consents | {ConsentKind.PLAN}
    found = check(replace(entry.form, consents=everything), choices)
    kept = found.answers.consents if entry.consented else frozenset[ConsentKind]()
    return Checked(answers=replace(found.answers, consents=kept), canonical=found.canonical)


def checked_change(
    form: SignUpForm, choices: FormChoices, *, was_empty: Collection[str]
) -> SignUpForm:
    """Return changed answers; what was empty before may stay empty, as lists are often short.

    ``was_empty`` are fields of the form. Raises ``InvalidInput`` for everything else.
    """
    full = replace(form, consents=form.consents | {ConsentKind.PLAN})
    try:
        kept = check(full, choices).answers
    except InvalidInput as error:
        left = {
            name: message
            for name, message in error.fields.items()
            if name not in was_empty or not _is_empty(form, name)
        }
        if left:
            raise InvalidInput(left) from error
        kept = cleaned(full, choices)
    return replace(kept, consents=form.consents)


def _is_empty(form: SignUpForm, name: str) -> bool:
    if name.startswith("own_"):
        return not dict(form.own_answers).get(int(name.removeprefix("own_")), "").strip()
    return not getattr(form, name)
