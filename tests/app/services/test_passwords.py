"""Which passwords are taken, how they are kept, and that hashing does not fill the memory."""

from __future__ import annotations

import threading
import unicodedata

import pytest
from argon2 import extract_parameters

from app.errors import InvalidInput
from app.services import passwords

KNOWN = ("Mia Berg", "Institute of Medical Education")


def refusal(password: str) -> str:
    try:
        passwords.check_new_password(password, email="mia.berg@example.org", known=KNOWN)
    except InvalidInput as error:
        return error.fields["password"]
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PaSSword123!",
        "trustno1",
        "1QAZ2WSX",
        "Welcome2027",
        "Roundabout1",
        "mia.berg@example.org",
        "Mia.Berg",
        "mia berg 1987",
        "InstituteOfMedicalEducation",
        "abababababab",
        "        ",
    ],
)
def test_guessable_password_is_refused_in_any_case(password: str) -> None:
    assert refusal(password) == "Use something that nobody would guess first"


@pytest.mark.parametrize(
    "password",
    [
        "ships at dusk",
        "пароль на ночь",
        "七転び八起きの一日",
        "🦊 & 🐢 run",
        "tab\there, too",
        "' OR 1=1 --",
    ],
)
def test_any_characters_will_do(password: str) -> None:
    assert refusal(password) == ""
    assert passwords.password_fits(password, passwords.hash_password(password))


def test_length_is_counted_in_characters_as_they_are_seen() -> None:
    seven = unicodedata.normalize("NFD", "äöüäöüé")

    assert refusal(seven) == "Use 8 characters or more; 15 is better"
    assert refusal("é" * 3 + "abcde") == ""
    assert refusal("long enough " * 17) == "Use 200 characters at most"


def test_accents_typed_in_two_ways_are_one_password() -> None:
    kept = passwords.hash_password(unicodedata.normalize("NFD", "Crème brûlée"))

    assert passwords.password_fits(unicodedata.normalize("NFC", "Crème brûlée"), kept)
    assert not passwords.password_fits("Creme brulee", kept)


def test_list_holds_three_thousand_words_that_are_long_enough() -> None:
    words = passwords.common()

    assert len(words) == 3000
    assert {word for word in words if len(word) < 8 or word != word.casefold()} == set()


def test_hash_is_argon2id_at_the_agreed_cost() -> None:
    found = extract_parameters(passwords.hash_password("ships at dusk"))

    assert (found.type.name, found.memory_cost, found.time_cost) == ("ID", 19_456, 2)
    assert not passwords.is_outdated(passwords.hash_password("ships at dusk"))


def test_third_hash_waits_for_one_of_two() -> None:
    done = threading.Event()

    def hash_one() -> None:
        passwords.password_fits("whatever", None)
        done.set()

    with passwords.AT_ONCE, passwords.AT_ONCE:
        third = threading.Thread(target=hash_one)
        third.start()
        was_done = done.wait(0.3)
    third.join(10)

    assert (was_done, done.is_set()) == (False, True)


def test_nobody_takes_as_long_as_a_wrong_password_but_never_fits() -> None:
    assert passwords.password_fits("", None) is False
    assert passwords.password_fits("whatever", "not a hash") is False
