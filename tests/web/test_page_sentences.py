"""What other rooms say, as sentences of a page."""

from __future__ import annotations

import pytest

from generator.web.wording import sentences


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("pupil.yaml says two things", "pupil.yaml says two things."),
        ("cases/ada/request.yaml has errors.", "cases/ada/request.yaml has errors."),
        ("accept_loss is missing", "accept_loss is missing."),
        ("done. It is kept", "Done. It is kept."),
        ("nothing was written", "Nothing was written."),
        ("a day is missing", "A day is missing."),
    ],
)
def test_a_sentence_begins_with_a_capital_unless_with_the_name_of_a_file(said: str, shown: str) -> None:
    assert sentences(said) == shown
