"""The naughty strings and our own in every text field: kept unharmed or refused, never an error."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import SessionFactory, unit_of_work
from app.enums import LinkPurpose, QuestionKind, WishKind
from app.models import CustomQuestion, Person
from app.services import access
from tests.bad_strings import ALL, FEW, Read, core, is_clean, shows_nothing
from tests.builders import make_event, planned_block

LONGEST = {"name": 200, "affiliation": 200, "wishes": 200, "not_with": 200, "own": 500}
LONGEST_TEXT = 2_000
MOST_NAMED = 10
MUST = {"name", "question"}
REFUSED = "refused as a whole"
NOT_WHOLE = "Go back, load the page again and send it once more."
STRINGS = [
    pytest.param(FEW, id="a tenth"),
    pytest.param(ALL, id="all", marks=[pytest.mark.night, pytest.mark.timeout(1_800)]),
]


@dataclass(frozen=True, kw_only=True)
class House:
    """An event of one own question, and who reads its rows."""

    factory: SessionFactory
    key: bytes
    now: datetime
    own: str
    rounds: list[int]


@pytest.fixture
def house(session_factory: SessionFactory, key: bytes, now: datetime) -> House:
    with unit_of_work(session_factory) as session:
        event = make_event(session, slug="evening", confirms_address=False)
        question = CustomQuestion(
            position=0, key="q", label="Anything?", kind=QuestionKind.TEXT, choices=[], roles=[]
        )
        event.questions = [question]
        event.capacities[0].places = None
        session.flush()
        rounds = [round_.id for round_ in planned_block(event).rounds]
        own = f"own_{question.id}"
    return House(factory=session_factory, key=key, now=now, own=own, rounds=rounds)


def send(client: FlaskClient, url: str, sent: dict[str, Any]) -> Any:
    """Post as a careless client does: half a surrogate pair is sent as its bytes."""
    body = urlencode(sent, doseq=True, errors="surrogatepass")
    kind = "application/x-www-form-urlencoded"
    return client.post(url, data=body, content_type=kind)


def texts_of(house: House) -> tuple[str, ...]:
    return ("name", "affiliation", "question", "goals", "wishes", "not_with", house.own)


def may_refuse(field: str, text: str) -> bool:
    """Return whether a field cannot hold a text: it shows nothing where there must be something,
    or is too long."""
    if field in MUST and shows_nothing(text):
        return True
    if field in {"wishes", "not_with"} and len(people_in(text)) > MOST_NAMED:
        return True
    return len(text) > LONGEST.get(field.partition("_")[0], LONGEST.get(field, LONGEST_TEXT))


def people_in(text: str) -> list[str]:
    """Return whom a field of people names: one on each line or between semicolons, each once."""
    return list(dict.fromkeys(text.replace(";", "\n").splitlines()))


def sign_up(client: FlaskClient, house: House, text: str, email: str) -> tuple[str, dict[str, str]]:
    """Put a text into all fields at once; return what is wrong, and what was taken in the end."""
    typed = dict.fromkeys(texts_of(house), text)
    rest = {"email": email, "stage": "student", "topic1": "Career planning", "consent_plan": "y"}
    answer = send(client, "/e/evening?role=mentee", rest | typed | {"rounds": house.rounds})
    if "\0" in text and answer.status_code == 400 and NOT_WHOLE in answer.text:
        return REFUSED, {}
    if answer.status_code == 422:
        page = Read(answer.text)
        unfair = {field for field in page.wrong if not may_refuse(field, text)}
        unfair |= {field for field in MUST - page.wrong if may_refuse(field, text)}
        if unfair or len(page.messages) != len(page.wrong):
            return f"refused {unfair}: {page.messages}", {}
        typed |= dict.fromkeys(page.wrong, "Plain")
        answer = send(client, "/e/evening?role=mentee", rest | typed | {"rounds": house.rounds})
    return ("" if answer.status_code == 303 else f"answered {answer.status_code}"), typed


def stored_of(house: House, email: str) -> dict[str, str]:
    with unit_of_work(house.factory, write=False) as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        mine = person.sign_up
        named = {
            kind: "\n".join(wish.target for wish in mine.wishes if wish.kind is kind)
            for kind in WishKind
        }
        return {
            "name": person.name,
            "affiliation": person.affiliation,
            "question": mine.question,
            "goals": mine.goals,
            "wishes": named[WishKind.WISH],
            "not_with": named[WishKind.NOT_WITH],
            house.own: mine.answers[0].value if mine.answers else "",
        }


def link_of(house: House, email: str) -> str:
    with unit_of_work(house.factory) as session:
        person = session.scalars(select(Person).where(Person.email == email)).one()
        purpose = LinkPurpose.ACCESS
        return access.link_for(session, person.id, purpose, key=house.key, now=house.now)


def is_harmed(typed: str, kept: str) -> bool:
    if any(0xD800 <= ord(sign) < 0xE000 for sign in typed):
        return not is_clean(kept)  # bytes that are no text: what they become is nobody's name
    if not is_clean(kept):
        return True
    return core(kept) != core(typed) and not (kept == "" and shows_nothing(typed))


def lost_on(page: Read, texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text and text not in page.apart]


@pytest.mark.parametrize("strings", STRINGS)
def test_sign_up_keeps_every_text_unharmed_or_says_what_is_wrong(
    client: FlaskClient, house: House, strings: tuple[str, ...]
) -> None:
    harmed: dict[str, object] = {}
    for number, text in enumerate(strings):
        email = f"somebody{number}@example.org"
        wrong, typed = sign_up(client, house, text, email)
        if wrong:
            harmed |= {} if wrong == REFUSED else {ascii(text)[:60]: wrong}
            continue
        kept = stored_of(house, email)
        for field in ("wishes", "not_with"):
            typed[field] = "\n".join(people_in(typed[field]))
        changed = [field for field in kept if is_harmed(typed[field], kept[field])]
        link = link_of(house, email)
        unseen = not_shown(client, house, link, kept)
        if changed or unseen:
            harmed[ascii(text)[:60]] = (changed, unseen)

    assert harmed == {}


def not_shown(client: FlaskClient, house: House, link: str, kept: dict[str, str]) -> list[str]:
    """Return where a person's texts do not come back exactly: on pages, in forms and exports."""
    home, edit = (client.get(f"/me/{link}{path}").text for path in ("", "/edit"))
    shown = [kept[field] for field in ("name", "question", "goals", house.own)]
    found = lost_on(Read(home), shown)
    held = Read(edit).fields | {"not_with": kept["not_with"]}  # which no page reads back
    found += [f"edit {field}" for field, text in kept.items() if held[field] != text]
    as_json = json.loads(client.get(f"/me/{link}/data.json").data)
    cells = {
        cell
        for row in csv.reader(
            io.StringIO(client.get(f"/me/{link}/data.csv").data.decode("utf-8-sig"))
        )
        for cell in row
    }
    told = [line for field in kept if field != "not_with" for line in one_by_one(kept, field)]
    found += ["json" for text in told if text not in leaves(as_json)]
    return found + ["csv" for text in told if not {text, f"'{text}"} & cells]


def one_by_one(kept: dict[str, str], field: str) -> list[str]:
    texts = kept[field].split("\n") if field == "wishes" else [kept[field]]
    return [text for text in texts if text]


def leaves(found: Any) -> set[str]:
    if isinstance(found, dict):
        return set().union(*(leaves(value) for value in found.values()))
    if isinstance(found, list):
        return set().union(*(leaves(value) for value in found))
    return {str(found)}
