"""Every mistake in a file has its place and plain words."""

from __future__ import annotations

import pytest

from generator.records.record import MAX_BYTES, read_record
from tests.records.faulty_records import MISTAKES
from tests.records.small_schemas import SCHEMAS, line, read


@pytest.mark.parametrize("mistake", MISTAKES, ids=[m[0][:40] for m in MISTAKES])
def test_every_mistake_has_its_place_and_words(mistake: tuple[str, ...]) -> None:
    text, *expected = mistake
    _, problems = read(text)
    problems = [p for p in problems if p.rule != "schema-missing" or "missing" in " ".join(expected)]
    assert len(problems) == len(expected), [line(p) for p in problems]
    for problem, start in zip(problems, expected, strict=True):
        assert line(problem).startswith(start)


def test_messages_show_no_python_and_no_patterns() -> None:
    for text, *_ in MISTAKES:
        for problem in read(text)[1]:
            words = problem.message + problem.hint
            assert not any(sign in words for sign in ("None", "\\d", "[a-z]", "{'", "['", "Decimal", "<class")), words


def test_a_file_that_does_not_fit_gives_no_record() -> None:
    assert read("name: Ada\nyear: 9\n")[0] is None
    assert read("name: Ada\nname: Bo\n")[0] is None


def test_a_file_with_one_impossible_date_still_gives_a_record() -> None:
    record, problems = read("name: Ada\nstart: 31 June 2026\n")
    assert [p.rule for p in problems] == ["date-impossible"]
    assert record is not None
    assert record.data == {"name": "Ada"}


@pytest.mark.whole
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("name: Ada\nphone: Zoë\n".encode("cp1252"), "2:10 yaml-encoding `ë` here is not saved as UTF-8"),
        (b"name: Ada\nphone: \x81\n", "2:8 yaml-encoding a character here is not saved as UTF-8"),
        (b"\xff\xfea", "0:0 yaml-encoding the file is damaged"),
        (b"PK\x03\x04\x14\xd1\x00", "0:0 yaml-character this is a Word document (or another zipped file)"),
        (b"\xd0\xcf\x11\xe0\xa1", "0:0 yaml-character this is an old Word document (.doc), not a text file"),
        (b"{\\rtf1\\ansi name: Ada}", "0:0 yaml-character this is a rich text document (RTF), not a text file"),
        (b"%PDF-1.7\n%\xe2\xe3", "0:0 yaml-character this is a PDF, not a text file"),
        (b"name: \x00\x00\x00\x00\n", "1:7 yaml-character this does not look like a text file"),
        ("name: a\u2028b\n".encode(), "1:8 yaml-character there is an invisible line separator character here"),
        (b"name: " + b"x" * MAX_BYTES, "0:0 file-too-large the file is larger than 1 MB"),
        (b"a: " + b"[" * 900_000, "1:53 yaml-too-deep more than 50 levels inside each other"),
        (
            b"a: &a [1,1,1,1,1,1,1,1,1]\n"
            + b"".join(b"%c: &%c [%s]\n" % (i + 1, i + 1, b",".join([b"*%c" % i] * 9)) for i in range(97, 105)),
            "5:23 yaml-too-much the file holds more than 50,000 values",
        ),
        (b"a: &a 1\nb: [" + b"*a, " * 101 + b"]\n", "2:405 yaml-too-much more than 100 values start with *"),
    ],
)
def test_files_that_cannot_be_meant(content: bytes, expected: str) -> None:
    record, problems = read_record(content, "plan.yaml", "plan", SCHEMAS)
    assert record is None
    assert len(problems) == 1
    assert line(problems[0]).startswith(expected), line(problems[0])
