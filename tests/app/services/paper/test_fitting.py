from __future__ import annotations

import pytest

from app.services.paper import fitting


def test_text_without_letters_takes_no_line() -> None:
    assert fitting.lines("", size_pt=10, width=60) == 0


def test_words_share_a_line_until_it_is_full() -> None:
    assert fitting.lines("one two", size_pt=10, width=60) == 1
    assert fitting.lines("one two " * 10, size_pt=10, width=60) == 3


@pytest.mark.parametrize("word", ["W" * 200, "\u5b5f" * 200, "\u0429" * 200])
def test_word_wider_than_a_line_is_broken_anywhere(word: str) -> None:
    widest = 10 * fitting.MM_PER_PT * 1.05

    count = fitting.lines(word, size_pt=10, width=60)

    assert 200 * widest / 60 <= count <= 200 * widest / (60 - widest) + 1


def test_signs_without_a_width_of_their_own_take_none() -> None:
    assert fitting.width_mm("a\u0301\u0323", 10) == fitting.width_mm("a", 10)


def test_items_are_dealt_out_in_order() -> None:
    assert fitting.deal([4, 4, 4, 9, 1], float, first=5, others=8) == [[4], [4, 4], [9], [1]]


def test_nothing_takes_no_sheet() -> None:
    assert fitting.deal([], float, first=5, others=8) == []
    assert fitting.in_turn([], 4) == []


def test_name_among_others_cannot_turn_them() -> None:
    assert fitting.apart("Ab\u202egnissorc\u2069") == "\u2068Abgnissorc\u2069"
