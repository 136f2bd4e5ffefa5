"""Join the two markings of the new sentences, and divide them by a fixed seed: half to work with, half to open once.

Run once, when the second marking was finished: ``python tests/rules/sentences/divide.py``. Letters as in README.md.
"""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20261129


def _good(kind: str, faults: set[str]) -> bool:
    """Whether nobody would send the sentence back; a date may stand in a field beside it, expertise too."""
    return not faults - ({"T"} if kind != "provision" else {"e"})


def _rows(name: str) -> list[list[str]]:
    def read(pass_: str) -> list[list[str]]:
        text = (HERE / f"{pass_}_{name}.psv").read_text(encoding="utf-8")
        return [line.split("|") for line in text.splitlines()]

    joined = []
    for first, second in zip(read("first"), read("second"), strict=True):
        kind = "provision" if name == "provision" else {"t": "target", "o": "outcome"}[first[1]]
        joined.append([first[0], kind, first[-2], first[-1].strip("-"), second[-1].strip("-")])
    return joined


def _write(name: str, rows: list[list[str]]) -> None:
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([["phase", "kind", "text", "first", "second"], *rows])


def divide() -> None:
    """Write working_*.csv, unopened_*.csv and disagreements.csv."""
    apart = []
    for name in ("targets", "provision"):
        agreed = []
        for row in _rows(name):
            same = _good(row[1], set(row[3])) == _good(row[1], set(row[4]))
            (agreed if same else apart).append(row)
        random.Random(SEED).shuffle(agreed)
        half = len(agreed) // 2
        _write(f"working_{name}", agreed[:half])
        _write(f"unopened_{name}", agreed[half:])
    _write("disagreements", apart)


if __name__ == "__main__":
    divide()
