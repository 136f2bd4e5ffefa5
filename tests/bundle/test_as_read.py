"""A page read at once for looking says what it says letter by letter, whatever stands in it."""

from __future__ import annotations

import random

import pytest

from generator.bundle.as_read import JOIN, as_misread, flat_of, flatten, misread_of
from generator.bundle.name_forms import read, spans

ODD = [*" \n\t\r\f\v\u00a0\u2009", *"-‐‑‒–\u00ad\u0002\ufffe", *"’‘ʼ`´", JOIN, "\u200b", "\ufeff", *"éßŁﬁΑаЖ中١𝐀"]
PLAIN = [*"Jordan Peters reads corn, modern uuu nnn rnn eel clip 0158|!"]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_a_page_at_once_is_the_page_letter_by_letter(share: float) -> None:
    dice = random.Random(7)
    for _ in range(1500):
        text = "".join(dice.choice(ODD if dice.random() < share else PLAIN) for _ in range(dice.randrange(60)))
        flat, places = flatten(text)
        assert flat_of(text) == flat, repr(text)
        assert misread_of(flat) == as_misread(flat, places)[0], repr(text)


def test_where_a_name_stands_is_told_alike_for_a_text_and_its_letters() -> None:
    text = "J0rdan Pe-\nters, PETERS (Jordan)\nand  J\u00adordan\u00a0Peters"
    assert spans(read(text), "Jordan Peters") == spans(read([*text]), "Jordan Peters")
    assert len(spans(read(text), "Jordan Peters")) == 3
